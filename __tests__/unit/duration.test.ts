import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/duration.ts';

test.each([
  ['90s', 90_000],
  ['30m', 1_800_000],
  ['2h', 7_200_000],
  [' 1s ', 1_000],
  ['0s', 0],
])('%j is %d ms', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', '90', 's', '1d', '1.5h', '-1m', '1 m', '1H', '1h30m', '1234567s', '1ms'])(
  '%j is no duration',
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test.each([
  [0, '0 s'],
  [499, '0 s'],
  [45_000, '45 s'],
  [59_600, '1 min'],
  [200_000, '3 min 20 s'],
  [3_600_000, '1 h'],
  [3_900_000, '1 h 5 min'],
  [90_000_000, '25 h'],
])('%d ms reads %j', (milliseconds, text) => {
  expect(formatDuration(milliseconds)).toBe(text);
});

test('what was written is what is read, in any unit', () => {
  fc.assert(
    fc.property(fc.nat(999_999), fc.constantFrom('s' as const, 'm' as const, 'h' as const), (count, unit) => {
      expect(parseDuration(`${count}${unit}`)).toBe(count * { s: 1_000, m: 60_000, h: 3_600_000 }[unit]);
    }),
  );
});
