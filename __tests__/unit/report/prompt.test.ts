import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { askToConfirm } from '../../../src/report/prompt.ts';

async function answered(line: string, signal = new AbortController().signal): Promise<{ yes: boolean; shown: string }> {
  const input = new PassThrough();
  const output = new PassThrough();
  const asked = askToConfirm(input, output, signal, () => {})('This deletes endpoint iris.', 'iris');
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
    const asked = askToConfirm(input, new PassThrough(), new AbortController().signal, () => {})(
      'This deletes it.',
      'iris',
    );
    input.end();
    expect(await asked).toBe(false);
  });

  test('asks one question at a time', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = '';
    output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    const ask = askToConfirm(input, output, new AbortController().signal, () => {});
    const [iris, churn] = [ask('This takes iris down.', 'iris'), ask('This takes churn down.', 'churn')];
    await new Promise((resolve) => setImmediate(resolve));
    expect(shown).not.toContain('churn');
    input.write('iris\n');
    expect(await iris).toBe(true);
    input.write('churn\n');
    expect(await churn).toBe(true);
  });

  test('Ctrl-C while it asks interrupts as its caller wishes', async () => {
    const input = new PassThrough();
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const controller = new AbortController();
    const asked = askToConfirm(input, output, controller.signal, () => controller.abort())('Really?', 'iris');
    await new Promise((resolve) => setImmediate(resolve));
    input.write('\u0003');
    await expect(asked).rejects.toThrow(/abort/i);
  });

  test('ends when the run is cancelled', async () => {
    await expect(answered('', AbortSignal.abort())).rejects.toThrow(/abort/i);
  });
});
