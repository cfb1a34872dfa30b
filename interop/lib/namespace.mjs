// A network namespace of the test's own, with multicast working on its loopback device.
import { execFileSync, spawn } from 'node:child_process';

let count = 0;

export class Namespace {
  /** @param family 4 or 6 to leave the loopback device only that address; nothing for both. */
  constructor(family) {
    this.name = `matter-nano-${process.pid}-${Date.now() % 100000}-${count++}`;
    const ip = (...args) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    ip('netns', 'add', this.name);
    ip('-n', this.name, 'link', 'set', 'lo', 'up');
    ip('-n', this.name, 'link', 'set', 'lo', 'multicast', 'on');
    // "local": the kernel turns any other kind of multicast route over lo into a reject route.
    ip('-n', this.name, '-6', 'route', 'add', 'local', 'ff00::/8', 'dev', 'lo', 'table', 'local');
    ip('-n', this.name, 'route', 'add', '224.0.0.0/4', 'dev', 'lo');
    if (family === 6) ip('-n', this.name, 'addr', 'del', '127.0.0.1/8', 'dev', 'lo');
    if (family === 4) ip('-n', this.name, 'addr', 'del', '::1/128', 'dev', 'lo');
  }

  /** Joins two namespaces: each gets an interface "wire" with a link-local IPv6 address and its own of 192.0.2.1 and .2. */
  static join(one, two) {
    const ip = (...args) => execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    ip('-n', one.name, 'link', 'add', 'wire', 'type', 'veth', 'peer', 'name', 'wire', 'netns', two.name);
    [one, two].forEach(({ name }, i) => {
      ip('netns', 'exec', name, 'sh', '-c', 'echo 0 >/proc/sys/net/ipv6/conf/wire/accept_dad');
      ip('-n', name, 'addr', 'add', `192.0.2.${i + 1}/24`, 'dev', 'wire');
      ip('-n', name, 'link', 'set', 'wire', 'up');
    });
  }

  /** The addresses of its end of the wire: { ipv4, ipv6 }. */
  get wireAddresses() {
    const text = execFileSync('ip', ['-n', this.name, '-json', 'addr', 'show', 'dev', 'wire'], { encoding: 'utf8' });
    const addressOf = family => JSON.parse(text)[0].addr_info.find(address => address.family === family)?.local;
    return { ipv4: addressOf('inet'), ipv6: addressOf('inet6') };
  }

  /** Starts a program inside the namespace; ip replaces itself by it, so the child's pid is the program's. */
  spawn(command, args, options) {
    return spawn('ip', ['netns', 'exec', this.name, command, ...args], options);
  }

  remove() {
    execFileSync('ip', ['netns', 'delete', this.name], { stdio: 'ignore' });
  }
}
