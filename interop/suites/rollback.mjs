// What was begun and not ended is taken back, and what was ended stays: the fail-safe at each step of commissioning, UpdateNOC,
// RemoveFabric, factory reset.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Namespace } from '../lib/namespace.mjs';
import { steps } from '../stalling.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const ADDRESS = { ip: '127.0.0.1', port: PORT };

const GENERAL_COMMISSIONING = 0x30;
const OPERATIONAL_CREDENTIALS = 0x3e;
const COMMISSIONED_FABRICS = 3;
const CURRENT_FABRIC_INDEX = 5;
const BREADCRUMB = 0;

/** A device, and a controller process in which each controller has a fabric of its own. */
function scene() {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  const storage = join(directory, 'device');
  const it = {
    async start() {
      it.namespace = new Namespace(4);
      it.device = await Device.start(it.namespace, { storage, port: PORT });
      it.controller = await Controller.start(it.namespace, { storage: join(directory, 'one'), name: 'one', ipv4: true });
    },
    async restart(signal) {
      await it.device.stop(signal);
      it.device = await Device.start(it.namespace, { storage, port: PORT });
    },
    async stop() {
      await it.controller?.stop();
      await it.device?.stop();
      it.namespace?.remove();
      rmSync(directory, { recursive: true, force: true });
    },
    event: (event, since, fabric) =>
      it.device.lines.next(m => m.event === event && (fabric === undefined || m.fabric === fabric), { since, what: event }),
    commission: (by, more) => it.controller.call('commission', { by, passcode: PASSCODE, address: ADDRESS, useKnownAddress: true, ...more }),
    read: async (by, nodeId, cluster, attribute) =>
      (await it.controller.call('read', { by, nodeId, endpoint: 0, cluster, attribute })).values[0].value,
    async toggle(by, nodeId) {
      const since = it.device.mark;
      await it.controller.call('toggle', { by, nodeId });
      await it.event('onoff', since);
    },
    /** How the sessions came about that an action needed. */
    async sessionsOf(action) {
      const since = it.controller.mark;
      await action();
      return it.controller.lines.received(since).filter(m => m.event === 'case').map(m => m.resumed);
    },
  };
  return it;
}

describe('a commissioning whose fail-safe expires', () => {
  const s = scene();
  before(s.start);
  after(s.stop);

  for (const step of steps) {
    it(`after ${step} leaves nothing, and the second attempt succeeds`, async () => {
      const { by } = await s.controller.call('another');
      const since = s.device.mark;
      await assert.rejects(s.commission(by, { stallAfter: step }), /stalled/);
      await s.event('fail-safe-expired', since);
      await s.event('window-opened', since);
      const hadFabric = step === 'addNoc' || step === 'case';
      assert.equal(s.device.lines.received(since).filter(m => m.event === 'fabric-removed').length, hadFabric ? 1 : 0);

      const { nodeId } = await s.commission(by);
      await s.controller.call('connect', { by, nodeId });
      await s.toggle(by, nodeId);
      assert.equal(await s.read(by, nodeId, OPERATIONAL_CREDENTIALS, COMMISSIONED_FABRICS), 1);
      assert.equal(await s.read(by, nodeId, GENERAL_COMMISSIONING, BREADCRUMB), 0);
      await s.controller.call('decommission', { by, nodeId });
    });
  }
});

