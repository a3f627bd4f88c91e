import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEndpoint } from '../../../src/spec/endpoint.ts';
import { parseOverride } from '../../../src/spec/override.ts';

const KEYS = [
  'name',
  'tags',
  'traffic',
  'mirror_traffic',
  'identity',
  'type',
  'user_assigned_identities',
  'compute',
  '<<',
];
const MARKS = [
  ': ',
  '- ',
  ', ',
  '[',
  ']',
  '{',
  '}',
  '&a ',
  '*a',
  '!t ',
  '|\n',
  '>\n',
  '"',
  "'",
  '#',
  '%',
  '---\n',
  '...\n',
  '? ',
  '@',
  '`',
];
const WORDS = ['iris', '100', '{{A}}', '{{B}}', '${{ env.A }}', '${{ x }}', 'null', '1e1', '\\', '\\u', '__proto__'];
const SPACES = ['\n', '\n  ', '\n    ', '\r\n', '\t', ' '];

const yamlish = fc
  .array(fc.constantFrom(...KEYS, ...MARKS, ...WORDS, ...SPACES), { maxLength: 60 })
  .map((pieces) => pieces.join(''));

function expectSound(text: string): void {
  const { spec, faults } = readEndpoint(text, 'f.yml', { expectedName: 'iris', env: { A: 'x: y' } });
  expect(spec === undefined).toBe(faults.length > 0);
  const lines = linesOf(text);
  for (const { file, line = 0, column = 0, message } of faults) {
    expect(file).toBe('f.yml');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
    expect(message).not.toMatch(/[\n\r]|x: y/);
  }
}

/** A line break at the end begins no line more. */
function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

describe('whatever the text, it is an endpoint or has faults inside of it', () => {
  test('text that looks like YAML', () => {
    fc.assert(fc.property(yamlish, expectSound), { numRuns: 3000 });
  });

  test('text below a name', () => {
    fc.assert(
      fc.property(yamlish, (text) => expectSound(`name: iris\n${text}`)),
      { numRuns: 2000 },
    );
  });

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectSound), { numRuns: 1000 });
  });
});

test('whatever the override, it is a value or a fault', () => {
  fc.assert(
    fc.property(fc.constantFrom('tags.a', 'traffic', 'identity.type', 'a[0]'), yamlish, (path, value) => {
      const override = parseOverride(`${path}=${value}`);
      if (!('path' in override)) throw new Error(override.message);
      const { faults } = readEndpoint('name: iris', 'f.yml', { overrides: [override] });
      for (const fault of faults) expect(fault.line === undefined).toBe(fault.message.startsWith('set '));
    }),
    { numRuns: 1000 },
  );
});
