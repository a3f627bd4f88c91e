import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Fault, faultLine } from '../../../../src/failure.ts';
import type { Policy } from '../../../../src/rollout/model.ts';
import { presetPolicy } from '../../../../src/rollout/policy/presets.ts';
import { readPolicy } from '../../../../src/rollout/policy/read.ts';

const MINUTE = 60_000;
const FILE = 'endpoints/iris/rollout.yml';

function read(text: string): Policy {
  const { policy, faults } = readPolicy(text, FILE, { BAKE: '20m' });
  if (!policy) throw new Error(faults.map(faultLine).join('\n'));
  return policy;
}

function faultsOf(text: string, file: string | undefined = FILE): string[] {
  return readPolicy(text, file, {}).faults.map(faultLine);
}

test('a whole policy', () => {
  const policy = read(`
preset: careful
steps: [5, 25, 50]
bake: 10m
max-bake: 40m
final-bake: 1h
holdback: 5
mirror: {percent: 20, bake: 5m}
smoke:
  request: sample.json
  path: /v1/models/iris:predict?verbose=true
  count: 3
  warm-up: 2
  expect-status: 201
  max-ms: 2000
  expect: {/predictions/0: setosa, /n: 1, /ok: true, /error: null}
  compare: {tolerance: 1e-6, max-diff: 12.5%}
errors: {worse-than: 2x, max-rate: 0.5%, min-requests: 100, codes: [424, 5xx]}
latency: {metric: P95, worse-than: 1.25x, max-ms: 800}
on-no-data: promote
on-failure: hold
on-cancel: hold
`);
  expect(policy).toEqual({
    steps: [5, 25, 50],
    bake: 10 * MINUTE,
    maxBake: 40 * MINUTE,
    finalBake: 60 * MINUTE,
    holdback: 5,
    mirror: { percent: 20, bake: 5 * MINUTE },
    smoke: {
      request: 'endpoints/iris/sample.json',
      path: '/v1/models/iris:predict?verbose=true',
      count: 3,
      warmUp: 2,
      expectStatus: 201,
      maxTime: 2000,
      expect: { '/predictions/0': 'setosa', '/n': 1, '/ok': true, '/error': null },
      compare: { tolerance: 1e-6, maxDifference: 0.125 },
    },
    errors: { worseThan: 2, maxRate: 0.005, minRequests: 100, codes: ['424', '5xx'] },
    latency: { metric: 'p95', worseThan: 1.25, maxTime: 800 },
    onNoData: 'promote',
    onFailure: 'hold',
    onCancel: 'hold',
    source: 'careful, with endpoints/iris/rollout.yml',
    positions: expect.any(Map),
  });
  expect(policy.positions.get('mirror.percent')).toEqual({ file: FILE, line: 8, column: 10 });
});

test.each([
  ['fast', { steps: [10, 50], bake: 7 * MINUTE, maxBake: 21 * MINUTE, finalBake: 7 * MINUTE }],
  ['standard', { steps: [5, 25, 50], bake: 10 * MINUTE, maxBake: 30 * MINUTE, finalBake: 15 * MINUTE }],
  ['careful', { steps: [1, 5, 10, 25, 50], bake: 15 * MINUTE, maxBake: 45 * MINUTE, finalBake: 30 * MINUTE }],
  ['blue-green', { steps: [], bake: 15 * MINUTE, maxBake: 45 * MINUTE, finalBake: 15 * MINUTE }],
] as const)('preset %s', (name, times) => {
  const rest = {
    holdback: 0,
    errors: { worseThan: 1.5, maxRate: 0.05, minRequests: 50, codes: ['408', '424', '429', '5xx'] },
    latency: { metric: 'p50', worseThan: 1.3 },
    onNoData: 'pause',
    onFailure: 'rollback',
    onCancel: 'rollback',
  };
  expect(presetPolicy(name)).toEqual({ ...times, ...rest, source: name, positions: new Map() });
  expect(read(`preset: ${name}`)).toMatchObject({ ...times, ...rest });
});

