// avahi, the usual responder and resolver of Linux, with a message bus of its own, in a namespace.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const busConfiguration = path => `<busconfig>
  <listen>unix:path=${path}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
`;

const daemonConfiguration = (hostName, networkInterface) => `[server]
host-name=${hostName}
allow-interfaces=${networkInterface}
use-ipv4=yes
use-ipv6=yes
[publish]
publish-hinfo=no
publish-workstation=no
`;

export class Avahi {
  #children = [];

  /** Starts it; host names of others on the interface are found, and its own is there, once this resolves. */
  static async start(namespace, { hostName, networkInterface = 'wire' }) {
    const avahi = new Avahi();
    avahi.namespace = namespace;
    avahi.directory = mkdtempSync(join(tmpdir(), 'matter-nano-avahi-'));
    const bus = join(avahi.directory, 'bus');
    const busFile = join(avahi.directory, 'bus.conf');
    const daemonFile = join(avahi.directory, 'avahi.conf');
    writeFileSync(busFile, busConfiguration(bus));
    writeFileSync(daemonFile, daemonConfiguration(hostName, networkInterface));
    avahi.environment = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${bus}` };
    await avahi.#spawn('dbus-daemon', ['--config-file', busFile, '--nofork', '--nopidfile', '--print-address=1'], 'unix:path=');
    // Its process id file has a fixed name: the directory is hidden by one of this process's own, as the namespace's mounts are.
    await avahi.#spawn(
      'sh',
      ['-c', 'mkdir -p /run/avahi-daemon && mount -t tmpfs tmpfs /run/avahi-daemon && exec "$@"', 'sh',
        'avahi-daemon', '--no-drop-root', '--no-chroot', '--no-rlimits', '--file', daemonFile],
      'Server startup complete');
    return avahi;
  }

  /** Instances of a service type or subtype: { family, instance, host, port, txt }, one for each address family. */
  async browse(type) {
    const lines = await this.#run('avahi-browse', '--resolve', '--parsable', '--terminate', type);
    return lines.filter(line => line.startsWith('=')).map(line => {
      const [, , family, instance, , , host, , port, txt] = line.split(';');
      return { family, instance, host, port: Number(port), txt: txt.match(/"[^"]*"/g).map(text => text.slice(1, -1)).sort() };
    });
  }

  /** All service types that are there. */
  async types() {
    const lines = await this.#run('avahi-browse', '--all', '--parsable', '--terminate');
    return [...new Set(lines.map(line => line.split(';')[4]))].sort();
  }

  /** The address of a host in a family, 4 or 6; undefined if it has none. */
  async resolve(host, family) {
    const [line] = await this.#run('avahi-resolve', `-${family}`, '--name', host);
    return line?.split(/\s+/)[1];
  }

  async stop() {
    for (const child of this.#children.reverse()) {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise(resolve => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Runs a program until it has said something. */
  async #spawn(command, args, said) {
    const child = this.namespace.spawn(command, args, { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.push(child);
    let text = '';
    await new Promise((resolve, reject) => {
      const hear = data => (text = (text + data).slice(-20_000)).includes(said) && resolve();
      child.stdout.setEncoding('utf8').on('data', hear);
      child.stderr.setEncoding('utf8').on('data', hear);
      child.on('error', reject);
      child.on('exit', code => reject(new Error(`${command} ended (${code})\n${text}`)));
    });
  }

  async #run(command, ...args) {
    const { stdout } = await execute('ip', ['netns', 'exec', this.namespace.name, command, ...args], { env: this.environment, timeout: 20_000 });
    return stdout.split('\n').filter(line => line !== '');
  }
}
