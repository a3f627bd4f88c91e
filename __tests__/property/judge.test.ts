import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ceiling } from '../../src/rollout/judge/ceiling.ts';
import { inOrder } from '../../src/rollout/judge/count.ts';
import { shareOfErrors } from '../../src/rollout/judge/errors.ts';
import { NO_EVIDENCE, strength, withMinute } from '../../src/rollout/judge/evidence.ts';
import { isOldSideUnhealthy } from '../../src/rollout/judge/health.ts';
import { judge } from '../../src/rollout/judge/judge.ts';
import { signedRankP } from '../../src/rollout/judge/signed-rank.ts';
import { detection } from '../../src/rollout/judge/power.ts';
import type { Minute, Policy, Sample } from '../../src/rollout/model.ts';

const gates: Pick<Policy, 'errors' | 'latency'> = {
  errors: { worseThan: 1.5, maxRate: 0.05, minRequests: 50, codes: ['5xx'] },
  latency: { metric: 'p95', worseThan: 1.3, maxTime: 800 },
};
const end = { atEndOfBake: true, extension: 0 };

const anyNumber = fc.oneof(fc.double(), fc.nat(1_000), fc.constantFrom(0, NaN, Infinity, -1, 5e-324, 1e308));
const anyLatency = fc.record({ p50: anyNumber, p90: anyNumber, p95: anyNumber, p99: anyNumber }, { requiredKeys: [] });
const anySample: fc.Arbitrary<Sample> = fc.record({ requests: anyNumber, errors: anyNumber, latency: anyLatency });
const anyMinutes: fc.Arbitrary<Minute[]> = fc.array(
  fc.record({ time: anyNumber, canary: anySample, base: anySample }),
  { maxLength: 40 },
);

/** Minutes as they are: whole numbers, errors among the requests, one minute after the other. */
const sample = (mostErrors: number): fc.Arbitrary<Sample> =>
  fc.tuple(fc.nat(200), fc.nat(mostErrors), fc.integer({ min: 1, max: 2_000 })).map(([ok, errors, time]) => ({
    requests: ok + errors,
    errors,
    latency: { p50: time, p95: 2 * time },
  }));
const realMinutes = (mostErrors: number): fc.Arbitrary<Minute[]> =>
  fc
    .array(fc.tuple(sample(mostErrors), sample(mostErrors)), { minLength: 1, maxLength: 30 })
    .map((sides) => sides.map(([canary, base], index) => ({ time: index * 60_000, canary, base })));

const changed = (minutes: readonly Minute[], at: number, change: (minute: Minute) => Minute): Minute[] =>
  minutes.map((minute, index) => (index === at % minutes.length ? change(minute) : minute));

/** One request that succeeded fails instead. */
const oneFails = (one: Sample): Sample => ({ ...one, errors: Math.min(one.errors + 1, one.requests) });

