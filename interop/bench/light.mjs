// The light to compare with: a matter.js On/Off Light that speaks the same JSON lines and commands as the virtual device.
import { createInterface } from 'node:readline';
import { Endpoint, Logger, ServerNode } from '@matter/main';
import { OnOffLightDevice } from '@matter/main/devices/on-off-light';

const LIGHT = 1;

Logger.destinations.default.write = text => process.stderr.write(`${text}\n`);

const print = message => process.stdout.write(`${JSON.stringify(message)}\n`);

const node = await ServerNode.create({
  id: 'light',
  network: { port: Number(process.env.LIGHT_PORT) },
  commissioning: { passcode: Number(process.env.LIGHT_PASSCODE), discriminator: Number(process.env.LIGHT_DISCRIMINATOR) },
  basicInformation: { vendorName: 'Test', vendorId: 0xfff1, productName: 'Light', productLabel: 'Light', productId: 0x8000, serialNumber: '1' },
});
const light = new Endpoint(OnOffLightDevice, { id: 'light', number: LIGHT });
await node.add(light);
light.events.onOff.onOff$Changed.on(on => print({ event: 'onoff', endpoint: LIGHT, on }));

createInterface({ input: process.stdin }).on('line', async command => {
  if (command === 'toggle') await light.act(agent => agent.onOff.toggle());
});
process.on('SIGTERM', async () => {
  await node.close();
  process.exit(0);
});

await node.start();
print({ event: 'ready', port: Number(process.env.LIGHT_PORT), pid: process.pid });
