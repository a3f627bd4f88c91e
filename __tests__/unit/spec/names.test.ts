import { describe, expect, test } from '@jest/globals';
import { isValidName } from '../../../src/spec/names.ts';
import { nearest } from '../../../src/spec/nearest.ts';
import { isGlob, matchesSelection } from '../../../src/spec/select.ts';

describe('names', () => {
  test.each(['abc', 'Iris-2', 'a1b', 'a--b', 'a'.repeat(32)])('%s is valid', (name) => {
    expect(isValidName(name)).toBe(true);
  });

  test.each(['', 'ab', '1abc', '-abc', 'abc-', 'a_b', 'a.b', 'a b', 'abc\n', 'äbc', 'a'.repeat(33)])(
    '%j is not',
    (name) => {
      expect(isValidName(name)).toBe(false);
    },
  );
});

describe('selection', () => {
  test.each<[string, string[], boolean]>([
    ['iris', ['iris'], true],
    ['iris', ['IRIS'], true],
    ['iris', ['wine', 'iris'], true],
    ['iris', ['wine'], false],
    ['iris', ['*'], true],
    ['iris', ['I*s'], true],
    ['iris', ['**'], true],
    ['iris', ['ir?s'], true],
    ['iris', ['ir?'], false],
    ['iris', ['i.*'], false],
    ['iris', ['(iris)*'], false],
    ['iris', [], false],
  ])('%s by %j: %s', (name, select, matches) => {
    expect(matchesSelection(name, select)).toBe(matches);
  });

  test('a glob holds * or ?', () => {
    expect(['*', 'a?', 'iris', '[a]'].map(isGlob)).toEqual([true, true, false, false]);
  });
});

test.each([
  ['trafic', 'traffic'],
  ['authMode', 'auth_mode'],
  ['auth-mode', 'auth_mode'],
  ['zebra', undefined],
])('nearest to %s is %s', (word, expected) => {
  expect(nearest(word, ['traffic', 'auth_mode', 'tags'])).toBe(expected);
});
