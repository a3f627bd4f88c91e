import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { askToConfirm } from '../../../src/report/prompt.ts';

async function answered(line: string, signal = new AbortController().signal): Promise<{ yes: boolean; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const asked = askToConfirm(input, output, signal)('This deletes endpoint iris.', 'iris');
  input.write(`${line}\n`);
  return { yes: await asked, shown: String(output.read()) };
}

describe('askToConfirm', () => {
  test.each([
    ['iris', true],
    [' IRIS ', true],
    ['yes', false],
    ['y', false],
    ['', false],
  ])('takes %j for %s', async (line, expected) => {
    const { yes, shown } = await answered(line);
    expect(yes).toBe(expected);
    expect(shown).toContain('This deletes endpoint iris.\nType iris to go on: ');
  });

  test('takes the end of the input for no', async () => {
    const input = new PassThrough();
    const asked = askToConfirm(input, new PassThrough(), new AbortController().signal)('This deletes it.', 'iris');
    input.end();
    expect(await asked).toBe(false);
  });

  test('ends when the run is cancelled', async () => {
    await expect(answered('', AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
