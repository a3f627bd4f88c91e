import { expect, test } from '@jest/globals';
import { minuteLine } from '../../../../src/rollout/show/line.ts';
import { MINUTE, minutesOf, NOON, progressWith, schedule, stageOf, verdictOf } from './progresses.ts';

const figures = {
  canary: { requests: 143, errors: 1 },
  base: { requests: 431, errors: 2 },
  evidence: 0.8,
  latency: { metric: 'p50', canary: 38.4, base: 36.6 },
  upperBound: 0.03,
} as const;

/** The second step, `minutes` after its split was written. */
const after = (minutes: number, kind: 'pass' | 'fail' | 'inconclusive' = 'inconclusive') =>
  minuteLine(
    progressWith({
      stages: [stageOf(2, NOON, [], { verdict: { kind, reason: '', figures } })],
      now: NOON + minutes * MINUTE,
    }),
  );

test('one line tells time, step, minutes that count, figures of both sides and what follows', () => {
  expect(after(10)).toBe('12:10 step 2/4 25% bake 6/10m c=143 b=431 err 0.7%/0.5% E=0.8 p50 38/37ms -> continue');
});

test.each([
  ['no minute counts before the first is settled', 2, '12:02 step 2/4 25% bake 0/10m'],
  ['at the end of the bake all of it has been watched', 14, '12:14 step 2/4 25% bake 10/10m'],
  ['an extension adds to the bake', 15, '12:15 step 2/4 25% bake 11/20m'],
  ['a second one too', 26, '12:26 step 2/4 25% bake 22/30m'],
  ['never more than the policy allows', 50, '12:50 step 2/4 25% bake 46/30m'],
])('%s', (_, minutes, start) => {
  expect(after(minutes).startsWith(`${start} c=143`)).toBe(true);
});

test.each([
  ['pass', '-> pass'],
  ['fail', '-> fail'],
  ['inconclusive', '-> continue'],
] as const)('a verdict %s reads "%s"', (kind, end) => {
  expect(after(10, kind).endsWith(end)).toBe(true);
});

test('the mirror has no step', () => {
  const minutes = minutesOf(3, [60, 0], [300, 0]);
  const mirrored = { ...schedule, mirror: { deployment: 'green', percent: 20, bake: 5 * MINUTE } };
  const stages = [{ kind: 'mirror', from: NOON, minutes, verdict: verdictOf(minutes) } as const];
  const line = minuteLine(progressWith({ schedule: mirrored, stages, now: NOON + 7 * MINUTE }));
  expect(line).toBe('12:07 mirror 20% bake 3/5m c=180 b=900 err 0.0%/0.0% E=1.0 p50 38/37ms -> continue');
});

test('a side without requests has no rate, and latency that nobody told is left out', () => {
  const { base, evidence, upperBound } = figures;
  const verdict = {
    kind: 'inconclusive',
    reason: '',
    figures: { canary: { requests: 0, errors: 0 }, base, evidence, upperBound },
  } as const;
  const line = minuteLine(progressWith({ stages: [stageOf(1, NOON, [], { verdict })], now: NOON + 5 * MINUTE }));
  expect(line).toBe('12:05 step 1/4 5% bake 1/10m c=0 b=431 err -/0.5% E=0.8 -> continue');
});

test('before anything is watched there is no line', () => {
  expect(minuteLine(progressWith())).toBe('');
  expect(minuteLine(progressWith({ stages: [{ kind: 'smoke', from: NOON, minutes: [] }] }))).toBe('');
});
