// As many fabrics, controllers and sessions as the device has room for, and then one more; and who guesses passcodes.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Interaction } from '../lib/interaction.mjs';
import { Namespace } from '../lib/namespace.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const WRONG_PASSCODE = 12341234;
const ADDRESS = { ip: '127.0.0.1', port: PORT };

const FABRICS = 5;
const CONTROLLERS_PER_FABRIC = 3;
const SECURE_SESSIONS = FABRICS * CONTROLLERS_PER_FABRIC + 2;
const WRONG_ATTEMPTS = 20;

const OPERATIONAL_CREDENTIALS = 0x3e;
const SUPPORTED_FABRICS = 2;
const COMMISSIONED_FABRICS = 3;
const TRUSTED_ROOT_CERTIFICATES = 4;
const ADMINISTRATOR_COMMISSIONING = 0x3c;
const WINDOW_STATUS = 0;
const windowStatus = { enhanced: 1, basic: 2 };

const UNSUPPORTED_ACCESS = 0x7e;

/** A case authenticated tag, and what stands for everybody who has it in an ACL. */
const TAG = 0xabcd0001;
const TAG_SUBJECT = (0xfffffffdn << 32n | BigInt(TAG)).toString();

/** Longer than a controller takes to acknowledge an answer. */
const QUIET_MS = 600;

const nodeIdOf = by => (0x1000 + by).toString();

const startController = (namespace, directory, name) =>
  Controller.start(namespace, { storage: join(directory, name), name, ipv4: true });

const eventsOf = (process, event, since) => process.lines.received(since).filter(line => line.event === event);

/** Waits for so many events of a kind; gives all there are. */
async function atLeast(count, process, event, since) {
  await process.lines.next(() => eventsOf(process, event, since).length >= count, { since, what: `${count} times ${event}` });
  return eventsOf(process, event, since);
}

/** Resident memory of a process in KiB. */
const residentKiB = pid => Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

