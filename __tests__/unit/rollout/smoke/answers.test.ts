import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../../src/json.ts';
import { type Answer, readAnswer } from '../../../../src/rollout/smoke/answer.ts';
import { compareAnswers } from '../../../../src/rollout/smoke/compare.ts';
import { unmetExpectations } from '../../../../src/rollout/smoke/expect.ts';
import { isPointer, pointerPart, valueAt } from '../../../../src/rollout/smoke/pointer.ts';

const hash = (text: string): string => `hash of ${text}`;

function json(value: Json): Answer {
  return { kind: 'json', value };
}

describe('a JSON pointer', () => {
  // The document and the pointers of RFC 6901, section 5.
  const document: Json = {
    foo: ['bar', 'baz'],
    '': 0,
    'a/b': 1,
    'c%d': 2,
    'e^f': 3,
    'g|h': 4,
    'i\\j': 5,
    'k"l': 6,
    ' ': 7,
    'm~n': 8,
  };

  test.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/e^f', 3],
    ['/g|h', 4],
    ['/i\\j', 5],
    ['/k"l', 6],
    ['/ ', 7],
    ['/m~0n', 8],
    ['/foo/2', undefined],
    ['/foo/01', undefined],
    ['/foo/-', undefined],
    ['/foo/length', undefined],
    ['/nothing/here', undefined],
    ['/toString', undefined],
    ['/foo/0/0', undefined],
  ])('%p finds what it points to', (pointer, found) => {
    expect(isPointer(pointer)).toBe(true);
    expect(valueAt(document, pointer)).toEqual(found);
  });

  test.each(['foo', '#/foo', '/~', '/a~2', 'a/b'])('%p is none', (text) => {
    expect(isPointer(text)).toBe(false);
  });

  test.each(['a/b', 'm~n', '~1', '', '0'])('can be made of the key %p', (key) => {
    expect(valueAt({ [key]: 'here' }, pointerPart(key))).toBe('here');
  });
});

describe('an answer', () => {
  test.each([
    ['[1, 2]', 'application/json', json([1, 2])],
    ['null', undefined, json(null)],
    // What a scoring script gives back that ends in `json.dumps(…)`.
    ['"[1, 2]"', 'application/json', json([1, 2])],
    ['"{\\"label\\": 1}"', 'application/json', json({ label: 1 })],
    ['"5"', 'application/json', json('5')],
    ['setosa', 'text/plain', { kind: 'text', text: 'setosa' }],
    // Python writes these, and JSON has no such numbers.
    ['[NaN]', 'application/json', { kind: 'text', text: '[NaN]' }],
    ['', undefined, { kind: 'text', text: '' }],
    ['\uFFFDPNG', 'image/png', { kind: 'binary', hash: 'hash of \uFFFDPNG' }],
    ['a\0b', undefined, { kind: 'binary', hash: 'hash of a\0b' }],
    ['abc', 'application/octet-stream', { kind: 'binary', hash: 'hash of abc' }],
  ] as const)('%j as %s is read', (text, type, answer) => {
    expect(readAnswer(text, type, hash)).toEqual(answer);
  });
});

