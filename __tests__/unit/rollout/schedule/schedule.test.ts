import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Policy } from '../../../../src/rollout/model.ts';
import { presetPolicy } from '../../../../src/rollout/policy/presets.ts';
import { mirrorFaults } from '../../../../src/rollout/schedule/mirror.ts';
import { sameSplit } from '../../../../src/rollout/schedule/split.ts';
import { durationOf, fits } from '../../../../src/rollout/schedule/time.ts';
import { holdsBack, scheduleOf, type Stops, targetProblem } from '../../../../src/rollout/schedule/schedule.ts';
import type { Traffic } from '../../../../src/spec/model.ts';
import { trafficTotal } from '../../../../src/spec/traffic.ts';
import { policyWith } from '../policies.ts';
import { anySplit } from '../splits.ts';

const MINUTE = 60_000;
const blue = { blue: 100 };
const green = { green: 100 };

function percents(policy: Policy, stops?: Stops, [base, target]: [Traffic, Traffic] = [blue, green]): number[] {
  return scheduleOf(base, target, policy, stops).steps.map(({ percent }) => percent);
}

describe('steps', () => {
  test.each([
    ['fast', [10, 50, 100]],
    ['standard', [5, 25, 50, 100]],
    ['careful', [1, 5, 10, 25, 50, 100]],
    ['blue-green', [100]],
  ] as const)('of %s', (name, steps) => {
    expect(percents(presetPolicy(name))).toEqual(steps);
  });

  test('each has its split, its number and its times; the last is watched as the whole', () => {
    expect(scheduleOf(blue, green, policyWith({ steps: [25] }))).toEqual({
      base: blue,
      target: green,
      steps: [
        {
          number: 1,
          percent: 25,
          split: { blue: 75, green: 25 },
          bake: 10 * MINUTE,
          maxBake: 30 * MINUTE,
          isFinal: false,
        },
        { number: 2, percent: 100, split: green, bake: 15 * MINUTE, maxBake: 30 * MINUTE, isFinal: true },
      ],
      canary: ['green'],
      compared: ['blue'],
    });
  });

  test('what is held back stays with the old side while the whole is watched', () => {
    const schedule = scheduleOf(blue, green, policyWith({ steps: [50], holdback: 5 }));
    expect(schedule.steps.map(({ split }) => split)).toEqual([
      { blue: 50, green: 50 },
      { blue: 5, green: 95 },
    ]);
    expect(holdsBack(schedule)).toBe(true);
    expect(holdsBack(scheduleOf(blue, green, policyWith()))).toBe(false);
  });

  test('those that change nothing after rounding are left out', () => {
    const [base, target] = [
      { blue: 98, green: 2 },
      { blue: 94, green: 6 },
    ];
    expect(percents(policyWith({ steps: [1, 5, 10, 20, 25, 50, 99] }), {}, [base, target])).toEqual([20, 50, 100]);
    const small = scheduleOf(base, { blue: 97, green: 3 }, policyWith({ holdback: 10 }));
    expect(small.steps.map(({ split }) => split)).toEqual([{ blue: 97, green: 3 }]);
    expect(holdsBack(small)).toBe(false);
  });

  test('from nothing, all is one step, and nothing is held back or mirrored', () => {
    const policy = policyWith({ holdback: 20, mirror: { percent: 10, bake: MINUTE } });
    const schedule = scheduleOf({}, { blue: 50, green: 50 }, policy);
    expect(schedule.steps.map(({ percent, split, isFinal }) => ({ percent, split, isFinal }))).toEqual([
      { percent: 100, split: { blue: 50, green: 50 }, isFinal: true },
    ]);
    expect([schedule.mirror, schedule.compared]).toEqual([undefined, []]);
  });

  test('a mirror goes to the one deployment that grows', () => {
    const policy = policyWith({ mirror: { percent: 10, bake: MINUTE } });
    expect(scheduleOf(blue, green, policy).mirror).toEqual({ deployment: 'green', percent: 10, bake: MINUTE });
    expect(scheduleOf(blue, { green: 50, red: 50 }, policy).mirror).toBeUndefined();
  });

  test('lead from the base to the target, rising, each with another split that adds to 100', () => {
    const stops = fc.record({ until: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }) });
    const steps = fc.uniqueArray(fc.integer({ min: 1, max: 99 })).map((list) => list.sort((a, b) => a - b));
    const policy = fc.record({ steps, holdback: fc.integer({ min: 0, max: 50 }) });
    fc.assert(
      fc.property(anySplit, anySplit, policy, stops, (base, target, changes, where) => {
        const {
          steps,
          pauseAfter = steps.length,
          canary,
          compared,
        } = scheduleOf(base, target, policyWith(changes), where);
        expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
        expect(steps.map(({ isFinal }) => isFinal)).toEqual(steps.map((_, index) => index === steps.length - 1));
        let before = base;
        for (const { split, isFinal } of steps) {
          expect(trafficTotal(split)).toBe(100);
          if (!isFinal) expect(sameSplit(split, before)).toBe(false);
          before = split;
        }
        const reached = steps.filter(({ number }) => number <= pauseAfter).map(({ percent }) => percent);
        expect(reached.every((percent) => percent <= (where.until ?? 100))).toBe(true);
        expect(canary.filter((name) => compared.includes(name))).toEqual([]);
      }),
    );
  });
});

