// Events: read with paths and filters, reported by subscriptions, under numbers that a restart doesn't repeat.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Namespace } from '../lib/namespace.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const DISCRIMINATOR = 3840;

const ACCESS_CONTROL = 0x1f;
const BASIC_INFORMATION = 0x28;
const GENERAL_DIAGNOSTICS = 0x33;

const startUp = { endpoint: 0, cluster: BASIC_INFORMATION, event: 0 };
const shutDown = { endpoint: 0, cluster: BASIC_INFORMATION, event: 1 };
const bootReason = { endpoint: 0, cluster: GENERAL_DIAGNOSTICS, event: 3 };
const entryChanged = { endpoint: 0, cluster: ACCESS_CONTROL, event: 0 };

const priority = { info: 1, critical: 2 };
const changeType = { changed: 0, added: 1 };
const status = { unsupportedEndpoint: 0x7f, unsupportedCluster: 0xc3, unsupportedEvent: 0xc7 };

const OTHER_NODE = '4660';

const is = path => ({ endpoint, cluster, eventId }) =>
  endpoint === path.endpoint && cluster === path.cluster && eventId === path.event;

const numbersOf = values => values.map(({ number }) => BigInt(number));

const assertAscending = values => {
  const numbers = numbersOf(values);
  assert.deepEqual(numbers, numbers.toSorted((a, b) => (a < b ? -1 : 1)));
  assert.equal(new Set(numbers).size, numbers.length);
};

describe('events', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  const storage = join(directory, 'device');
  let namespace, device, controller, nodeId, adminNodeId, last;

  const read = async (paths, min) => (await controller.call('readEvents', { nodeId, paths, min })).values;

  /** Waits for a report of an event. */
  const report = async (path, since) => {
    const matches = is(path);
    return controller.lines.next(m => m.event === 'event' && matches(m), { since, what: `event ${JSON.stringify(path)}` });
  };

  before(async () => {
    namespace = new Namespace();
    device = await Device.start(namespace, { storage, port: PORT });
    controller = await Controller.start(namespace, { storage: join(directory, 'one'), name: 'one' });
    ({ nodeId, adminNodeId } = await controller.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR }));
    await controller.call('connect', { nodeId });
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('tell of the start and of the administrator', async () => {
    const values = await read();
    assertAscending(values);
    const [start] = values.filter(is(startUp));
    assert.equal(start.priority, priority.critical);
    assert.equal(typeof start.data.softwareVersion, 'number');
    const [reason] = values.filter(is(bootReason));
    assert.equal(reason.priority, priority.critical);
    assert.equal(typeof reason.data.bootReason, 'number');
    const [added] = values.filter(is(entryChanged));
    assert.equal(added.priority, priority.info);
    assert.equal(added.data.changeType, changeType.added);
    assert.equal(added.data.adminNodeId, null);
    assert.equal(added.data.adminPasscodeId, 0);
    assert.equal(added.data.latestValue.privilege, 5);
    assert.ok(added.data.fabricIndex > 0);
    for (const { epochTimestamp, systemTimestamp } of values) assert.ok((epochTimestamp === undefined) !== (systemTimestamp === undefined));
  });

  it('are read by path and from a number on', async () => {
    const all = await read();
    assert.deepEqual(await read([startUp]), all.filter(is(startUp)));
    assert.deepEqual(
      await read([{ cluster: BASIC_INFORMATION }, { endpoint: 0, cluster: ACCESS_CONTROL }]),
      all.filter(({ cluster }) => cluster === BASIC_INFORMATION || cluster === ACCESS_CONTROL));
    for (const [index, { number }] of all.entries()) assert.deepEqual(await read(undefined, number), all.slice(index));
    assert.deepEqual(await read(undefined, String(numbersOf(all).at(-1) + 1n)), []);
  });

  it('that are not there have a status', async () => {
    const paths = [
      { endpoint: 9, cluster: BASIC_INFORMATION, event: 0 },
      { endpoint: 0, cluster: 0x99, event: 0 },
      { endpoint: 0, cluster: BASIC_INFORMATION, event: 0x77 },
    ];
    const { values, statuses } = await controller.call('readEvents', { nodeId, paths });
    assert.deepEqual(values, []);
    assert.deepEqual(
      statuses.map(each => each.status), [status.unsupportedEndpoint, status.unsupportedCluster, status.unsupportedEvent]);
  });

  it('are reported as they happen to who subscribed to nothing else', async () => {
    const { values, maxInterval } = await controller.call('subscribeEvents', { nodeId });
    assert.deepEqual(values, await read());
    assert.ok(maxInterval > 0);
    const since = controller.mark;
    await controller.call('grant', { nodeId, subjects: [adminNodeId, OTHER_NODE] });
    const { data, number } = await report(entryChanged, since);
    assert.equal(data.changeType, changeType.changed);
    assert.equal(data.adminNodeId, adminNodeId.toString());
    assert.equal(data.adminPasscodeId, null);
    assert.deepEqual(data.latestValue.subjects, [adminNodeId.toString(), OTHER_NODE]);
    assert.ok(BigInt(number) > numbersOf(values).at(-1));
  });

  it('have the last word before the device stops, and number on after its restart', async () => {
    const since = controller.mark;
    await device.stop();
    last = BigInt((await report(shutDown, since)).number);
    device = await Device.start(namespace, { storage, port: PORT });
    await controller.call('connect', { nodeId });
    const values = await read(undefined, String(last + 1n));
    assertAscending(values);
    assert.equal(values.filter(is(startUp)).length, 1);
    assert.equal(values.filter(is(bootReason)).length, 1);
    assert.deepEqual(await read(), values, 'the log begins anew');
    assert.ok(numbersOf(values).every(number => number > last));
  });
});
