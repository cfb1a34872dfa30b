// The interaction model as seen on the wire: requests made element by element, answers taken apart without a schema.
import { decode, encode, member, tlv, valueOf } from './tlv.mjs';

const REVISION = 12;
const opcode = { status: 1, read: 2, report: 5, write: 6, writeResponse: 7, invoke: 8, invokeResponse: 9, timed: 10 };
const TIMEOUT_MS = 5000;

export const status = {
  success: 0x00,
  unsupportedAccess: 0x7e,
  unsupportedCommand: 0x81,
  invalidCommand: 0x85,
  unsupportedAttribute: 0x86,
  constraintError: 0x87,
  unsupportedWrite: 0x88,
  invalidDataType: 0x8d,
  needsTimedInteraction: 0xc6,
  unsupportedEvent: 0xc7,
  failsafeRequired: 0xca,
};

export class Interaction {
  #call;

  /** @param controller the process; @param by which of its controllers */
  constructor(controller, nodeId, by = 0) {
    this.#call = messages => controller.call('converse', { nodeId, by, messages });
  }

  async #ask(...messages) {
    const answers = await this.#call(messages.map(([code, element]) => ({
      opcode: code, payload: { hex: encode(element).toString('hex') },
    })));
    return answers.map(answer => ({ opcode: answer.opcode, content: decode(Buffer.from(answer.payload, 'hex')) }));
  }

  /**
   * Reads attributes by paths {endpoint, cluster, attribute}, each member optional. Lists that come in pieces are put
   * together. @returns {values: [{endpoint, cluster, attribute, value: element}], statuses: [{…, status}], messages: how many it took}
   */
  async read(paths, { fabricFiltered = true } = {}) {
    const reports = await this.#ask([opcode.read, tlv.struct({
      0: tlv.array(paths.map(path => pathList(path, 2))), 3: tlv.bool(fabricFiltered), 255: tlv.uint(REVISION),
    })]);
    const values = [];
    const statuses = [];
    for (const report of reportsIn(reports, 1)) {
      const failed = member(report, 0);
      const data = failed ?? member(report, 1);
      const path = member(data, failed ? 0 : 1);
      const place = { endpoint: valueOf(path, 2), cluster: valueOf(path, 3), attribute: valueOf(path, 4) };
      if (failed) statuses.push({ ...place, status: valueOf(member(failed, 1), 0) });
      else if (member(path, 5)) values.at(-1).value.value.push({ ...member(data, 2), tag: undefined });
      else values.push({ ...place, value: member(data, 2) });
    }
    return { values, statuses, messages: reports.length };
  }

  /** Reads events by paths {endpoint, cluster, event}. @returns {values: [{…, number, priority, data: element}], statuses} */
  async readEvents(paths) {
    const reports = await this.#ask([opcode.read, tlv.struct({
      1: tlv.array(paths.map(({ endpoint, cluster, event }) => tlv.list({ 1: uint(endpoint), 2: uint(cluster), 3: uint(event) }))),
      3: tlv.bool(true),
      255: tlv.uint(REVISION),
    })]);
    const values = [];
    const statuses = [];
    for (const report of reportsIn(reports, 2)) {
      const failed = member(report, 0);
      const data = failed ?? member(report, 1);
      const path = member(data, 0);
      const place = { endpoint: valueOf(path, 1), cluster: valueOf(path, 2), event: valueOf(path, 3) };
      if (failed) statuses.push({ ...place, status: valueOf(member(failed, 1), 0) });
      else values.push({ ...place, number: valueOf(data, 1), priority: valueOf(data, 2), data: member(data, 7) });
    }
    return { values, statuses };
  }

  /** Writes one attribute. @returns its status */
  async write(path, value, { timed = false } = {}) {
    const answers = await this.#ask(...timing(timed), [opcode.write, tlv.struct({
      0: tlv.bool(false),
      1: tlv.bool(timed),
      2: tlv.array([tlv.struct({ 1: pathList(path, 2), 2: value })]),
      255: tlv.uint(REVISION),
    })]);
    const answer = answers.at(-1);
    if (answer.opcode === opcode.status) return valueOf(answer.content, 0);
    return valueOf(member(member(answer.content, 0).value[0], 1), 0);
  }

  /** Invokes a command. @returns {status, clusterStatus} or, of a response command, {command, fields, status: 0} */
  async invoke({ endpoint, cluster, command }, fields = tlv.struct({}), { timed = false } = {}) {
    const answers = await this.#ask(...timing(timed), [opcode.invoke, tlv.struct({
      0: tlv.bool(false),
      1: tlv.bool(timed),
      2: tlv.array([tlv.struct({ 0: tlv.list({ 0: uint(endpoint), 1: uint(cluster), 2: uint(command) }), 1: fields })]),
      255: tlv.uint(REVISION),
    })]);
    const answer = answers.at(-1);
    if (answer.opcode === opcode.status) return { status: valueOf(answer.content, 0) };
    const [response] = member(answer.content, 1).value;
    const data = member(response, 0);
    if (data) return { status: status.success, command: valueOf(member(data, 0), 2), fields: member(data, 1) ?? tlv.struct({}) };
    const result = member(member(response, 1), 1);
    return { status: valueOf(result, 0), clusterStatus: valueOf(result, 1) };
  }
}

const uint = value => (value === undefined ? undefined : tlv.uint(value));

const pathList = ({ endpoint, cluster, attribute }, first) =>
  tlv.list({ [first]: uint(endpoint), [first + 1]: uint(cluster), [first + 2]: uint(attribute) });

const timing = timed => (timed ? [[opcode.timed, tlv.struct({ 0: tlv.uint(TIMEOUT_MS), 255: tlv.uint(REVISION) })]] : []);

function* reportsIn(answers, tag) {
  for (const { opcode: code, content } of answers) {
    if (code !== opcode.report) throw new Error(`opcode ${code} with status ${valueOf(content, 0)} instead of a report`);
    yield* member(content, tag)?.value ?? [];
  }
}