describe('a new identity by UpdateNOC', () => {
  const s = scene();
  let nodeId;
  before(async () => {
    await s.start();
    ({ nodeId } = await s.commission(0));
    await s.controller.call('connect', { nodeId });
    await s.toggle(0, nodeId);
  });
  after(s.stop);

  it('is taken back when the fail-safe expires, with every session on it', async () => {
    const since = s.device.mark;
    const closed = s.controller.mark;
    assert.equal((await s.controller.call('updateNoc', { nodeId, seconds: 2 })).statusCode, 0);
    await s.event('fabric-updated', since);
    await s.event('fail-safe-expired', since);
    await s.controller.lines.next(m => m.event === 'closed-by-peer', { since: closed, what: 'the end of the session' });
    assert.deepEqual(await s.sessionsOf(() => s.toggle(0, nodeId)), [false], 'nothing agreed on before is good for a resumption');
  });

  it('is gone after a power cut before CommissioningComplete', async () => {
    await s.controller.call('updateNoc', { nodeId });
    await s.restart('SIGKILL');
    await s.controller.call('closeSessions');
    await s.toggle(0, nodeId);
  });

  it('stays from CommissioningComplete on', async () => {
    const since = s.device.mark;
    await s.controller.call('updateNoc', { nodeId });
    await s.controller.call('closeSessions');
    const { errorCode } = await s.controller.call('invoke', { nodeId, endpoint: 0, cluster: GENERAL_COMMISSIONING, command: 'commissioningComplete' });
    assert.equal(errorCode, 0);
    await s.event('commissioned', since);
    await s.restart('SIGKILL');
    await s.controller.call('closeSessions');
    await s.toggle(0, nodeId);
  });
});

describe('a fabric', () => {
  const s = scene();
  const nodeIds = [];
  let by;
  before(async () => {
    await s.start();
    ({ by } = await s.controller.call('another'));
    ({ nodeId: nodeIds[0] } = await s.commission(0));
    await s.controller.call('connect', { nodeId: nodeIds[0] });
    await s.controller.call('openBasicWindow', { nodeId: nodeIds[0] });
    ({ nodeId: nodeIds[by] } = await s.commission(by));
    await s.controller.call('connect', { by, nodeId: nodeIds[by] });
    await s.toggle(by, nodeIds[by]);
  });
  after(s.stop);

  const remove = (fabricIndex, nodeId) => s.controller.call('invoke', {
    nodeId, endpoint: 0, cluster: OPERATIONAL_CREDENTIALS, command: 'removeFabric', fields: { fabricIndex },
  });

  it('that another one removes loses its sessions at once and for good', async () => {
    const since = s.controller.mark;
    const fabricIndex = await s.read(by, nodeIds[by], OPERATIONAL_CREDENTIALS, CURRENT_FABRIC_INDEX);
    assert.equal((await remove(fabricIndex, nodeIds[0])).statusCode, 0);
    await s.controller.lines.next(m => m.event === 'closed-by-peer' && m.by === by, { since, what: 'the end of the session' });
    assert.equal(await s.read(0, nodeIds[0], OPERATIONAL_CREDENTIALS, COMMISSIONED_FABRICS), 1);
    await s.restart('SIGKILL');
    await s.controller.call('closeSessions');
    assert.equal(await s.read(0, nodeIds[0], OPERATIONAL_CREDENTIALS, COMMISSIONED_FABRICS), 1);
  });

  it('that removes itself gets its answer; after the last one the device is as new', async () => {
    const since = s.device.mark;
    assert.equal((await remove(await s.read(0, nodeIds[0], OPERATIONAL_CREDENTIALS, CURRENT_FABRIC_INDEX), nodeIds[0])).statusCode, 0);
    await s.event('window-opened', since);
    const next = (await s.controller.call('another')).by;
    ({ nodeId: nodeIds[next] } = await s.commission(next));
    await s.controller.call('connect', { by: next, nodeId: nodeIds[next] });
    await s.toggle(next, nodeIds[next]);
    by = next;
  });

  it('is gone with a factory reset', async () => {
    const since = s.device.mark;
    s.device.command('factory-reset');
    await s.event('factory-reset', since);
    const next = (await s.controller.call('another')).by;
    const { nodeId } = await s.commission(next);
    await s.controller.call('connect', { by: next, nodeId });
    await s.toggle(next, nodeId);
    assert.equal(await s.read(next, nodeId, OPERATIONAL_CREDENTIALS, COMMISSIONED_FABRICS), 1);
  });
});
