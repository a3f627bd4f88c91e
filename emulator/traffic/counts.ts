import type { Endpoint, Split } from '../state.ts';
import { binomial, chanceOf, share, wobble } from './chance.ts';
import { loadAt, mannerOf } from './load.ts';
import type { Load } from './load.ts';
import { percentiles } from './order.ts';
import type { Percentile } from './order.ts';
import { emulatedTime, minute, minuteOf } from './time.ts';
import type { Pace } from './time.ts';

/** What one deployment did in one minute. */
export interface Count {
  /** Requests by status. */
  readonly requests: Readonly<Record<string, number>>;
  readonly latency: Readonly<Record<Percentile, number>>;
}

/**
 * What the deployments of an endpoint did in the minute that starts at `start`: the load, shared out by the splits that
 * were live in it, and the calls that really came. The same at every look.
 */
export function countsOf(endpoint: Endpoint, loads: readonly Load[], pace: Pace, start: number): Map<string, Count> {
  const load = loadAt(loads, endpoint.name, start);
  const requests = new Map<string, Record<string, number>>();
  if (load) addLoad(requests, endpoint, load, pace, start);
  for (const { time, deployment, status } of endpoint.calls) {
    if (minuteOf(emulatedTime(pace, time)) === start) add(requests, deployment, String(status), 1);
  }
  return new Map(
    [...requests].map(([name, counts]) => [name, { requests: counts, latency: latencyOf(load, name, start) }]),
  );
}

function addLoad(
  requests: Map<string, Record<string, number>>,
  endpoint: Endpoint,
  load: Load,
  pace: Pace,
  start: number,
): void {
  for (const [index, { split, count }] of segments(endpoint.splits, load.rpm ?? 0, pace, start).entries()) {
    const chance = chanceOf(wordsOf(load, start, `split ${index}`));
    const live = share(count, split.traffic, chance);
    const mirrored = Object.entries(split.mirrorTraffic).map(
      // Whether Azure counts the copies is [U].
      ([name, percent]) => [name, binomial(count, percent / 100, chance)] as const,
    );
    for (const [name, sent] of [...Object.entries(live), ...mirrored]) {
      const { errorRate, statusCode } = mannerOf(load, name, start);
      const errors = binomial(sent, errorRate, chanceOf(wordsOf(load, start, `errors ${index} ${name}`)));
      add(requests, name, '200', sent - errors);
      add(requests, name, String(statusCode), errors);
    }
  }
}

/** The requests of a minute under each split that was live in it, by the time that it was. */
function segments(
  splits: readonly Split[],
  rpm: number,
  pace: Pace,
  start: number,
): { readonly split: Split; readonly count: number }[] {
  const within = (time: number): number => Math.min(1, Math.max(0, (emulatedTime(pace, time) - start) / minute));
  return splits.flatMap((split, index) => {
    const next = splits[index + 1];
    const from = Math.round(rpm * within(split.time));
    const to = Math.round(rpm * (next ? within(next.time) : 1));
    return to > from ? [{ split, count: to - from }] : [];
  });
}

function add(requests: Map<string, Record<string, number>>, name: string, status: string, count: number): void {
  if (count === 0) return;
  const key = name.toLowerCase();
  const counts = requests.get(key) ?? {};
  requests.set(key, { ...counts, [status]: (counts[status] ?? 0) + count });
}

/** As in recorded answers, no round numbers; they rise with the percentile. */
function latencyOf(load: Load | undefined, name: string, start: number): Record<Percentile, number> {
  const { latencyMs } = mannerOf(load, name, start);
  const factor = wobble(0.05, chanceOf(wordsOf(load, start, `latency ${name}`)));
  const rounded = percentiles.map((percentile) => [percentile, Number((latencyMs[percentile] * factor).toFixed(4))]);
  return Object.fromEntries(rounded) as Record<Percentile, number>;
}

/** Minutes are counted from the order, so that it gives the same numbers whenever it is made. */
function wordsOf(load: Load | undefined, start: number, what: string): string {
  const { seed = '', endpoint = '', since = 0 } = load ?? {};
  return JSON.stringify([seed, endpoint, (start - since) / minute, what]);
}
