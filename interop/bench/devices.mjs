// The two lights that are compared, each a process of its own behind the same few methods.
import { fileURLToPath } from 'node:url';
import { Device } from '../lib/device.mjs';
import { JsonLines } from '../lib/lines.mjs';

const PORT = 5540;
const PASSCODE = 20202021;
const DISCRIMINATOR = 3840;
const light = fileURLToPath(new URL('light.mjs', import.meta.url));

class ReferenceDevice extends Device {
  static async start(namespace, { storage }) {
    const device = new ReferenceDevice();
    const child = namespace.spawn(process.execPath, [light], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LIGHT_PORT: PORT,
        LIGHT_PASSCODE: PASSCODE,
        LIGHT_DISCRIMINATOR: DISCRIMINATOR,
        MATTER_STORAGE_PATH: storage,
        MATTER_LOG_LEVEL: 'error',
        MATTER_MDNS_NETWORKINTERFACE: 'lo',
        MATTER_RUNTIME_SIGNALS: 'false',
      },
    });
    device.lines = new JsonLines(child, 'matter.js light');
    device.ready = await device.lines.next(m => m.event === 'ready', { what: 'ready' });
    return device;
  }
}

export const address = { ip: '::1', port: PORT };
export const passcode = PASSCODE;

export const ours = 'Matter.Nano';
export const reference = 'matter.js';

/** Who takes part, by name, in the order of their turns: how to start each. */
export const devices = ({ published, built }) => ({
  [ours]: (namespace, storage) => Device.start(namespace, { storage, port: PORT, program: published }),
  [`${ours}, as built`]: (namespace, storage) => Device.start(namespace, { storage, port: PORT, program: built }),
  [reference]: (namespace, storage) => ReferenceDevice.start(namespace, { storage }),
});
