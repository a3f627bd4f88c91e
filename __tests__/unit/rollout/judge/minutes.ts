import type { Minute, Sample } from '../../../../src/rollout/model.ts';

/** Requests, errors and, where it matters, the p50 of a minute. */
export type Told = readonly [requests: number, errors: number, p50?: number];

/** Minutes from the beginning of 1970 on. */
export function minutesOf(told: readonly (readonly [canary: Told, base: Told])[]): Minute[] {
  return told.map(([canary, base], index) => ({ time: index * 60_000, canary: sample(canary), base: sample(base) }));
}

export function same(count: number, canary: Told, base: Told): Minute[] {
  return minutesOf(Array.from({ length: count }, () => [canary, base] as const));
}

function sample([requests, errors, p50]: Told): Sample {
  return { requests, errors, latency: p50 === undefined ? {} : { p50 } };
}
