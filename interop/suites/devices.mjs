// Each sample of the virtual device, commissioned and used for what it is there for.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Namespace } from '../lib/namespace.mjs';

const PASSCODE = 20202021;
const DISCRIMINATOR = 3840;

const IDENTIFY = 0x03;
const ON_OFF = 0x06;
const LEVEL_CONTROL = 0x08;
const DESCRIPTOR = 0x1d;
const BASIC_INFORMATION = 0x28;
const BRIDGED_DEVICE_BASIC_INFORMATION = 0x39;
const SWITCH = 0x3b;
const BOOLEAN_STATE = 0x45;
const TEMPERATURE_MEASUREMENT = 0x402;
const RELATIVE_HUMIDITY_MEASUREMENT = 0x405;
const OCCUPANCY_SENSING = 0x406;

const DEVICE_TYPE_LIST = 0;
const PARTS_LIST = 3;
const TAG_LIST = 4;
const CONFIGURATION_VERSION = 0x18;

const UNSUPPORTED_ENDPOINT = 0x7f;

/** A commissioned sample, whose changes are all reported; tests get it by the function that the body is called with. */
function sample(name, body) {
  describe(`the sample ${name}`, () => {
    const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
    const scene = {
      async value(endpoint, cluster, attribute) {
        const { values } = await scene.one.call('read', { nodeId: scene.nodeId, endpoint, cluster, attribute });
        return values[0]?.value;
      },
      /** Does something to the device and waits for the report of it. */
      async reports(command, endpoint, cluster, attribute, value) {
        const since = scene.one.mark;
        scene.device.command(command);
        await scene.reported(endpoint, cluster, attribute, value, since);
      },
      reported: (endpoint, cluster, attribute, value, since) => scene.one.lines.next(
        m => m.event === 'attribute' && m.endpoint === endpoint && m.cluster === cluster && m.attribute === attribute
          && JSON.stringify(m.value) === JSON.stringify(value),
        { since, what: `a report of ${endpoint}/${cluster}/${attribute} = ${JSON.stringify(value)}` }),
      /** The events of a cluster after a number, each as [id, data]. */
      async events(endpoint, cluster, min = 0) {
        const { values } = await scene.one.call('readEvents', { nodeId: scene.nodeId, paths: [{ endpoint, cluster }], min });
        return values.map(({ eventId, data, number }) => ({ id: eventId, data, number }));
      },
      invoke: (endpoint, cluster, command, fields) =>
        scene.one.call('invoke', { nodeId: scene.nodeId, endpoint, cluster, command, fields }),
    };

    before(async () => {
      scene.namespace = new Namespace();
      scene.device = await Device.start(scene.namespace, { storage: 'memory', args: ['--device', name] });
      scene.one = await Controller.start(scene.namespace, { storage: join(directory, 'one'), name: 'one' });
      ({ nodeId: scene.nodeId } = await scene.one.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR }));
      await scene.one.call('connect', { nodeId: scene.nodeId });
      await scene.one.call('subscribe', { nodeId: scene.nodeId });
    });

    after(async () => {
      await scene.one?.stop();
      await scene.device?.stop();
      scene.namespace?.remove();
      rmSync(directory, { recursive: true, force: true });
    });

    it('refuses a command that it does not have', async () => {
      const since = scene.device.mark;
      scene.device.command('set nothing 1');
      await scene.device.lines.next(m => m.event === 'unknown-command', { since });
    });

    body(scene);
  });
}

sample('plug', scene => {
  it('is switched from both sides', async () => {
    const since = scene.device.mark;
    await scene.invoke(1, ON_OFF, 'toggle');
    await scene.device.light(true, since);
    await scene.reports('toggle', 1, ON_OFF, 0, false);
  });

  it('is a plug', async () => {
    const [type] = await scene.value(1, DESCRIPTOR, DEVICE_TYPE_LIST);
    assert.deepEqual(type, { deviceType: 0x010a, revision: 4 });
  });
});

sample('dimmable', scene => {
  it('is dimmed from both sides', async () => {
    const since = scene.device.mark;
    await scene.invoke(1, LEVEL_CONTROL, 'moveToLevelWithOnOff', {
      level: 100, transitionTime: 0, optionsMask: {}, optionsOverride: {},
    });
    await scene.device.lines.next(m => m.event === 'level' && m.level === 100, { since, what: 'level 100' });
    assert.equal(await scene.value(1, LEVEL_CONTROL, 0), 100);
    await scene.reports('set level 200', 1, LEVEL_CONTROL, 0, 200);
    await scene.reports('toggle', 1, ON_OFF, 0, false);
  });
});

