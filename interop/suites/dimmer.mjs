// A dimmable light as an independent client uses it: levels that move, their quiet reports, scenes, also of a group and
// after a restart.
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
const LIGHT = 1;

const GROUPS = 0x04;
const ON_OFF = 0x06;
const LEVEL = 0x08;
const ACCESS_CONTROL = 0x1f;
const GROUP_KEY_MANAGEMENT = 0x3f;
const SCENES = 0x62;
const CURRENT_LEVEL = 0;
const REMAINING_TIME = 1;
const ON_LEVEL = 0x11;
const SCENE_TABLE_SIZE = 1;
const FABRIC_SCENE_INFO = 2;
const ACL = 0;
const GROUP_KEY_MAP = 0;

const GROUP = 0x0105;
const KEY_SET = 0x01a5;
/** A microsecond into the year 2000, as matter.js counts. */
const EPOCH_START_US = 946_684_800_000_001;
const status = { invalidCommand: 0x85, constraintError: 0x87, resourceExhausted: 0x89, notFound: 0x8b };
const privilege = { manage: 4, administer: 5 };
const authMode = { case: 2, group: 3 };
const options = { optionsMask: {}, optionsOverride: {} };

describe('a dimmable light', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  let namespace, device, one, nodeId, adminNodeId;

  const start = () => Device.start(namespace, { storage: join(directory, 'device'), port: PORT, args: ['--device', 'dimmable'] });

  const read = async (cluster, attribute, endpoint = LIGHT) =>
    (await one.call('read', { nodeId, endpoint, cluster, attribute })).values[0].value;

  const write = (cluster, attribute, value, endpoint = LIGHT) => one.call('write', { nodeId, endpoint, cluster, attribute, value });

  const invoke = (cluster, command, fields, endpoint = LIGHT) => one.call('invoke', { nodeId, endpoint, cluster, command, fields });

  /** What the lamp is told to show; 0 is off. */
  const shown = (level, since) =>
    level === 0 ? device.light(false, since) : device.lines.next(m => m.event === 'level' && m.level === level, { since, what: `level ${level}` });

  /** The one SceneInfoStruct that this fabric sees. */
  const sceneInfo = async () => {
    const infos = await read(SCENES, FABRIC_SCENE_INFO);
    assert.equal(infos.length, 1);
    const { sceneCount, currentScene, currentGroup, sceneValid, remainingCapacity } = infos[0];
    return { sceneCount, currentScene, currentGroup, sceneValid, remainingCapacity };
  };

  const extension = (clusterId, value) => ({ clusterId, attributeValueList: [{ attributeId: 0, valueUnsigned8: value }] });

  before(async () => {
    namespace = new Namespace(6);
    device = await start();
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

  it('moves in time, and reports where it comes to rest', async () => {
    await one.call('subscribe', { nodeId, endpoint: LIGHT, cluster: LEVEL, attribute: CURRENT_LEVEL });
    const since = one.mark;
    const lightSince = device.mark;
    await invoke(LEVEL, 'moveToLevelWithOnOff', { level: 200, transitionTime: 20, ...options });
    const remaining = await read(LEVEL, REMAINING_TIME);
    assert.ok(remaining > 0 && remaining <= 20, `RemainingTime ${remaining}`);
    await one.report(LIGHT, LEVEL, CURRENT_LEVEL, 200, since);
    await shown(200, lightSince);
    const steps = device.lines.received(lightSince).filter(({ event }) => event === 'level').map(({ level }) => level);
    assert.ok(steps.length > 10 && steps.every((level, i) => i === 0 || level > steps[i - 1]), `went ${steps}`);
    const reports = one.lines.received(since).filter(({ event, cluster }) => event === 'attribute' && cluster === LEVEL);
    assert.ok(reports.length <= 4, `${reports.length} reports in two seconds`);
    assert.equal(await read(ON_OFF, 0), true);
    assert.equal(await read(LEVEL, REMAINING_TIME), 0);
  });

  it('goes on and off with its level, by command and by hand', async () => {
    let since = device.mark;
    await invoke(ON_OFF, 'off');
    await shown(0, since);
    assert.equal(await read(LEVEL, CURRENT_LEVEL), 200);
    since = device.mark;
    await invoke(ON_OFF, 'on');
    await shown(200, since);
    since = device.mark;
    await invoke(LEVEL, 'stepWithOnOff', { stepMode: 1, stepSize: 255, transitionTime: 0, ...options });
    await shown(0, since);
    assert.equal(await read(ON_OFF, 0), false);
    await write(LEVEL, ON_LEVEL, 90);
    since = device.mark;
    await invoke(ON_OFF, 'toggle');
    await shown(90, since);
    await write(LEVEL, ON_LEVEL, null);
    since = one.mark;
    device.command('set level 120');
    await one.report(LIGHT, LEVEL, CURRENT_LEVEL, 120, since);
    await assert.rejects(invoke(LEVEL, 'move', { moveMode: 0, rate: 0, ...options }), { status: status.invalidCommand });
  });

  it('keeps scenes and recalls them', async () => {
    const size = await read(SCENES, SCENE_TABLE_SIZE);
    const capacity = Math.floor((size - 1) / 2);
    assert.ok(size >= 16);
    assert.deepEqual(await sceneInfo(), { sceneCount: 0, currentScene: 255, currentGroup: 0, sceneValid: false, remainingCapacity: capacity });
    assert.deepEqual(await invoke(SCENES, 'storeScene', { groupId: 0, sceneId: 1 }), { status: 0, groupId: 0, sceneId: 1 });
    const added = { groupId: 0, sceneId: 2, transitionTime: 500, sceneName: 'dim', extensionFieldSetStructs: [extension(ON_OFF, 1), extension(LEVEL, 20)] };
    assert.deepEqual(await invoke(SCENES, 'addScene', added), { status: 0, groupId: 0, sceneId: 2 });
    assert.deepEqual(await invoke(SCENES, 'viewScene', { groupId: 0, sceneId: 2 }), { status: 0, ...added, sceneName: '' });
    assert.deepEqual(await sceneInfo(), { sceneCount: 2, currentScene: 1, currentGroup: 0, sceneValid: true, remainingCapacity: capacity - 2 });
    let since = device.mark;
    await invoke(SCENES, 'recallScene', { groupId: 0, sceneId: 2 });
    await shown(20, since);
    assert.deepEqual(await sceneInfo(), { sceneCount: 2, currentScene: 2, currentGroup: 0, sceneValid: true, remainingCapacity: capacity - 2 });
    since = device.mark;
    await invoke(SCENES, 'recallScene', { groupId: 0, sceneId: 1, transitionTime: 0 });
    await shown(120, since);
    await invoke(ON_OFF, 'off');
    assert.equal((await sceneInfo()).sceneValid, false);
    assert.deepEqual(await invoke(SCENES, 'copyScene', {
      mode: { copyAllScenes: false }, groupIdentifierFrom: 0, sceneIdentifierFrom: 1, groupIdentifierTo: 0, sceneIdentifierTo: 3,
    }), { status: 0, groupIdentifierFrom: 0, sceneIdentifierFrom: 1 });
    assert.deepEqual(await invoke(SCENES, 'getSceneMembership', { groupId: 0 }), { status: 0, capacity: capacity - 3, groupId: 0, sceneList: [1, 2, 3] });
    assert.deepEqual(await invoke(SCENES, 'removeScene', { groupId: 0, sceneId: 3 }), { status: 0, groupId: 0, sceneId: 3 });
    await assert.rejects(invoke(SCENES, 'recallScene', { groupId: 0, sceneId: 3 }), { status: status.notFound });
  });

  it('says what is wrong with a scene', async () => {
    const scene = { groupId: 0, sceneId: 9, transitionTime: 0, sceneName: '', extensionFieldSetStructs: [] };
    const add = async fields => (await invoke(SCENES, 'addScene', { ...scene, ...fields })).status;
    assert.equal(await add({ groupId: 0x7777 }), status.invalidCommand);
    assert.equal(await add({ transitionTime: 60_000_001 }), status.constraintError);
    assert.equal(await add({ extensionFieldSetStructs: [{ clusterId: LEVEL, attributeValueList: [{ attributeId: 1, valueUnsigned16: 5 }] }] }), status.invalidCommand);
    for (let { remainingCapacity } = await sceneInfo(), i = 0; i < remainingCapacity; i++) assert.equal(await add({ sceneId: 100 + i }), 0);
    assert.equal(await add({ sceneId: 200 }), status.resourceExhausted);
    assert.deepEqual(await invoke(SCENES, 'removeAllScenes', { groupId: 0 }), { status: 0, groupId: 0 });
    assert.equal((await sceneInfo()).sceneCount, 0);
  });

  it('comes back to its global scene', async () => {
    device.command('set level 77');
    await invoke(ON_OFF, 'offWithEffect', { effectIdentifier: 0, effectVariant: 0 });
    await invoke(LEVEL, 'moveToLevel', { level: 5, transitionTime: 0, optionsMask: { executeIfOff: true }, optionsOverride: { executeIfOff: true } });
    const since = device.mark;
    await invoke(ON_OFF, 'onWithRecallGlobalScene');
    await shown(77, since);
  });

  it('stores and recalls a scene with its group, by multicast', async () => {
    const epochKey = { hex: 'b1'.repeat(16) };
    const entry = (subject, mode, level) => ({ privilege: level, authMode: mode, subjects: [{ int: String(subject) }], targets: null, fabricIndex: 0 });
    await one.call('useGroup', { groupId: GROUP, keySetId: KEY_SET, epochKey });
    await invoke(GROUP_KEY_MANAGEMENT, 'keySetWrite', {
      groupKeySet: {
        groupKeySetId: KEY_SET, groupKeySecurityPolicy: 0, epochKey0: epochKey, epochStartTime0: EPOCH_START_US,
        epochKey1: null, epochStartTime1: null, epochKey2: null, epochStartTime2: null,
      },
    }, 0);
    await write(GROUP_KEY_MANAGEMENT, GROUP_KEY_MAP, [{ groupId: GROUP, groupKeySetId: KEY_SET, fabricIndex: 0 }], 0);
    await invoke(GROUPS, 'addGroup', { groupId: GROUP, groupName: '' });
    await write(ACCESS_CONTROL, ACL, [entry(adminNodeId, authMode.case, privilege.administer), entry(GROUP, authMode.group, privilege.manage)], 0);
    await one.call('subscribe', { nodeId, endpoint: LIGHT, cluster: SCENES, attribute: FABRIC_SCENE_INFO });
    const reported = (scene, since) => one.lines.next(
      m => m.event === 'attribute' && m.cluster === SCENES && m.value[0].currentScene === scene && m.value[0].sceneValid, { since, what: `scene ${scene}` });
    let since = one.mark;
    await one.call('invokeGroup', { groupId: GROUP, cluster: SCENES, command: 'storeScene', fields: { groupId: GROUP, sceneId: 7 } });
    await reported(7, since);
    await invoke(LEVEL, 'moveToLevel', { level: 150, transitionTime: 0, ...options });
    since = device.mark;
    await one.call('invokeGroup', { groupId: GROUP, cluster: SCENES, command: 'recallScene', fields: { groupId: GROUP, sceneId: 7 } });
    await shown(77, since);
  });

  it('remembers level and scenes, and forgets those of a group that it leaves', async () => {
    await device.stop();
    device = await start();
    await one.call('disconnect', { nodeId });
    await one.call('closeSessions');
    await one.call('connect', { nodeId });
    assert.equal(await read(LEVEL, CURRENT_LEVEL), 77);
    const { sceneCount, currentScene, sceneValid } = await sceneInfo();
    assert.deepEqual({ sceneCount, currentScene, sceneValid }, { sceneCount: 2, currentScene: 255, sceneValid: false });
    await invoke(LEVEL, 'moveToLevelWithOnOff', { level: 10, transitionTime: 0, ...options });
    const since = device.mark;
    await invoke(SCENES, 'recallScene', { groupId: GROUP, sceneId: 7 });
    await shown(77, since);
    assert.deepEqual(await invoke(GROUPS, 'removeGroup', { groupId: GROUP }), { status: 0, groupId: GROUP });
    assert.equal((await sceneInfo()).sceneCount, 1, 'the global scene');
  });
});
