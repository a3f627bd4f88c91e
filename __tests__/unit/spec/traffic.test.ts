import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputFaults } from '../../../src/failure.ts';
import { canonicalTraffic, formatTraffic, parseTraffic, trafficTotal, weightOf } from '../../../src/spec/traffic.ts';

const split = fc.dictionary(fc.stringMatching(/^[a-z][-a-z0-9]{1,8}[a-z0-9]$/), fc.integer({ min: 0, max: 100 }));

describe('parseTraffic', () => {
  test.each([
    ['blue=90 green=10', { blue: 90, green: 10 }],
    ['blue=90,green=10', { blue: 90, green: 10 }],
    ['\n  blue=90\r\n  green=10\n', { blue: 90, green: 10 }],
    ['Blue=100, GREEN=0', { blue: 100 }],
    ['constructor=100', { constructor: 100 }],
    ['', {}],
    [' {} ', {}],
  ])('%j', (text, traffic) => {
    expect(parseTraffic(text)).toEqual(traffic);
  });

  test.each([
    ['blue', '"blue" is not a pair of deployment and percent; write pairs such as blue=90 green=10'],
    ['blue:90', '"blue:90" is not a pair of deployment and percent; write pairs such as blue=90 green=10'],
    ['blue=', '"blue=" is not a pair of deployment and percent; write pairs such as blue=90 green=10'],
    ['blue=9=0', '"blue=9=0" is not a pair of deployment and percent; write pairs such as blue=90 green=10'],
    ['blue=101', '"blue=101" has no percent that Azure takes; write an integer from 0 to 100'],
    ['blue=-1', '"blue=-1" has no percent that Azure takes; write an integer from 0 to 100'],
    ['blue=90.5', '"blue=90.5" has no percent that Azure takes; write an integer from 0 to 100'],
    ['blue=1e1', '"blue=1e1" has no percent that Azure takes; write an integer from 0 to 100'],
    [
      'b=90',
      `"b" is not a deployment's name: 3 to 32 letters, digits and hyphens, with a letter first and a letter or digit last`,
    ],
    ['blue=90 Blue=10', '"blue" is named twice'],
  ])('%j is refused', (text, message) => {
    expect(() => parseTraffic(text)).toThrow(new InputFaults([{ message }]));
  });

  test('tells all pairs that are wrong', () => {
    expect(() => parseTraffic('blue green=x')).toThrow(/"blue" is not[^]*"green=x" has no/);
  });
});

describe('arithmetic', () => {
  test('canonical form: lower case, no zeros, sorted', () => {
    expect(Object.entries(canonicalTraffic({ red: 0, Green: 10, blue: 90 }))).toEqual([
      ['blue', 90],
      ['green', 10],
    ]);
  });

  test('no traffic is none', () => {
    expect(formatTraffic({ blue: 0 })).toBe('none');
  });

  test('the canonical form is its own', () => {
    fc.assert(
      fc.property(split, (traffic) => {
        const canonical = canonicalTraffic(traffic);
        expect(canonicalTraffic(canonical)).toEqual(canonical);
        expect(trafficTotal(canonical)).toBe(trafficTotal(traffic));
      }),
    );
  });

  test('what is formatted reads back', () => {
    fc.assert(
      fc.property(split, (traffic) => {
        const text = formatTraffic(traffic);
        expect(parseTraffic(text === 'none' ? '' : text)).toEqual(canonicalTraffic(traffic));
      }),
    );
  });

  test('a deployment may be called like a part of every object', () => {
    expect(weightOf({ blue: 100 }, 'constructor')).toBe(0);
    expect(weightOf({ constructor: 100 } as object as Record<string, number>, 'constructor')).toBe(100);
  });
});
