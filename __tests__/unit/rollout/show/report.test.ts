import { expect, test } from '@jest/globals';
import { reportJson } from '../../../../src/rollout/show/report.ts';
import { MINUTE, minutesOf, NOON, progressWith, schedule, stageOf } from './progresses.ts';

test('a rollout that has come back, as machines read it', () => {
  const minutes = minutesOf(2, [30, 3], [570, 3]);
  const stages = [stageOf(1, NOON, minutes, { to: NOON + 6 * MINUTE })];
  const ending = { status: 'rolled-back', reason: 'rolled back at 5 %', nextStep: 'Read the logs.' } as const;
  const report = JSON.parse(reportJson(progressWith({ stages, ending, now: NOON + 7 * MINUTE }))) as unknown;
  const evidence = {
    new: { requests: 60, errors: 6 },
    old: { requests: 1140, errors: 6 },
    evidence: expect.any(Number),
    upperBound: expect.any(Number),
    latency: { metric: 'p50', new: 38, old: 37 },
  };
  expect(report).toEqual({
    version: 1,
    endpoint: 'fraud',
    status: 'rolled-back',
    reason: 'rolled back at 5 %',
    nextStep: 'Read the logs.',
    commit: 'c0ffee1',
    policy: 'standard',
    before: { blue: 100 },
    target: { green: 100 },
    newSide: ['green'],
    oldSide: ['blue'],
    time: '2026-11-23T12:07:00.000Z',
    smoke: null,
    stages: [
      {
        kind: 'step',
        percent: 5,
        split: { blue: 95, green: 5 },
        from: '2026-11-23T12:00:00.000Z',
        to: '2026-11-23T12:06:00.000Z',
        verdict: { kind: expect.any(String), reason: expect.any(String), ...evidence },
      },
    ],
    evidence,
    minutes: [0, 1].map((minute) => ({
      time: `2026-11-23T12:0${minute}:00.000Z`,
      new: { requests: 30, errors: 3, latency: { p50: 38 } },
      old: { requests: 570, errors: 3, latency: { p50: 37 } },
    })),
    conflict: null,
  });
});

test('one that has just begun has the same keys', () => {
  const begun = JSON.parse(reportJson(progressWith())) as Record<string, unknown>;
  const ended = JSON.parse(
    reportJson(progressWith({ stages: [stageOf(1, NOON, [])], ending: { status: 'failed', reason: 'x' } })),
  ) as Record<string, unknown>;
  expect(Object.keys(begun)).toEqual(Object.keys(ended));
  expect(begun).toMatchObject({ status: 'running', reason: null, stages: [], evidence: null, minutes: [] });
});

test('a minute that several stages saw is there once, as it was read last', () => {
  const early = minutesOf(2, [10, 0], [90, 0]);
  const late = minutesOf(2, [12, 1], [90, 0]);
  const stages = [stageOf(1, NOON, early), stageOf(2, NOON + 15 * MINUTE, late)];
  const { minutes } = JSON.parse(reportJson(progressWith({ stages }))) as { minutes: { new: { requests: number } }[] };
  expect(minutes.map((minute) => minute.new.requests)).toEqual([12, 12]);
});

test('the smoke test with its difference, and who moved traffic', () => {
  const call = { status: 200, took: 40.6, answer: { kind: 'text', text: 'secret' } } as const;
  const difference = { values: 40, differing: 3, shape: [], examples: [] };
  const reports = [{ deployment: 'green', isNew: true, calls: [call], faults: [], difference }];
  const table = [{ deployment: 'blue', recorded: 75, wanted: 0, live: 50 }];
  const text = reportJson(
    progressWith({
      schedule,
      smoke: { passed: true, reason: 'well', reports, probes: [] },
      ending: { status: 'superseded', reason: 'x', table },
    }),
  );
  expect(JSON.parse(text)).toMatchObject({
    smoke: {
      passed: true,
      reason: 'well',
      deployments: [
        {
          deployment: 'green',
          isNew: true,
          statuses: [200],
          slowestMs: 41,
          faults: [],
          difference: { values: 40, differing: 3, share: 0.075 },
        },
      ],
    },
    conflict: table,
  });
  expect(text).not.toContain('secret');
});
