import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { faultsBelowName, specBelowName } from './reading.ts';

const RULE = '3 to 32 letters, digits and hyphens, with a letter first and a letter or digit last';

describe('traffic', () => {
  test.each([
    ['{}', {}],
    ['{blue: 100}', { blue: 100 }],
    ['{Blue: 90, green: 10, red: 0}', { blue: 90, green: 10 }],
    ['{blue: 0}', {}],
    ['{"blue": 100}', { blue: 100 }],
    ['{constructor: 100}', { constructor: 100 }],
  ])('%s', (text, traffic) => {
    expect(specBelowName(`traffic: ${text}`).traffic).toEqual(traffic);
  });

  test.each([
    ['', '2:1: traffic has no value; comment the key out, or write {}'],
    ['null', '2:10: traffic has no value; comment the key out, or write {}'],
    ['blue', '2:10: traffic must be a map such as {blue: 100}, not blue'],
    ['[blue]', '2:10: traffic must be a map such as {blue: 100}, not a list'],
    ['{blue: }', '2:11: traffic.blue has no value; comment the key out'],
    ['{blue: "90"}', '2:17: traffic.blue must be an integer from 0 to 100, not "90"; write 90 without quotes'],
    ['{blue: 90.5}', '2:17: traffic.blue must be an integer from 0 to 100, not 90.5'],
    ['{blue: 1e1}', '2:17: traffic.blue must be an integer from 0 to 100, not 1e1; write 10'],
    ['{blue: 0o17}', '2:17: traffic.blue must be an integer from 0 to 100, not 0o17; write 15'],
    ['{blue: 010}', '2:17: traffic.blue must be an integer from 0 to 100, not 010; write 10'],
    ['{blue: 1e3}', '2:17: traffic.blue must be an integer from 0 to 100, not 1e3'],
    ['{blue: 0x1FF}', '2:17: traffic.blue must be an integer from 0 to 100, not 0x1FF'],
    ['{blue: "101"}', '2:17: traffic.blue must be an integer from 0 to 100, not "101"'],
    ['{blue: "1e1"}', '2:17: traffic.blue must be an integer from 0 to 100, not "1e1"'],
    ['{blue: 1_00}', '2:17: traffic.blue must be an integer from 0 to 100, not 1_00'],
    ['{blue: 90%}', '2:17: traffic.blue must be an integer from 0 to 100, not 90%'],
    ['{blue: yes}', '2:17: traffic.blue must be an integer from 0 to 100, not yes'],
    ['{blue: [100]}', '2:17: traffic.blue must be an integer from 0 to 100, not a list'],
    ['{blue: 101}', '2:17: traffic.blue must be an integer from 0 to 100, not 101'],
    ['{blue: -1}', '2:17: traffic.blue must be an integer from 0 to 100, not -1'],
    ['{b: 100}', `2:11: traffic: b is not a deployment's name: ${RULE}`],
    ['{Blue: 50, blue: 50}', '2:21: traffic: Blue and blue are the same deployment; names are case-insensitive'],
    [
      '{blue: 80, green: 10}',
      '2:1: traffic must add up to 100, or to 0 for none at all; blue=80 green=10 adds up to 90',
    ],
    [
      '{blue: 100, green: 10}',
      '2:1: traffic must add up to 100, or to 0 for none at all; blue=100 green=10 adds up to 110',
    ],
    [
      '{blue: 100, green: 100}',
      '2:1: traffic must add up to 100, or to 0 for none at all; blue=100 green=100 adds up to 200',
    ],
    [
      '{blue: 60, green: 60, red: 80}',
      '2:1: traffic must add up to 100, or to 0 for none at all; blue=60 green=60 red=80 adds up to 200',
    ],
    [
      '{blue: 100, green: 100, red: 100}',
      '2:1: traffic must add up to 100, or to 0 for none at all; blue=100 green=100 red=100 adds up to 300',
    ],
    ['{blue: 1}', '2:1: traffic must add up to 100, or to 0 for none at all; blue=1 adds up to 1'],
    ['{blue: 99}', '2:1: traffic must add up to 100, or to 0 for none at all; blue=99 adds up to 99'],
    ['{blue: 50, 5: 50}', '2:21: the key 5 is not text; quote it'],
  ])('%s', (text, fault) => {
    expect(faultsBelowName(`traffic: ${text}`)).toEqual([`iris.yml:${fault}`]);
  });
});

