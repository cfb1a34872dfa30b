// The QR code that the virtual device prints, drawn as a picture and read by an independent reader.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { describe, it } from 'node:test';
import jsqr from 'jsqr';
import { Device } from '../lib/device.mjs';

const PIXELS = 6;

/** Printed without a terminal, '█' is a light module as on a dark terminal; two modules to a character. */
const modules = { '█': [1, 1], '▀': [1, 0], '▄': [0, 1], ' ': [0, 0] };

function draw(lines) {
  const width = lines[0].length * PIXELS;
  const height = lines.length * 2 * PIXELS;
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const row = Math.floor(y / PIXELS);
      const light = modules[lines[row >> 1][Math.floor(x / PIXELS)]][row & 1];
      pixels.set([light * 255, light * 255, light * 255, 255], (y * width + x) * 4);
    }
  }
  return { pixels, width, height };
}

describe('the printed QR code', () => {
  it('gives the onboarding payload back', async () => {
    const child = spawn('dotnet', [Device.assembly, '--storage', 'memory', '--no-mdns', '--port', '5549'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', data => {
      text += data;
      if (text.includes('Listening on')) child.stdin.write('quit\n');
    });
    const code = await new Promise(resolve => child.on('close', resolve));
    assert.equal(code, 0);
    const lines = text.split('\n');
    const qr = lines.slice(0, lines.findIndex(line => line.startsWith('QR code payload:')));
    const { pixels, width, height } = draw(qr);
    assert.equal(jsqr.default(pixels, width, height)?.data, lines[qr.length].replace(/^QR code payload:\s*/, ''));
    assert.match(lines[qr.length], /MT:/);
  });
});
