// What the kernel says of a process.
import { readFileSync, readdirSync } from 'node:fs';

/** Processor time of all its threads so far, user and system, in ms. */
export function processorMs(pid) {
  const threads = readdirSync(`/proc/${pid}/task`);
  const nanoseconds = threads.map(thread => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]));
  return nanoseconds.reduce((sum, part) => sum + part, 0) / 1e6;
}

/** Its resident memory in MiB. */
export function residentMiB(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}
