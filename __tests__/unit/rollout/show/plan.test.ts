import { describe, expect, test } from '@jest/globals';
import type { Policy } from '../../../../src/rollout/model.ts';
import { durationOf } from '../../../../src/rollout/schedule/time.ts';
import { scheduleOf, type Stops } from '../../../../src/rollout/schedule/schedule.ts';
import { atOnceLine, plannedLines, plannedMarkdown } from '../../../../src/rollout/show/plan.ts';
import type { PlannedRollout } from '../../../../src/rollout/show/planned.ts';
import type { Traffic } from '../../../../src/spec/model.ts';
import { PLAIN_WORDS, publicWords } from '../../../../src/spec/traffic-words.ts';
import { policyWith } from '../policies.ts';
import { MINUTE } from './progresses.ts';

const WRITE = 20_000;

interface Asked extends Partial<PlannedRollout> {
  readonly policy?: Policy;
  readonly base?: Traffic;
  readonly target?: Traffic;
  readonly stops?: Stops;
}

function planned({ base = { blue: 100 }, target = { green: 100 }, stops, ...changes }: Asked = {}): PlannedRollout {
  const policy = changes.policy ?? policyWith();
  const schedule = scheduleOf(base, target, policy, stops);
  const words = PLAIN_WORDS;
  return { endpoint: 'fraud', schedule, policy, words, write: WRITE, maxDuration: 330 * MINUTE, ...changes };
}

const lines = (asked?: Asked): string[] => plannedLines(planned(asked)).map((line) => line.trim());
const cells = (asked?: Asked): string[][] =>
  lines(asked)
    .filter((line) => line.startsWith('+'))
    .map((line) => line.split(/ {2,}/));
const warnings = (asked: Asked): string[] => lines(asked).filter((line) => line.startsWith('warning: '));
const noticed = (asked: Asked): string | undefined => lines(asked).find((line) => line.includes('detect'));

function withoutGates(policy: Policy): Policy {
  const gates = ['errors', 'latency'];
  return Object.fromEntries(Object.entries(policy).filter(([key]) => !gates.includes(key))) as unknown as Policy;
}

describe('the steps', () => {
  test('each with its earliest time, its split, how long it is watched, and what it passes with', () => {
    const load = { perMinute: 300, errorRate: 0.004 };
    expect(plannedLines(planned({ load })).slice(0, 3)).toEqual([
      '  fraud: traffic moves blue=100 → green=100 by standard',
      '    earliest  weight  traffic           watched               to the new side  passes with',
      '    +0:01     5 %     blue=95 green=5   10 min, up to 30 min  150 requests     50 requests; errors ≤ 5 % and < 1.5x old side; p50 < 1.3x old side',
    ]);
    expect(cells({ load }).map(([time, weight]) => `${time} ${weight}`)).toEqual([
      '+0:01 5 %',
      '+0:15 25 %',
      '+0:29 50 %',
      '+0:44 100 %',
    ]);
  });

  test('the last is compared with the past, unless some traffic is held back', () => {
    expect(cells().at(-1)?.at(-1)).toBe('50 requests; errors ≤ 5 % and < 1.5x hour before; p50 < 1.3x hour before');
    const heldBack = cells({ policy: policyWith({ holdback: 5 }) }).at(-1);
    expect(heldBack?.at(-1)).toBe('50 requests; errors ≤ 5 % and < 1.5x old side; p50 < 1.3x old side');
  });

  test('the mirror comes first, and passes without a number of requests', () => {
    const [first, second] = cells({ policy: policyWith({ mirror: { percent: 20, bake: 10 * MINUTE } }) });
    expect(first).toEqual([
      '+0:01',
      'mirror 20 %',
      'copied to green',
      '10 min',
      'errors ≤ 5 % and < 1.5x old side; p50 < 1.3x old side',
    ]);
    expect(second?.[0]).toBe('+0:15');
  });

  test('as far as `until`', () => {
    const asked = { stops: { until: 30 } };
    expect(cells(asked).map(([, weight]) => weight)).toEqual(['5 %', '25 %', '30 %']);
    expect(lines(asked)).toContain('after these steps it pauses, as `until` says');
  });

  test('a finer percentile than the traffic allows is replaced, or left out, and the step says so', () => {
    const policy = { ...policyWith(), latency: { metric: 'p95', worseThan: 1.3, maxTime: 800 } } as const;
    const gates = cells({ policy, load: { perMinute: 60, errorRate: 0 } }).map((row) => row.at(-1)?.split('; ').at(-1));
    expect(gates).toEqual([
      'latency not compared (too few requests)',
      'p50 < 1.3x old side and ≤ 800 ms',
      'p90 < 1.3x old side and ≤ 800 ms',
      'p95 < 1.3x hour before and ≤ 800 ms',
    ]);
  });

  test('without gates time alone passes', () => {
    const bare = withoutGates(policyWith());
    expect(cells({ policy: bare }).map((row) => row.at(-1))).toEqual(Array(4).fill('the time alone'));
    expect(lines({ policy: bare })).toContain('errors are not checked, so none will be detected');
  });
});

