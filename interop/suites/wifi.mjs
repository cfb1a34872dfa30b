// matter.js configures the network of a Wi-Fi device: scan, add, connect, complete; then changes it and takes that back.
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
const GENERAL_COMMISSIONING = 0x30;
const NETWORK_COMMISSIONING = 0x31;
const WIFI_DIAGNOSTICS = 0x36;
const ASSOCIATION_FAILURE = 1;
const CONNECTION_STATUS = 2;
const AUTHENTICATION_FAILED = 2;
const NETWORKS = 1;
const LAST_NETWORKING_STATUS = 5;
const FAILSAFE_REQUIRED = 0xca;
const AUTH_FAILURE = 7;
const KNOWN = { wifiSsid: 'Matter.Nano', wifiCredentials: 'correct horse' };
const OPEN = 'Café & Söhne <3>';
const bytes = text => ({ hex: hex(text) });
const hex = text => Buffer.from(text).toString('hex');

describe('the network of a Wi-Fi device', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  const address = { ip: '::1', port: PORT };
  let namespace, device, controller, nodeId;

  before(async () => {
    namespace = new Namespace(6);
    device = await Device.start(namespace, { storage: 'memory', port: PORT, args: ['--wifi', '--crypto', 'platform'] });
    controller = await Controller.start(namespace, { storage: join(directory, 'one'), name: 'one' });
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    namespace?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  const read = async (cluster, attribute) => (await controller.call('read', { nodeId, endpoint: 0, cluster, attribute })).values[0]?.value;
  const invoke = (command, fields, cluster = NETWORK_COMMISSIONING) => controller.call('invoke', { nodeId, endpoint: 0, cluster, command, fields });
  const networks = async () => (await read(NETWORK_COMMISSIONING, NETWORKS)).map(({ networkId, connected }) => [networkId, connected]);

  it('is refused with the wrong password, and the commissioning fails', async () => {
    const wrong = { ...KNOWN, wifiCredentials: 'incorrect horse' };
    await assert.rejects(controller.call('commission', { passcode: PASSCODE, address, useKnownAddress: true, wifi: wrong }), /connect to WiFi network/);
  });

  it('is configured while commissioning', async () => {
    const since = device.mark;
    ({ nodeId } = await controller.call('commission', { passcode: PASSCODE, address, useKnownAddress: true, wifi: KNOWN }));
    await device.lines.next(m => m.event === 'wifi', { since, what: 'the connection' });
    await controller.call('connect', { nodeId });
    assert.deepEqual(await networks(), [[hex(KNOWN.wifiSsid), true]]);
    assert.equal(await read(NETWORK_COMMISSIONING, LAST_NETWORKING_STATUS), 0);
    assert.equal(await read(WIFI_DIAGNOSTICS, 0), '020000000000');
    const { values } = await controller.call('readEvents', { nodeId, paths: [{ endpoint: 0, cluster: WIFI_DIAGNOSTICS }] });
    assert.deepEqual(values.map(({ eventId, data }) => [eventId, data]), [
      [ASSOCIATION_FAILURE, { associationFailureCause: AUTHENTICATION_FAILED, status: 1 }], [CONNECTION_STATUS, { connectionStatus: 0 }],
    ]);
  });

  it('is shown among those in reach', async () => {
    const { networkingStatus, wiFiScanResults } = await invoke('scanNetworks', { ssid: null });
    assert.equal(networkingStatus, 0);
    assert.deepEqual(wiFiScanResults.map(({ ssid }) => ssid), [KNOWN.wifiSsid, OPEN, 'far away'].map(hex));
  });

  it('is changed under the fail-safe only, and comes back when that ends', async () => {
    const old = { networkId: bytes(KNOWN.wifiSsid) };
    await assert.rejects(invoke('removeNetwork', old), { status: FAILSAFE_REQUIRED });
    await invoke('armFailSafe', { expiryLengthSeconds: 60, breadcrumb: 1 }, GENERAL_COMMISSIONING);
    assert.equal((await invoke('removeNetwork', old)).networkingStatus, 0);
    assert.equal((await invoke('addOrUpdateWiFiNetwork', { ssid: bytes(OPEN), credentials: bytes('not an open one') })).networkingStatus, 0);
    assert.equal((await invoke('connectNetwork', { networkId: bytes(OPEN) })).networkingStatus, AUTH_FAILURE);
    assert.equal((await invoke('addOrUpdateWiFiNetwork', { ssid: bytes(OPEN), credentials: bytes('') })).networkingStatus, 0);
    assert.equal((await invoke('connectNetwork', { networkId: bytes(OPEN) })).networkingStatus, 0);
    assert.deepEqual(await networks(), [[hex(OPEN), true]]);
    await invoke('armFailSafe', { expiryLengthSeconds: 0, breadcrumb: 0 }, GENERAL_COMMISSIONING);
    assert.deepEqual(await networks(), [[hex(KNOWN.wifiSsid), true]]);
  });

  it('keeps its password to itself', async () => {
    const everything = JSON.stringify(await controller.call('readAll', { nodeId }));
    for (const secret of [KNOWN.wifiCredentials, hex(KNOWN.wifiCredentials)]) assert.ok(!everything.includes(secret));
    assert.ok(!device.lines.stderr.includes(KNOWN.wifiCredentials));
  });
});
