// What the kernel says of a process.
import { readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Processor time so far, user and system, of all its threads, those that have ended too: in ms, by ticks of 10. */
export function processorMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Its resident memory in MiB. */
export function residentMiB(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}
