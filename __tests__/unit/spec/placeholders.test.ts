import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { positionsIn } from '../../../src/spec/lines.ts';
import { maskPlaceholders } from '../../../src/spec/placeholders.ts';
import { faultsBelowName, faultsOf, specBelowName, specOf } from './reading.ts';

const env = { BLUE: '90', OWNER: 'ml', EMPTY: '', NOTHING: 'null', NAME: 'iris', GREEN: 'green', SECRET: 'hunter2' };

describe('values', () => {
  test('both forms, with and without spaces', () => {
    const text = 'tags: {a: {{OWNER}}, b: {{ OWNER }}, c: ${{ env.OWNER }}, d: ${{env.OWNER}}}';
    expect(specBelowName(text, { env }).tags).toEqual({ a: 'ml', b: 'ml', c: 'ml', d: 'ml' });
  });

  test('a whole plain scalar is typed again', () => {
    expect(specBelowName('traffic: {blue: {{BLUE}}, green: 10}', { env }).traffic).toEqual({ blue: 90, green: 10 });
    expect(specBelowName('tags: {a: {{NOTHING}}}', { env }).tags).toEqual({ a: null });
  });

  test('a quoted one, one within longer text and an empty one are text', () => {
    const text = `tags: {a: "{{NOTHING}}", b: '{{BLUE}}', c: x{{NOTHING}}, d: {{EMPTY}}, e: {{BLUE}}{{BLUE}}}`;
    expect(specBelowName(text, { env }).tags).toEqual({ a: 'null', b: '90', c: 'xnull', d: '', e: '9090' });
  });

  test('in the name, in block scalars and over several lines', () => {
    const text = 'name: {{NAME}}\ndescription: | # {{NOTE}}\n  for {{OWNER}}\n  and {{NAME}}\n';
    expect(specOf(text, { env })).toMatchObject({ name: 'iris', description: 'for ml\nand iris\n' });
    expect(specBelowName('description: "a {{OWNER}}\n  {{BLUE}}"', { env }).description).toBe('a ml 90');
  });

  test('the name of a deployment', () => {
    expect(specBelowName('traffic: {{{GREEN}}: 100}', { env }).traffic).toEqual({ green: 100 });
    expect(specBelowName('traffic:\n  {{GREEN}}: 100', { env }).traffic).toEqual({ green: 100 });
    expect(specBelowName('traffic: {"${{ env.GREEN }}": 100}', { env }).traffic).toEqual({ green: 100 });
  });

  test('the text that may be shown is kept by path', () => {
    const text = 'tags: {a: x-{{OWNER}}, b: y}\ntraffic: {Blue: ${{ env.BLUE }}, green: 10}';
    expect([...specBelowName(text, { env }).placeholders]).toEqual([
      ['tags.a', 'x-{{OWNER}}'],
      ['traffic.blue', '${{ env.BLUE }}'],
    ]);
  });

  test('literal braces, and those in comments, are none', () => {
    expect(specBelowName('description: "\\x7b{NAME}}" # {{NOPE}} ${{ secrets.X }}').description).toBe('{{NAME}}');
    expect(specBelowName('# {{NOPE}}\ndescription: "{{ open"').description).toBe('{{ open');
  });

  test('braces that end maps behind an open pair belong to the maps', () => {
    expect(specOf('{name: iris, tags: {a: "{{"}}').tags).toEqual({ a: '{{' });
  });

  test('a secret that Azure is to inject is its own text', () => {
    const text = 'tags: {a: "${{azureml://connections/vault/credentials/key}}", b: {{OWNER}}}';
    expect(specBelowName(text, { env }).tags).toEqual({
      a: '${{azureml://connections/vault/credentials/key}}',
      b: 'ml',
    });
  });
});

