import type { Minute, Sample } from '../model.ts';

/** Requests and how many of them were errors, over some minutes. */
export interface Count {
  readonly requests: number;
  readonly errors: number;
}

export const NOTHING: Count = { requests: 0, errors: 0 };

/** More than any endpoint serves in a minute: a sum of many minutes stays a number. */
const MOST_REQUESTS = 1e12;
/** Milliseconds: longer than any request is waited for. */
const LONGEST_TIME = 1e9;
/** Below this a figure is nothing. */
const LEAST = 1e-6;

/**
 * The minutes in the order of time, each figure one that can be counted with: what is no number, or below zero, is
 * taken as not told, and there are never more errors than requests.
 */
export function inOrder(minutes: readonly Minute[]): Minute[] {
  return minutes
    .filter(({ time }) => Number.isFinite(time))
    .map(({ time, canary, base }) => ({ time, canary: sane(canary), base: sane(base) }))
    .sort((a, b) => a.time - b.time);
}

export function plus(a: Count, b: Count): Count {
  return { requests: a.requests + b.requests, errors: a.errors + b.errors };
}

export function countOf(samples: readonly Count[]): Count {
  return samples.reduce(plus, NOTHING);
}

/** From 0 to 1; 0 of nothing. */
export function rateOf({ requests, errors }: Count): number {
  return requests > 0 ? errors / requests : 0;
}

function sane({ requests, errors, latency }: Sample): Sample {
  const served = amount(requests, MOST_REQUESTS);
  const times = Object.entries(latency).flatMap(([metric, time]) => {
    const known = amount(time, LONGEST_TIME);
    return known > 0 ? [[metric, known] as const] : [];
  });
  return { requests: served, errors: amount(errors, served), latency: Object.fromEntries(times) };
}

function amount(value: number, most: number): number {
  return value >= LEAST ? Math.min(value, most) : 0;
}
