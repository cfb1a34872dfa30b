// A device that restarts takes its subscriptions up again: the controller does nothing, and hears of what changes.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Capture } from '../lib/capture.mjs';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { unsecured } from '../lib/message.mjs';
import { Namespace } from '../lib/namespace.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const DISCRIMINATOR = 3840;
const SAVE_DELAY_MS = 3000;
const ON_OFF = 6;
const SECURE_CHANNEL = 0;
const opcode = { sigma1: 0x30, sigma2: 0x31, sigma2Resume: 0x33 };

describe('subscriptions after a restart', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  const storage = join(directory, 'device');
  let namespace, device, controller, nodeId;

  const startDevice = async () => (device = await Device.start(namespace, { storage, port: PORT }));

  const startController = async () =>
    (controller = await Controller.start(namespace, { storage: join(directory, 'one'), name: 'one' }));

  const reportsSince = mark => controller.lines.received(mark).filter(m => m.event === 'report').map(m => m.subscription);

  /** Waits for the report that takes the subscription up, then toggles the light by its own switch and waits for the report of that. */
  const assertTakenUp = async (since, subscription) => {
    const { value } = await controller.lines.next(
      m => m.event === 'attribute' && m.cluster === ON_OFF, { since, what: 'the report after the restart', timeoutMs: 20_000 });
    const toggled = controller.mark;
    device.command('toggle');
    await controller.report(1, ON_OFF, 0, !value, toggled);
    const reports = reportsSince(since);
    assert.ok(reports.length >= 2);
    assert.ok(reports.every(id => id === subscription), `reports of ${reports}, not of ${subscription}`);

    // Of the controller's own doing there was nothing.
    assert.deepEqual(controller.lines.received(since).filter(m => m.event === 'case' || m.event === 'subscribed'), []);
  };

  /** Ends the device and starts it again; returns the handshake's messages on the wire, who said them, and checks the rest. */
  const restart = async (signal, subscription) => {
    const capture = await Capture.start(namespace, PORT);
    let datagrams;
    try {
      await device.stop(signal);
      const since = controller.mark;
      await startDevice();
      await assertTakenUp(since, subscription);
    } finally {
      datagrams = await capture.stop();
    }
    return datagrams
      .map(({ source, payload }) => ({ isDevice: source === PORT, message: unsecured(payload) }))
      .filter(({ message }) => message?.protocol === SECURE_CHANNEL && Object.values(opcode).includes(message.opcode))
      .map(({ isDevice, message }) => ({ isDevice, opcode: message.opcode }));
  };

  before(async () => {
    namespace = new Namespace();
    await startDevice();
    await startController();
    ({ nodeId } = await controller.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR }));

    // From its second start on matter.js announces itself: a controller is a node of its fabric.
    await controller.stop();
    await startController();
    await controller.call('connect', { nodeId });
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('go on after the device was killed, by a handshake that the device begins', async () => {
    const since = controller.mark;
    await controller.call('subscribe', { nodeId, endpoint: 1, cluster: ON_OFF, attribute: 0, max: 60 });
    const { subscription } = await controller.lines.next(m => m.event === 'subscribed', { since, what: 'the subscription' });
    await delay(SAVE_DELAY_MS);
    const handshake = await restart('SIGKILL', subscription);
    assert.deepEqual(handshake[0], { isDevice: true, opcode: opcode.sigma1 });
    assert.ok(handshake.some(({ isDevice, opcode: code }) => !isDevice && (code === opcode.sigma2 || code === opcode.sigma2Resume)));
  });

  it('go on after it was killed again, and again', async () => {
    const [subscription] = reportsSince(0).slice(-1);
    for (let i = 0; i < 2; i++) await restart('SIGKILL', subscription);
  });

  it('resume the session whose secret was stored', async () => {
    const [subscription] = reportsSince(0).slice(-1);
    await delay(SAVE_DELAY_MS);
    const handshake = await restart('SIGKILL', subscription);
    assert.deepEqual(handshake, [{ isDevice: true, opcode: opcode.sigma1 }, { isDevice: false, opcode: opcode.sigma2Resume }]);
  });

  it('are forgotten when the device is reset', async () => {
    const since = controller.mark;
    device.command('factory-reset');
    await device.lines.next(m => m.step === 'factory-reset' || m.event === 'factory-reset', { what: 'the reset' });
    await delay(6000);
    assert.deepEqual(reportsSince(since), []);
  });
});