describe('until', () => {
  test.each([
    [25, [5, 25, 50, 100], 2],
    [10, [5, 10, 25, 50, 100], 2],
    [2, [2, 5, 25, 50, 100], 1],
    [99, [5, 25, 50, 99, 100], 4],
    [100, [5, 25, 50, 100], undefined],
  ])('%i', (until, steps, pauseAfter) => {
    const schedule = scheduleOf(blue, green, policyWith(), { until });
    expect(schedule.steps.map(({ percent }) => percent)).toEqual(steps);
    expect(schedule.pauseAfter).toBe(pauseAfter);
  });

  test('is never passed, even where no step is as small', () => {
    expect(scheduleOf({}, green, policyWith(), { until: 50 }).pauseAfter).toBe(0);
    expect(scheduleOf({ blue: 99, green: 1 }, { blue: 98, green: 2 }, policyWith(), { until: 10 }).pauseAfter).toBe(0);
  });
});

describe('time', () => {
  const standard = scheduleOf(blue, green, presetPolicy('standard'));

  test('standard takes 61 minutes and its writes', () => {
    expect(durationOf(standard, 0)).toEqual({ shortest: 61 * MINUTE, longest: (3 * 34 + 34) * MINUTE, writes: 6 });
    expect(durationOf(standard, MINUTE)).toMatchObject({ shortest: 67 * MINUTE });
  });

  test('only up to where it pauses', () => {
    expect(durationOf(scheduleOf(blue, green, presetPolicy('standard'), { until: 5 }), 0)).toEqual({
      shortest: 14 * MINUTE,
      longest: 34 * MINUTE,
      writes: 3,
    });
  });

  test('a mirror is watched too', () => {
    const policy = policyWith({ steps: [], mirror: { percent: 10, bake: 6 * MINUTE } });
    expect(durationOf(scheduleOf(blue, green, policy), 0)).toMatchObject({ shortest: 29 * MINUTE, writes: 5 });
  });

  test.each([
    [136, 'always'],
    [135, 'perhaps'],
    [61, 'perhaps'],
    [60, 'never'],
  ])('in %i minutes it is through %s', (minutes, answer) => {
    expect(fits(durationOf(standard, 0), minutes * MINUTE)).toBe(answer);
  });
});

test.each<[Traffic, string | undefined]>([
  [green, undefined],
  [{}, 'the target split sends traffic to no deployment, which no rollout can prove'],
  [{ green: 0 }, 'the target split sends traffic to no deployment, which no rollout can prove'],
  [{ green: 90 }, 'the target split adds up to 90, not to 100'],
])('as a target, %j: %j', (target, problem) => {
  expect(targetProblem(target)).toBe(problem);
});

describe('a mirror stage', () => {
  const positions = new Map([['mirror', { file: 'rollout.yml', line: 3, column: 1 }]]);
  const policy = policyWith({ mirror: { percent: 20, bake: MINUTE }, positions });
  const place = { kind: 'managed', base: blue, target: green, liveMirror: {} } as const;

  test('can be had on a managed endpoint, to one deployment without live traffic', () => {
    expect(mirrorFaults(policy, place)).toEqual([]);
  });

  test('is no fault where nothing is live: there is nothing to mirror', () => {
    expect(mirrorFaults(policy, { ...place, base: {}, kind: 'kubernetes' })).toEqual([]);
  });

  test('of a policy without one has no faults', () => {
    expect(mirrorFaults(policyWith(), { ...place, kind: 'kubernetes' })).toEqual([]);
  });

  test.each<[string, Partial<Parameters<typeof mirrorFaults>[1]>, string]>([
    ['Kubernetes', { kind: 'kubernetes' }, 'Azure mirrors traffic of managed endpoints only; take the stage out'],
    [
      'two that grow',
      { target: { green: 50, red: 50 } },
      'Azure mirrors to one deployment, and green, red get more traffic; take the stage out',
    ],
    [
      'one that is live',
      { base: { blue: 90, green: 10 } },
      'green has live traffic already (blue=90 green=10), and a deployment has one or the other',
    ],
    [
      'a mirror of its own',
      { ownMirror: { red: 5 } },
      "the endpoint's YAML has mirror_traffic to red of its own; keep one of the two",
    ],
    [
      'a mirror that is live',
      { liveMirror: { red: 5 } },
      'the endpoint mirrors to red already, and Azure has one mirror; end that, or this stage',
    ],
  ])('%s', (_, changes, message) => {
    const fault = { file: 'rollout.yml', line: 3, column: 1, message: `mirror: ${message}` };
    expect(mirrorFaults(policy, { ...place, ...changes })).toEqual([fault]);
  });

  test('takes the place of a live mirror of the same deployment', () => {
    expect(mirrorFaults(policy, { ...place, liveMirror: { green: 5 } })).toEqual([]);
  });

  test('beyond what Azure takes', () => {
    const greedy = { ...policy, mirror: { percent: 51, bake: MINUTE } };
    expect(mirrorFaults(greedy, place).map(({ message }) => message)).toEqual([
      'mirror: Azure mirrors at most 50 percent',
    ]);
  });
});
