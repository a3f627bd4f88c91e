import { describe, expect, test } from '@jest/globals';
import { ENOUGH, NO_EVIDENCE, strength, withMinute } from '../../../../src/rollout/judge/evidence.ts';

/** Errors of the canary, one a minute, until they are enough, after so many of the old side. */
function errorsToFail(share: number, baseErrors: number): number {
  let evidence = withMinute(NO_EVIDENCE, { share, hits: 0, misses: baseErrors });
  let errors = 0;
  while (strength(evidence) < ENOUGH) {
    evidence = withMinute(evidence, { share, hits: 1, misses: 0 });
    errors += 1;
  }
  return errors;
}

describe('the evidence', () => {
  test.each([
    [0, [2, 3, 3, 5, 9]],
    [3, [3, 4, 5, 9, 18]],
    [10, [3, 5, 8, 14, 32]],
  ])(
    'after %i errors of the old side is enough with so few of a canary of 1, 5, 10, 25 and 50 %%',
    (base, expected) => {
      expect([0.01, 0.05, 0.1, 0.25, 0.5].map((share) => errorsToFail(share, base))).toEqual(expected);
    },
  );

  test('is the mean of the likelihood ratios', () => {
    // One of two errors at a share of one half: ρ·1/((1 + (ρ−1)/2)²) for each ratio.
    const ratios = [1.5, 2, 3, 5, 10, 30].map((ratio) => (4 * ratio) / (1 + ratio) ** 2);
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / 6;
    expect(strength(withMinute(NO_EVIDENCE, { share: 0.5, hits: 1, misses: 1 }))).toBeCloseTo(mean, 12);
  });

  test('starts at 1, and a minute on one side alone tells nothing', () => {
    expect(strength(NO_EVIDENCE)).toBe(1);
    for (const share of [0, 1, NaN]) expect(withMinute(NO_EVIDENCE, { share, hits: 3, misses: 3 })).toBe(NO_EVIDENCE);
  });

  test('of one minute is half of what is enough at most', () => {
    expect(strength(withMinute(NO_EVIDENCE, { share: 0.01, hits: 1e9, misses: 0 }))).toBeCloseTo(ENOUGH / 2, 9);
  });

  test('is a finite number however large', () => {
    let evidence = NO_EVIDENCE;
    for (let minute = 0; minute < 1_000; minute += 1) {
      evidence = withMinute(evidence, { share: 0.1, hits: 50, misses: 0 });
    }
    expect(strength(evidence)).toBeGreaterThan(1e300);
    expect(strength(evidence)).toBeLessThan(Infinity);
  });
});
