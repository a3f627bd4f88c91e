/** `npm run simulate`: the judge over seeded traffic, as a table. Exits 1 when a bar is missed. */
import { type Outcome, keepsBar, rollOut } from './rollouts.ts';
import { type Scenario, SCENARIOS } from './scenarios.ts';

const HEADER = [
  'traffic',
  'req/min',
  'looks',
  'runs',
  'rolled back',
  'median',
  '90 %',
  'foreseen',
  '"below 1 %"',
  'bar',
];

const rows = SCENARIOS.map((scenario) => ({ scenario, outcome: rollOut(scenario) }));
console.log(table([HEADER, ...rows.map(({ scenario, outcome }) => cells(scenario, outcome))]));
process.exitCode = rows.every(({ scenario: { bar }, outcome }) => !bar || keepsBar(outcome, bar)) ? 0 : 1;

function cells({ name, perMinute, minutes, runs, foreseen, bar }: Scenario, outcome: Outcome): string[] {
  const { rolledBack, naive, median, ninth } = outcome;
  const limit = bar ? (bar.atMost === undefined ? `≥ ${share(bar.atLeast ?? 0)}` : `≤ ${share(bar.atMost)}`) : '';
  const kept = bar && !keepsBar(outcome, bar) ? `MISSED: ${limit}` : limit;
  const counts = [perMinute, minutes, runs].map((count) => count.toLocaleString('en-US'));
  return [
    name,
    ...counts,
    share(rolledBack),
    when(median),
    when(ninth),
    foreseen ? when(foreseen) : '',
    share(naive),
    kept,
  ];
}

function share(part: number): string {
  return `${Number((100 * part).toFixed(2))} %`;
}

function when(minutes: number): string {
  return Number.isFinite(minutes) ? `${minutes} min` : '–';
}

/** As Markdown, so that it can be copied into `docs/rollout.md` as it is. */
function table(lines: readonly string[][]): string {
  const widths = HEADER.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  const text = lines.map((line) => `| ${line.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [text[0], rule, ...text.slice(1)].join('\n');
}