describe('the judge', () => {
  test('gives a verdict of finite figures, whatever it is given', () => {
    fc.assert(
      fc.property(anyMinutes, anyMinutes, anyNumber, anyNumber, (minutes, before, extension, since) => {
        for (const policy of [gates, {}, { errors: gates.errors! }, { latency: gates.latency! }]) {
          const { kind, reason, figures } = judge(minutes, policy, { atEndOfBake: true, extension, since, before });
          expect(['pass', 'fail', 'inconclusive']).toContain(kind);
          expect(reason).not.toMatch(/NaN|undefined|Infinity|^$/);
          const { canary, base, latency } = figures;
          const all = [
            canary.requests,
            canary.errors,
            base.requests,
            base.errors,
            figures.evidence,
            figures.upperBound,
          ];
          for (const value of [...all, latency?.canary ?? 0, latency?.base ?? 0]) {
            expect(Number.isFinite(value) && value >= 0).toBe(true);
          }
        }
        expect(typeof isOldSideUnhealthy(minutes, gates.errors)).toBe('boolean');
      }),
      { numRuns: 300 },
    );
  });

  test('does not care in which order the minutes come, nor when they were', () => {
    const shuffled = realMinutes(20).chain((minutes) =>
      fc.tuple(
        fc.constant(minutes),
        fc.shuffledSubarray(minutes, { minLength: minutes.length }),
        fc.integer({ min: -1e6, max: 1e6 }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([minutes, disorder, shift]) => {
        const expected = judge(minutes, gates, end);
        expect(judge(disorder, gates, end)).toEqual(expected);
        const moved = minutes.map((minute) => ({ ...minute, time: minute.time + shift * 60_000 }));
        expect(judge(moved, gates, end)).toEqual(expected);
      }),
    );
  });

  test('fails for good what it has failed once, for the same reason', () => {
    const { errors } = gates;
    fc.assert(
      fc.property(realMinutes(20), realMinutes(20), (first, later) => {
        const then = judge(first, { errors: errors! }, end);
        fc.pre(then.kind === 'fail');
        const moved = later.map((minute) => ({ ...minute, time: minute.time + 1e9 }));
        expect(judge([...first, ...moved], { errors: errors! }, end).kind).toBe('fail');
      }),
    );
  });

  test('never fails one minute for its errors, however bad', () => {
    fc.assert(
      fc.property(anySample, anySample, (canary, base) => {
        const { errors } = gates;
        expect(judge([{ time: 0, canary, base }], { errors: errors! }, end).kind).not.toBe('fail');
      }),
    );
  });

  test('changes nothing about minutes in which nobody called', () => {
    const idle = { requests: 0, errors: 0, latency: {} };
    fc.assert(
      fc.property(realMinutes(4), fc.nat(), (minutes, at) => {
        const quiet = { time: minutes[at % minutes.length]!.time + 1, canary: idle, base: idle };
        expect(judge([...minutes, quiet], { errors: gates.errors! }, end)).toEqual(
          judge(minutes, { errors: gates.errors! }, end),
        );
      }),
    );
  });
});

describe('the evidence of errors', () => {
  // Up to five errors a minute on both sides together: above, a burst is scaled down by what was before.
  const few = realMinutes(2);

  test('never falls with one more error of the canary, nor rises with one of the old side', () => {
    fc.assert(
      fc.property(few, fc.nat(), (minutes, at) => {
        const now = shareOfErrors(minutes, { worseThan: 1.5 });
        const worse = changed(minutes, at, (minute) => ({ ...minute, canary: oneFails(minute.canary) }));
        const better = changed(minutes, at, (minute) => ({ ...minute, base: oneFails(minute.base) }));
        const most = (minutes: readonly Minute[]): number => shareOfErrors(minutes, { worseThan: Infinity }).evidence;
        expect(most(worse)).toBeGreaterThanOrEqual(most(minutes) * (1 - 1e-9));
        expect(most(better)).toBeLessThanOrEqual(most(minutes) * (1 + 1e-9));
        if (now.failed) expect(shareOfErrors(worse, { worseThan: 1.5 }).failed).toBeDefined();
      }),
    );
  });

  test('against the ceiling never falls with one more error of the canary', () => {
    fc.assert(
      fc.property(realMinutes(20), fc.nat(), (minutes, at) => {
        const now = ceiling(minutes, 0.05);
        const worse = ceiling(
          changed(minutes, at, (minute) => ({ ...minute, canary: oneFails(minute.canary) })),
          0.05,
        );
        if (now.failed) expect(worse.failed).toBeDefined();
        else expect(worse.failed !== undefined || worse.evidence >= now.evidence * (1 - 1e-9)).toBe(true);
      }),
    );
  });

  test('fails the ceiling only above it', () => {
    fc.assert(
      fc.property(realMinutes(20), fc.double({ min: 0.001, max: 0.5, noNaN: true }), (minutes, rate) => {
        const { failed } = ceiling(minutes, rate);
        if (failed) expect(failed.canary.errors).toBeGreaterThan(failed.canary.requests * rate);
      }),
    );
  });
});

const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);

/** The chances of 0, 1, … errors of the canary, of so many in all, when neither side is worse: drawn without replacement. */
function chances(canary: number, base: number, errors: number): number[] {
  return Array.from({ length: errors + 1 }, (_, hits) =>
    hits > canary || errors - hits > base
      ? 0
      : (choose(canary, hits) * choose(base, errors - hits)) / choose(canary + base, errors),
  );
}

