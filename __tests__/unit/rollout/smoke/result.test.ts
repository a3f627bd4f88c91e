import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../../src/json.ts';
import type { Smoke } from '../../../../src/rollout/model.ts';
import { type Call, judgeSmoke } from '../../../../src/rollout/smoke/result.ts';
import { smokeDetails, smokeTable } from '../../../../src/rollout/smoke/table.ts';

const UNCOMPARED: Smoke = {
  request: 'sample.json',
  count: 2,
  warmUp: 1,
  expectStatus: 200,
  maxTime: 1_000,
  expect: { '/ok': true },
};

const SMOKE: Smoke = { ...UNCOMPARED, compare: { tolerance: 0, maxDifference: 0.25 } };

function call(value: Json, changes: Partial<Call> = {}): Call {
  return { status: 200, took: 40, answer: { kind: 'json', value }, ...changes };
}

const WELL = { ok: true, p: [1, 2, 3] };

function judged(fresh: readonly Call[], old?: readonly Call[], smoke = SMOKE) {
  const base = old && { deployment: 'blue', calls: old };
  return judgeSmoke(smoke, new Map([['green', fresh]]), base, []);
}

describe('the smoke test', () => {
  test('passes when the new deployment answers as the old one does', () => {
    const result = judged([call(WELL), call(WELL, { took: 99.6 })], [call(WELL), call(WELL)]);
    expect([result.passed, result.reason]).toEqual([true, 'smoke: green answered 2 of 2, 0 % of its values differ']);
    expect(smokeTable(result).rows).toEqual([
      ['green', '2', '200', '100 ms', '0 % (0 of 8)', 'ok'],
      ['blue', '2', '200', '40 ms', 'baseline', 'ok'],
    ]);
    expect(smokeDetails(result)).toEqual([]);
  });

  test('takes as much difference as the policy does, and names the place of what is more', () => {
    const one = { ok: true, p: [1, 2, 4] };
    const two = { ok: true, p: [1, 5, 4] };
    expect(judged([call(one)], [call(WELL)]).passed).toBe(true);
    const result = judged([call(two)], [call(WELL)]);
    expect(result.reason).toBe(
      'smoke: green: 50 % of its values differ from those of blue, more than 25 % (/p/1: 5, 2 before)',
    );
    expect(smokeDetails(result)).toEqual(['green /p/1: 5, 2 before', 'green /p/2: 4, 3 before']);
  });

  test.each<[string, Call, string]>([
    [
      'another status',
      call(WELL, { status: 424, refusal: 'the endpoint answered 424, not 200' }),
      'the endpoint answered 424, not 200',
    ],
    ['a status without words', call(WELL, { status: 500 }), 'answered 500, not 200'],
    ['too slow', call(WELL, { took: 1_000.6 }), 'took 1001 ms, more than 1000 ms'],
    ['another value', call({ ok: false }), '/ok is false, not true'],
  ])('fails: %s', (_, faulty, words) => {
    const result = judged([call(WELL), faulty, faulty], undefined);
    expect([result.passed, result.reason]).toEqual([false, `smoke: green: ${words}`]);
  });

  test('holds nothing of the old deployment against the new one', () => {
    const broken = call('oops', { status: 424, refusal: 'the endpoint answered 424, not 200' });
    const result = judged([call(WELL)], [broken]);
    expect([result.passed, result.reason]).toEqual([
      true,
      'smoke: green answered 1 of 1; blue is not well itself: the endpoint answered 424, not 200',
    ]);
    expect(smokeTable(result).rows.map(([, , , , differ]) => differ)).toEqual(['not compared', 'baseline']);
  });

  test('compares nothing when the policy does not ask for it', () => {
    expect(judged([call({ ok: true, other: 1 })], [call(WELL)], UNCOMPARED)).toMatchObject({
      passed: true,
      reason: 'smoke: green answered 1 of 1',
    });
  });

  test('may have no old deployment, and several new ones', () => {
    const fresh = new Map([
      ['green', [call(WELL)]],
      ['red', [call({ ok: false })]],
    ]);
    const result = judgeSmoke(SMOKE, fresh, undefined, []);
    expect([result.passed, result.reason]).toEqual([false, 'smoke: red: /ok is false, not true']);
  });
});
