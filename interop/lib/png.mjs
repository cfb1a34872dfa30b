// Pixels of a PNG as a browser writes it: 8 bits a channel, RGB or RGBA, not interlaced.
import { inflateSync } from 'node:zlib';

const filters = [
  () => 0,
  (left) => left,
  (left, up) => up,
  (left, up) => (left + up) >> 1,
  (left, up, corner) => {
    const estimate = left + up - corner;
    const [a, b, c] = [left, up, corner].map(value => Math.abs(estimate - value));
    return a <= b && a <= c ? left : b <= c ? up : corner;
  },
];

export function decodePng(file) {
  let header;
  const parts = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const data = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = data;
    if (type === 'IDAT') parts.push(data);
    at += 12 + length;
  }
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const channels = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || !channels || header[12] !== 0) throw new Error('a PNG of another kind');
  const rows = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const bytes = Buffer.alloc(stride * height);
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const filter = filters[rows[y * (stride + 1)]];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < channels ? 0 : bytes[at - channels];
      const up = y === 0 ? 0 : bytes[at - stride];
      const corner = x < channels || y === 0 ? 0 : bytes[at - stride - channels];
      bytes[at] = rows[y * (stride + 1) + 1 + x] + filter(left, up, corner);
    }
    for (let x = 0; x < width; x++) {
      const at = y * stride + x * channels;
      pixels.set([bytes[at], bytes[at + 1], bytes[at + 2], 255], (y * width + x) * 4);
    }
  }
  return { pixels, width, height };
}
