import { describe, expect, test } from '@jest/globals';
import { judge, type Look } from '../../../../src/rollout/judge/judge.ts';
import type { ErrorGate, LatencyGate } from '../../../../src/rollout/model.ts';
import { minutesOf, same, type Told } from './minutes.ts';

const errors: ErrorGate = { worseThan: 1.5, maxRate: 0.05, minRequests: 50, codes: ['5xx'] };
const latency: LatencyGate = { metric: 'p50', worseThan: 1.3 };
const end: Look = { atEndOfBake: true, extension: 0 };
const good: readonly [Told, Told] = [
  [60, 0],
  [540, 3],
];

describe('errors', () => {
  test('that are as rare as those of the old side pass, with what that proves', () => {
    const verdict = judge(same(10, [31, 0], [290, 1]), { errors }, end);
    expect(verdict).toMatchObject({ kind: 'pass', reason: '0 errors in 310 requests: at most 1.0 % (95 %)' });
    expect(verdict.figures.upperBound).toBeCloseTo(0.00962, 5);
    expect(verdict.figures).toMatchObject({
      canary: { requests: 310, errors: 0 },
      base: { requests: 2900, errors: 10 },
    });
  });

  test('that both sides have are told of both', () => {
    const { kind, reason } = judge(same(10, [120, 1], [1080, 8]), { errors }, end);
    expect([kind, reason]).toEqual(['pass', '10 errors in 1,200 requests, 0.8 % against 0.7 %: at most 1.4 % (95 %)']);
  });

  test('that fall on the canary fail, however few it takes', () => {
    const bad = minutesOf([
      [
        [6, 1],
        [54, 0],
      ],
      [
        [6, 1],
        [54, 0],
      ],
      [
        [6, 1],
        [54, 0],
      ],
    ]);
    const { kind, reason, figures } = judge(bad, { errors }, { atEndOfBake: false, extension: 0 });
    expect([kind, reason]).toEqual(['fail', 'errors 16.7 % against 0 % (E = 112, 3 of 18)']);
    expect(figures.evidence).toBeCloseTo(112, 0);
  });

  test('that are ten times those of the old side say so', () => {
    const { kind, reason } = judge(same(10, [100, 4], [1000, 4]), { errors }, end);
    expect([kind, reason]).toEqual(['fail', 'errors 4.0 % against 0.4 % (10 times, E = 296, 8 of 200)']);
  });

  test('of one minute alone never fail', () => {
    const one = [
      ...same(5, ...good),
      ...minutesOf([
        [
          [100, 90],
          [540, 0],
        ],
      ]),
    ].map((minute, index) => ({
      ...minute,
      time: index,
    }));
    expect(judge(one, { errors }, end).kind).toBe('pass');
  });

  test('that have failed once fail for good, with the figures of then', () => {
    const bad = same(10, [100, 4], [1000, 4]);
    const later = same(60, [100, 0], [1000, 40]).map((minute) => ({ ...minute, time: minute.time + 1e9 }));
    const first = judge(bad, { errors }, end);
    const then = judge([...bad, ...later], { errors }, end);
    expect(then).toMatchObject({ kind: 'fail', reason: first.reason });
    expect(then.figures.canary.requests).toBe(7_000);
  });

  test('that are surely but hardly worse pass, and say so', () => {
    const { kind, reason } = judge(same(30, [30_000, 36], [30_000, 26]), { errors }, end);
    expect(kind).toBe('pass');
    expect(reason).toMatch(/; worse than the old side for sure \(E = [\d.]+e?\d*\), but by too little$/);
  });

  test('of which half a point more is no reason come to nothing', () => {
    expect(judge(same(30, [6_000, 12], [54_000, 27]), { errors }, end).kind).toBe('pass');
  });

  test('of a region befall both sides and are no reason', () => {
    const incident = minutesOf(
      Array.from({ length: 30 }, (_, minute): [Told, Told] =>
        minute >= 10 && minute < 13
          ? [
              [60, 18],
              [540, 162],
            ]
          : [
              [60, 0],
              [540, 3],
            ],
      ),
    );
    expect(judge(incident, { errors }, end).kind).toBe('pass');
  });

  test('above the ceiling fail even where the old side has nearly as many', () => {
    const { kind, reason } = judge(same(20, [300, 30], [300, 14]), { errors: { ...errors, worseThan: 5 } }, end);
    expect([kind, reason.replace(/E = [^,]+/, 'E')]).toEqual([
      'fail',
      'errors 10.0 % where at most 5.0 % are allowed (E, 60 of 600)',
    ]);
  });

  test('above the ceiling on both sides are no reason to go back', () => {
    expect(judge(same(20, [300, 30], [300, 30]), { errors }, end).kind).toBe('pass');
  });

  test('of most of the latest requests are a catastrophe', () => {
    const minutes = same(30, [10, 0], [10, 0]).map((minute, index) =>
      index < 28 ? minute : { ...minute, canary: { ...minute.canary, errors: 10 } },
    );
    const { kind, reason } = judge(minutes, { errors }, end);
    expect([kind, reason]).toEqual(['fail', '20 of the latest 20 requests failed']);
  });

  test('of most requests on both sides are none', () => {
    expect(judge(same(5, [50, 45], [50, 45]), { errors }, end).kind).toBe('pass');
  });
});

