// What an independent resolver sees of a light on the same link, and how the light gets on with a host of its own name.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Avahi } from '../lib/avahi.mjs';
import { Controller } from '../lib/controller.mjs';
import { Device } from '../lib/device.mjs';
import { Namespace } from '../lib/namespace.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const DISCRIMINATOR = 3840;
const HOST_ID = '0A1B2C3D4E5F';
const HOST = `${HOST_ID}.local`;
const HOST_FORM = /^[0-9A-F]{12}\.local$/;
const COMMISSIONABLE = '_matterc._udp';
const OPERATIONAL = '_matter._tcp';
const INTERVALS = ['SAI=300', 'SAT=4000', 'SII=500', 'T=0'];
const COMMISSIONABLE_TXT = ['CM=1', 'D=3840', 'DT=256', ...INTERVALS, 'VP=65521+32768'].sort();

/** Long enough for a goodbye to be believed, which takes a second, and far too short for a record to expire. */
const PATIENCE_MS = 5_000;

/** Two hosts on a link: the device's home, and where the others are. */
function neighbours() {
  const home = new Namespace();
  const away = new Namespace();
  Namespace.join(home, away);
  return { home, away };
}

const startDevice = home => Device.start(home, { storage: 'memory', port: PORT, networkInterface: 'wire', args: ['--host-id', HOST_ID] });

const startController = (away, directory) =>
  Controller.start(away, { storage: join(directory, 'one'), name: 'one', ipv4: true, networkInterface: 'wire' });

/** Asks until the answer suits, or is the last one. */
async function until(suits, ask) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (suits(answer) || Date.now() > end) return answer;
    await sleep(200);
  }
}

const found = services => services.length === 2;
const gone = services => services.length === 0;

/** One instance seen over both families, told alike. */
function assertOne(services, { host, txt }) {
  assert.deepEqual(services.map(service => service.family).sort(), ['IPv4', 'IPv6']);
  assert.equal(services[0].instance, services[1].instance);
  for (const service of services) {
    if (host) assert.equal(service.host, host);
    assert.equal(service.port, PORT);
    assert.deepEqual(service.txt, txt);
  }
  return services[0];
}

async function assertResolves(avahi, host, { ipv4, ipv6 }) {
  assert.equal(await avahi.resolve(host, 4), ipv4);
  assert.equal(await avahi.resolve(host, 6), ipv6);
}

describe('a light seen by avahi', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  let home, away, avahi, device, controller, nodeId, instance;

  before(async () => {
    ({ home, away } = neighbours());
    avahi = await Avahi.start(away, { hostName: 'resolver' });
    device = await startDevice(home);
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    await avahi?.stop();
    home?.remove();
    away?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is commissionable, with all that is needed', async () => {
    ({ instance } = assertOne(await until(found, () => avahi.browse(COMMISSIONABLE)), { host: HOST, txt: COMMISSIONABLE_TXT }));
    assert.match(instance, /^[0-9A-F]{16}$/);
    await assertResolves(avahi, HOST, home.wireAddresses);
  });

  for (const subtype of ['_L3840', '_S15', '_V65521', '_T256', '_CM']) {
    it(`is found by ${subtype}`, async () => {
      assert.equal(assertOne(await avahi.browse(`${subtype}._sub.${COMMISSIONABLE}`), { host: HOST, txt: COMMISSIONABLE_TXT }).instance, instance);
    });
  }

  it('is not found by what it is not', async () => {
    assert.deepEqual(await avahi.browse(`_L3841._sub.${COMMISSIONABLE}`), []);
    assert.deepEqual(await avahi.browse(OPERATIONAL), []);
  });

  it('names its service types', async () => {
    assert.deepEqual(await avahi.types(), [COMMISSIONABLE]);
  });

  it('is operational once it is commissioned, and no longer commissionable', async () => {
    controller = await startController(away, directory);
    ({ nodeId } = await controller.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR }));
    const service = assertOne(await until(found, () => avahi.browse(OPERATIONAL)), { host: HOST, txt: INTERVALS });
    const [, fabric, node] = /^([0-9A-F]{16})-([0-9A-F]{16})$/.exec(service.instance);
    assert.equal(BigInt(`0x${node}`), BigInt(nodeId));
    assert.equal(assertOne(await avahi.browse(`_I${fabric}._sub.${OPERATIONAL}`), { host: HOST, txt: INTERVALS }).instance, service.instance);
    assert.deepEqual(await until(gone, () => avahi.browse(COMMISSIONABLE)), []);
    assert.deepEqual(await avahi.types(), [OPERATIONAL]);
  });

  it('is no member of a fabric that removed it, and commissionable under a new name', async () => {
    await controller.call('connect', { nodeId });
    await controller.call('decommission', { nodeId });
    assert.deepEqual(await until(gone, () => avahi.browse(OPERATIONAL)), []);
    const service = assertOne(await until(found, () => avahi.browse(COMMISSIONABLE)), { host: HOST, txt: COMMISSIONABLE_TXT });
    assert.notEqual(service.instance, instance);
  });

  it('says goodbye when it quits', async () => {
    device.command('quit');
    assert.equal(await device.lines.exited, 0);
    assert.deepEqual(await until(gone, () => avahi.browse(COMMISSIONABLE)), []);
    assert.deepEqual(await avahi.types(), []);
  });
});

describe('a light whose host name another has', () => {
  const directory = mkdtempSync(join(tmpdir(), 'matter-nano-'));
  let home, away, avahi, device, controller, host;

  before(async () => {
    ({ home, away } = neighbours());
    avahi = await Avahi.start(away, { hostName: HOST_ID });
    device = await startDevice(home);
  });

  after(async () => {
    await controller?.stop();
    await device?.stop();
    await avahi?.stop();
    home?.remove();
    away?.remove();
    rmSync(directory, { recursive: true, force: true });
  });

  it('takes another', async () => {
    ({ host } = assertOne(await until(found, () => avahi.browse(COMMISSIONABLE)), { txt: COMMISSIONABLE_TXT }));
    assert.match(host, HOST_FORM);
    assert.notEqual(host, HOST);
    await assertResolves(avahi, host, home.wireAddresses);
    await assertResolves(avahi, HOST, away.wireAddresses);
  });

  it('keeps that against a newcomer', async () => {
    await avahi.stop();
    const name = host.replace('.local', '');
    avahi = await Avahi.start(away, { hostName: name });
    await assertResolves(avahi, `${name}-2.local`, away.wireAddresses);
    await assertResolves(avahi, host, home.wireAddresses);
    assertOne(await until(found, () => avahi.browse(COMMISSIONABLE)), { host, txt: COMMISSIONABLE_TXT });
  });

  it('is commissioned under it', async () => {
    controller = await startController(away, directory);
    const { nodeId } = await controller.call('commission', { passcode: PASSCODE, discriminator: DISCRIMINATOR });
    await controller.call('connect', { nodeId });
    assertOne(await until(found, () => avahi.browse(OPERATIONAL)), { host, txt: INTERVALS });
    const since = device.mark;
    await controller.call('toggle', { nodeId });
    await device.light(true, since);
  });
});