sample('sensor', scene => {
  it('knows nothing before it has measured', async () => {
    assert.equal(await scene.value(1, TEMPERATURE_MEASUREMENT, 0), null);
    assert.equal(await scene.value(2, RELATIVE_HUMIDITY_MEASUREMENT, 0), null);
  });

  it('reports temperatures, below zero too, and none', async () => {
    await scene.reports('set temperature 21.5', 1, TEMPERATURE_MEASUREMENT, 0, 2150);
    await scene.reports('set temperature -5.25', 1, TEMPERATURE_MEASUREMENT, 0, -525);
    await scene.reports('set temperature unknown', 1, TEMPERATURE_MEASUREMENT, 0, null);
  });

  it('reports humidity', () => scene.reports('set humidity 45.5', 2, RELATIVE_HUMIDITY_MEASUREMENT, 0, 4550));

  it('holds occupancy as long as it is told to', async () => {
    await scene.one.call('write', { nodeId: scene.nodeId, endpoint: 3, cluster: OCCUPANCY_SENSING, attribute: 3, value: 1 });
    await scene.reports('set occupied on', 3, OCCUPANCY_SENSING, 0, { occupied: true });
    const start = performance.now();
    await scene.reports('set occupied off', 3, OCCUPANCY_SENSING, 0, { occupied: false });
    assert.ok(performance.now() - start > 900, `${performance.now() - start} ms`);
  });

  it('reports the door and records when it opened and closed', async () => {
    await scene.reports('open', 4, BOOLEAN_STATE, 0, false);
    await scene.reports('close', 4, BOOLEAN_STATE, 0, true);
    const events = await scene.events(4, BOOLEAN_STATE);
    assert.deepEqual(events.map(({ id, data }) => [id, data]), [[0, { stateValue: false }], [0, { stateValue: true }]]);
  });

  it('makes itself known', async () => {
    await scene.invoke(4, IDENTIFY, 'identify', { identifyTime: 5 });
    assert.ok((await scene.value(4, IDENTIFY, 0)) > 0);
  });
});

sample('switch', scene => {
  const short = [[1, { newPosition: 1 }], [3, { previousPosition: 1 }]];

  it('tells its parts apart by tags', async () => {
    const tags = [];
    for (const endpoint of [1, 2, 3]) tags.push(...await scene.value(endpoint, DESCRIPTOR, TAG_LIST));
    assert.deepEqual(tags.map(({ mfgCode, namespaceId, tag }) => [mfgCode, namespaceId, tag]), [[null, 8, 0], [null, 8, 1], [null, 8, 4]]);
  });

  it('tells a press', async () => {
    for (const command of ['press 1', 'release 1']) scene.device.command(command);
    await eventually(async () => {
      const events = await scene.events(1, SWITCH);
      assert.deepEqual(events.map(({ id, data }) => [id, data]), [...short, [6, { previousPosition: 1, totalNumberOfPressesCounted: 1 }]]);
    });
  });

  it('counts two presses in a row', async () => {
    for (const command of ['press 2', 'release 2', 'press 2', 'release 2']) scene.device.command(command);
    await eventually(async () => {
      const events = await scene.events(2, SWITCH);
      assert.deepEqual(events.map(({ id, data }) => [id, data]), [
        ...short, short[0], [5, { newPosition: 1, currentNumberOfPressesCounted: 2 }], short[1],
        [6, { previousPosition: 1, totalNumberOfPressesCounted: 2 }],
      ]);
    });
  });

  it('tells a long press', async () => {
    const [{ number }] = (await scene.events(2, SWITCH)).slice(-1);
    await scene.reports('press 2', 2, SWITCH, 1, 1);
    const later = () => scene.events(2, SWITCH, String(BigInt(number) + 1n));
    await eventually(async () => assert.deepEqual((await later()).map(({ id }) => id), [1, 2]));
    scene.device.command('release 2');
    await eventually(async () => assert.deepEqual((await later()).map(({ id }) => id), [1, 2, 4]));
  });

  it('tells where the knob was turned', async () => {
    await scene.reports('set position 2', 3, SWITCH, 1, 2);
    assert.deepEqual((await scene.events(3, SWITCH)).map(({ id, data }) => [id, data]), [[0, { newPosition: 2 }]]);
  });
});

