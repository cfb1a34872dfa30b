// The interaction model as an independent client uses it: filters by version, lists in several messages, batches, groups,
// rights that come and go.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Namespace } from '../lib/namespace.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const DISCRIMINATOR = 3840;
const ADDRESS = { ip: '::1', port: PORT };

const ON_OFF = 0x06;
const ON_TIME = 0x4001;
const START_UP_ON_OFF = 0x4003;
const IDENTIFY = 0x03;
const GROUPS = 0x04;
const DESCRIPTOR = 0x1d;
const ACCESS_CONTROL = 0x1f;
const ACL = 0;
const EXTENSION = 1;
const BASIC_INFORMATION = 0x28;
const NODE_LABEL = 5;
const MAX_PATHS_PER_INVOKE = 0x16;
const OPERATIONAL_CREDENTIALS = 0x3e;
const GROUP_KEY_MANAGEMENT = 0x3f;
const GROUP_KEY_MAP = 0;

const privilege = { view: 1, operate: 3, manage: 4, administer: 5 };
const authMode = { case: 2, group: 3 };
const status = {
  unsupportedAccess: 0x7e, unsupportedEndpoint: 0x7f, invalidAction: 0x80, unsupportedCommand: 0x81, constraintError: 0x87,
  resourceExhausted: 0x89, dataVersionMismatch: 0x92, unsupportedCluster: 0xc3,
};

const MEMBER = '4098';
const OTHER_MEMBER = '4099';

/** Version 2 of a case authenticated tag, and what stands in an ACL for it and all later ones. */
const TAG = 0xabcd0002;
const tagSubject = version => (0xfffffffd_abcd0000n + BigInt(version)).toString();