function minuteOf(canary: number, base: number, errors: number, hits: number): Minute {
  return {
    time: 0,
    canary: { requests: canary, errors: hits, latency: {} },
    base: { requests: base, errors: errors - hits, latency: {} },
  };
}

const evidenceOf = (minutes: readonly Minute[]): number =>
  shareOfErrors(
    inOrder(minutes.map((minute, time) => ({ ...minute, time }))),
    // Never fails, so that it is the evidence in the end.
    { worseThan: Infinity },
  ).evidence;

describe('counted out over all that can happen to an equally good canary', () => {
  const splits = Array.from({ length: 7 }, (_, canary) =>
    Array.from({ length: 8 }, (_, base) => [canary, base] as const),
  )
    .flat()
    .filter(([canary, base]) => canary + base > 0);

  test('a minute multiplies the evidence by at most 1 on average, whatever the split and its errors', () => {
    for (const [canary, base] of splits) {
      for (let errors = 0; errors <= canary + base; errors += 1) {
        const mean = chances(canary, base, errors).reduce(
          (sum, chance, hits) => sum + (chance > 0 ? chance * evidenceOf([minuteOf(canary, base, errors, hits)]) : 0),
          0,
        );
        expect(mean).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });

  test('so does a request against the ceiling, at a rate up to it', () => {
    for (const rate of [0.001, 0.05, 0.5]) {
      for (let requests = 1; requests <= 12; requests += 1) {
        let mean = 0;
        for (let hits = 0; hits <= requests; hits += 1) {
          const chance = choose(requests, hits) * rate ** hits * (1 - rate) ** (requests - hits);
          mean += chance * strength(withMinute(NO_EVIDENCE, { share: rate, hits, misses: requests - hits }));
        }
        expect(mean).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });

  test('three minutes, the split of each after what happened before, reach 1/α with a chance of at most α', () => {
    // The canary gets more after a minute without errors of its own: the worst that a schedule may do.
    const walk = (minutes: readonly Minute[], chance: number, bound: number): number => {
      if (minutes.length > 0 && evidenceOf(minutes) >= bound) return chance;
      if (minutes.length === 3) return 0;
      const clean = minutes.filter(({ canary }) => canary.errors === 0).length;
      // The second minute is a burst, which is scaled down.
      const [canary, base, errors] = [2 + 2 * clean, 12 - 2 * clean, [3, 8, 4][minutes.length]!];
      return chances(canary, base, errors).reduce(
        (sum, next, hits) =>
          sum + (next > 0 ? walk([...minutes, minuteOf(canary, base, errors, hits)], chance * next, bound) : 0),
        0,
      );
    };
    for (const bound of [1.5, 2, 5, 10, 30]) expect(walk([], 1, bound)).toBeLessThanOrEqual(1 / bound);
    expect(walk([], 1, 2)).toBeGreaterThan(0);
  });
});

test('the signed ranks of differences turned round complete the chance, and no scale changes it', () => {
  const differences = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(differences, fc.integer({ min: 1, max: 50 }), (values, scale) => {
      const p = signedRankP(values);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(p + signedRankP(values.map((value) => -value))).toBeGreaterThanOrEqual(1 - 1e-6);
      expect(signedRankP(values.map((value) => value * scale))).toBeCloseTo(p, 12);
      expect(signedRankP(values.map((value) => value + 100))).toBeLessThanOrEqual(p + 1e-6);
    }),
  );
});

test('what is said to be caught is caught while it is watched', () => {
  const stages = [0, 0.05, 0.5, 1].map((share) => ({ share, minutes: 10 }));
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.oneof(anyNumber, fc.nat(10_000)), rate, rate, (perMinute, errorRate, jump) => {
      const found = detection({ perMinute, errorRate }, stages, jump, { worseThan: 1.5 });
      if (!found) return;
      expect(Number.isInteger(found.minutes)).toBe(true);
      expect(found.minutes).toBeGreaterThanOrEqual(2);
      expect(found.minutes).toBeLessThanOrEqual(20);
      expect([0.05, 0.5]).toContain(found.share);
    }),
  );
});
