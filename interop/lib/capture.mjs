// What goes over the namespace's loopback device, by tcpdump.
import { once } from 'node:events';

const ETHERNET_HEADER = 14;
const UDP_HEADER = 8;

export class Capture {
  #bytes = Buffer.alloc(0);

  static async start(namespace, port) {
    const capture = new Capture();
    capture.child = namespace.spawn('tcpdump', ['-i', 'lo', '--immediate-mode', '-U', '-w', '-', '-B', '16384', 'udp', 'port', String(port)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    capture.child.stdout.on('data', data => (capture.#bytes = Buffer.concat([capture.#bytes, data])));
    await new Promise((resolve, reject) => {
      capture.child.stderr.on('data', text => String(text).includes('listening on') && resolve());
      capture.child.on('exit', code => reject(new Error(`tcpdump ended (${code})`)));
      capture.child.on('error', reject);
    });
    return capture;
  }

  /** Ends the capture and hands out its datagrams: { ms, version, source, destination, payload }, ms as of Date.now(). */
  async stop() {
    this.child.removeAllListeners('exit');
    this.child.kill('SIGINT');
    await once(this.child, 'close');
    const datagrams = [];
    for (let at = 24; at + 16 <= this.#bytes.length; ) {
      const ms = this.#bytes.readUInt32LE(at) * 1000 + this.#bytes.readUInt32LE(at + 4) / 1000;
      const length = this.#bytes.readUInt32LE(at + 8);
      const ip = this.#bytes.subarray(at + 16 + ETHERNET_HEADER, at + 16 + length);
      at += 16 + length;
      const version = ip[0] >> 4;
      const udp = ip.subarray(version === 6 ? 40 : (ip[0] & 15) * 4);
      datagrams.push({
        ms,
        version,
        source: udp.readUInt16BE(0),
        destination: udp.readUInt16BE(2),
        payload: udp.subarray(UDP_HEADER, udp.readUInt16BE(4)),
      });
    }
    return datagrams;
  }
}
