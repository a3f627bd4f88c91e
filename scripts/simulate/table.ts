import { type Outcome, keepsBar } from './rollouts.ts';
import type { Scenario } from './scenarios.ts';

/** What `results.json` keeps of a simulation: the cells of its two tables. */
export interface Results {
  readonly scenarios: readonly (readonly string[])[];
  /** Healthy rollouts that are rolled back, with guards of the judge taken out. */
  readonly guards: readonly (readonly string[])[];
}

export const SCENARIO_HEADER = [
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

export function guardHeader(scenarios: readonly Scenario[]): string[] {
  return ['taken out', ...scenarios.map(({ perMinute }) => `${perMinute} req/min`)];
}

export function scenarioCells(
  { name, perMinute, minutes, runs, foreseen, bar }: Scenario,
  { rolledBack, naive, median, ninth }: Outcome,
): string[] {
  const limit = bar ? (bar.atMost === undefined ? `≥ ${share(bar.atLeast ?? 0)}` : `≤ ${share(bar.atMost)}`) : '';
  const kept = bar && !keepsBar({ rolledBack }, bar) ? `MISSED: ${limit}` : limit;
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

export function share(part: number): string {
  return `${Number((100 * part).toFixed(2))} %`;
}

function when(minutes: number): string {
  return Number.isFinite(minutes) ? `${minutes} min` : '–';
}
