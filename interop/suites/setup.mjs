// The set-up page in a real browser, the size of a phone: from the captive portal to the code that is scanned next.
// With INTEROP_PICTURES, a directory, the pages are left there as pictures.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import jsqr from 'jsqr';
import { chromium } from 'playwright-core';
import { Device } from '../lib/device.mjs';
import { JsonLines } from '../lib/lines.mjs';
import { decodePng } from '../lib/png.mjs';

const PORT = 8380;
const WIDTH = 390;
const SMALLEST_TARGET = 44;
const NETWORK = 'Matter.Nano';
const UNLISTED = 'Größe "0" <b>';
const PASSWORD = 'correct horse';
const NETWORKS = [NETWORK, 'Café & Söhne <3>', 'far away'];
const pictures = process.env.INTEROP_PICTURES;

for (const javaScriptEnabled of [true, false]) {
  describe(`the set-up page ${javaScriptEnabled ? 'in a browser' : 'without JavaScript'}`, () => {
    const profile = mkdtempSync(join(tmpdir(), 'matter-nano-browser-'));
    let context, page, device;

    before(async () => {
      context = await chromium.launchPersistentContext(profile, {
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        headless: true,
        timeout: 120_000,
        args: [
          '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
          '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * 127.0.0.1',
        ],
        viewport: { width: WIDTH, height: 780 },
        deviceScaleFactor: 1,
        isMobile: true,
        hasTouch: true,
        javaScriptEnabled,
      });
      page = context.pages()[0] ?? (await context.newPage());
      page.setDefaultTimeout(30_000);
    });

    after(async () => {
      await context?.close();
      rmSync(profile, { recursive: true, force: true });
    });

    beforeEach(async () => {
      const child = spawn(
        'dotnet',
        [Device.assembly, '--json', '--storage', 'memory', '--no-mdns', '--port', '5548', '--setup', String(PORT)],
        { stdio: ['pipe', 'pipe', 'pipe'] });
      device = new JsonLines(child, 'device');
      await device.next(m => m.event === 'setup', { what: 'the set-up page' });
      // What phones ask for when they join a network.
      await page.goto(`http://connectivitycheck.example:${PORT}/generate_204`);
    });

    afterEach(async () => {
      if (device.exitCode === undefined) device.send('quit');
      assert.equal(await device.exited, 0);
    });

    const heading = () => page.locator('h1').textContent();

    const submit = async (name, password) => {
      if (name) await page.getByRole('radio', { name }).check();
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Save' }).click();
    };

    const picture = async name => {
      const file = await page.screenshot(pictures && javaScriptEnabled ? { path: join(pictures, `${name}.png`) } : {});
      return jsqr.default(...Object.values(decodePng(file)))?.data;
    };

    const assertFits = async () => {
      for (const control of await page.locator('label.n, input.t, button, svg').all()) {
        const { x, width, height } = await control.boundingBox();
        assert.ok(height >= SMALLEST_TARGET, `a control ${height} high`);
        assert.ok(x >= 0 && x + width <= WIDTH, `a control from ${x} to ${x + width}`);
      }
    };

    it('leads from a network to the code, and the board goes on', async () => {
      // The page reloads itself until networks are found.
      await page.getByRole('radio').nth(NETWORKS.length - 1).waitFor();
      assert.equal(page.url(), `http://127.0.0.1:${PORT}/`);
      assert.equal(await heading(), 'Set up Wi-Fi');
      assert.deepEqual(await page.locator('label.n span').allTextContents(), NETWORKS);
      await assertFits();
      await page.getByRole('radio', { name: NETWORK }).check();
      await page.getByLabel('Password').fill(PASSWORD);
      await picture('setup-network');
      await page.getByRole('button', { name: 'Save' }).click();
      assert.equal(await heading(), 'Keep this code');
      await assertFits();
      const scanned = await picture('setup-code');
      assert.match(scanned ?? 'no code in the picture', /^MT:[0-9A-Z.-]{19}$/);
      assert.equal(await page.locator('#payload').textContent(), scanned);
      const digits = (await page.locator('#manual').textContent()).replaceAll('-', '');
      await page.getByRole('button', { name: 'connect now' }).click();
      const ready = await device.next(m => m.event === 'ready', { what: 'the device after set-up' });
      assert.deepEqual([ready.qr, ready.manual], [scanned, digits]);
      assert.ok(device.received().some(m => m.event === 'wifi'));
    });

    it('says what is wrong and keeps the choice', async () => {
      await submit(undefined, PASSWORD);
      assert.match(await page.getByRole('alert').textContent(), /Choose a network/);
      await submit(NETWORKS[1], 'too few');
      assert.match(await page.getByRole('alert').textContent(), /8 to 63/);
      assert.ok(await page.getByRole('radio', { name: NETWORKS[1] }).isChecked());
      assert.equal(await page.getByLabel('Password').inputValue(), '');
      await submit(undefined, '');
      assert.equal(await page.locator('b').textContent(), NETWORKS[1]);
      await page.getByRole('button', { name: 'another network' }).click();
      await page.getByLabel('Another network').fill(UNLISTED);
      await submit(NETWORK, PASSWORD);
      assert.match(await page.getByRole('alert').textContent(), /one of the list/);
      assert.equal(await page.getByLabel('Another network').inputValue(), UNLISTED);
      await submit(undefined, PASSWORD);
      assert.equal(await page.locator('b').textContent(), UNLISTED);
      await page.getByRole('button', { name: 'connect now' }).click();
      assert.match(await page.getByRole('alert').textContent(), /out of reach/);
      await page.getByLabel('Another network').fill('');
      await submit(NETWORK, 'incorrect horse');
      await page.getByRole('button', { name: 'connect now' }).click();
      assert.match(await page.getByRole('alert').textContent(), /refused the password/);
      assert.ok(await page.getByRole('radio', { name: NETWORK }).isChecked());
      await submit(undefined, PASSWORD);
      await page.getByRole('button', { name: 'connect now' }).click();
      await device.next(m => m.event === 'ready', { what: 'the device after set-up' });
    });
  });
}
