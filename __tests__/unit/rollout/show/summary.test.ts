import { describe, expect, test } from '@jest/globals';
import { rolloutMarkdown } from '../../../../src/rollout/show/summary.ts';
import type { SmokeResult } from '../../../../src/rollout/smoke/result.ts';
import type { Progress, RolloutEnding } from '../../../../src/rollout/walk/ports.ts';
import { MINUTE, minutesOf, NOON, progressWith, schedule, stageOf } from './progresses.ts';

const at = (minute: number): number => NOON + minute * MINUTE;
const first = minutesOf(10, [30, 0], [570, 3], at(1));
const both = [...first, ...minutesOf(10, [150, 1], [450, 2], at(16))];
const STEPS = [stageOf(1, NOON, first, { to: at(14) }), stageOf(2, at(15), both)];

const shown = (changes: Partial<Progress>): string =>
  rolloutMarkdown(progressWith({ stages: STEPS, now: at(26), ...changes }));
const ended = (ending: RolloutEnding, changes: Partial<Progress> = {}): string => shown({ ending, ...changes });
const lineWith = (text: string, part: string): string | undefined =>
  text.split('\n').find((line) => line.includes(part));

describe('the headline', () => {
  test.each([
    ['on the way', undefined, '#### ⏳ fraud: green 0→100 %, step 2 of 4 at 25 %, 26 min so far'],
    [
      'well',
      { status: 'succeeded', reason: 'green=100 is live' },
      '#### ✅ fraud: green 0→100 % in 26 min, 4 steps, 1,800 requests to green',
    ],
    [
      'back',
      { status: 'rolled-back', reason: 'rolled back at 25 %: errors 4.1 % against 0.4 %' },
      '#### ⏪ fraud: rolled back at 25 %: errors 4.1 % against 0.4 %',
    ],
    [
      'paused',
      { status: 'paused', reason: 'paused at 25 %: as requested by `until`' },
      '#### ⏸️ fraud: paused at 25 %: as requested by &#96;until&#96;',
    ],
    ['somebody else', { status: 'superseded', reason: 'somebody else' }, '#### ⏹️ fraud: somebody else'],
    ['held', { status: 'failed', reason: 'held at 25 %' }, '#### ❌ fraud: held at 25 %'],
  ] as const)('%s', (_, ending, line) => {
    const text = ending ? ended(ending) : shown({});
    expect(text.split('\n')[0]).toBe(line);
  });

  test('of several deployments that grow both splits are told', () => {
    const several = { ...schedule, target: { green: 60, red: 40 }, canary: ['green', 'red'] };
    expect(shown({ schedule: several })).toMatch(/^#### ⏳ fraud: blue=100 → green=60 red=40, step 2 of 4/);
  });

  test('before the first stage it is beginning', () => {
    expect(shown({ stages: [] })).toMatch(/^#### ⏳ fraud: green 0→100 %, beginning\n/);
  });
});

describe('the steps', () => {
  test('each has its own requests and errors, and those to come follow', () => {
    const rows = shown({})
      .split('\n')
      .filter((line) => /^\| \d+ % \|/.test(line));
    expect(rows).toEqual([
      '| 5 % | 12:00–12:14 | 300 / 5,700 | 0.0% / 0.5% | – | 0.1 | p50 38 / 37 ms | ⏳ latency is compared when the bake ends |',
      '| 25 % | 12:15– | 1,500 / 4,500 | 0.7% / 0.4% | 1.5 times | 0.2 | p50 38 / 37 ms | ⏳ latency is compared when the bake ends |',
      '| 50 % |  |  |  |  |  |  | to come |',
      '| 100 % |  |  |  |  |  |  | to come |',
    ]);
  });

  test('beyond `until` they wait for the pause to be over', () => {
    const rows = shown({ schedule: { ...schedule, pauseAfter: 3 } });
    expect(rows).toContain('| 50 % |  |  |  |  |  |  | to come |');
    expect(rows).toContain('| 100 % |  |  |  |  |  |  | after the pause that &#96;until&#96; asks for |');
  });

  test('of a rollout that has ended none is to come, and the last has an end', () => {
    const text = ended({ status: 'paused', reason: 'paused' });
    expect(text).not.toContain('to come');
    expect(text).toContain('| 25 % | 12:15–12:26 |');
  });

  test('a hundred of them are cut to what a person reads', () => {
    const many = Array.from({ length: 99 }, (_, index) => stageOf(1, at(15 * index), []));
    const rows = shown({ stages: many, ending: { status: 'failed', reason: 'x' } })
      .split('\n')
      .filter((line) => line.startsWith('| 5 %'));
    expect(rows).toHaveLength(30);
    expect(shown({ stages: many })).toContain('| 72 rows before |');
  });
});

describe('the bars', () => {
  test('show weight, errors and latency of both sides on one axis, with gaps where nothing was seen', () => {
    const [, block] = /```text\n([^]*?)\n```/.exec(shown({})) ?? [];
    expect(block?.split('\n')).toEqual([
      '12:01 to 12:26 UTC, 20 minutes with requests',
      'weight new ▂▂▂▂▂▂▂▂▂▂     ▃▃▃▃▃▃▃▃▃▃ 25 %',
      'errors new ▁▁▁▁▁▁▁▁▁▁     ▆▆▆▆▆▆▆▆▆▆ 0.7 % at most',
      'errors old ▅▅▅▅▅▅▅▅▅▅     ▅▅▅▅▅▅▅▅▅▅ 0.5 % at most',
      'p50    new ██████████     ██████████ 38 ms at most',
      'p50    old ██████████     ██████████ 37 ms at most',
    ]);
  });

  test('a burst of one minute among six hours is not lost', () => {
    const minutes = minutesOf(360, [10, 0], [100, 0]).map((minute, index) =>
      index === 200 ? { ...minute, canary: { ...minute.canary, errors: 10 } } : minute,
    );
    const text = shown({ stages: [stageOf(1, NOON, minutes)] });
    const bars = /^errors new (.*) 100 % at most$/m.exec(text)?.[1] ?? '';
    expect(bars).toHaveLength(60);
    expect(bars.replaceAll('▁', '')).toBe('█');
  });

  test('without a minute there are none', () => {
    expect(shown({ stages: [{ kind: 'smoke', from: NOON, minutes: [] }] })).not.toContain('```text');
  });
});

test('what was seen is told as what it proves, and no more', () => {
  const seen = minutesOf(1, [312, 0], [2_800, 11]);
  const text = shown({ stages: [stageOf(1, NOON, seen)] });
  expect(text).toContain(
    'What green has shown: 0 errors in 312 requests: at most 1.0 % &#40;95 %&#41;; blue: 11 in 2,800.',
  );
});

test('traffic before, now and as wanted', () => {
  const rows = (text: string): (string | undefined)[] => [lineWith(text, '| blue |'), lineWith(text, '| green |')];
  expect(rows(shown({}))).toEqual([
    '| blue | ██████████ 100 % | ████████░░ 75 % | ░░░░░░░░░░ 0 % |',
    '| green | ░░░░░░░░░░ 0 % | ███░░░░░░░ 25 % | ██████████ 100 % |',
  ]);
  expect(rows(ended({ status: 'rolled-back', reason: 'x' }))[1]).toBe(
    '| green | ░░░░░░░░░░ 0 % | ░░░░░░░░░░ 0 % | ██████████ 100 % |',
  );
  expect(rows(ended({ status: 'succeeded', reason: 'x' }))[1]).toBe(
    '| green | ░░░░░░░░░░ 0 % | ██████████ 100 % | ██████████ 100 % |',
  );
});

test('where somebody else moved traffic, a table says who wrote what, and traffic now is theirs', () => {
  const table = [
    { deployment: 'blue', recorded: 75, wanted: 0, live: 50 },
    { deployment: 'green', recorded: 25, wanted: 100, live: 50 },
  ];
  const text = ended({ status: 'superseded', reason: 'x', nextStep: 'Decide.', table });
  expect(text).toContain(
    [
      '| deployment | written by the rollout | wanted by Git | live |',
      '| --- | --- | --- | --- |',
      '| blue | 75 % | 0 % | 50 % |',
      '| green | 25 % | 100 % | 50 % |',
    ].join('\n'),
  );
  expect(text).toContain('| green | ░░░░░░░░░░ 0 % | █████░░░░░ 50 % | ██████████ 100 % |');
  expect(text).toContain('**Next**: Decide.');
});

describe('the words to go on with', () => {
  const operations = (text: string): string[] =>
    [...text.matchAll(/^with: \{ operation: ([\w-]+)/gm)].map(([, name]) => name!);

  test.each([
    ['running', undefined, ['rollback']],
    ['succeeded', 'succeeded', ['rollback']],
    ['unchanged', 'unchanged', []],
    ['paused', 'paused', ['rollout', 'promote', 'rollback']],
    ['rolled back', 'rolled-back', ['logs', 'rollout']],
    ['held', 'failed', ['logs', 'rollback', 'promote']],
    ['superseded', 'superseded', ['show']],
  ] as const)('%s', (_, status, expected) => {
    const text = status ? ended({ status, reason: 'x' }) : shown({});
    expect(operations(text)).toEqual(expected);
  });

  test('as the inputs of a step, and as a command line', () => {
    const text = ended({ status: 'rolled-back', reason: 'x' });
    expect(text).toContain(
      [
        '```yaml',
        '# what the new deployment says itself: node dist/index.js logs --endpoint fraud --deployment green',
        'with: { operation: logs, endpoint: fraud, deployment: green }',
        '# try again, after a commit that fixes it: node dist/index.js rollout --endpoint fraud',
        'with: { operation: rollout, endpoint: fraud }',
        '```',
      ].join('\n'),
    );
  });

  test('nothing is to be put back where no traffic was moved', () => {
    const stages = [{ kind: 'smoke', from: NOON, minutes: [] }] as const;
    expect(operations(ended({ status: 'failed', reason: 'smoke' }, { stages }))).toEqual(['logs', 'rollout']);
  });
});

test('the smoke test stands with its verdict and the difference of the predictions', () => {
  const call = { status: 200, took: 41, answer: { kind: 'text', text: 'ok' } } as const;
  const difference = { values: 40, differing: 3, shape: [], examples: ['/predictions/0: 0.7, 0.2 before'] };
  const smoke: SmokeResult = {
    passed: false,
    reason: 'smoke: green: 7.5 % of its values differ',
    probes: [],
    reports: [
      { deployment: 'green', isNew: true, calls: [call, call], faults: ['7.5 % of its values differ'], difference },
      { deployment: 'blue', isNew: false, calls: [call, call], faults: [] },
    ],
  };
  const text = ended(
    { status: 'failed', reason: 'smoke' },
    { smoke, stages: [{ kind: 'smoke', from: NOON, to: at(1), minutes: [] }] },
  );
  expect(text).toContain('**Smoke test** ❌ smoke: green: 7.5 % of its values differ');
  expect(text).toContain('| green | 2 | 200 | 41 ms | 7.5 % &#40;3 of 40&#41; | 7.5 % of its values differ |');
  expect(text).toContain('| smoke | 12:00–12:01 |  |  |  |  |  | ❌ failed |');
  expect(text).toContain('green /predictions/0: 0.7, 0.2 before');
});

test('the diagram is folded away and goes across midnight', () => {
  const late = Date.UTC(2026, 10, 23, 23, 55);
  const stages = [
    stageOf(1, late, [], { to: late + 14 * MINUTE }),
    stageOf(2, late + 15 * MINUTE, [], {
      verdict: { ...STEPS[1]!.verdict!, kind: 'fail' },
    }),
  ];
  const text = shown({ stages, now: late + 20 * MINUTE });
  expect(text).toContain('<details><summary>Diagram</summary>\n\n```mermaid\ngantt\n  dateFormat YYYY-MM-DDTHH:mm');
  expect(text).toContain('  5 % :done, 2026-11-23T23:55, 2026-11-24T00:09');
  expect(text).toContain('  25 % :crit, 2026-11-24T00:10, 2026-11-24T00:15');
});
