// The virtual device as a child process.
import { fileURLToPath } from 'node:url';
import { JsonLines } from './lines.mjs';

const assembly = fileURLToPath(new URL('../../Matter.Nano.Device/bin/net/Debug/net10.0/Matter.Nano.Device.dll', import.meta.url));

export class Device {
  static assembly = assembly;

  /** @param program the built program and its first arguments */
  static async start(namespace, { storage, port = 5540, networkInterface = 'lo', args = [], program = ['dotnet', assembly] }) {
    const device = new Device();
    const child = namespace.spawn(
      program[0],
      [...program.slice(1), '--json', '--storage', storage, '--port', String(port), '--interface', networkInterface, ...args],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    device.lines = new JsonLines(child, 'device');
    device.ready = await device.lines.next(m => m.event === 'ready', { what: 'ready' });
    return device;
  }

  get mark() {
    return this.lines.mark;
  }

  /** Waits for the light to report a state, as it happens on the device. */
  light(on, since) {
    return this.lines.next(m => m.event === 'onoff' && m.endpoint === 1 && m.on === on, { since, what: `light ${on ? 'on' : 'off'}` });
  }

  command(text) {
    this.lines.send(text);
  }

  /** Ends the device as a service manager would; resolves to its exit code. */
  async stop(signal = 'SIGTERM') {
    if (this.lines.exitCode === undefined) this.lines.child.kill(signal);
    return this.lines.exited;
  }
}