describe('the difference of two answers', () => {
  test.each<[string, Json, Json, [number, number], string[], string[]]>([
    ['the same', { a: [1, 'x', null, true] }, { a: [1, 'x', null, true] }, [4, 0], [], []],
    ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, [2, 0], [], []],
    ['numbers within the tolerance', [1, 1000], [1.0009, 999.1], [2, 0], [], []],
    ['numbers beyond it', [1, 1000], [1.002, 999], [2, 1], [], ['/0: 1.002, 1 before']],
    ['zero and nearly zero', [0], [0.0001], [1, 1], [], ['/0: 0.0001, 0 before']],
    ['another sign', [0.5], [-0.5], [1, 1], [], ['/0: -0.5, 0.5 before']],
    ['another text', { label: 'a' }, { label: 'b' }, [1, 1], [], ['/label: "b", "a" before']],
    ['a longer list', { p: [1] }, { p: [1, 2, 3] }, [3, 2], ['/p: 3 items, 1 before'], []],
    [
      'another key',
      { a: 1, b: 2 },
      { a: 1, c: 2 },
      [3, 2],
      ['/b: nothing, a number before', '/c: a number, nothing before'],
      [],
    ],
    ['another type', { a: 1 }, { a: '1' }, [1, 1], ['/a: a string, a number before'], []],
    ['a branch for a leaf', { a: 1 }, { a: { b: 1, c: [2, 3] } }, [3, 3], ['/a: an object, a number before'], []],
    ['a list for an object', { 0: 1 }, [1], [1, 1], ['the answer: a list, an object before'], []],
    ['nothing but null', { a: null }, {}, [1, 1], ['/a: nothing, null before'], []],
    ['empty ones', { a: [], b: {} }, { a: [], b: {} }, [2, 0], [], []],
    ['a key with a slash', { 'a/b': 1 }, { 'a/b': 2 }, [1, 1], [], ['/a~1b: 2, 1 before']],
    ['what every object has', {}, { constructor: 1 }, [1, 1], ['/constructor: a number, nothing before'], []],
  ])('%s', (_, before, after, [values, differing], shape, examples) => {
    expect(compareAnswers(json(before), json(after), 0.001)).toEqual({ values, differing, shape, examples });
  });

  test('shows a few examples only, and cuts long ones', () => {
    const after = Array.from({ length: 100 }, () => 'y'.repeat(100));
    const { differing, examples } = compareAnswers(json(after.map(() => 'x')), json(after), 0);
    expect([differing, examples.length, examples[0]]).toEqual([100, 5, `/0: "${'y'.repeat(56)}..., "x" before`]);
  });

  test('stands answers that are nested deeper than the stack', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}1${']'.repeat(5_000)}`) as Json;
    expect(compareAnswers(json(deep), json(deep), 0)).toMatchObject({ values: 1, differing: 0 });
  });

  test.each<[Answer, Answer, number, string[]]>([
    [{ kind: 'text', text: 'a' }, { kind: 'text', text: 'a' }, 0, []],
    [{ kind: 'text', text: 'a' }, { kind: 'text', text: 'b' }, 1, ['the answer: "b", "a" before']],
    [{ kind: 'binary', hash: 'one' }, { kind: 'binary', hash: 'one' }, 0, []],
    [
      { kind: 'binary', hash: 'one' },
      { kind: 'binary', hash: 'two' },
      1,
      ['the answer: "binary, sha256 two", "binary, sha256 one" before'],
    ],
  ])('of what is not JSON is all or nothing: %j, %j', (before, after, differing, examples) => {
    expect(compareAnswers(before, after, 0.1)).toEqual({ values: 1, differing, shape: [], examples });
  });

  test('tells when one is JSON and the other is not', () => {
    const difference = compareAnswers(json({ a: 1 }), { kind: 'text', text: 'oops' }, 0);
    expect(difference).toEqual({ values: 1, differing: 1, shape: ['the answer: text, json before'], examples: [] });
  });
});

describe('what an answer has to be', () => {
  const answer = json({ predictions: [0.7, 'setosa'], ok: true, note: null });

  test.each([
    [{ '/predictions/1': 'setosa', '/ok': true, '/note': null, '/predictions/0': 0.7 }, []],
    [{ '/predictions/0': 0.70001 }, ['/predictions/0 is 0.7, not 0.70001']],
    [{ '/predictions': 1 }, ['/predictions is a list, not 1']],
    [{ '/missing': null }, ['/missing is nothing, not null']],
    [{ '/ok': 'true', '': 1 }, ['/ok is true, not "true"', 'the answer is an object, not 1']],
  ] as const)('%j', (wanted, unmet) => {
    expect(unmetExpectations(answer, { expect: wanted })).toEqual(unmet);
  });

  test('is as exact as the comparison', () => {
    const compare = { tolerance: 0.01, maxDifference: 0 };
    expect(unmetExpectations(answer, { expect: { '/predictions/0': 0.705 }, compare })).toEqual([]);
  });

  test('is JSON, when anything is wanted of it', () => {
    const text: Answer = { kind: 'text', text: 'hello' };
    expect([unmetExpectations(text, { expect: {} }), unmetExpectations(text, { expect: { '/a': 1 } })]).toEqual([
      [],
      ['the answer is not JSON'],
    ]);
  });
});
