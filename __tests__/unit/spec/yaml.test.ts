import { describe, expect, test } from '@jest/globals';
import { faultsBelowName, faultsOf, specBelowName, specOf } from './reading.ts';

describe('a text that is no endpoint has one fault', () => {
  test.each([
    ['', 'iris.yml:1:1: is empty or holds only comments'],
    ['# name: iris\n', 'iris.yml:1:1: is empty or holds only comments'],
    ['---\n', 'iris.yml:1:1: is empty or holds only comments'],
    ['- name: iris\n', 'iris.yml:1:1: an endpoint is a map that starts with name: ..., not a list'],
    ['iris', 'iris.yml:1:1: an endpoint is a map that starts with name: ..., not iris'],
    ['name: iris\n---\nname: wine\n', 'iris.yml:2:1: a second document starts here; a file holds one'],
    ['name: iris\n---\n# wine\n--- wine\n', 'iris.yml:4:1: a second document starts here; a file holds one'],
    ['name: iris\n--- [\n', 'iris.yml:2:1: a second document starts here; a file holds one'],
    ['name: iris\n...\nname: wine\n', 'iris.yml:3:1: a second document starts here; a file holds one'],
    ['name: "\uD800"', 'iris.yml:1:1: is not text: it contains an invalid character (unpaired surrogate)'],
    ['!Endpoint foo', 'iris.yml:1:11: the tag !Endpoint has no meaning here; write the value without it'],
  ])('%j', (text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  test.each(['---\nname: iris\n---\n', 'name: iris\n---\n# the end\n', 'name: iris\n...\n'])(
    'but %j has nothing in a second document',
    (text) => {
      expect(faultsOf(text)).toEqual([]);
    },
  );
});

describe('syntax faults are told in plain words, the first one only', () => {
  test.each([
    ['\ttags: {}', '2:1: not valid YAML: a tab indents this line; YAML allows only spaces'],
    ['tags:\n\towner: ml', '3:1: not valid YAML: a tab indents this line; YAML allows only spaces'],
    [
      'description: a: b',
      '2:14: not valid YAML: two keys on one line; indent the second on its own line, or quote a value that holds ": "',
    ],
    ['description: @home', '2:14: not valid YAML: a value cannot start with this character; quote it'],
    ['description: "x\n', '2:14: not valid YAML: this quote is not closed'],
    [`description: 'x`, '2:14: not valid YAML: this quote is not closed'],
    [`tags: {a: 'b', c: "d\n  e: f\n`, '2:19: not valid YAML: this quote is not closed'],
    [
      'description: "C:\\dir"',
      '2:17: not valid YAML: invalid escape in a double-quoted value; write \\\\ for a backslash, or use single quotes',
    ],
    ['tags: {owner: ml', '2:7: not valid YAML: this { is not closed'],
    ['tags: [ml\n', '2:7: not valid YAML: this [ is not closed'],
    ['tags: {owner: {{OWNER}', '2:15: not valid YAML: this { is not closed'],
    ['tags: {a: b\ndescription: c\n', '2:7: not valid YAML: this { is not closed'],
    ['tags: {a: [b}\n', '2:11: not valid YAML: this [ is not closed'],
    ['tags: {a: b, c: [d, {e: f\n\n', '2:21: not valid YAML: this { is not closed'],
    ['tags:\n    owner: ml\n  team: a\n', '4:1: not valid YAML: the indentation does not fit the lines above'],
    [
      'identity:\n  type: none\n   principal_id: x\n',
      '4:4: not valid YAML: the indentation does not fit the lines above',
    ],
    ['auth_mode: key\n description: x\n', '3:2: not valid YAML: the indentation does not fit the lines above'],
    ['description: "x"\n tags: {}\n', '3:1: not valid YAML: the indentation does not fit the lines above'],
    ['tags:\n  - x\n   a: b\n', '4:4: not valid YAML: the indentation does not fit the lines above'],
    ['traffic\ntags: {}\n', '2:1: not valid YAML: a key must be on one line, with ": " after it'],
    ['traffic\n', '2:1: not valid YAML: a key without a value; write ": " after it'],
    ['a: &a &b c', '2:7: not valid YAML: A node can have at most one anchor'],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });

  test('a masked placeholder is not shown as what stands for it', () => {
    expect(faultsOf('tags: !<{{TAG}} x')).toEqual([expect.not.stringMatching(/[\uD800-\uDFFF]/)]);
  });
});

describe('keys', () => {
  test.each([
    ['name: wine', '2:1: name is written twice; first on line 1'],
    ['tags: {a: x, b: y, a: z}', '2:20: a is written twice; first on line 2'],
    ['1: x', '2:1: the key 1 is not text; quote it'],
    ['true: x', '2:1: the key true is not text; quote it'],
    ['tags: {2024-1: x, 7: y}', '2:19: the key 7 is not text; quote it'],
    ['? [a]\n: x', '2:3: a map or list cannot be a key'],
    ['? {a: b}\n: x', '2:3: a map or list cannot be a key'],
    ['!Ref a: x', '2:6: the tag !Ref has no meaning here; write the value without it'],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });

  test('an empty key has the place of its map', () => {
    expect(faultsOf(': x\nname: iris')).toEqual(['iris.yml:1:1: a key is missing before the colon']);
  });

  test('names of object members are keys like others', () => {
    const { tags } = specBelowName('tags: {__proto__: a, constructor: b, toString: c}');
    expect(Object.entries(tags ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ]);
    expect(faultsBelowName('__proto__: {}\nconstructor: 1')).toHaveLength(2);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('what a file may come with', () => {
  test.each([
    ['carriage returns', 'name: iris\r\ndescription: x\r\n'],
    ['document marks', '---\nname: iris\ndescription: x\n...\n'],
    ['a directive', '%YAML 1.1\n---\nname: iris\ndescription: x\n'],
    ['comments', '# a\nname: iris # b\n# c\ndescription: x # d'],
    ['flow style', '{"name": "iris", description: x}'],
    ['tags of text', 'name: !!str iris\ndescription: ! x'],
    ['explicit keys', '? name\n: iris\n? description\n: x'],
  ])('%s', (_, text) => {
    expect(specOf(text)).toMatchObject({ name: 'iris', description: 'x' });
  });

  test('columns are right behind carriage returns', () => {
    expect(faultsOf('name: iris\r\ntraffic:\r\n  blue: x\r\n')).toEqual([
      'iris.yml:3:9: traffic.blue must be an integer from 0 to 100, not x',
    ]);
  });

  test('text is YAML 1.2, also under a directive of 1.1', () => {
    expect(specOf('%YAML 1.1\n---\nname: iris\ndescription: yes').description).toBe('yes');
    expect(specBelowName('description: on').description).toBe('on');
  });

  test('block scalars', () => {
    expect(specBelowName('description: >-\n  one\n  two\n').description).toBe('one two');
  });
});

describe('anchors, aliases and merge keys', () => {
  test('an alias is a copy, with the place where it stands', () => {
    expect(specBelowName('tags: &t {a: b}\nproperties: *t')).toMatchObject({
      tags: { a: 'b' },
      properties: { a: 'b' },
    });
    expect(faultsBelowName('tags: {a: &a 5}\ndescription: *a')).toEqual([
      'iris.yml:3:14: description must be text, and 5 is a number; write "5"',
    ]);
  });

  test('<< merges, and own keys win', () => {
    const text = 'tags: &t {a: x, b: x}\nproperties:\n  <<: *t\n  a: y\n';
    expect(specBelowName(text).properties).toEqual({ a: 'y', b: 'x' });
  });

  test('<< takes a list, and its first wins', () => {
    const text = 'tags: {<<: [{a: x}, {a: y, b: z}], c: w}';
    expect(specBelowName(text).tags).toEqual({ a: 'x', b: 'z', c: 'w' });
  });

  test('a quoted << is a key like any other', () => {
    expect(specBelowName('tags: {"<<": x}').tags).toEqual({ '<<': 'x' });
  });

  test('a merge that is faulty leaves the map unjudged', () => {
    expect(faultsBelowName('traffic: {<<: x, blue: 50}')).toEqual(['iris.yml:2:15: << takes a map or a list of maps']);
  });

  test('a tag of text makes nothing empty text', () => {
    expect(specBelowName('description: !!str').description).toBe('');
  });

  test('an anchor on nothing', () => {
    expect(specBelowName('tags: {a: &n , b: *n}').tags).toEqual({ a: null, b: null });
  });

  test.each([
    ['tags: *t', '2:7: *t refers to no anchor above it'],
    ['tags: &t {a: *t}', '2:14: *t refers to no anchor above it'],
    ['tags: {<<: x}', '2:12: << takes a map or a list of maps'],
    ['tags: {<<: *t}', '2:12: *t refers to no anchor above it'],
    ['tags: {a: !Ref b}', '2:16: the tag !Ref has no meaning here; write the value without it'],
    ['tags: !!omap [a: b]', '2:14: the tag !!omap has no meaning here; write the value without it'],
    ['tags: {a: !!int 5}', '2:17: the tag !!int has no meaning here; write the value without it'],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });

  test('an alias that repeats a faulty value repeats no fault', () => {
    expect(faultsBelowName('tags: &t {a: {{NOPE}}}\nproperties: *t')).toHaveLength(1);
  });

  test('a bomb is refused', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(of).join(',')}]`;
    const bomb = ['a', '*a', '*b', '*c', '*d', '*e', '*f'].map((of, index) => level('abcdefg'[index] ?? '', of));
    expect(faultsBelowName(bomb.join('\n'))).toContain('iris.yml:5:8: aliases make over 1000 values here');
  });
});

describe('length is not', () => {
  const many = 200_000;

  test.each([
    ['faulty sources', `tags: {<<: [${'a,'.repeat(many)}]}`, 51],
    ['sources', `tags: {<<: [${'{a: b},'.repeat(many / 2)}]}`, 0],
    ['keys of a source', `tags: {<<: {${Array.from({ length: many / 2 }, (_, key) => `a${key}:`).join(',')}}}`, 0],
  ])('many %s of a merge key', (_, text, count) => {
    expect(faultsBelowName(text)).toHaveLength(count);
  });

  test('many faults of an override', () => {
    expect(faultsBelowName('', { set: [`tags={<<: [${'a,'.repeat(many)}]}`] })).not.toEqual([]);
  });
});

describe('depth is bounded', () => {
  test.each(['[', '{a: ', '- ', '? '])('%j', (opening) => {
    expect(faultsOf(opening.repeat(100_000))).toEqual([
      expect.stringMatching(/^iris.yml:1:\d+: is nested too deeply$/),
    ]);
  });

  test('in blocks too', () => {
    const lines = Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}a:\n`);
    expect(faultsOf(lines.join(''))).toEqual([expect.stringMatching(/is nested too deeply$/)]);
  });
});

test('faults beyond fifty are counted, not told', () => {
  const faults = faultsBelowName('name: x\n'.repeat(60));
  expect(faults).toHaveLength(51);
  expect(faults.at(-1)).toBe('iris.yml:52:1: 10 more faults from here on');
});
