// The whole story of a light, told by an independent controller: found by mDNS, commissioned, switched, watched,
// restarted, shared with a second fabric. Once over ::1, once over 127.0.0.1.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Capture } from '../lib/capture.mjs';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Namespace } from '../lib/namespace.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const DISCRIMINATOR = 3840;

const ON_OFF = 0x06;
const BASIC_INFORMATION = 0x28;
const GENERAL_COMMISSIONING = 0x30;
const OPERATIONAL_CREDENTIALS = 0x3e;
const NODE_LABEL = 5;
const COMMISSIONED_FABRICS = 3;
const ATTRIBUTE_LIST = 0xfffb;

const status = { unsupportedEndpoint: 0x7f, unsupportedCommand: 0x81, unsupportedAttribute: 0x86, constraintError: 0x87, unsupportedCluster: 0xc3 };

for (const family of [
  { name: '::1, operational address from mDNS', ipv4: false, version: 6, address: undefined },
  { name: '127.0.0.1, operational address known', ipv4: true, version: 4, address: { ip: '127.0.0.1', port: PORT } },
]) {
  describe(`a light over ${family.name}`, () => {
    const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
    const storage = join(directory, 'device');
    let namespace, device, capture, one, two, nodeId, secondNodeId;

    before(async () => {
      namespace = new Namespace(family.version);
      device = await Device.start(namespace, { storage, port: PORT });
      capture = await Capture.start(namespace, PORT);
      one = await Controller.start(namespace, { storage: join(directory, 'one'), name: 'one', ipv4: family.ipv4 });
    });

    after(async () => {
      await one?.stop();
      await two?.stop();
      await device?.stop();
      namespace?.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    it('says how to commission it', () => {
      assert.match(device.ready.qr, /^MT:[0-9A-Z.-]{19,}$/);
      assert.match(device.ready.manual, /^\d{11}$/);
      assert.equal(device.ready.port, PORT);
    });

    it('is discovered by mDNS', async () => {
      const found = await one.call('discover', { discriminator: DISCRIMINATOR, timeout: 5 });
      assert.equal(found.length, 1);
      assert.equal(found[0].D, DISCRIMINATOR);
      assert.equal(found[0].CM, 1);
      assert.equal(found[0].VP, '65521+32768');
      assert.ok(found[0].addresses.some(address => address.port === PORT));
    });

    it('is commissioned with its attestation checked up to the test PAA', async () => {
      const result = await one.call('commission', {
        passcode: PASSCODE,
        discriminator: DISCRIMINATOR,
        address: family.address,
        useKnownAddress: family.address !== undefined,
      });
      nodeId = result.nodeId;
      assert.deepEqual(result.findings.map(finding => finding.type), ['CertificationTypeTest']);
      await one.call('connect', { nodeId });
    });

    it('returns by wildcard exactly the attributes that each AttributeList names', async () => {
      const reports = await one.call('readAll', { nodeId });
      const lists = reports.filter(report => report.attribute === ATTRIBUTE_LIST);
      assert.ok(lists.length >= 12, `${lists.length} clusters`);
      for (const { endpoint, cluster, value } of lists) {
        const read = reports.filter(report => report.endpoint === endpoint && report.cluster === cluster).map(report => report.attribute);
        assert.deepEqual(read.sort((a, b) => a - b), value.sort((a, b) => a - b), `cluster ${endpoint}/${cluster}`);
      }
      const clusters = new Set(reports.map(report => `${report.endpoint}/${report.cluster}`));
      assert.equal(clusters.size, lists.length);
      for (const { endpoint, value } of reports.filter(report => report.cluster === 0x1d && report.attribute === 1)) {
        assert.deepEqual(
          value.sort((a, b) => a - b),
          lists.filter(list => list.endpoint === endpoint).map(list => list.cluster).sort((a, b) => a - b),
          `ServerList of endpoint ${endpoint}`);
      }
    });

    it('answers what it does not have with the right status', async () => {
      const statusOf = async path => (await one.call('read', { nodeId, ...path })).statuses.map(entry => entry.status);
      assert.deepEqual(await statusOf({ endpoint: 9, cluster: ON_OFF, attribute: 0 }), [status.unsupportedEndpoint]);
      assert.deepEqual(await statusOf({ endpoint: 1, cluster: 0xfff1fc00, attribute: 0 }), [status.unsupportedCluster]);
      assert.deepEqual(await statusOf({ endpoint: 1, cluster: ON_OFF, attribute: 0x1234 }), [status.unsupportedAttribute]);
      await assert.rejects(
        one.call('invoke', { nodeId, endpoint: 1, cluster: ON_OFF, definition: GENERAL_COMMISSIONING, command: 'commissioningComplete' }),
        { status: status.unsupportedCommand });
    });

    it('keeps a NodeLabel of 32 characters and refuses 33', async () => {
      const label = 'Kitchen light, above the table 1';
      await one.call('write', { nodeId, endpoint: 0, cluster: BASIC_INFORMATION, attribute: NODE_LABEL, value: label });
      await assert.rejects(
        one.call('write', { nodeId, endpoint: 0, cluster: BASIC_INFORMATION, attribute: NODE_LABEL, value: `${label}2` }),
        { status: status.constraintError });
      const { values } = await one.call('read', { nodeId, endpoint: 0, cluster: BASIC_INFORMATION, attribute: NODE_LABEL });
      assert.equal(values[0].value, label);
    });

    it('toggles 200 times', async () => {
      const since = device.mark;
      await one.call('toggle', { nodeId, times: 200 }, 120_000);
      await device.light(false, since + 199);
      assert.equal(device.mark - since, 200);
    });

    it('reports a press of its own switch to a subscriber', async () => {
      const { maxInterval } = await one.call('subscribe', { nodeId, endpoint: 1, cluster: ON_OFF, attribute: 0, max: 30 });
      assert.ok(maxInterval > 0);
      const since = one.mark;
      device.command('toggle');
      await one.report(1, ON_OFF, 0, true, since);
    });

    it('is switched again after disconnect and reconnect', async () => {
      await one.call('disconnect', { nodeId });
      await one.call('connect', { nodeId });
      const since = device.mark;
      await one.call('toggle', { nodeId });
      await device.light(false, since);
    });

    it('sends no datagram twice in a quiet run', async () => {
      const datagrams = (await capture.stop()).filter(datagram => datagram.source === PORT);
      assert.ok(datagrams.length > 200);
      const seen = new Map();
      for (const { payload } of datagrams) {
        const hex = payload.toString('hex');
        seen.set(hex, (seen.get(hex) ?? 0) + 1);
      }
      assert.deepEqual([...seen].filter(([, count]) => count > 1), []);
      assert.deepEqual([...new Set(datagrams.map(datagram => datagram.version))], [family.version]);
      assert.ok(Math.max(...datagrams.map(datagram => datagram.payload.length)) <= 1232);
    });

    it('resumes as the same commissioned node after a restart', async () => {
      assert.equal(await device.stop(), 0);
      device = await Device.start(namespace, { storage, port: PORT });
      const since = device.mark;
      await one.call('disconnect', { nodeId });
      await one.call('connect', { nodeId });
      await one.call('toggle', { nodeId });
      await device.light(true, since);
      const { values } = await one.call('read', { nodeId, endpoint: 0, cluster: BASIC_INFORMATION, attribute: NODE_LABEL });
      assert.equal(values[0].value, 'Kitchen light, above the table 1');
    });

    it('is shared with a second controller through a window that the first one opens', async () => {
      const { manualPairingCode } = await one.call('openWindow', { nodeId });
      two = await Controller.start(namespace, { storage: join(directory, 'two'), name: 'two', ipv4: family.ipv4 });
      ({ nodeId: secondNodeId } = await two.call('commission', {
        pairingCode: manualPairingCode,
        address: family.address,
        useKnownAddress: family.address !== undefined,
      }));
      await two.call('connect', { nodeId: secondNodeId });
      const since = device.mark;
      await two.call('toggle', { nodeId: secondNodeId });
      await device.light(false, since);
      await one.call('toggle', { nodeId });
      await device.light(true, since);
      const { values } = await one.call('read', { nodeId, endpoint: 0, cluster: OPERATIONAL_CREDENTIALS, attribute: COMMISSIONED_FABRICS });
      assert.equal(values[0].value, 2);
    });

    it('is left by the second fabric', async () => {
      await two.call('decommission', { nodeId: secondNodeId });
      const { values } = await one.call('read', { nodeId, endpoint: 0, cluster: OPERATIONAL_CREDENTIALS, attribute: COMMISSIONED_FABRICS });
      assert.equal(values[0].value, 1);
    });

    it('ends cleanly on SIGTERM', async () => {
      assert.equal(await device.stop(), 0);
    });
  });
}

describe('a wrong passcode', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  let namespace, device, controller;

  before(async () => {
    namespace = new Namespace();
    device = await Device.start(namespace, { storage: 'memory', port: PORT });
    controller = await Controller.start(namespace, { storage: join(directory, 'one'), name: 'one' });
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('fails, and the right one then works', async () => {
    await assert.rejects(controller.call('commission', { passcode: 12341234, discriminator: DISCRIMINATOR }));
    const { nodeId } = await controller.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR });
    await controller.call('connect', { nodeId });
    const since = device.mark;
    await controller.call('toggle', { nodeId });
    await device.light(true, since);
  });
});
