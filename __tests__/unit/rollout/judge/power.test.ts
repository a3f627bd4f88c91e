import { describe, expect, test } from '@jest/globals';
import { comparableLatency, detection } from '../../../../src/rollout/judge/power.ts';

const gate = { worseThan: 1.5 };
const stages = [0.05, 0.25, 0.5].map((share) => ({ share, minutes: 10 }));

describe('what a rollout can find', () => {
  test('is caught no later with more traffic, more errors, a larger share', () => {
    const minutes = (perMinute: number, rate: number, share: number): number =>
      detection({ perMinute, errorRate: 0.005 }, [{ share, minutes: 1_000 }], rate, gate)?.minutes ?? Infinity;
    for (const [less, more] of [
      [minutes(60, 0.05, 0.1), minutes(600, 0.05, 0.1)],
      [minutes(600, 0.025, 0.1), minutes(600, 0.05, 0.1)],
      [minutes(600, 0.015, 0.1), minutes(600, 0.015, 0.5)],
    ] as const) {
      expect(more).toBeLessThan(less);
      expect(less).toBeLessThan(1_000);
    }
  });

  test('is nothing below the floors, without traffic, without a split', () => {
    const found = (rate: number, perMinute = 1e6, share = 0.5): unknown =>
      detection({ perMinute, errorRate: 0.02 }, [{ share, minutes: 1_000 }], rate, gate);
    expect(found(0.029)).toBeUndefined();
    expect(found(0.031)).toBeDefined();
    expect(detection({ perMinute: 1e6, errorRate: 0.001 }, stages, 0.0059, gate)).toBeUndefined();
    expect(found(1, 0)).toBeUndefined();
    expect(found(1, 600, 1)).toBeUndefined();
    expect(found(NaN)).toBeUndefined();
  });

  test('is about what the simulation shows', () => {
    const stage = [{ share: 0.1, minutes: 60 }];
    const at = (perMinute: number, errorRate: number, rate: number): number | undefined =>
      detection({ perMinute, errorRate }, stage, rate, gate)?.minutes;
    // Beside 19, 22, 12 and 2 minutes of `npm run simulate`.
    expect([at(60, 0.01, 0.1), at(20, 0.01, 0.2), at(600, 0.005, 0.025), at(600, 0.005, 1)]).toEqual([19, 21, 12, 2]);
  });

  test('goes on from stage to stage', () => {
    const traffic = { perMinute: 600, errorRate: 0.005 };
    expect(detection(traffic, stages, 0.015, gate)?.share).toBe(0.5);
    expect(detection(traffic, stages.slice(0, 1), 0.015, gate)).toBeUndefined();
  });
});

test('the percentile that can be compared follows the smaller side', () => {
  const at = (perMinute: number, share: number): string | undefined =>
    comparableLatency({ perMinute, errorRate: 0 }, { share, minutes: 10 }, { metric: 'p95' });
  expect([at(20, 0.1), at(60, 0.1), at(600, 0.05), at(6_000, 0.1), at(60, 0.95), at(60, 1)]).toEqual([
    undefined,
    'p50',
    'p90',
    'p95',
    undefined,
    'p95',
  ]);
});
