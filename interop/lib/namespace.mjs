// A network namespace of the test's own, with multicast working on its loopback device.
import { execFileSync, spawn } from 'node:child_process';

export class Namespace {
  /** @param family 4 or 6 to leave the loopback device only that address; nothing for both. */
  constructor(family) {
    this.name = `matter-nano-${process.pid}-${Date.now() % 100000}`;
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

  /** Starts a program inside the namespace; ip replaces itself by it, so the child's pid is the program's. */
  spawn(command, args, options) {
    return spawn('ip', ['netns', 'exec', this.name, command, ...args], options);
  }

  remove() {
    execFileSync('ip', ['netns', 'delete', this.name], { stdio: 'ignore' });
  }
}
