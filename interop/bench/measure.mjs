// One run with one device: a namespace, a store and a controller process of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Capture } from '../lib/capture.mjs';
import { Controller } from '../lib/controller.mjs';
import { unsecured } from '../lib/message.mjs';
import { Namespace } from '../lib/namespace.mjs';
import { address, passcode } from './devices.mjs';
import { processorMs, residentMiB } from './process.mjs';
import { median, percentile } from './statistics.mjs';

const WARM_UP = 100;
const WINDOWS = 12;
const HANDSHAKES = 10;
const REPORTS = 20;
const REPORT_PAUSE_MS = 150;
const ON_OFF = 6;

/** A device's own certification declaration is a test one; matter.js signs its own. */
const expected = ['CertificationTypeTest', 'CdSignerVerificationSkipped', 'PaaTrustStoreTimeMismatch'];

/** Request and answer of each step: secure channel opcodes. */
const pase = [[0x20, 0x21], [0x22, 0x23], [0x24, 0x40]];
const fullCase = [[0x30, 0x31], [0x32, 0x40]];
const resumedCase = [[0x30, 0x33]];

const isSecured = datagram => datagram.payload.readUInt16LE(1) !== 0;

/** For each time the steps run through: the device's time from the datagram in to the datagram out, summed. */
function handshakeMs(datagrams, steps) {
  const sums = [];
  let step = 0;
  let since;
  let sum = 0;
  for (const { ms, destination, payload } of datagrams) {
    const message = unsecured(payload);
    if (!message || message.protocol !== 0) continue;
    const isIn = destination === address.port;
    if (isIn && message.opcode === steps[0][0]) [step, sum] = [0, 0];
    if (isIn && message.opcode === steps[step][0]) since = ms;
    if (isIn || message.opcode !== steps[step][1]) continue;
    sum += ms - since;
    if (++step === steps.length) {
      sums.push(sum);
      step = 0;
    }
  }
  return sums;
}

/** The time from the last datagram in to each datagram out. */
function turnaroundMs(datagrams) {
  let since;
  const times = [];
  for (const datagram of datagrams.filter(isSecured)) {
    if (datagram.destination === address.port) since = datagram.ms;
    else if (since !== undefined) times.push(datagram.ms - since);
  }
  return times;
}

async function captured(namespace, action) {
  const capture = await Capture.start(namespace, address.port);
  try {
    await action();
  } finally {
    await delay(100);
    capture.datagrams = await capture.stop();
  }
  return capture.datagrams;
}

/** Runs everything once; returns one figure for each quantity. */
export async function measure(startDevice, toggles) {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-bench-'));
  const namespace = new Namespace();
  let device, controller;
  try {
    const start = performance.now();
    device = await startDevice(namespace, join(directory, 'device'));
    const startMs = performance.now() - start;
    const pid = device.ready.pid;
    controller = await Controller.start(namespace, { storage: join(directory, 'controller') });
    const pairs = (event, fits = () => true) => controller.lines.received().filter(m => m.event === event && fits(m)).map(m => m.ms);

    let nodeId;
    const handshakes = await captured(namespace, async () => {
      ({ nodeId } = await controller.call('commission', { passcode, address, useKnownAddress: true, expected }));
      await controller.call('connect', { nodeId });
      const { by } = await controller.call('another');
      for (let i = 0; i < WINDOWS; i++) {
        const { manualPairingCode } = await controller.call('openWindow', { nodeId });
        const second = await controller.call('commission', { by, pairingCode: manualPairingCode, address, useKnownAddress: true, expected });
        await controller.call('connect', { by, nodeId: second.nodeId });
        await controller.call('decommission', { by, nodeId: second.nodeId });
      }
      for (let i = 0; i < 2 * HANDSHAKES; i++) {
        await controller.call('disconnect', { nodeId });
        await controller.call('closeSessions');
        if (i < HANDSHAKES) await controller.call('forgetResumptions');
        await controller.call('connect', { nodeId });
        await controller.call('toggle', { nodeId });
      }
    });

    await controller.call('toggle', { nodeId, times: WARM_UP });
    const processorBefore = processorMs(pid);
    const togglesStart = performance.now();
    const durations = await controller.call('toggle', { nodeId, times: toggles }, 600_000);
    const togglesMs = performance.now() - togglesStart;
    const processorPerToggle = (processorMs(pid) - processorBefore) / toggles;
    const resident = residentMiB(pid);
    const toggled = await captured(namespace, () => controller.call('toggle', { nodeId, times: WARM_UP }));

    await controller.call('subscribe', { nodeId, endpoint: 1, cluster: ON_OFF, attribute: 0, max: 60 });
    const reports = [];
    const commands = [];
    const reported = await captured(namespace, async () => {
      for (let i = 0; i < REPORTS; i++) {
        await delay(REPORT_PAUSE_MS);
        const since = controller.mark;
        const pressed = performance.now();
        commands.push(Date.now());
        device.command('toggle');
        await controller.lines.next(m => m.event === 'attribute' && m.cluster === ON_OFF, { since, what: 'a report' });
        reports.push(performance.now() - pressed);
      }
    });
    const sent = reported.filter(datagram => isSecured(datagram) && datagram.source === address.port);

    const [paseCold, ...paseWarm] = pairs('pase');
    const [caseCold, ...caseWarm] = pairs('case', m => !m.resumed);
    return {
      start: startMs,
      processor: processorPerToggle,
      rate: (1000 * toggles) / togglesMs,
      toggle: median(durations),
      toggle95: percentile(durations, 0.95),
      toggleInside: median(turnaroundMs(toggled)),
      paseCold,
      pase: median(paseWarm),
      paseInside: median(handshakeMs(handshakes, pase).slice(1)),
      caseCold,
      case: median(caseWarm),
      caseInside: median(handshakeMs(handshakes, fullCase).slice(1)),
      resumed: median(pairs('case', m => m.resumed)),
      resumedInside: median(handshakeMs(handshakes, resumedCase)),
      report: median(reports),
      reportInside: median(commands.map(command => sent.find(({ ms }) => ms >= command).ms - command)),
      resident,
    };
  } finally {
    await controller?.stop();
    await device?.stop();
    namespace.remove();
    rmSync(directory, { recursive: true, force: true });
  }
}