describe('five fabrics of three controllers each', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  const fabrics = []; // controller processes, one a fabric, with the node id that the device has on it
  let namespace, device, sixth;

  /** Every controller of every fabric switches the light so many times, all at once. */
  const toggleAll = async times => {
    const since = device.mark;
    await Promise.all(fabrics.flatMap(({ process, nodeId, members }) =>
      Array.from({ length: members }, (_, by) => process.call('toggle', { by, nodeId, times }))));
    const expected = fabrics.reduce((sum, { members }) => sum + members, 0) * times;
    assert.equal((await atLeast(expected, device, 'onoff', since)).length, expected);
  };

  const readOne = async (attribute, cluster = OPERATIONAL_CREDENTIALS, { process, nodeId } = fabrics[0]) =>
    (await process.call('read', { nodeId, endpoint: 0, cluster, attribute })).values[0].value;

  const addMember = async (fabric, tags) => {
    const { by } = await fabric.process.call('join', { nodeId: nodeIdOf(fabric.members), tags, address: ADDRESS });
    assert.equal(by, fabric.members);
    fabric.members++;
    return by;
  };

  const closedByPeer = marks => fabrics.map(({ process }, i) =>
    eventsOf(process, 'closed-by-peer', marks[i]).filter(({ isPase }) => !isPase).map(({ by }) => by));

  const marksOf = () => fabrics.map(({ process }) => process.mark);

  before(async () => {
    namespace = new Namespace(4);
    device = await Device.start(namespace, { storage: join(directory, 'device'), port: PORT, args: ['--crypto', 'platform'] });
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const process of await Promise.all(names.map(name => startController(namespace, directory, name)))) {
      fabrics.push({ process, members: 1 });
    }
  });

  after(async () => {
    await Promise.all([...fabrics.map(({ process }) => process.stop()), sixth?.stop()]);
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('come one after the other, through windows of both kinds that the one before opens', async () => {
    for (const [index, fabric] of fabrics.entries()) {
      let secret = { passcode: PASSCODE };
      if (index > 0) {
        const { process, nodeId } = fabrics[index - 1];
        await process.call('connect', { nodeId });
        const isEnhanced = index % 2 === 1;
        if (isEnhanced) secret = { pairingCode: (await process.call('openWindow', { nodeId })).manualPairingCode };
        else await process.call('openBasicWindow', { nodeId });
        assert.equal(
          await readOne(WINDOW_STATUS, ADMINISTRATOR_COMMISSIONING, fabrics[index - 1]),
          isEnhanced ? windowStatus.enhanced : windowStatus.basic);
      }
      Object.assign(fabric, await fabric.process.call('commission', { ...secret, address: ADDRESS, useKnownAddress: true }));
      assert.deepEqual(fabric.findings.map(({ type }) => type), ['CertificationTypeTest']);
    }
    assert.equal(await readOne(COMMISSIONED_FABRICS), FABRICS);
  });

  it('have roots whose list is longer than a message', async test => {
    const [{ process, nodeId }] = fabrics;
    const path = { endpoint: 0, cluster: OPERATIONAL_CREDENTIALS, attribute: TRUSTED_ROOT_CERTIFICATES };
    const { values: [{ value: list }], messages } = await new Interaction(process, nodeId).read([path]);
    const sizes = list.value.map(({ value }) => value.length);
    assert.equal(sizes.length, FABRICS);
    assert.ok(messages > 1, `${sizes} bytes in ${messages} messages`);
    const roots = await readOne(TRUSTED_ROOT_CERTIFICATES);
    assert.equal(new Set(roots.map(root => JSON.stringify(root))).size, FABRICS, 'as matter.js puts them together');
    test.diagnostic(`roots of ${sizes} bytes in ${messages} messages`);
  });

  it('let nobody else in before the ACL does', async () => {
    const since = device.mark;
    for (const fabric of fabrics) {
      for (let by = 1; by < CONTROLLERS_PER_FABRIC; by++) await addMember(fabric);
      const { process, nodeId, adminNodeId } = fabric;
      await assert.rejects(process.call('toggle', { by: 1, nodeId }), { status: UNSUPPORTED_ACCESS });
      await process.call('grant', { nodeId, subjects: [adminNodeId, nodeIdOf(1), nodeIdOf(2), TAG_SUBJECT] });
      await process.call('toggle', { by: 1, nodeId });
      await process.call('toggle', { by: 2, nodeId });
    }
    // All lines are here before the next test counts its own.
    assert.equal((await atLeast(2 * FABRICS, device, 'onoff', since)).length, 2 * FABRICS);
  });

  it('have fifteen sessions at once, all toggling', async test => {
    await toggleAll(1);
    const since = device.mark;
    const marks = marksOf();
    const before = residentKiB(device.ready.pid);
    const began = performance.now();
    await toggleAll(20);
    const seconds = (performance.now() - began) / 1000;
    assert.deepEqual(eventsOf(device, 'case', since), [], 'nobody had to connect anew');
    assert.deepEqual(closedByPeer(marks), fabrics.map(() => []));
    for (const { process, members } of fabrics) {
      for (let by = 0; by < members; by++) assert.equal((await process.call('sessions', { by })).length, 1);
    }
    test.diagnostic(`15 sessions: 300 toggles in ${seconds.toFixed(1)} s; device ${before} KiB before, ${residentKiB(device.ready.pid)} KiB after`);
  });

  it('leave no room for a sixth: its controller gives up, and if it insists is told TableFull', async () => {
    assert.equal(await readOne(SUPPORTED_FABRICS), FABRICS);
    const { process, nodeId } = fabrics[FABRICS - 1];
    await process.call('connect', { nodeId });
    sixth = await startController(namespace, directory, 'f');
    const marks = marksOf();
    const since = device.mark;

    await process.call('openBasicWindow', { nodeId });
    await assert.rejects(
      sixth.call('commission', { passcode: PASSCODE, address: ADDRESS, useKnownAddress: true }),
      /MaximumCommissionedFabricsReachedError: Commissioned fabrics \(5\) exceed supported fabrics \(5\)/);

    await process.call('openBasicWindow', { nodeId });
    // What matter.js makes of NOCResponse TableFull, and of nothing else.
    await assert.rejects(
      sixth.call('commission', { passcode: PASSCODE, address: ADDRESS, useKnownAddress: true, insist: true }),
      /MaximumCommissionedFabricsReachedError: Commission error: This device reached the maximum number of fabrics/);

    assert.equal((await atLeast(2, device, 'pase', since)).length, 2);
    assert.deepEqual(eventsOf(device, 'fabric-added', since), []);
    assert.equal(await readOne(COMMISSIONED_FABRICS), FABRICS);
    const before = device.mark;
    await toggleAll(2);
    assert.deepEqual(eventsOf(device, 'case', before), []);
    assert.deepEqual(closedByPeer(marks), fabrics.map(() => []));
  });

  it('make room for one session more than there is: the largest fabric its longest silent one', async test => {
    const [first, ...others] = fabrics;
    const { process, nodeId } = first;
    const marks = marksOf();
    const toggle = by => process.call('toggle', { by, nodeId });

    // The other fabrics are silent for longer, but have fewer sessions.
    for (const other of others) await other.process.call('toggle', { by: 0, nodeId: other.nodeId });
    await sleep(QUIET_MS);
    for (const by of [1, 0, 2]) {
      await toggle(by);
      await sleep(QUIET_MS);
    }
    while (fabrics.reduce((sum, { members }) => sum + members, 0) < SECURE_SESSIONS) {
      await toggle(await addMember(first, [TAG]));
      await sleep(QUIET_MS);
    }
    assert.deepEqual(closedByPeer(marks), fabrics.map(() => []), `${SECURE_SESSIONS} sessions fit`);
    test.diagnostic(`${SECURE_SESSIONS} sessions: device ${residentKiB(device.ready.pid)} KiB`);

    // Another fabric asks, but the first has the most sessions.
    const by = await addMember(others[0], [TAG]);
    await others[0].process.call('toggle', { by, nodeId: others[0].nodeId });
    await atLeast(1, process, 'closed-by-peer', marks[0]);
    assert.deepEqual(closedByPeer(marks), [[1], [], [], [], []]);
    await sleep(QUIET_MS);

    // The evicted one comes back by itself. Two fabrics have as many sessions now: its own has to make room for it.
    const since = device.mark;
    const again = process.mark;
    await toggle(1);
    await atLeast(1, process, 'closed-by-peer', again);
    assert.deepEqual(await atLeast(1, device, 'case', since), [{ event: 'case', fabric: 1 }]);
    assert.deepEqual(closedByPeer(marks), [[1, 0], [], [], [], []]);
  });
});

