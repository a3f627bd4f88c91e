import type { Count } from './count.ts';

/** Standard normal quantiles. */
export const Z_95_ONE_SIDED = 1.6449;
export const Z_95 = 1.96;
export const Z_99 = 2.5758;

/**
 * The interval of a rate by Wilson's score (1927), each end from 0 to 1. It is for display and for single looks: it does
 * not hold at every one of many looks. Of nothing it is everything.
 */
export function wilson({ requests, errors }: Count, z: number): { readonly low: number; readonly high: number } {
  if (requests <= 0) return { low: 0, high: 1 };
  const rate = errors / requests;
  const square = (z * z) / requests;
  const centre = rate + square / 2;
  const half = z * Math.sqrt((rate * (1 - rate)) / requests + square / (4 * requests));
  return {
    low: errors <= 0 ? 0 : Math.max(0, (centre - half) / (1 + square)),
    high: errors >= requests ? 1 : Math.min(1, (centre + half) / (1 + square)),
  };
}

/**
 * The highest rate that so few errors leave possible (95 %), from 0 to 1. Without an error it is exact: the rate at which
 * n requests all succeed with a chance of 5 %, 1 − 0.05^(1/n), about 3/n. With errors it is Wilson's upper end.
 */
export function upperBound(count: Count): number {
  if (count.requests <= 0) return 1;
  if (count.errors <= 0) return -Math.expm1(Math.log(0.05) / count.requests);
  return wilson(count, Z_95_ONE_SIDED).high;
}