describe('a client that knows its trade', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  let namespace, device, one, nodeId, adminNodeId, member, other;

  const entry = (subjects, level, targets = null, mode = authMode.case) => ({
    privilege: level, authMode: mode, subjects: subjects.map(subject => ({ int: String(subject) })), targets, fabricIndex: 0,
  });

  const target = (endpoint, cluster = null) => ({ endpoint, cluster, deviceType: null });

  /** Replaces the ACL by the administrator's entry and these. */
  const setAcl = (...entries) => one.call('write', {
    nodeId, endpoint: 0, cluster: ACCESS_CONTROL, attribute: ACL, value: [entry([adminNodeId], privilege.administer), ...entries],
  });

  const read = async (cluster, attribute, by = 0, endpoint = 0) => one.call('read', { by, nodeId, endpoint, cluster, attribute });

  const valueOf = async (cluster, attribute) => (await read(cluster, attribute)).values[0].value;

  const refused = { status: status.unsupportedAccess };

  before(async () => {
    namespace = new Namespace(6);
    device = await Device.start(namespace, { storage: join(directory, 'device'), port: PORT });
    one = await Controller.start(namespace, { storage: join(directory, 'one'), name: 'one' });
    ({ nodeId, adminNodeId } = await one.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR }));
    await one.call('connect', { nodeId });
  });

  after(async () => {
    await one?.stop();
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  describe('reads', () => {
    it('nothing of a cluster whose version it knows, until that changes', async () => {
      const all = await one.call('readUnless', { nodeId, endpoint: 1, cluster: ON_OFF, known: [] });
      assert.ok(all.length > 5);
      const known = [{ endpoint: 1, cluster: ON_OFF, version: all[0].version }];
      assert.deepEqual(await one.call('readUnless', { nodeId, endpoint: 1, cluster: ON_OFF, known }), []);
      const rest = await one.call('readUnless', { nodeId, endpoint: 1, known });
      assert.ok(rest.length > 10 && rest.every(({ cluster }) => cluster !== ON_OFF));
      await one.call('toggle', { nodeId });
      const changed = await one.call('readUnless', { nodeId, endpoint: 1, cluster: ON_OFF, known });
      assert.equal(changed.length, all.length);
      assert.notEqual(changed[0].version, all[0].version);
    });
  });

  describe('writes', () => {
    it('only over the version that it knows', async () => {
      const version = (await read(BASIC_INFORMATION, NODE_LABEL)).values[0].version;
      const write = (value, dataVersion) => one.call('writeSeveral', {
        nodeId, writes: [{ endpoint: 0, cluster: BASIC_INFORMATION, attribute: NODE_LABEL, value, version: dataVersion }],
      });
      assert.deepEqual(await write('first', version), []);
      assert.deepEqual((await write('second', version)).map(failure => failure.status), [status.dataVersionMismatch]);
      assert.equal(await valueOf(BASIC_INFORMATION, NODE_LABEL), 'first');
    });

    it('several attributes at once, each with a status of its own, timed or not', async () => {
      for (const timed of [false, true]) {
        const failures = await one.call('writeSeveral', {
          nodeId,
          timed,
          writes: [
            { endpoint: 1, cluster: ON_OFF, attribute: ON_TIME, value: 5 },
            { endpoint: 1, cluster: ON_OFF, attribute: START_UP_ON_OFF, value: 9 },
            { endpoint: 9, cluster: ON_OFF, attribute: ON_TIME, value: 5 },
          ],
        });
        assert.deepEqual(failures.map(({ endpoint, attribute, status: code }) => [endpoint, attribute, code]), [
          [1, START_UP_ON_OFF, status.constraintError], [9, ON_TIME, status.unsupportedEndpoint],
        ]);
      }
    });

    it('an attribute of all endpoints that have it', async () => {
      const writes = [{ cluster: ON_OFF, attribute: ON_TIME, value: 11 }];
      assert.deepEqual(await one.call('writeSeveral', { nodeId, writes }), []);
      assert.equal((await read(ON_OFF, ON_TIME, 0, 1)).values[0].value, 11);
    });

    it('a list over several messages, even the one that lets it write', async () => {
      const entries = [
        entry([2n, 3n, 4n, 5n], privilege.view, [target(0), target(1), target(null, ON_OFF)]),
        entry([2n, 3n, 4n, 6n], privilege.operate, [target(0), target(1), target(null, ON_OFF)]),
        entry([1n], privilege.manage, [target(1)], authMode.group),
        entry([adminNodeId], privilege.administer),
      ];
      const write = value => one.call('writeChunked', { nodeId, endpoint: 0, cluster: ACCESS_CONTROL, attribute: ACL, value, perMessage: 2 });
      assert.deepEqual(await write(entries), [[0, 0], [0, 0], [0]]);
      const list = await valueOf(ACCESS_CONTROL, ACL);
      assert.deepEqual(list.map(({ privilege: level, subjects }) => [level, subjects]), [
        [privilege.view, ['2', '3', '4', '5']], [privilege.operate, ['2', '3', '4', '6']], [privilege.manage, ['1']],
        [privilege.administer, [String(adminNodeId)]],
      ]);
      assert.equal(list[0].targets.length, 3);

      const five = [entry([adminNodeId], privilege.administer), ...entries];
      assert.deepEqual(await write(five), [[0, 0], [0, 0], [0, status.resourceExhausted]]);
      await setAcl();
    });

    it('an extension of the ACL', async () => {
      const write = value => one.call('write', { nodeId, endpoint: 0, cluster: ACCESS_CONTROL, attribute: EXTENSION, value });
      await write([{ data: { hex: '17d00000f1ff010003010203' + '18' }, fabricIndex: 0 }]);
      assert.deepEqual((await valueOf(ACCESS_CONTROL, EXTENSION)).map(({ data }) => data), ['17d00000f1ff01000301020318']);
      await assert.rejects(write([{ data: { hex: '1518' }, fabricIndex: 0 }]), { status: status.constraintError });
      await write([]);
      assert.deepEqual(await valueOf(ACCESS_CONTROL, EXTENSION), []);
    });
  });

  describe('invokes', () => {
    it('as many commands at once as the device takes', async () => {
      assert.equal(await valueOf(BASIC_INFORMATION, MAX_PATHS_PER_INVOKE), 4);
      const since = device.mark;
      const results = await one.call('invokeBatch', {
        nodeId,
        commands: [
          { endpoint: 1, cluster: ON_OFF, command: 'off' },
          { endpoint: 1, cluster: ON_OFF, command: 'on' },
          { endpoint: 9, cluster: ON_OFF, command: 'on' },
          { endpoint: 1, cluster: GROUPS, command: 'addGroup', fields: { groupId: 77, groupName: '' } },
        ],
      });
      await device.light(true, since);
      assert.deepEqual(results, [0, 0, status.unsupportedEndpoint, { status: status.unsupportedAccess, groupId: 77 }]);
    });

    it('commands whose answers fit no message together', async () => {
      const chain = certificateType => ({ endpoint: 0, cluster: OPERATIONAL_CREDENTIALS, command: 'certificateChainRequest', fields: { certificateType } });
      const attest = {
        endpoint: 0, cluster: OPERATIONAL_CREDENTIALS, command: 'attestationRequest', fields: { attestationNonce: { hex: '11'.repeat(32) } },
      };
      const identify = { endpoint: 1, cluster: IDENTIFY, command: 'identify', fields: { identifyTime: 0 } };
      const [certificate, attestation, identified] = await one.call('invokeBatch', { nodeId, commands: [chain(1), attest, identify] });
      const { attestationElements: elements, attestationSignature: signature } = attestation;

      // A message holds 1198 bytes, of which some 70 go to what these come in.
      assert.ok((certificate.certificate.length + elements.length + signature.length) / 2 > 1135);
      assert.equal(signature.length, 128);
      assert.equal(identified, 0);
    });
  });

  describe('is let in and shut out', () => {
    before(async () => {
      ({ by: member } = await one.call('join', { nodeId: MEMBER, address: ADDRESS }));
      ({ by: other } = await one.call('join', { nodeId: OTHER_MEMBER, tags: [TAG], address: ADDRESS }));
    });

    it('by node id, to one cluster of one endpoint', async () => {
      await assert.rejects(one.call('toggle', { by: member, nodeId }), refused);
      assert.deepEqual(await one.call('readAll', { by: member, nodeId }), []);
      await setAcl(entry([MEMBER], privilege.operate, [target(1, ON_OFF)]));
      const since = device.mark;
      await one.call('toggle', { by: member, nodeId });
      await device.lines.next(line => line.event === 'onoff', { since, what: 'a toggle' });
      const visible = await one.call('readAll', { by: member, nodeId });
      assert.ok(visible.length > 5 && visible.every(({ endpoint, cluster }) => endpoint === 1 && cluster === ON_OFF));

      // What it may not see it cannot tell from what is not there.
      for (const [endpoint, cluster] of [[0, BASIC_INFORMATION], [1, DESCRIPTOR], [1, 0x1234], [9, ON_OFF]]) {
        const { statuses } = await read(cluster, 0, member, endpoint);
        assert.deepEqual(statuses.map(({ status: code }) => code), [status.unsupportedAccess], `${endpoint}/${cluster}`);
      }
      await assert.rejects(
        one.call('write', { by: member, nodeId, endpoint: 1, cluster: ON_OFF, attribute: START_UP_ON_OFF, value: 1 }), refused, 'needs Manage');
      await one.call('write', { by: member, nodeId, endpoint: 1, cluster: ON_OFF, attribute: ON_TIME, value: 3 });
    });

    it('while it is subscribed: it hears no more, and again', async () => {
      await one.call('subscribe', { by: member, nodeId, endpoint: 1, cluster: ON_OFF, attribute: 0, max: 60 });
      const toggle = async () => {
        const since = one.mark;
        await one.call('toggle', { nodeId });
        return since;
      };
      const reports = since => one.lines.received(since).filter(line => line.event === 'attribute').length;
      await one.lines.next(line => line.event === 'attribute', { since: await toggle(), what: 'a report' });
      await setAcl();
      await assert.rejects(one.call('toggle', { by: member, nodeId }), refused);
      const since = await toggle();
      await sleep(1000);
      assert.equal(reports(since), 0);
      await setAcl(entry([MEMBER], privilege.view, [target(1, ON_OFF)]));
      await one.lines.next(line => line.event === 'attribute', { since: await toggle(), what: 'a report again' });
      await assert.rejects(one.call('toggle', { by: member, nodeId }), refused, 'View is not Operate');
    });

    it('by a case authenticated tag of at least a version', async () => {
      for (const [version, allowed] of [[3, false], [2, true], [1, true]]) {
        await setAcl(entry([tagSubject(version)], privilege.operate));
        const toggled = one.call('toggle', { by: other, nodeId });
        await (allowed ? toggled : assert.rejects(toggled, refused, `version ${version}`));
        await assert.rejects(one.call('toggle', { by: member, nodeId }), refused);
      }
    });

    it('by the endpoint\'s device type', async () => {
      await setAcl(entry([MEMBER], privilege.operate, [{ cluster: null, endpoint: null, deviceType: 0x0100 }]));
      await one.call('toggle', { by: member, nodeId });
      const { statuses } = await read(BASIC_INFORMATION, NODE_LABEL, member);
      assert.deepEqual(statuses.map(({ status: code }) => code), [status.unsupportedAccess]);
      await setAcl();
    });
  });

  describe('commands a group by multicast', () => {
    const groupId = 0x0103;
    const keySetId = 0x01a3;
    /** A microsecond into the year 2000, as matter.js counts. */
    const EPOCH_START_US = 946_684_800_000_001;

    const epochKey = { hex: 'a0'.repeat(16) };

    const invokeRoot = (cluster, command, fields, endpoint = 0) => one.call('invoke', { nodeId, endpoint, cluster, command, fields });

    const toggled = async () => {
      const since = device.mark;
      await one.call('invokeGroup', { groupId, cluster: ON_OFF, command: 'toggle' });
      await sleep(700);
      return device.lines.received(since).filter(line => line.event === 'onoff').length;
    };

    it('once it has a key, a member and the right', async () => {
      await one.call('useGroup', { groupId, keySetId, epochKey });
      await invokeRoot(GROUP_KEY_MANAGEMENT, 'keySetWrite', {
        groupKeySet: {
          groupKeySetId: keySetId, groupKeySecurityPolicy: 0, epochKey0: epochKey, epochStartTime0: EPOCH_START_US,
          epochKey1: null, epochStartTime1: null, epochKey2: null, epochStartTime2: null,
        },
      });
      await one.call('write', {
        nodeId, endpoint: 0, cluster: GROUP_KEY_MANAGEMENT, attribute: GROUP_KEY_MAP,
        value: [{ groupId, groupKeySetId: keySetId, fabricIndex: 0 }, { groupId: 0x0104, groupKeySetId: keySetId, fabricIndex: 0 }],
      });
      assert.equal((await valueOf(GROUP_KEY_MANAGEMENT, GROUP_KEY_MAP)).length, 2);
      assert.deepEqual(await invokeRoot(GROUPS, 'addGroup', { groupId, groupName: 'all' }, 1), { status: 0, groupId });
      assert.equal(await toggled(), 0, 'no right yet');
      await setAcl(entry([BigInt(groupId)], privilege.operate, [target(1)], authMode.group));
      assert.equal(await toggled(), 1);
      assert.equal(await toggled(), 1);
      await setAcl();
      assert.equal(await toggled(), 0, 'no right any more');
    });
  });
});