describe('evidence that is thin', () => {
  test('of nothing at all is inconclusive', () => {
    const { kind, reason, figures } = judge([], { errors, latency }, end);
    expect(kind).toBe('inconclusive');
    expect(reason).toBe(
      'no requests yet, of 50 required; latency: 0 of the 7 required minutes can be compared (each needs 5 requests on both sides)',
    );
    expect(figures).toEqual({
      canary: { requests: 0, errors: 0 },
      base: { requests: 0, errors: 0 },
      evidence: 1,
      upperBound: 1,
    });
  });

  test('of too few requests tells what they prove', () => {
    const { kind, reason } = judge(same(4, [3, 0], [27, 0]), { errors }, end);
    expect([kind, reason]).toEqual(['inconclusive', '0 errors in 12 requests, of 50 required: at most 22.1 % (95 %)']);
  });

  test('counts requests of this step alone, and errors of all', () => {
    const minutes = same(20, [30, 0], [270, 1]);
    const look = { ...end, since: minutes[19]!.time };
    expect(judge(minutes, { errors }, look).reason).toBe(
      '0 errors in 30 requests, of 50 required: at most 9.5 % (95 %)',
    );
    const bad = [
      ...same(10, [100, 4], [1000, 4]),
      ...minutes.map((minute) => ({ ...minute, time: minute.time + 1e9 })),
    ];
    expect(judge(bad, { errors }, { ...end, since: 1e9 }).kind).toBe('fail');
  });

  test('of hours at an earlier step does not drown out what begins with this one', () => {
    const later = (minutes: ReturnType<typeof same>): ReturnType<typeof same> =>
      minutes.map((minute) => ({ ...minute, time: minute.time + 1e9 }));
    const quiet = same(180, [60, 0], [540, 3]);
    const minutes = [...quiet, ...later(same(4, [300, 15], [300, 2]))];
    expect(judge(minutes, { errors }, end).kind).toBe('pass');
    expect(judge(minutes, { errors }, { ...end, since: 1e9 })).toMatchObject({
      kind: 'fail',
      reason: expect.stringMatching(/^errors 5\.0 % against 0\.7 % \(.* of 9?1?,?\d+\)$/),
    });
    const well = [...quiet, ...later(same(4, [300, 2], [300, 2]))];
    expect(judge(well, { errors }, { ...end, since: 1e9 }).kind).toBe('pass');
  });

  test('is none where nothing is looked at', () => {
    expect(judge([], {}, end)).toMatchObject({ kind: 'pass', reason: 'neither errors nor latency are looked at' });
  });
});

