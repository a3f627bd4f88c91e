import { MINUTE } from '../../duration.ts';
import { weightOf } from '../../spec/traffic.ts';
import { inOrder, rateOf } from '../judge/count.ts';
import { milliseconds, percent, some } from '../judge/words.ts';
import type { Minute, Sample } from '../model.ts';
import type { Progress, Stage } from '../walk/ports.ts';
import { sparkline } from './sparkline.ts';
import { clockTime } from './words.ts';

/** Characters of a line; more minutes share a column, of which the highest is drawn, so that no burst is lost. */
const WIDEST = 60;

type Reading = (minute: Minute) => number | undefined;

/** Weight, errors and latency of both sides on one axis of time, in bars that any page shows; empty without a minute. */
export function timeline(progress: Progress): string {
  const minutes = inOrder(seenMinutes(progress.stages));
  const [first, last] = [minutes[0]?.time, minutes.at(-1)?.time];
  if (first === undefined || last === undefined) return '';
  const draw = columnsOf(minutes, first, last);
  const weight = draw((minute) => weightAt(minute.time, progress));
  const errors = pair(draw, ({ requests, errors: failed }) =>
    requests > 0 ? rateOf({ requests, errors: failed }) : undefined,
  );
  const metric = progress.wanted.policy.latency?.metric;
  const latency = metric ? pair(draw, (sample) => sample.latency[metric]) : undefined;
  const lines = [
    `${clockTime(first)} to ${clockTime(last + MINUTE)} UTC, ${some(minutes.length, 'minute')} with requests`,
    `weight new ${sparkline(weight, 100)} ${highest(weight)} %`,
    ...both('errors', errors, 0.01, percent),
    ...(metric && latency && Math.max(...latency.map(highest)) > 0 ? both(metric, latency, 1, milliseconds) : []),
  ];
  return `\`\`\`text\n${lines.join('\n')}\n\`\`\``;
}

/** Every minute of any stage, as it was read last. */
export function seenMinutes(stages: readonly Stage[]): Minute[] {
  return [
    ...new Map(stages.flatMap(({ minutes }) => minutes.map((minute) => [minute.time, minute] as const))).values(),
  ];
}

type Draw = (reading: Reading) => (number | undefined)[];

function columnsOf(minutes: readonly Minute[], first: number, last: number): Draw {
  const count = Math.min(WIDEST, Math.floor((last - first) / MINUTE) + 1);
  const columnOf = (time: number): number =>
    Math.min(count - 1, Math.floor(((time - first) / (last - first || 1)) * count));
  return (reading) => {
    const columns: (number | undefined)[] = Array.from({ length: count }, () => undefined);
    for (const minute of minutes) {
      const value = reading(minute);
      const column = columnOf(minute.time);
      if (value !== undefined) columns[column] = Math.max(columns[column] ?? 0, value);
    }
    return columns;
  };
}

function pair(draw: Draw, of: (sample: Sample) => number | undefined): [ReturnType<Draw>, ReturnType<Draw>] {
  return [draw(({ canary }) => of(canary)), draw(({ base }) => of(base))];
}

/** Two lines on one scale. */
function both(
  name: string,
  [fresh, old]: ReturnType<typeof pair>,
  least: number,
  words: (value: number) => string,
): string[] {
  const top = Math.max(least, highest(fresh), highest(old));
  const line = (side: string, values: ReturnType<Draw>): string =>
    `${name.padEnd(6)} ${side} ${sparkline(values, top)} ${words(highest(values))} at most`;
  return [line('new', fresh), line('old', old)];
}

function highest(values: ReturnType<Draw>): number {
  return values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
}

/** Percent of the live traffic that goes to the new side, as it was written. */
function weightAt(time: number, { stages, schedule: { base, canary } }: Progress): number {
  const split = stages.findLast(({ step, from }) => step && from <= time)?.step?.split ?? base;
  return canary.reduce((total, name) => total + weightOf(split, name), 0);
}
