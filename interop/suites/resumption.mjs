// A controller that comes back resumes its session: after a disconnect, after a restart of its own, of the device, of both.
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
const SECURE_CHANNEL = 0;
const opcode = { sigma2: 0x31, sigma2Resume: 0x33 };

describe('CASE resumption', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  const storage = join(directory, 'device');
  let namespace, device, controller, nodeId;

  const startController = async () =>
    (controller = await Controller.start(namespace, { storage: join(directory, 'one'), name: 'one' }));

  /** Closes all sessions: matter.js' own disconnect keeps them. */
  const disconnect = async () => {
    await controller.call('disconnect', { nodeId });
    await controller.call('closeSessions');
  };

  /** Connects and toggles; returns how the sessions came about, as the controller and the wire tell it. */
  const connect = async () => {
    const capture = await Capture.start(namespace, PORT);
    const since = controller.mark;
    let datagrams;
    try {
      await controller.call('connect', { nodeId });
      const lightSince = device.mark;
      await controller.call('toggle', { nodeId });
      await device.lines.next(m => m.event === 'onoff', { since: lightSince, what: 'the light' });
    } finally {
      datagrams = await capture.stop();
    }
    const answers = datagrams
      .filter(datagram => datagram.source === PORT)
      .map(datagram => unsecured(datagram.payload))
      .filter(message => message?.protocol === SECURE_CHANNEL && Object.values(opcode).includes(message.opcode))
      .map(message => message.opcode);
    return { resumed: controller.lines.received(since).filter(m => m.event === 'case').map(m => m.resumed), answers };
  };

  const resumption = { resumed: [true], answers: [opcode.sigma2Resume] };

  before(async () => {
    namespace = new Namespace();
    device = await Device.start(namespace, { storage, port: PORT });
    await startController();
    ({ nodeId } = await controller.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR }));
    await controller.call('connect', { nodeId });
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('follows a disconnect, again and again', async () => {
    for (let i = 0; i < 3; i++) {
      await disconnect();
      assert.deepEqual(await connect(), resumption);
    }
  });

  it('follows a restart of the device', async () => {
    assert.equal(await device.stop(), 0);
    device = await Device.start(namespace, { storage, port: PORT });
    await disconnect();
    assert.deepEqual(await connect(), resumption);
  });

  it('follows a restart of the controller', async () => {
    await controller.stop();
    await startController();
    assert.deepEqual(await connect(), resumption);
  });

  it('follows a restart of both', async () => {
    await controller.stop();
    assert.equal(await device.stop(), 0);
    device = await Device.start(namespace, { storage, port: PORT });
    await startController();
    assert.deepEqual(await connect(), resumption);
  });

  it('does not follow a power cut right after the last one: then the full handshake does', async () => {
    // By now the device has written the id of the former session, and writes the next one after a minute at the earliest.
    await delay(SAVE_DELAY_MS);
    await disconnect();
    assert.deepEqual(await connect(), resumption);
    await device.stop('SIGKILL');
    device = await Device.start(namespace, { storage, port: PORT });
    await disconnect();
    assert.deepEqual(await connect(), { resumed: [false], answers: [opcode.sigma2] });
  });
});
