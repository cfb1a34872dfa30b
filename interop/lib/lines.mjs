// A child process that speaks JSON, one object a line, on its standard output.
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class JsonLines {
  #waiters = new Set();
  #received = [];

  constructor(child, name) {
    this.child = child;
    this.name = name;
    this.stderr = '';
    child.stderr?.setEncoding('utf8').on('data', text => (this.stderr = (this.stderr + text).slice(-200_000)));
    createInterface({ input: child.stdout }).on('line', line => this.#line(line));
    this.exited = once(child, 'exit').then(([code, signal]) => {
      this.exitCode = code ?? signal;
      for (const waiter of this.#waiters) waiter.reject(new Error(`${name} ended (${this.exitCode})\n${this.stderr.slice(-4000)}`));
      return this.exitCode;
    });
  }

  #line(line) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      throw new Error(`${this.name} printed a line that is not JSON: ${line}`);
    }
    this.#received.push(message);
    for (const waiter of this.#waiters) waiter.check();
  }

  /** How many lines have come so far: a mark for next(). */
  get mark() {
    return this.#received.length;
  }

  /** The lines that have come from the mark on. */
  received(since = 0) {
    return this.#received.slice(since);
  }

  /** Waits for the first line from the mark on that fits. */
  next(fits, { since = 0, timeoutMs = 20_000, what = 'a line' } = {}) {
    return new Promise((resolve, reject) => {
      const settle = (action, value) => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
        action(value);
      };
      const waiter = {
        check: () => {
          const found = this.#received.slice(since).find(fits);
          if (found) settle(resolve, found);
        },
        reject: error => settle(reject, error),
      };
      const timer = setTimeout(
        () => waiter.reject(new Error(`${this.name}: ${what} did not come within ${timeoutMs} ms\n${this.stderr.slice(-4000)}`)),
        timeoutMs,
      );
      this.#waiters.add(waiter);
      waiter.check();
      if (this.exitCode !== undefined) waiter.reject(new Error(`${this.name} has ended (${this.exitCode})\n${this.stderr.slice(-4000)}`));
    });
  }

  send(text) {
    this.child.stdin.write(`${text}\n`);
  }
}
