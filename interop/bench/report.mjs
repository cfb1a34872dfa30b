// From runs to medians, a table and a plot.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ours, reference } from './devices.mjs';
import { median } from './statistics.mjs';

const docs = new URL('../../docs/', import.meta.url);
const START = '<!-- written by node interop/bench.mjs --write -->';
const END = '<!-- end of what it writes -->';

/** bar: the bound on ours ÷ matter.js; limit: on ours alone; up: more is better. */
const quantities = {
  processor: { text: 'device processor time for a toggle', unit: 'ms', digits: 3, bar: 1 / 10, barText: '≤ 1/10' },
  rate: { text: 'toggles a second, as the controller sees them', unit: '/s', digits: 0, bar: 1.5, barText: '≥ 1.5 ×', up: true },
  toggle: { text: 'one toggle, median', unit: 'ms', digits: 2 },
  toggleInside: { text: '· of it in the device', unit: 'ms', digits: 2 },
  toggle95: { text: 'one toggle, 95th percentile', unit: 'ms', digits: 2 },
  pase: { text: 'PASE, as the controller sees it', unit: 'ms', digits: 1, bar: 0.6, barText: '≤ 0.6 ×' },
  paseInside: { text: '· of it in the device', unit: 'ms', digits: 1 },
  paseCold: { text: 'PASE, the first after both started', unit: 'ms', digits: 1 },
  case: { text: 'CASE, as the controller sees it', unit: 'ms', digits: 1, bar: 0.6, barText: '≤ 0.6 ×' },
  caseInside: { text: '· of it in the device', unit: 'ms', digits: 1 },
  caseCold: { text: 'CASE, the first', unit: 'ms', digits: 1 },
  resumed: { text: 'CASE, resumed', unit: 'ms', digits: 1 },
  resumedInside: { text: '· of it in the device', unit: 'ms', digits: 1 },
  report: { text: 'command on the device → report at the controller', unit: 'ms', digits: 1, limit: 10, barText: '≤ 10 ms' },
  reportInside: { text: '· of it until the device has sent', unit: 'ms', digits: 1 },
  resident: { text: 'resident memory after the toggles', unit: 'MiB', digits: 1, bar: 1 / 3, barText: '≤ 1/3' },
  start: { text: 'start of the program → ready', unit: 'ms', digits: 0, limit: 500, barText: '≤ 500 ms' },
};

/** One row for each quantity: { key, …, figures: { name: { median, min, max } }, ratio, isMet }. */
export function summarize(measured) {
  return Object.entries(quantities).map(([key, quantity]) => {
    const figures = Object.fromEntries(Object.entries(measured).map(([name, runs]) => {
      const values = runs.map(run => run[key]);
      return [name, { median: median(values), min: Math.min(...values), max: Math.max(...values) }];
    }));
    const ratio = figures[ours].median / figures[reference].median;
    const { bar, limit, up } = quantity;
    const isMet = limit ? figures[ours].median <= limit : bar && (up ? ratio >= bar : ratio <= bar);
    return { key, ...quantity, figures, ratio, isMet };
  });
}

const ratioText = ratio => (ratio >= 1 ? `${ratio.toPrecision(2)} ×` : ratio > 0.2 ? `${ratio.toFixed(2)} ×` : `1/${(1 / ratio).toFixed(0)}`);

export function table(summary, { runs, toggles }) {
  const names = Object.keys(summary[0].figures);
  const cell = (row, { median, min, max }) => `${median.toFixed(row.digits)} ${row.unit} (${min.toFixed(row.digits)}–${max.toFixed(row.digits)})`;
  const lines = summary.map(row =>
    `| ${row.text} | ${names.map(name => cell(row, row.figures[name])).join(' | ')} | ${ratioText(row.ratio)} | ${row.barText ?? ''} |`);
  const { version } = JSON.parse(readFileSync(new URL('../node_modules/@matter/main/package.json', import.meta.url), 'utf8'));
  const dotnet = execFileSync('dotnet', ['--version'], { encoding: 'utf8' }).trim();
  return [
    `${new Date().toISOString().slice(0, 10)}: matter.js ${version} on Node ${process.versions.node}, .NET SDK ${dotnet}, ${cpus().length} × ${cpus()[0].model.trim()}.`,
    `Medians of ${runs} runs in turn, the least and the greatest of them in brackets; ${toggles} toggles in each run.`,
    '',
    `| | ${names.join(' | ')} | ${ours} ÷ ${reference} | wanted |`,
    `|---|${names.map(() => '---|').join('')}---|---|`,
    ...lines,
  ].join('\n');
}

const escape = text => text.replace(/[&<>]/g, character => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]);

/** Bars, for each quantity as parts of the greatest one. */
function plot(summary) {
  const rows = summary.filter(row => row.barText);
  const names = Object.keys(rows[0].figures);
  const colours = ['#512bd4', '#a79af0', '#d9822b'];
  const [left, width, bar, gap, top] = [330, 400, 13, 14, 40];
  const height = top + rows.length * (names.length * bar + gap);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + width + 150}" height="${height}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="white"/>',
  ];
  names.forEach((name, i) => parts.push(
    `<rect x="${left + i * 190}" y="10" width="12" height="12" fill="${colours[i]}"/><text x="${left + i * 190 + 18}" y="20">${escape(name)}</text>`));
  rows.forEach((row, at) => {
    const y = top + at * (names.length * bar + gap);
    const most = Math.max(...names.map(name => row.figures[name].median));
    const label = `${row.text}${row.up ? ' (more is better)' : ''}`;
    parts.push(`<text x="${left - 10}" y="${y + (names.length * bar) / 2 + 4}" text-anchor="end">${escape(label)}</text>`);
    names.forEach((name, i) => {
      const { median } = row.figures[name];
      const length = Math.max(1, (median / most) * width).toFixed(1);
      const barY = y + i * bar;
      parts.push(`<rect x="${left}" y="${barY}" width="${length}" height="${bar - 2}" fill="${colours[i]}"/>`);
      parts.push(`<text x="${left + Number(length) + 6}" y="${barY + bar - 3}" font-size="11">${median.toFixed(row.digits)} ${row.unit}</text>`);
    });
  });
  parts.push('</svg>', '');
  return parts.join('\n');
}

/** Replaces the part of docs/performance.md between the marks, and the plot beside it. */
export function write(summary, text) {
  const page = new URL('performance.md', docs);
  const before = readFileSync(page, 'utf8');
  const from = before.indexOf(START);
  const to = before.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${fileURLToPath(page)} has no place for the table: ${START} … ${END}`);
  writeFileSync(page, `${before.slice(0, from + START.length)}\n${text}\n${before.slice(to)}`);
  writeFileSync(new URL('performance.svg', docs), plot(summary));
}