describe('the whole', () => {
  test.each([
    ['fits', 330, 'it takes 1 h 3 min at least, 2 h 18 min at most, and fits 5 h 30 min (`max-duration`)'],
    [
      'fits when all goes well',
      100,
      'it takes 1 h 3 min at least, 2 h 18 min at most; where it takes longer than 1 h 40 min (`max-duration`) it pauses, and running again resumes it',
    ],
    [
      'never fits',
      30,
      'it takes 1 h 3 min at least, 2 h 18 min at most: it pauses after 30 min (`max-duration`), and running again resumes it',
    ],
  ])('%s', (_, minutes, line) => {
    expect(lines({ maxDuration: minutes * MINUTE })).toContain(line);
  });

  test('ends when its last step does, and one write later', () => {
    const { schedule, policy, write } = planned();
    const last = cells().at(-1)?.[0] ?? '';
    const [hours, minutes] = last.slice(1).split(':').map(Number);
    const start = (60 * hours! + minutes!) * MINUTE;
    const end = start + policy.finalBake + 4 * MINUTE + write;
    expect(Math.abs(end - durationOf(schedule, write).shortest)).toBeLessThanOrEqual(MINUTE / 2);
  });

  test('the smoke test comes first, but not again where traffic has moved already', () => {
    const smoke = { request: 'r.json', count: 5, warmUp: 1, expectStatus: 200, maxTime: 1_000, expect: {} };
    const line = 'first a smoke test: 5 requests to each deployment, by name';
    const policy = policyWith({ smoke });
    expect(lines({ policy })).toContain(line);
    expect(lines({ policy, begun: 'resuming at 25 %', hasMoved: true })).not.toContain(line);
    expect(lines({ policy, begun: 'resuming at 25 %' })[0]).toMatch(/ by standard; resuming at 25 %$/);
  });
});

describe('what it would notice', () => {
  test.each([
    [
      300,
      0.004,
      'at 300 requests a minute with 0.4 % errors it would detect, in 9 of 10 rollouts (watched minutes): a total outage after ',
    ],
    [
      0.5,
      0,
      'at 0.5 requests a minute with 0 % errors it would detect, in 9 of 10 rollouts (watched minutes): not before all traffic has moved: a total outage, errors of 20 %, errors of 5 %, errors of 1 %',
    ],
    [1, 0, 'at 1 request a minute with 0 % errors'],
  ])('%d requests a minute, rate of errors %d', (perMinute, errorRate, start) => {
    expect(noticed({ load: { perMinute, errorRate } })?.slice(0, start.length)).toBe(start);
  });

  test('more traffic notices more', () => {
    const missed = (perMinute: number, errorRate = 0.004): string | undefined =>
      noticed({ load: { perMinute, errorRate } })?.split('; ').at(-1);
    expect(missed(300)).toBe('not before all traffic has moved: 2 times the errors');
    expect(missed(60_000, 0.01)).toMatch(/^2 times the errors after \d+ minutes, at \d+ %$/);
    // Less than half a percentage point more is no reason to come back, however sure it is.
    expect(missed(60_000)).toBe('not before all traffic has moved: 2 times the errors');
    expect(missed(20)).toBe(
      'not before all traffic has moved: 10 times the errors, 5 times the errors, 2 times the errors',
    );
  });

  test('errors that are more than all requests are not asked for', () => {
    expect(noticed({ load: { perMinute: 300, errorRate: 0.3 } })).not.toMatch(/(?:10|5) times/);
  });

  test('with nothing beside the new side, only its ceiling', () => {
    const policy = policyWith({ steps: [] });
    expect(noticed({ policy, load: { perMinute: 300, errorRate: 0.004 } })).toMatch(
      /there is no old side beside the new one: only errors above 1\.\d % would be detected$/,
    );
  });

  test('without requests, or where nobody knows of them, it says so', () => {
    expect(lines({ load: { perMinute: 0, errorRate: 0 } })).toContain(
      'nothing is served now: without requests nothing is detected',
    );
    expect(lines()).toContain(
      'what it would detect is not known: Azure Monitor does not tell how many requests there are',
    );
  });
});