sample('bridge', scene => {
  it('lists what is behind it', async () => {
    assert.deepEqual(await scene.value(0, DESCRIPTOR, PARTS_LIST), [1, 2, 3, 4, 5, 6]);
    assert.deepEqual(await scene.value(1, DESCRIPTOR, PARTS_LIST), [2, 3, 4, 5, 6]);
    assert.deepEqual(await scene.value(4, DESCRIPTOR, PARTS_LIST), [5, 6]);
    const types = (await scene.value(3, DESCRIPTOR, DEVICE_TYPE_LIST)).map(({ deviceType }) => deviceType);
    assert.deepEqual(types, [0x15, 0x13]);
  });

  it('names what is behind it, each with an id of its own', async () => {
    const ids = new Set();
    for (const [endpoint, name] of [[2, 'Lamp'], [3, 'Front door'], [4, 'Weather station']]) {
      assert.equal(await scene.value(endpoint, BRIDGED_DEVICE_BASIC_INFORMATION, 5), name);
      ids.add(await scene.value(endpoint, BRIDGED_DEVICE_BASIC_INFORMATION, 0x12));
    }
    assert.equal(ids.size, 3);
    await scene.one.call('write', { nodeId: scene.nodeId, endpoint: 2, cluster: BRIDGED_DEVICE_BASIC_INFORMATION, attribute: 5, value: 'Desk' });
    assert.equal(await scene.value(2, BRIDGED_DEVICE_BASIC_INFORMATION, 5), 'Desk');
  });

  it('switches the lamp behind it', async () => {
    const since = scene.device.mark;
    await scene.invoke(2, ON_OFF, 'on');
    await scene.device.lines.next(m => m.event === 'onoff' && m.endpoint === 2 && m.on, { since });
  });

  it('says what it cannot reach', async () => {
    await scene.reports('set reachable off', 3, BRIDGED_DEVICE_BASIC_INFORMATION, 0x11, false);
    const events = await scene.events(3, BRIDGED_DEVICE_BASIC_INFORMATION);
    assert.deepEqual(events.map(({ id, data }) => [id, data]), [[3, { reachableNewValue: false }]]);
  });

  it('gets and loses lamps while it runs', async () => {
    const configuration = () => scene.value(0, BASIC_INFORMATION, CONFIGURATION_VERSION);
    const former = await configuration();
    let since = scene.one.mark;
    await scene.reports('add lamp', 1, DESCRIPTOR, PARTS_LIST, [2, 3, 4, 5, 6, 7]);
    await scene.reported(0, DESCRIPTOR, PARTS_LIST, [1, 2, 3, 4, 5, 6, 7], since);
    await scene.reported(7, BRIDGED_DEVICE_BASIC_INFORMATION, 5, 'Lamp 7', since);
    await scene.reported(7, DESCRIPTOR, DEVICE_TYPE_LIST, [{ deviceType: 0x0100, revision: 3 }, { deviceType: 0x13, revision: 3 }], since);
    assert.equal(await configuration(), former + 1);
    since = scene.device.mark;
    await scene.invoke(7, ON_OFF, 'on');
    await scene.device.lines.next(m => m.event === 'onoff' && m.endpoint === 7 && m.on, { since });
    await scene.reports('remove 7', 1, DESCRIPTOR, PARTS_LIST, [2, 3, 4, 5, 6]);
    await assert.rejects(scene.invoke(7, ON_OFF, 'off'), { status: UNSUPPORTED_ENDPOINT });
    await scene.reports('add lamp', 1, DESCRIPTOR, PARTS_LIST, [2, 3, 4, 5, 6, 8]);
    assert.equal(await configuration(), former + 3);
  });

  it('reports the weather', () => scene.reports('set temperature -12', 5, TEMPERATURE_MEASUREMENT, 0, -1200));
});

/** Tries until it succeeds, for at most five seconds. */
async function eventually(attempt) {
  for (const end = performance.now() + 5000; ; await new Promise(resolve => setTimeout(resolve, 100))) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
  }
}
