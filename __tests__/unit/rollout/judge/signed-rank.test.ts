import { describe, expect, test } from '@jest/globals';
import {
  doubledRanks,
  exactTail,
  normalTail,
  normalUpperTail,
  signedRankP,
} from '../../../../src/rollout/judge/signed-rank.ts';

/** Heights of crossed less those of self-fertilised plants, in eighths of an inch: Darwin 1876, Fisher 1935. */
const DARWIN = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
/** Depression before and after a first session: Hollander and Wolfe 1973, table 3.1. */
const BEFORE = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3];
const AFTER = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];

/** 1 to n, of which the first ranks add up to `below` and are negative. */
function ranksBelow(count: number, below: number): number[] {
  let left = below;
  const negative = new Set<number>();
  for (let rank = count; rank > 0; rank -= 1) {
    if (rank > left) continue;
    negative.add(rank);
    left -= rank;
  }
  return Array.from({ length: count }, (_, index) => (negative.has(index + 1) ? -1 : 1) * (index + 1));
}

describe('the signed-rank test', () => {
  test('gives the p-values of the literature', () => {
    expect(signedRankP(DARWIN)).toBeCloseTo(0.04126 / 2, 5);
    expect(signedRankP(BEFORE.map((before, index) => before - AFTER[index]!))).toBeCloseTo(0.01953, 5);
  });

  test.each([
    // One-sided, of the usual tables: the largest sum of ranks on the other side that is significant, and the one above it.
    [7, 0, 0.01],
    [8, 1, 0.01],
    [9, 3, 0.01],
    [10, 5, 0.01],
    [12, 9, 0.01],
    [15, 19, 0.01],
    [20, 43, 0.01],
    [25, 76, 0.01],
    [10, 10, 0.05],
    [20, 60, 0.05],
  ])('of %i differences keeps the critical value %i at %f', (count, critical, alpha) => {
    expect(signedRankP(ranksBelow(count, critical))).toBeLessThanOrEqual(alpha);
    expect(signedRankP(ranksBelow(count, critical + 1))).toBeGreaterThan(alpha);
  });

  test('gives 2^-n when all differences are above 0', () => {
    for (const count of [1, 7, 25]) expect(signedRankP(ranksBelow(count, 0))).toBeCloseTo(2 ** -count, 12);
  });

  test('shares ranks among equal differences and leaves out those of 0', () => {
    expect(doubledRanks([0, 2, -2, 1, 2])).toEqual({ ranks: [2, 6, 6, 6], sum: 14 });
    // Of the 16 sets of signs: sums of 14 and more are 14 (three times), 20, 18 once.
    expect(signedRankP([0, 2, -2, 1, 2])).toBe(5 / 16);
  });

  test('tells nothing from nothing', () => {
    for (const none of [[], [0, 0], [NaN, Infinity]]) expect(signedRankP(none)).toBe(1);
  });

  test('beyond 25 differences is at most as sure as the exact one where it decides, and never far from it', () => {
    for (const count of [26, 30, 40, 60]) {
      const ranks = Array.from({ length: count }, (_, index) => 2 * (index + 1));
      const all = count * (count + 1);
      for (let sum = all / 2; sum <= all; sum += 1) {
        const exact = exactTail(ranks, sum % 2 ? sum + 1 : sum);
        const near = normalTail(ranks, sum % 2 ? sum + 1 : sum);
        if (exact < 0.01) expect(near).toBeGreaterThanOrEqual(exact);
        expect(Math.abs(near - exact)).toBeLessThan(0.004);
      }
    }
  });
});

test('the normal tail keeps the values of its table', () => {
  expect(normalUpperTail(0)).toBeCloseTo(0.5, 6);
  expect(normalUpperTail(1.959964)).toBeCloseTo(0.025, 6);
  expect(normalUpperTail(-1.644854)).toBeCloseTo(0.95, 6);
  expect(normalUpperTail(3.090232)).toBeCloseTo(0.001, 6);
  expect(normalUpperTail(100)).toBe(0);
});
