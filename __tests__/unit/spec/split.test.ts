import { describe, expect, test } from '@jest/globals';
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
    ['{blue: 50, 5: 50}', '2:21: the key 5 is not text; quote it'],
  ])('%s', (text, fault) => {
    expect(faultsBelowName(`traffic: ${text}`)).toEqual([`iris.yml:${fault}`]);
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
