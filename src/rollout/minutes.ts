import { MINUTE } from '../duration.ts';
import type { Minute, Percentile, Sample } from './model.ts';
import { SETTLING_TIME } from './schedule/time.ts';

/** The deployments whose share grows, and those whose share shrinks. */
export interface Sides {
  readonly canary: readonly string[];
  readonly base: readonly string[];
}

/** What one deployment did, by the start of each minute. */
export interface Told {
  /** Requests by status. */
  readonly requests: ReadonlyMap<number, ReadonlyMap<string, number>>;
  /** Milliseconds. */
  readonly latency: ReadonlyMap<number, Sample['latency']>;
}

/** A request of ours, which is no evidence. */
export interface Probe {
  readonly deployment: string;
  /** When it was answered, in milliseconds since 1970. */
  readonly time: number;
  readonly status: number;
}

/**
 * The minutes that count: those after the one in which the split was changed, and over for long enough. In milliseconds
 * since 1970, the end not included; empty when the end is not after the start.
 */
export function settledWindow(shifted: number, now: number): { readonly start: number; readonly end: number } {
  return { start: floor(shifted) + MINUTE, end: floor(now - SETTLING_TIME) };
}

/**
 * The evidence of a window. A minute in which Azure knows of no request on either side is none. Deployments of one side
 * are added up; their latency is the mean of theirs by requests, which for percentiles is a stand-in: the percentile of all
 * requests together cannot be had from those of the parts.
 */
export function minutesOf(
  told: ReadonlyMap<string, Told>,
  sides: Sides,
  window: { readonly start: number; readonly end: number },
  codes: readonly string[],
  probes: readonly Probe[] = [],
): Minute[] {
  const minutes: Minute[] = [];
  const side = (names: readonly string[], time: number): Sample =>
    sum(names.map((name) => sampleOf(told.get(name), time, codes, probesOf(probes, name, time))));
  for (let time = window.start; time < window.end; time += MINUTE) {
    const minute = { time, canary: side(sides.canary, time), base: side(sides.base, time) };
    if (minute.canary.requests + minute.base.requests > 0) minutes.push(minute);
  }
  return minutes;
}

/** @param codes statuses (`424`) and classes of them (`5xx`) */
export function isError(status: string, codes: readonly string[]): boolean {
  return codes.some(
    (code) => code === status || (/^\dxx$/i.test(code) && /^\d{3}$/.test(status) && code[0] === status[0]),
  );
}

function floor(time: number): number {
  return Math.floor(time / MINUTE) * MINUTE;
}

function probesOf(probes: readonly Probe[], deployment: string, minute: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const probe of probes) {
    if (probe.deployment !== deployment || floor(probe.time) !== minute) continue;
    const status = String(probe.status);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}

function sampleOf(
  told: Told | undefined,
  time: number,
  codes: readonly string[],
  probes: ReadonlyMap<string, number>,
): Sample {
  let requests = 0;
  let errors = 0;
  for (const [status, all] of told?.requests.get(time) ?? []) {
    // Whether Azure counts requests that name their deployment is [U]; never below nothing.
    const count = Math.max(0, all - (probes.get(status) ?? 0));
    requests += count;
    if (isError(status, codes)) errors += count;
  }
  // Azure fills up with zeros, and no answer takes no time.
  const latency = Object.entries(told?.latency.get(time) ?? {}).filter(([, value]) => requests > 0 && value > 0);
  return { requests, errors, latency: Object.fromEntries(latency) };
}

function sum(samples: readonly Sample[]): Sample {
  const total = (pick: (sample: Sample) => number): number => samples.reduce((all, sample) => all + pick(sample), 0);
  const latency: Partial<Record<Percentile, number>> = {};
  for (const percentile of ['p50', 'p90', 'p95', 'p99'] as const) {
    const known = samples.filter((sample) => sample.latency[percentile] !== undefined);
    const weight = known.reduce((all, sample) => all + sample.requests, 0);
    if (weight === 0) continue;
    latency[percentile] = known.reduce(
      (mean, sample) => mean + (sample.requests / weight) * (sample.latency[percentile] ?? 0),
      0,
    );
  }
  return { requests: total(({ requests }) => requests), errors: total(({ errors }) => errors), latency };
}
