import { describe, expect, test } from '@jest/globals';
import { isOldSideUnhealthy } from '../../../../src/rollout/judge/health.ts';
import { same } from './minutes.ts';

const gate = { maxRate: 0.05 };

describe('the old side', () => {
  test('is unhealthy when its latest errors are above the ceiling for sure', () => {
    expect(isOldSideUnhealthy(same(5, [60, 20], [540, 160]), gate)).toBe(true);
    expect(isOldSideUnhealthy(same(5, [60, 20], [540, 3]), gate)).toBe(false);
    expect(isOldSideUnhealthy(same(3, [3, 3], [3, 3]), gate)).toBe(false);
  });

  test('is the better place where the new side is far worse', () => {
    expect(isOldSideUnhealthy(same(5, [60, 60], [540, 108]), gate)).toBe(false);
    expect(isOldSideUnhealthy(same(5, [60, 60], [540, 540]), gate)).toBe(true);
  });

  test('is as it is now, not as it was', () => {
    const then = same(30, [60, 30], [540, 270]);
    const now = same(5, [60, 30], [540, 3]).map((minute) => ({ ...minute, time: minute.time + 1e9 }));
    expect(isOldSideUnhealthy([...now, ...then], gate)).toBe(false);
  });

  test('is held against the minutes after it where all traffic moved at once', () => {
    const before = same(10, [0, 0], [600, 180]);
    const since = (errors: number): ReturnType<typeof same> =>
      same(5, [600, errors], [0, 0]).map((minute) => ({ ...minute, time: minute.time + 1e9 }));
    expect(isOldSideUnhealthy([...before, ...since(200)], gate)).toBe(true);
    expect(isOldSideUnhealthy([...before, ...since(600)], gate)).toBe(false);
  });

  test('of which nothing is known is not unhealthy', () => {
    expect(isOldSideUnhealthy([], gate)).toBe(false);
    expect(isOldSideUnhealthy(same(5, [60, 60], [0, 0]), gate)).toBe(false);
    expect(isOldSideUnhealthy(same(5, [60, 60], [540, 540]), undefined)).toBe(false);
  });
});
