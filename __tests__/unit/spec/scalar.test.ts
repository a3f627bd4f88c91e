import { expect, test } from '@jest/globals';
import { positionsIn } from '../../../src/spec/lines.ts';
import { typePlain } from '../../../src/spec/scalar.ts';

test.each([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['true', true],
  ['False', false],
  ['90', 90],
  ['-1', -1],
  ['010', 10],
  ['0o17', 15],
  ['0x1F', 31],
  ['90.5', 90.5],
  ['1e1', 10],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['.NaN', NaN],
  ['yes', 'yes'],
  ['on', 'on'],
  ['1_000', '1_000'],
  ['2024-01-01', '2024-01-01'],
  ['12:30', '12:30'],
  ['nULL', 'nULL'],
  [' 1', ' 1'],
])('YAML 1.2 reads %j as %j', (text, value) => {
  expect(typePlain(text)).toBe(value);
});

test('positions count lines and columns from 1 and stay on a line of the text', () => {
  const at = positionsIn('a\r\nbc\n', 'f.yml');
  const places = [-1, 0, 2, 3, 4, 6, 99].map(at).map(({ line, column }) => [line, column]);
  expect(places).toEqual([
    [1, 1],
    [1, 1],
    [1, 3],
    [2, 1],
    [2, 2],
    [2, 3],
    [2, 3],
  ]);
});
