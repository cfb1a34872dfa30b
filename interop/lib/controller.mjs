// A matter.js controller as a child process with storage of its own.
import { fileURLToPath } from 'node:url';
import { JsonLines } from './lines.mjs';

const program = fileURLToPath(new URL('../controller.mjs', import.meta.url));

export class Controller {
  #id = 0;

  static async start(namespace, { storage, name = 'one', ipv4 = false, networkInterface = 'lo', log = process.env.INTEROP_LOG ?? 'warn' }) {
    const controller = new Controller();
    const child = namespace.spawn(process.execPath, [program], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CONTROLLER_NAME: name,
        MATTER_STORAGE_PATH: storage,
        MATTER_PATH_ROOT: storage,
        MATTER_LOG_LEVEL: log,
        MATTER_LOG_FORMAT: 'plain',
        MATTER_MDNS_NETWORKINTERFACE: networkInterface,
        MATTER_MDNS_IPV4: String(ipv4),
        MATTER_RUNTIME_SIGNALS: 'false',
        MATTER_RUNTIME_UNHANDLEDERRORS: 'false',
      },
    });
    controller.lines = new JsonLines(child, `controller ${name}`);
    await controller.lines.next(m => m.event === 'ready', { timeoutMs: 30_000, what: 'ready' });
    return controller;
  }

  get mark() {
    return this.lines.mark;
  }

  /** Calls a method of the controller process; throws what it threw, its Matter status in .status. */
  async call(method, params = {}, timeoutMs = 60_000) {
    const id = ++this.#id;
    this.lines.send(JSON.stringify({ id, method, params }));
    const answer = await this.lines.next(m => m.id === id, { timeoutMs, what: `the answer to ${method}` });
    if (answer.error) throw Object.assign(new Error(`${method}: ${answer.error.message}`), answer.error);
    return answer.result;
  }

  /** Waits for a subscription report of one attribute. */
  report(endpoint, cluster, attribute, value, since) {
    return this.lines.next(
      m => m.event === 'attribute' && m.endpoint === endpoint && m.cluster === cluster && m.attribute === attribute && m.value === value,
      { since, what: `a report of ${endpoint}/${cluster}/${attribute} = ${value}` },
    );
  }

  async stop() {
    if (this.lines.exitCode === undefined) {
      await this.call('close').catch(() => {});
      this.lines.child.kill('SIGTERM');
    }
    return this.lines.exited;
  }
}
