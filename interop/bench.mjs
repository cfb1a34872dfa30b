// Matter.Nano's light beside one of matter.js, driven in turn by the same matter.js controller:
//   node interop/bench.mjs [--runs 5] [--toggles 500] [--write] [--no-build]
// Builds ours, prints the table, and with --write puts it and its plot into docs/. Needs what run.mjs needs; any other load
// on the machine blurs the figures.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { devices } from './bench/devices.mjs';
import { measure } from './bench/measure.mjs';
import { summarize, table, write } from './bench/report.mjs';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    toggles: { type: 'string', default: '500' },
    write: { type: 'boolean', default: false },
    'no-build': { type: 'boolean', default: false },
  },
});
const project = fileURLToPath(new URL('../Matter.Nano.Device', import.meta.url));
const toggles = Number(values.toggles);
const runs = Number(values.runs);

const builds = values['no-build'] ? [] : [['build', '-c', 'Release'], ['publish', '-p:PublishProfile=Lean']];
for (const args of builds) {
  execFileSync('dotnet', [args[0], `${project}/Matter.Nano.Device.csproj`, ...args.slice(1), '-v', 'q'], { stdio: ['ignore', 'inherit', 'inherit'] });
}
const compared = devices({
  published: [`${project}/bin/net/Lean/Matter.Nano.Device`],
  built: ['dotnet', `${project}/bin/net/Release/net10.0/Matter.Nano.Device.dll`],
});

const measured = Object.fromEntries(Object.keys(compared).map(name => [name, []]));
for (let run = 1; run <= runs; run++) {
  for (const [name, start] of Object.entries(compared)) {
    process.stderr.write(`run ${run} of ${runs}: ${name}\n`);
    measured[name].push(await measure(start, toggles));
  }
}
const summary = summarize(measured);
const text = table(summary, { runs, toggles });
console.log(text);
if (values.write) write(summary, text);
process.exitCode = summary.every(row => row.isMet !== false) ? 0 : 1;