describe('faults', () => {
  const forms = 'is not a placeholder; the forms are ${{ env.NAME }} and {{NAME}}';
  test.each([
    ['tags: {a: {{NOPE}}}', '2:11: the environment variable NOPE is not set; {{NOPE}} needs it'],
    ['description: for ${{ env.NOPE }}', '2:18: the environment variable NOPE is not set; ${{ env.NOPE }} needs it'],
    ['tags: {a: {{toString}}}', '2:11: the environment variable toString is not set; {{toString}} needs it'],
    ['description: ${{ secrets.X }}', `2:14: \${{ secrets.X }} ${forms}`],
    ['description: ${{ env.A-B }}', `2:14: \${{ env.A-B }} ${forms}`],
    ['description: {{A.B}}', `2:14: {{A.B}} ${forms}`],
    ['description: {{}}', `2:14: {{}} ${forms}`],
    [`description: \${{ format('{0}', x) }}`, `2:14: \${{ format('{0}', x) }} ${forms}`],
    [
      '{{NAME}}: x',
      '2:1: the placeholder {{NAME}} cannot be a key; only the name of a deployment in traffic or mirror_traffic can be one',
    ],
    [
      'tags: {"{{NAME}}": x}',
      '2:8: the placeholder {{NAME}} cannot be a key; only the name of a deployment in traffic or mirror_traffic can be one',
    ],
    [
      'description: "\\uDC01 {{NAME}}"',
      '2:14: an escape in this value makes an invalid character (unpaired surrogate)',
    ],
    ['description: "\\uD800"', '2:14: an escape in this value makes an invalid character (unpaired surrogate)'],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text, { env })).toEqual([`iris.yml:${fault}`]);
  });

  // As docs/yaml.md lists them.
  test.each([
    'AZURE_CLIENT_SECRET',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_',
    'INPUT_GITHUB_TOKEN',
    'INPUT_KEY',
    'github_token',
    'gh_token',
    'Azure_Client_Secret',
    'actions_x',
    'input_key',
  ])('%s is never read, in either form', (name) => {
    for (const shown of [`{{${name}}}`, `{{ ${name} }}`, `\${{ env.${name} }}`]) {
      expect(faultsBelowName(`description: ${shown}`, { env: { ...env, [name]: 'hunter2' } })).toEqual([
        `iris.yml:2:14: ${shown} may hold a credential and cannot be used in a file`,
      ]);
    }
  });

  test.each(['MY_GITHUB_TOKEN', 'GITHUB_TOKENS', 'GH_TOKEN_NAME', 'AZURE_CLIENT_ID', 'GITHUB_ACTIONS', 'MY_INPUT_KEY'])(
    '%s only looks like one of them',
    (name) => {
      expect(specBelowName(`description: {{${name}}}`, { env: { [name]: 'words' } }).description).toBe('words');
    },
  );

  test.each([
    'name: {{SECRET}}',
    'name: iris\nauth_mode: {{SECRET}}',
    'name: iris\ntraffic: {blue: {{SECRET}}}',
    'name: iris\ntraffic: {blue: "{{SECRET}}"}',
    'name: iris\ntraffic: {{SECRET}}',
    'name: iris\n{{SECRET}}: 1',
    'name: iris\ntags: {{SECRET}}',
    'name: iris\ncompute: {{SECRET}}',
    'name: iris\nidentity: {type: x{{SECRET}}}',
    'name: iris\n$schema: //azureml/{{SECRET}}.schema.json',
    'name: iris\ntraffic: {{{SECRET}}: 90, {{SECRET}}: 10}',
    'name: iris\ntraffic: {{{SECRET}}: 90}',
    'name: iris\ntraffic: {{{SECRET}}: 100}\nmirror_traffic: {{{SECRET}}: 10}',
    'name: iris\nidentity: {type: {{SECRET}}, {{SECRET}}: x}',
  ])('%j never shows the value', (text) => {
    for (const SECRET of ['hunter2', '77', 'true', '7.5', '-']) {
      const faults = faultsOf(text, { env: { SECRET } });
      expect(faults.length).toBeGreaterThan(0);
      expect(
        faults
          .join('\n')
          .replaceAll('integer from 0 to 100', '')
          .replace(/iris.yml:\d+:\d+/g, ''),
      ).not.toMatch(/hunter2|77|7\.5|is true/);
    }
  });

  test('a total is not told where it would give a value away', () => {
    expect(faultsBelowName('traffic: {blue: {{BLUE}}, green: 20}', { env })).toEqual([
      'iris.yml:2:1: traffic must add up to 100, or to 0 for none at all; blue={{BLUE}} green=20 does not',
    ]);
  });

  test('a name that is not the name of the file', () => {
    expect(faultsOf('name: {{OWNER}}-x', { env })).toEqual([
      'iris.yml:1:7: name is {{OWNER}}-x but the file is iris.yml; its value must be iris',
    ]);
  });
});

describe('laws', () => {
  const word = fc.constantFrom(
    '{{A}}',
    '${{ env.A }}',
    '{{',
    '}}',
    '{',
    '}',
    '$',
    'a',
    ':',
    ' ',
    '\n',
    '\r\n',
    '#',
    '"',
    "'",
  );
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(''));

  test('masking keeps the length and every line and column', () => {
    fc.assert(
      fc.property(text, (original) => {
        const { masked, placeholders } = maskPlaceholders(original);
        expect(masked).toHaveLength(original.length);
        const [before, after] = [positionsIn(original, 'f'), positionsIn(masked, 'f')];
        for (let offset = 0; offset <= original.length; offset++) expect(after(offset)).toEqual(before(offset));
        for (const { offset, shown } of placeholders) expect(original.startsWith(shown, offset)).toBe(true);
      }),
    );
  });

  test('no value changes the structure', () => {
    const piece = fc.constantFrom(
      '\n',
      ': ',
      '"',
      "'",
      '}}',
      '{{A}}',
      ' #',
      '- ',
      '&a',
      '*a',
      '!t',
      '|',
      ',',
      '[',
      '\\',
      'x',
      '\uDC01',
      '\t',
    );
    const value = fc.array(piece, { minLength: 1 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(value, (A) => {
        const yaml =
          'description: "{{A}}"\ntags:\n  plain: {{A}}\n  within: x {{A}} y\n  flow: z\nproperties: {p: \'{{A}}\'}';
        const { description, tags, properties, positions } = specBelowName(yaml, { env: { A } });
        expect({ description, tags, properties }).toEqual({
          description: A,
          tags: { plain: A, within: `x ${A} y`, flow: 'z' },
          properties: { p: A },
        });
        expect(positions.get('properties.p')).toEqual({ file: 'iris.yml', line: 7, column: 14 });
      }),
    );
  });
});

test('the name of a deployment has a path that may be shown', () => {
  const { names } = specBelowName('traffic: {"{{DEP}}": 100}', { env: { DEP: 'Secret' } });
  expect([...names]).toEqual([['traffic.secret', 'traffic.{{DEP}}']]);
});