describe('latency', () => {
  const at = (canary: number, base: number, count = 10): ReturnType<typeof same> =>
    same(count, [60, 0, canary], [540, 3, base]).map((minute, index) => ({
      ...minute,
      canary: { ...minute.canary, latency: { p50: canary + index / 10 } },
    }));

  test('that is no worse passes', () => {
    const { kind, reason, figures } = judge(at(38, 37), { latency }, end);
    expect([kind, reason]).toEqual(['pass', 'p50 38 ms against 37 ms']);
    expect(figures.latency).toEqual({ metric: 'p50', canary: 38.45, base: 37 });
  });

  test('that is worse than allowed fails at the end of a bake, and not before', () => {
    const { kind, reason } = judge(at(52, 38), { latency }, end);
    expect([kind, reason]).toEqual([
      'fail',
      'p50 52 ms against 38 ms (1.4 times where 1.3 are allowed, p = 0.001, 10 minutes)',
    ]);
    expect(judge(at(52, 38), { latency }, { ...end, atEndOfBake: false })).toMatchObject({
      kind: 'inconclusive',
      reason: 'latency is compared when the bake ends',
    });
  });

  test('that is at the very edge passes', () => {
    expect(judge(same(20, [60, 0, 130], [540, 3, 100]), { latency }, end).kind).toBe('pass');
  });

  test('takes a minute more at each extension', () => {
    const kinds = [0, 1, 2].map((extension) => judge(at(80, 38, 8), { latency }, { ...end, extension }).kind);
    expect(kinds).toEqual(['fail', 'fail', 'inconclusive']);
    expect(judge(at(80, 38, 6), { latency }, end).kind).toBe('inconclusive');
  });

  test('is judged with the steps before where the step is short', () => {
    const minutes = [...at(52, 38, 5), ...at(52, 38, 5).map((minute) => ({ ...minute, time: minute.time + 1e9 }))];
    expect(judge(minutes, { latency }, { ...end, since: 1e9 })).toMatchObject({
      kind: 'fail',
      reason: 'p50 52 ms against 38 ms (1.4 times where 1.3 are allowed, p = 0.001, 10 minutes)',
    });
    expect(judge(minutes.slice(0, 5), { latency }, end).kind).toBe('inconclusive');
  });

  test('that a step has too few requests for is left to a later one, where errors prove something', () => {
    const thin = same(30, [2, 0, 400], [40, 0, 38]);
    const left = 'latency cannot be compared: 0 of 30 minutes have the required 5 requests on both sides';
    expect(judge(thin, { errors, latency }, end)).toMatchObject({
      kind: 'pass',
      reason: `0 errors in 60 requests: at most 4.9 % (95 %); ${left}`,
    });
    expect(judge(thin, { latency }, end)).toMatchObject({ kind: 'inconclusive', reason: left });
    // An extension helps where every other minute has enough.
    const half = thin
      .slice(0, 10)
      .map((minute, index) => (index % 2 ? minute : { ...minute, canary: { ...minute.canary, requests: 9 } }));
    expect(judge(half, { errors, latency }, end).kind).toBe('inconclusive');
  });

  test('falls back on a percentile for which there are enough requests', () => {
    const minutes = same(10, [60, 0], [540, 0]).map((minute) => ({
      ...minute,
      canary: { ...minute.canary, latency: { p50: 20, p90: 40, p95: 50, p99: 9_000 } },
      base: { ...minute.base, latency: { p50: 20, p90: 40, p95: 50, p99: 60 } },
    }));
    expect(judge(minutes, { latency: { ...latency, metric: 'p99' } }, end)).toMatchObject({
      kind: 'pass',
      reason: 'p95 50 ms against 50 ms; p95 instead of p99, which needs 100 requests a minute on both sides',
    });
  });

  test('above its own limit fails, unless the old side is above it too', () => {
    const limited = { latency: { ...latency, maxTime: 800 } };
    expect(judge(at(900, 750), limited, end)).toMatchObject({
      kind: 'fail',
      reason: 'p50 900 ms where 800 ms are allowed (p = 0.001, 10 minutes)',
    });
    expect(judge(at(900, 850), limited, end).kind).toBe('pass');
  });
});

describe('when all traffic has moved', () => {
  const before = same(30, [0, 0], [600, 3, 38]);
  const alone = (told: Told): ReturnType<typeof same> => same(10, told, [0, 0]);

  test('errors are held against the time before, not just against the ceiling', () => {
    const worse = alone([600, 15, 38]);
    expect(judge(worse, { errors }, end).kind).toBe('pass');
    const { kind, reason } = judge(worse, { errors }, { ...end, before });
    expect(kind).toBe('fail');
    expect(reason).toMatch(/^errors 2\.5 % where at most 1\.1 % are allowed /);
    expect(judge(alone([600, 3, 38]), { errors }, { ...end, before }).kind).toBe('pass');
  });

  test('latency is held against the time before, or told to be held against nothing', () => {
    expect(judge(alone([600, 3, 60]), { latency }, { ...end, before })).toMatchObject({
      kind: 'fail',
      reason: 'p50 60 ms against 38 ms (1.6 times where 1.3 are allowed, p = 0.001, 10 minutes)',
    });
    expect(judge(alone([600, 3, 60]), { latency }, end)).toMatchObject({
      kind: 'pass',
      reason: 'p50 60 ms, with nothing left to compare with',
    });
  });
});