describe('warnings', () => {
  test('of bakes that are too short for latency, and so extended', () => {
    const short = { bake: 4 * 60_000, maxBake: 12 * 60_000, finalBake: 4 * 60_000 };
    const why = 'is watched longer than 4 min: latency is compared in 7 minutes at least';
    expect(warnings({ policy: policyWith(short) })).toEqual([`warning: 5 % ${why}`, `warning: 100 % ${why}`]);
    const { latency, ...without } = policyWith(short);
    expect(latency).toBeDefined();
    expect(warnings({ policy: without })).toEqual([]);
  });

  test.each([
    ['pause', 'then it pauses (`on-no-data`)'],
    ['promote', 'then it continues anyway (`on-no-data`)'],
    ['rollback', 'then it rolls back (`on-no-data`)'],
  ] as const)('of steps that never see enough requests, with what `on-no-data: %s` does', (onNoData, end) => {
    expect(warnings({ policy: policyWith({ onNoData }), load: { perMinute: 30, errorRate: 0 } })).toEqual([
      `warning: 5 % sees about 45 requests in 30 min, fewer than the 50 required: ${end}`,
    ]);
  });

  test('of a step that is watched longer', () => {
    expect(warnings({ load: { perMinute: 90, errorRate: 0 } })).toEqual([
      'warning: 5 % sees about 45 requests in 10 min, fewer than the 50 required, so the bake is extended',
    ]);
  });

  test('of a new side that is smaller than the old one, once it gets most of the traffic', () => {
    const instances = new Map([
      ['blue', 3],
      ['green', 1],
    ]);
    expect(warnings({ instances })).toEqual([
      'warning: green has 1 instance where blue had 3, and takes 100 % of the traffic',
    ]);
    expect(warnings({ instances, stops: { until: 50 } })).toEqual([]);
    expect(warnings({ instances: new Map([...instances, ['green', 3]]) })).toEqual([]);
    expect(warnings({ instances: new Map([['blue', 3]]) })).toEqual([]);
  });

  test('of nothing to compare with', () => {
    expect(warnings({ base: {} })).toEqual([
      'warning: nothing is live now: all traffic comes in one step, with nothing to compare with',
    ]);
  });
});

test('the same in Markdown, with splits in bars', () => {
  const text = plannedMarkdown(planned({ load: { perMinute: 30, errorRate: 0 } }));
  expect(text.split('\n\n').map((part) => part.split('\n')[0])).toEqual([
    '**fraud**: traffic moves blue=100 → green=100 by standard',
    '| deployment | now | target |',
    '| earliest | weight | traffic | watched | to the new side | passes with |',
    '- it takes 1 h 3 min at least, 2 h 18 min at most, and fits 5 h 30 min &#40;&#96;max-duration&#96;&#41;',
  ]);
  expect(text).toContain('| green | ░░░░░░░░░░ 0 % | ██████████ 100 % |');
  expect(text).toContain('- ⚠️ 5 % sees about 45 requests in 30 min');
});

test('traffic that moves without a policy is told too', () => {
  expect(atOnceLine('fraud', { blue: 100 }, { green: 100 }, PLAIN_WORDS)).toBe(
    'fraud: traffic moves at once, blue=100 → green=100: it has no rollout policy',
  );
});

describe('what came from placeholders is shown as they are', () => {
  const load = { perMinute: 30, errorRate: 0 };
  const instances = new Map([
    ['blue', 3],
    ['d3f9', 1],
  ]);
  const both = (asked: Asked): string => [...lines(asked), plannedMarkdown(planned(asked))].join('\n');

  test('names', () => {
    const words = publicWords({ names: new Map([['traffic.d3f9', 'traffic.{{SLOT}}']]), placeholders: new Map() });
    const policy = policyWith({ mirror: { percent: 20, bake: 10 * MINUTE } });
    const asked = { target: { d3f9: 100 }, policy, load, instances, words };
    expect(lines(asked)[0]).toBe('fraud: traffic moves blue=100 → {{SLOT}}=100 by standard');
    expect(cells(asked).map((row) => row[2])).toContain('blue=95 {{SLOT}}=5');
    expect(warnings(asked).join()).toContain('{{SLOT}} has 1 instance where blue had 3');
    expect(both(asked)).not.toContain('d3f9');
    expect(atOnceLine('fraud', { d3f9: 100 }, { blue: 100 }, words)).toContain('once, {{SLOT}}=100 → blue=100:');
  });

  test('weights, and all that could be worked out of them', () => {
    const weights = { 'traffic.blue': '{{OLD}}', 'traffic.d3f9': '{{NEW}}' };
    const words = publicWords({ names: new Map(), placeholders: new Map(Object.entries(weights)) });
    const way = 'blue={{OLD}} d3f9={{NEW}} → blue={{OLD}} d3f9={{NEW}}';
    const told = [{ d3f9: 100 }, { blue: 36, d3f9: 64 }, { blue: 1, d3f9: 99 }].map((target) => {
      const asked = { target, policy: policyWith({ steps: [10] }), load, instances, words };
      expect(lines(asked)[0]).toBe(`fraud: traffic moves ${way} by standard`);
      expect(atOnceLine('fraud', { blue: 100 }, target, words)).toContain(`at once, ${way}:`);
      return both(asked).replaceAll('hour before', 'old side');
    });
    expect(new Set(told).size).toBe(1);
  });
});