describe('who guesses passcodes', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  let namespace, device, controller;

  const commission = passcode => controller.call('commission', { passcode, address: ADDRESS, useKnownAddress: true });

  before(async () => {
    namespace = new Namespace(4);
    device = await Device.start(namespace, { storage: 'memory', port: PORT });
    controller = await startController(namespace, directory, 'guess');
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is shut out by the twentieth wrong one until somebody presses the button', async test => {
    const began = performance.now();
    for (let attempt = 0; attempt < WRONG_ATTEMPTS; attempt++) {
      // Each time the device still answers with its confirmation, which a closed window would not.
      await assert.rejects(commission(WRONG_PASSCODE), /incorrect key confirmation/);
    }
    await atLeast(1, device, 'window-closed', 0);
    test.diagnostic(`${WRONG_ATTEMPTS} wrong passcodes in ${((performance.now() - began) / 1000).toFixed(1)} s`);

    await assert.rejects(commission(PASSCODE), /Could not connect/);
    assert.deepEqual(eventsOf(device, 'pase', 0), []);

    const since = device.mark;
    device.command('button');
    await atLeast(1, device, 'window-opened', since);
    const { nodeId } = await commission(PASSCODE);
    await controller.call('toggle', { nodeId });
    await device.light(true, since);
  });
});