describe('what is absent', () => {
  test('comes from standard', () => {
    expect(read('holdback: 5')).toMatchObject({
      ...presetPolicy('standard'),
      holdback: 5,
      source: 'standard, with endpoints/iris/rollout.yml',
      positions: expect.any(Map),
    });
  });

  test('follows bake, where it is a bake', () => {
    const text = 'bake: 20m\nmirror: {percent: 10}';
    const times = { maxBake: 60 * MINUTE, finalBake: 30 * MINUTE, mirror: { percent: 10, bake: 20 * MINUTE } };
    expect(read(text)).toMatchObject(times);
    expect(read('preset: blue-green\nbake: 5m')).toMatchObject({ finalBake: 5 * MINUTE });
  });

  test('in a gate or a smoke test has its own value', () => {
    expect(read('errors: {max-rate: 1%}').errors).toEqual({ ...presetPolicy('fast').errors, maxRate: 0.01 });
    expect(read('latency: {max-ms: 90}').latency).toEqual({ metric: 'p50', worseThan: 1.3, maxTime: 90 });
    expect(read('smoke: {request: a.json, compare: {}}').smoke).toEqual({
      request: 'endpoints/iris/a.json',
      count: 5,
      warmUp: 1,
      expectStatus: 200,
      maxTime: 30_000,
      expect: {},
      compare: { tolerance: 1e-6, maxDifference: 0.1 },
    });
  });
});

test('a gate can be off', () => {
  const policy = read('errors: off\nlatency: off');
  expect('errors' in policy || 'latency' in policy).toBe(false);
});

test('100 at the end of the steps is the whole, which comes by itself', () => {
  expect(read('steps: [10, 100]').steps).toEqual([10]);
  expect(read('steps: [100]').steps).toEqual([]);
});

test('values may come from the environment', () => {
  expect(read('bake: ${{ env.BAKE }}').bake).toBe(20 * MINUTE);
});

test('what a placeholder puts into a path is checked, and not shown', () => {
  const text = 'smoke: {request: a.json, path: "/v1/${{ env.MODEL }}:predict"}';
  expect(readPolicy(text, FILE, { MODEL: 'iris' }).policy?.smoke?.path).toBe('/v1/iris:predict');
  const [fault] = readPolicy(text, FILE, { MODEL: '../secret' }).faults;
  expect(fault?.message).toMatch(/^smoke\.path must be a path [^]*, not "\/v1\/\$\{\{ env\.MODEL \}\}:predict"$/);
});

