import { expect, test } from '@jest/globals';
import { upperBound, wilson, Z_95 } from '../../../../src/rollout/judge/interval.ts';

test.each([
  // Newcombe 1998, table I, method 3.
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the interval of Wilson for %i of %i', (errors, requests, low, high) => {
  const interval = wilson({ requests, errors }, Z_95);
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test('the interval of nothing is everything, and ends at the ends', () => {
  expect(wilson({ requests: 0, errors: 0 }, Z_95)).toEqual({ low: 0, high: 1 });
  expect(wilson({ requests: 7, errors: 7 }, Z_95).high).toBe(1);
});

test.each([
  [0.005, 598],
  [0.01, 299],
  [0.02, 149],
  [0.05, 59],
])('a rate of %f takes %i requests without an error', (rate, requests) => {
  expect(upperBound({ requests, errors: 0 })).toBeLessThanOrEqual(rate);
  expect(upperBound({ requests: requests - 1, errors: 0 })).toBeGreaterThan(rate);
});

test('the upper bound of nothing is 1, and grows with errors', () => {
  expect(upperBound({ requests: 0, errors: 0 })).toBe(1);
  const bounds = [0, 1, 2, 10, 312].map((errors) => upperBound({ requests: 312, errors }));
  expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
});
