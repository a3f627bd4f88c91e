import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { read } from './reading.ts';

const KEYS = [
  'name',
  'endpoint_name',
  'type',
  'model',
  'path',
  'environment',
  'conda_file',
  'image',
  'code_configuration',
  'scoring_script',
  'liveness_probe',
  'period',
  'data_collector',
  'collections',
  'tags',
  'scale_settings',
  '<<',
];
const MARKS = [': ', '- ', ', ', '[', ']', '{', '}', '&a ', '*a', '!t ', '|\n', '"', "'", '#', '---\n', '? ', '@'];
const WORDS = [
  'blue',
  'iris',
  'kubernetes',
  'file:env.yml',
  'file:../..',
  'azureml:a:1',
  'azureml:',
  '../x',
  'model',
  '0',
  '1e1',
  '{{A}}',
  '${{ env.A }}',
  '${{ x }}',
  'null',
  '__proto__',
  '\\u',
];
const SPACES = ['\n', '\n  ', '\n    ', '\r\n', '\t', ' '];
const yamlish = fc
  .array(fc.constantFrom(...KEYS, ...MARKS, ...WORDS, ...SPACES), { maxLength: 60 })
  .map((pieces) => pieces.join(''));

async function expectSound(text: string, included: string): Promise<void> {
  const { spec, faults } = await read(text, {
    files: { 'd/env.yml': included },
    env: { A: 'x: y' },
    expectedName: 'blue',
  });
  expect(spec === undefined).toBe(faults.length > 0);
  const sources = new Map([
    ['d/blue.yml', linesOf(text)],
    ['d/env.yml', linesOf(included)],
  ]);
  for (const { file = '', line = 0, column = 0, message } of faults) {
    const lines = sources.get(file) ?? [];
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

describe('whatever a file holds, it is a deployment or has faults at places in it', () => {
  test('pieces of YAML', async () => {
    await fc.assert(
      fc.asyncProperty(yamlish, yamlish, async (text, included) => expectSound(text, included)),
      { numRuns: 1500 },
    );
  });

  test('any text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => expectSound(text, text)),
      { numRuns: 500 },
    );
  });

  test('keys of a deployment with any value', async () => {
    const value = fc.oneof(
      fc.constantFrom(...WORDS),
      fc.jsonValue().map((json) => JSON.stringify(json)),
    );
    const lines = fc.array(fc.tuple(fc.constantFrom(...KEYS), value), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(lines, async (pairs) => {
        const text = ['name: blue', ...pairs.map(([key, written]) => `${key}: ${written}`)].join('\n');
        await expectSound(text, 'environment: file:env.yml');
      }),
      { numRuns: 1500 },
    );
  });
});