describe('any split of integers from 0 to 100', () => {
  const names = ['blue', 'green', 'red', 'grey'];
  const percent = fc.oneof(fc.constantFrom(0, 50, 100), fc.integer({ min: 0, max: 100 }));
  const any = fc.array(percent, { maxLength: names.length });
  /** Many add up to a multiple of 100: what is missing goes to one more deployment. */
  const round = fc.array(percent, { maxLength: names.length - 1 }).map((some) => [...some, (400 - sumOf(some)) % 100]);
  const anySplit = fc
    .oneof(any, round)
    .map((percents) => Object.fromEntries(percents.map((value, index) => [names[index]!, value])));

  function sumOf(percents: readonly number[]): number {
    return percents.reduce((sum, each) => sum + each, 0);
  }

  test('is taken exactly when it adds up to 0 or to 100', () => {
    const met = new Set<number>();
    fc.assert(
      fc.property(anySplit, (split) => {
        const total = sumOf(Object.values(split));
        met.add(total);
        const faults = faultsBelowName(`traffic: ${JSON.stringify(split)}`);
        expect(faults).toHaveLength(total === 0 || total === 100 ? 0 : 1);
        if (faults.length > 0) expect(faults[0]).toMatch(new RegExp(`^iris.yml:2:1: .* adds up to ${total}$`));
        else expect(sumOf(Object.values(specBelowName(`traffic: ${JSON.stringify(split)}`).traffic!))).toBe(total);
      }),
      { numRuns: 300 },
    );
    for (const total of [0, 100, 200, 300]) expect(met).toContain(total);
  });

  test('is a mirror exactly when at most one of them has any, and of that at most 50', () => {
    fc.assert(
      fc.property(anySplit, (split) => {
        const weights = Object.values(split).filter((value) => value > 0);
        const isTaken = weights.length <= 1 && weights.every((value) => value <= 50);
        expect(faultsBelowName(`mirror_traffic: ${JSON.stringify(split)}`).length === 0).toBe(isTaken);
      }),
    );
  });

  test('goes beside a mirror exactly when no deployment is in both', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(...names),
        fc.constantFrom(0, 10),
        (live, other, mirror) => {
          const text = `traffic: {${live}: 100}\nmirror_traffic: {${other}: ${mirror}}`;
          expect(faultsBelowName(text)).toHaveLength(live === other && mirror > 0 ? 1 : 0);
        },
      ),
    );
  });
});

describe('mirror_traffic', () => {
  test.each([
    ['{}', {}],
    ['{green: 50}', { green: 50 }],
    ['{green: 10, blue: 0}', { green: 10 }],
  ])('%s', (text, mirror) => {
    expect(specBelowName(`mirror_traffic: ${text}`).mirrorTraffic).toEqual(mirror);
  });

  test.each([
    ['mirror_traffic:', '2:1: mirror_traffic has no value; comment the key out, or write {}'],
    ['mirror_traffic: {green: "60"}', '2:25: mirror_traffic.green must be an integer from 0 to 50, not "60"'],
    ['mirror_traffic: {green: 51}', '2:25: mirror_traffic.green must be an integer from 0 to 50, not 51'],
    ['mirror_traffic: {green: 10, blue: 10}', '2:29: mirror_traffic takes only one deployment'],
    [
      'traffic: {Blue: 100}\nmirror_traffic: {blue: 10}',
      '3:18: mirror_traffic: blue has live traffic too; a deployment has one or the other',
    ],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });

  test('a deployment without live traffic may be mirrored', () => {
    expect(faultsBelowName('traffic: {blue: 100, green: 0}\nmirror_traffic: {green: 10}')).toEqual([]);
  });
});

test('each key has its place; names of deployments are in lower case', () => {
  const { positions } = specBelowName('traffic:\n  Blue: 100\ntags: {a.b: x}\nidentity: {type: none}');
  expect([...positions].map(([path, { line, column }]) => `${path} ${line}:${column}`)).toEqual([
    'name 1:1', 'traffic 2:1', 'traffic.blue 3:3', 'tags 4:1', 'tags.a.b 4:8', 'identity 5:1', 'identity.type 5:12',
  ]); // prettier-ignore
});
