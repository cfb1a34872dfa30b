// Every endpoint and cluster of every sample device against the data model of @matter/model: device types and their
// clusters, revisions, features, attributes, commands, events, types, constraints, and what each privilege may do.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { checkAccess, checkRefusals, privilege } from '../lib/conformance/access.mjs';
import { checkClusters, checkEvents } from '../lib/conformance/clusters.mjs';
import { answers, rightFields, untried } from '../lib/conformance/deviations.mjs';
import { ConformingDevice } from '../lib/conformance/device.mjs';
import { checkEndpoints } from '../lib/conformance/endpoints.mjs';
import { Findings } from '../lib/conformance/findings.mjs';
import { checkCommandFields, checkWrittenValues } from '../lib/conformance/trials.mjs';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Interaction, status } from '../lib/interaction.mjs';
import { Namespace } from '../lib/namespace.mjs';
import { tlv } from '../lib/tlv.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const ADDRESS = { ip: '127.0.0.1', port: PORT };
const OTHER = 2222;
const CASE = 2;
const ACCESS_CONTROL_LIST = { endpoint: 0, cluster: 0x1f, attribute: 0 };
const WIFI = { wifiSsid: 'Matter.Nano', wifiCredentials: 'correct horse' };

/** What happens at a device before it is looked at: values that are known, events in the log. */
const commands = {
  sensor: ['set temperature 21.5', 'set humidity 45', 'set occupied on', 'open', 'close'],
  switch: ['press 1', 'release 1', 'press 2', 'release 2', 'press 3'],
  bridge: ['set reachable off', 'set reachable on', 'set temperature 4', 'add lamp'],
};
const COMMANDS_MS = 1500;

const samples = [
  ...['light', 'dimmable', 'plug', 'sensor', 'switch', 'bridge'].map(name => ({ name, args: ['--device', name], commands: commands[name] })),
  { name: 'light on Wi-Fi', args: ['--wifi'], wifi: WIFI },
];

for (const sample of samples) {
  describe(`the ${sample.name}`, () => {
    const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
    let namespace, process, controller, nodeId, adminNodeId, other, device, findings, events;

    before(async () => {
      namespace = new Namespace(4);
      process = await Device.start(namespace, { storage: 'memory', port: PORT, args: ['--crypto', 'platform', ...sample.args] });
      controller = await Controller.start(namespace, { storage: join(directory, 'one'), ipv4: true });
      ({ nodeId, adminNodeId } = await controller.call('commission', { passcode: PASSCODE, address: ADDRESS, useKnownAddress: true, wifi: sample.wifi }));
      const { by } = await controller.call('join', { nodeId: OTHER, address: ADDRESS });
      other = new Interaction(controller, nodeId, by);
      findings = new Findings();
      device = new ConformingDevice(new Interaction(controller, nodeId), findings);
      for (const command of sample.commands ?? []) process.command(command);
      await delay(COMMANDS_MS);
      await device.read();
    });

    after(async () => {
      await controller?.stop();
      await process?.stop();
      namespace?.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    /** No problem since the last call. */
    const assertConforms = () => assert.deepEqual(findings.problems.splice(0), []);

    const grant = async level => {
      const entry = (privilegeLevel, subject) => tlv.struct({
        1: tlv.uint(privilegeLevel), 2: tlv.uint(CASE), 3: tlv.array([tlv.uint(BigInt(subject))]), 4: tlv.null(),
      });
      const result = await device.interaction.write(
        ACCESS_CONTROL_LIST, tlv.array([entry(privilege.administer, adminNodeId), ...(level ? [entry(level, OTHER)] : [])]));
      assert.equal(result, status.success);
    };

    it('has the endpoints and clusters that its device types demand', () => {
      checkEndpoints(device);
      assertConforms();
    });

    it('has clusters with the attributes and commands of their features, every value as the model has it', () => {
      checkClusters(device);
      assertConforms();
    });

    it('has the events of its clusters', async () => {
      events = await checkEvents(device);
      assert.ok(events > 0);
      assertConforms();
    });

    for (const name of ['view', 'operate', 'manage']) {
      it(`lets ${name} do what the model says and nothing else`, async () => {
        await grant(privilege[name]);
        await checkAccess(device, other, privilege[name], name);
        await grant();
        assertConforms();
      });
    }

    it('refuses what it does not have and what is read-only', async () => {
      await checkRefusals(device);
      assertConforms();
    });

    it('takes every right value of a writable attribute and no wrong one', async () => {
      await checkWrittenValues(device, untried);
      assertConforms();
    });

    it('takes no command with a wrong field', async () => {
      await checkCommandFields(device, answers, rightFields);
      assertConforms();
    });

    it('is counted', test => {
      assert.ok(findings.checks > 0);
      test.diagnostic(`${sample.name}: ${findings}, ${events} events in the log`);
    });
  });
}