test.each([
  ['prest: fast', ['1:1: unknown key prest; did you mean preset?']],
  ['preset: slow', ['1:9: preset must be fast, standard, careful or blue-green, not slow']],
  ['steps: 10', ['1:8: steps must be a list, not 10']],
  ['steps: [0, 5]', ['1:9: steps[0] must be an integer from 1 to 100, not 0']],
  ['steps: [5, 25, 25]', ['1:16: steps must rise, and 25 comes after 25']],
  ['steps: [5.5]', ['1:9: steps[0] must be an integer from 1 to 100, not 5.5']],
  ['bake: 10', ['1:7: bake must be a duration such as 90s, 10m or 1h, not 10']],
  ['bake: 10 minutes', ['1:7: bake must be a duration such as 90s, 10m or 1h, not 10 minutes']],
  ['bake: 59s', ['1:7: bake must be from 1m to 24h, not 59s; evidence comes by the minute']],
  ['mirror: {percent: 10, bake: 25h}', ['1:29: mirror.bake must be from 1m to 24h, not 25h']],
  ['bake: 10m\nmax-bake: 5m', ['2:11: max-bake 5m is less than bake (10 min)']],
  ['max-bake: 5m', ['1:11: max-bake 5m is less than bake (10 min)']],
  [
    'preset: blue-green\nbake: 5m\nfinal-bake: 5m',
    ['2:1: bake has no meaning without steps; final-bake says how long the whole is watched'],
  ],
  ['holdback: 51', ['1:11: holdback must be an integer from 0 to 50, not 51']],
  [
    'holdback: 50',
    ['1:11: holdback 50 is too much: the whole is 50 percent during the final bake, and a step of 50 is no less'],
  ],
  ['mirror: {bake: 5m}', ['1:9: mirror has no percent']],
  ['mirror: {percent: 51}', ['1:19: mirror.percent must be an integer from 1 to 50, not 51']],
  ['smoke: {count: 5}', ['1:8: smoke has no request']],
  [
    'smoke: {request: a.json, path: https://evil.example/score}',
    [
      '1:32: smoke.path must be a path such as /v1/models/iris:predict, without a host, spaces, "#", "//" or "..", not https://evil.example/score',
    ],
  ],
  [
    'smoke: {request: a.json, expect: {predictions: 1}}',
    ['1:35: smoke.expect: predictions is no JSON pointer; write one such as /predictions/0'],
  ],
  [
    'smoke: {request: a.json, expect: {/a~2: 1}}',
    ['1:35: smoke.expect: /a~2 is no JSON pointer; write one such as /predictions/0'],
  ],
  [
    'smoke: {request: a.json, expect: {/a: [1]}}',
    ['1:39: smoke.expect./a must be text, a number, true, false or null, not a list'],
  ],
  [
    'smoke: {request: a.json, compare: {max-diff: 0.1}}',
    ['1:46: smoke.compare.max-diff must be a share such as 5%, not 0.1'],
  ],
  ['errors: false', ['1:9: errors must be off or a map, not false']],
  ['errors: on', ['1:9: errors must be off or a map, not on']],
  ['errors: {worse-than: 1.5}', ['1:22: errors.worse-than must be a factor such as 1.5x, not 1.5']],
  ['errors: {worse-than: 1x}', ['1:22: errors.worse-than must be above 1x, not 1x']],
  ['errors: {max-rate: 101%}', ['1:20: errors.max-rate must be a share such as 5%, not 101%']],
  ['errors: {codes: [4242]}', ['1:18: errors.codes[0] must be a status such as 429 or a class such as 5xx, not 4242']],
  ['latency: {metric: p75}', ['1:19: latency.metric must be p50, p90, p95 or p99, not p75']],
  ['on-no-data: stop', ['1:13: on-no-data must be pause, promote or rollback, not stop']],
  ['on-cancel: pause', ['1:12: on-cancel must be rollback or hold, not pause']],
  ['standard', ['1:1: a rollout policy is a map such as preset: standard, not standard']],
  ['', ['1:1: is empty or holds only comments']],
  [
    'steps: [50, 25]\nbake: x\non-failure: stop',
    [
      '1:13: steps must rise, and 25 comes after 50',
      '2:7: bake must be a duration such as 90s, 10m or 1h, not x',
      '3:13: on-failure must be rollback or hold, not stop',
    ],
  ],
])('%j', (text, faults) => {
  expect(faultsOf(text)).toEqual(faults.map((fault) => `${FILE}:${fault}`));
});

test('the text of the input has lines and columns, and no file that an annotation would point to', () => {
  const { faults } = readPolicy('preset: fast\nbake: x', undefined, {});
  expect(faults).toEqual([{ message: 'input policy:2:7: bake must be a duration such as 90s, 10m or 1h, not x' }]);
});

test('whatever the text is, there is a policy or a fault', () => {
  const word = fc.constantFrom(
    'preset',
    'steps',
    'bake',
    'smoke',
    'errors',
    'off',
    'fast',
    'max-bake',
    'holdback',
    'mirror',
    'latency',
    'request',
    'expect',
    'compare',
    '${{ env.NO }}',
    '*a',
    '&a ',
    '- ',
    '"',
    ': ',
    '\n',
    '\r\n',
    '  ',
    '[',
    ']',
    '{',
    '}',
    '5',
    '10m',
    '5%',
    ',',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word).map((words) => words.join('')),
  );
  fc.assert(
    fc.property(text, (yaml) => {
      const { policy, faults } = readPolicy(yaml, FILE, {});
      expect(faults.length > 0).toBe(policy === undefined);
      for (const fault of faults) expectInside(yaml, fault);
    }),
    { numRuns: 1_000 },
  );
});

/** Each fault is in the file, at a place that the file has, and is one line. */
function expectInside(text: string, { file, line = 0, column = 0, message }: Fault): void {
  const lines = text.split('\n');
  expect(file).toBe(FILE);
  expect(line).toBeGreaterThanOrEqual(1);
  expect(line).toBeLessThanOrEqual(lines.length);
  expect(column).toBeGreaterThanOrEqual(1);
  expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
  expect(message).not.toMatch(/[\n\r]/);
}
