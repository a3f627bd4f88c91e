import { describe, expect, test } from '@jest/globals';
import { MINUTE } from '../../../src/duration.ts';
import { isError, minutesOf, settledWindow, type Told } from '../../../src/rollout/minutes.ts';

const NOON = Date.UTC(2026, 8, 1, 12);
const CODES = ['408', '424', '429', '5xx'];
const NONE: Told = { requests: new Map(), latency: new Map() };

function told(
  requests: Readonly<Record<number, Readonly<Record<string, number>>>>,
  latency: Readonly<Record<number, Readonly<Record<string, number>>>> = {},
): Told {
  const at = (minute: string): number => NOON + Number(minute) * MINUTE;
  return {
    requests: new Map(
      Object.entries(requests).map(([minute, counts]) => [at(minute), new Map(Object.entries(counts))]),
    ),
    latency: new Map(Object.entries(latency).map(([minute, values]) => [at(minute), values])),
  };
}

const WINDOW = { start: NOON, end: NOON + 3 * MINUTE };

describe('the minutes that count', () => {
  test.each([
    [
      'the minute of the shift is left out, and three have passed since the last one',
      20_000,
      9 * MINUTE + 59_999,
      1,
      6,
    ],
    ['a shift at the start of a minute spoils that minute too', 0, 10 * MINUTE, 1, 7],
  ])('%s', (_, shifted, now, start, end) => {
    const window = settledWindow(NOON + shifted, NOON + now);
    expect([window.start - NOON, window.end - NOON]).toEqual([start * MINUTE, end * MINUTE]);
  });

  test('are none right after a shift', () => {
    const { start, end } = settledWindow(NOON, NOON + 3 * MINUTE + 59_000);
    expect(end - start).toBeLessThan(0);
  });
});

describe('errors', () => {
  test.each(['408', '424', '429', '500', '503', '599'])('%s is one', (status) => {
    expect(isError(status, CODES)).toBe(true);
  });

  test.each(['200', '400', '401', '404', '413', '', '5', '5xx', 'unknown'])('%p is none', (status) => {
    expect(
      isError(
        status,
        CODES.filter((code) => code !== status),
      ),
    ).toBe(false);
  });

  test('are those that the policy names', () => {
    expect(['424', '502', '404'].map((status) => isError(status, ['502', '4XX']))).toEqual([true, true, true]);
  });
});

describe('evidence', () => {
  test('tells requests, errors and latency of both sides', () => {
    const [minute, ...rest] = minutesOf(
      new Map([
        ['green', told({ 0: { 200: 90, 424: 4, 503: 1, 400: 5 } }, { 0: { p50: 40.5, p99: 90 } })],
        ['blue', told({ 0: { 200: 900 } }, { 0: { p50: 38 } })],
      ]),
      { canary: ['green'], base: ['blue'] },
      WINDOW,
      CODES,
    );
    expect(rest).toEqual([]);
    expect(minute).toEqual({
      time: NOON,
      canary: { requests: 100, errors: 5, latency: { p50: 40.5, p99: 90 } },
      base: { requests: 900, errors: 0, latency: { p50: 38 } },
    });
  });

  test('is nothing where Azure knows of no requests, whether it says zero or nothing', () => {
    const zeros = told({ 0: { 200: 0 }, 1: { 200: 0, 424: 0 } }, { 0: { p50: 0 } });
    const all = new Map([
      ['green', zeros],
      ['blue', NONE],
    ]);
    expect(minutesOf(all, { canary: ['green'], base: ['blue', 'gone'] }, WINDOW, CODES)).toEqual([]);
  });

  test('of one side only is told, and a latency of zero is none', () => {
    const all = new Map([
      ['blue', told({ 1: { 200: 7 } }, { 1: { p50: 12, p90: 0 } })],
      ['green', NONE],
    ]);
    expect(minutesOf(all, { canary: ['green'], base: ['blue'] }, WINDOW, CODES)).toEqual([
      {
        time: NOON + MINUTE,
        canary: { requests: 0, errors: 0, latency: {} },
        base: { requests: 7, errors: 0, latency: { p50: 12 } },
      },
    ]);
  });

  test('ends where the window does', () => {
    const all = new Map([['green', told({ '-1': { 200: 1 }, 0: { 200: 2 }, 2: { 200: 3 }, 3: { 200: 4 } })]]);
    const found = minutesOf(all, { canary: ['green'], base: [] }, WINDOW, CODES);
    expect(found.map(({ canary }) => canary.requests)).toEqual([2, 3]);
  });

  test('of several deployments is added up, latency by requests', () => {
    const all = new Map([
      ['red', told({ 0: { 200: 30 } }, { 0: { p50: 10, p90: 20 } })],
      ['blue', told({ 0: { 200: 9, 500: 1 } }, { 0: { p50: 50 } })],
    ]);
    const [minute] = minutesOf(all, { canary: [], base: ['red', 'blue'] }, WINDOW, CODES);
    expect(minute?.base).toEqual({ requests: 40, errors: 1, latency: { p50: 20, p90: 20 } });
  });

  test('has no requests of ours in it, and never less than none', () => {
    const all = new Map([
      ['green', told({ 0: { 200: 10, 424: 2 }, 1: { 200: 3 } })],
      ['blue', told({ 0: { 200: 10 } })],
    ]);
    const probe = (deployment: string, seconds: number, status: number) => ({
      deployment,
      status,
      time: NOON + seconds * 1_000,
    });
    const probes = [
      probe('green', 0, 200),
      probe('green', 59, 200),
      probe('green', 30, 424),
      ...[60, 61, 62, 63].map((second) => probe('green', second, 200)),
      probe('blue', 5, 200),
    ];
    const found = minutesOf(all, { canary: ['green'], base: ['blue'] }, WINDOW, CODES, probes);
    expect(found.map(({ canary, base }) => [canary.requests, canary.errors, base.requests])).toEqual([[9, 1, 9]]);
  });
});
