// Runs the suites and sums up: 'N passed, N failed'; exits with 1 on any failure, skip or empty run.
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const suites = fileURLToPath(new URL('./suites/', import.meta.url));
const files = readdirSync(suites).filter(name => name.endsWith('.mjs')).sort().map(name => suites + name);

let passed = 0;
let failed = 0;
const stream = run({ files, concurrency: 1, timeout: 600_000 });
const counts = event => event.details?.type !== 'suite' && event.name !== event.file;
stream.on('test:pass', event => {
  if (!counts(event)) return;
  if (event.skip !== undefined || event.todo !== undefined) failed++;
  else passed++;
});
stream.on('test:fail', event => {
  if (counts(event)) failed++;
});
stream.on('end', () => {
  console.log(`interop: ${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
stream.compose(spec).pipe(process.stdout);
