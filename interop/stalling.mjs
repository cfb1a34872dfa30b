// A commissioning flow that stalls: after a step that the test names it has the fail-safe expire in a second, waits for that and
// gives up without a word, as a controller that has lost its network.
import { setTimeout as sleep } from 'node:timers/promises';
import { ControllerCommissioningFlow, Invoke } from '@matter/main/protocol';
import * as clusters from '@matter/main/clusters';

const EXPIRY_SECONDS = 1;
const COMPLETE = 'GeneralCommissioning.Complete';

/** Names of matter.js commands, in order; "case" stands for the session on the new fabric. */
export const steps = ['armFailSafe', 'certificateChainRequest', 'attestationRequest', 'csrRequest', 'addTrustedRootCertificate', 'addNoc', 'case'];

/** Makes the flow that stalls after one of the steps. */
export function stallingAfter(step) {
  return class extends ControllerCommissioningFlow {
    constructor(interaction, ...others) {
      super(new Proxy(interaction, {
        get(target, name) {
          const member = target[name];
          if (name === 'invoke') return request => stalling(target, request, step);
          return typeof member === 'function' ? member.bind(target) : member;
        },
      }), ...others);
      for (const each of this.commissioningSteps.filter(({ name }) => name === COMPLETE)) {
        each.stepLogic = () => stall(this.interaction);
      }
    }
  };
}

async function* stalling(interaction, request, step) {
  if (![...request.commands.values()].some(({ command }) => command === step)) return yield* interaction.invoke(request);
  await answer(interaction, request);
  await stall(interaction);
}

async function answer(interaction, request) {
  for await (const chunk of interaction.invoke(request)) void chunk;
}

async function stall(interaction) {
  const request = Invoke({
    commands: [{
      endpoint: 0,
      cluster: clusters.GeneralCommissioning,
      command: 'armFailSafe',
      fields: { expiryLengthSeconds: EXPIRY_SECONDS, breadcrumb: 9 },
    }],
  });
  await answer(interaction, request);
  await sleep(EXPIRY_SECONDS * 1000 + 1500);
  throw new Error('stalled');
}
