import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../src/json.ts';
import { compareAnswers } from '../../src/rollout/smoke/compare.ts';
import { valueAt } from '../../src/rollout/smoke/pointer.ts';

const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value) => value as Json);

function compare(before: Json, after: Json, tolerance = 0) {
  return compareAnswers({ kind: 'json', value: before }, { kind: 'json', value: after }, tolerance);
}

describe('the difference of two answers', () => {
  test('is none between an answer and itself', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const { values, differing, shape, examples } = compare(value, structuredClone(value));
        expect([values > 0, differing, shape, examples]).toEqual([true, 0, [], []]);
      }),
    );
  });

  test('is as large from either side, never larger than the answers, and told when there is one', () => {
    fc.assert(
      fc.property(anyJson, anyJson, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, tolerance) => {
        const there = compare(one, other, tolerance);
        const back = compare(other, one, tolerance);
        expect([there.values, there.differing]).toEqual([back.values, back.differing]);
        expect(there.differing).toBeLessThanOrEqual(there.values);
        expect(there.differing > 0).toBe(there.shape.length + there.examples.length > 0);
      }),
    );
  });

  test('does not grow with the tolerance', () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, numbers, fc.double({ min: 0, max: 1, noNaN: true }), (one, other, tolerance) => {
        expect(compare(one, other, tolerance).differing).toBeLessThanOrEqual(compare(one, other, 0).differing);
      }),
    );
  });

  test('points to what differs', () => {
    const keys = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(fc.dictionary(keys, fc.dictionary(keys, fc.integer())), keys, keys, (parent, outer, inner) => {
        const before = { ...parent, [outer]: { ...parent[outer], [inner]: 1 } };
        const after = { ...parent, [outer]: { ...parent[outer], [inner]: 2 } };
        const { differing, examples } = compare(before, after);
        expect([differing, examples.length]).toEqual([1, 1]);
        const pointer = examples[0]!.slice(0, examples[0]!.lastIndexOf(': 2, 1 before'));
        expect([valueAt(before, pointer), valueAt(after, pointer)]).toEqual([1, 2]);
      }),
    );
  });
});
