import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { pairs } from '../../emulator/runner/command-files.ts';
import { COMMANDS, parseCommand } from '../../emulator/runner/commands.ts';
import { masks } from '../../emulator/runner/masks.ts';
import { type RunOptions, type RunResult, runAction } from '../../emulator/runner/run-action.ts';

// A harness that lets everything pass proves nothing: each rule here is one that a faulty action would break.

test.concurrent('command files are read as strictly as the runner reads them', () => {
  expect(pairs('a=1\nb<<END\nx\n\ny\nEND\na=2=3\n')).toEqual({ a: '2=3', b: 'x\n\ny' });
  expect(pairs('a<<b=c\nb=c\n')).toEqual({ a: '' });
  expect(() => pairs('no separator\n')).toThrow("Invalid format 'no separator'");
  expect(() => pairs('=x\n')).toThrow('Name must not be empty');
  expect(() => pairs('a<<END\nx\n')).toThrow("Matching delimiter not found 'END'");
  expect(() => pairs('a<<\nx\n')).toThrow('delimiter must not be empty');
  return Promise.resolve();
});

test.concurrent('commands are recognised where the runner recognises them', () => {
  const nameOf = (line: string) => parseCommand(line, COMMANDS)?.name;
  expect(nameOf('  ::ERROR file=a.yml,line=1::x')).toBe('error');
  expect(nameOf('text ##[warning]x')).toBe('warning');
  expect(nameOf('text ::error::x')).toBeUndefined();
  expect(nameOf('::unknown::x')).toBeUndefined();
  expect(parseCommand('::error file=a%2Cb%3Ac,line=2::50%25%0Aof %250A', COMMANDS)).toEqual({
    name: 'error',
    properties: { file: 'a,b:c', line: '2' },
    data: '50%\nof %0A',
  });
  return Promise.resolve();
});

test.concurrent('a mask hides each line of a secret and its encodings', () => {
  const { add, apply } = masks();
  add('first line\nsecond/line"');
  const base64 = Buffer.from('xxsecond/line"').toString('base64');
  expect(apply('first line, second/line", second%2Fline%22, second/line\\"')).toBe('***, ***, ***, ***');
  expect(apply('first')).toBe('first');
  expect(apply(base64)).not.toBe(base64);
  return Promise.resolve();
});

test.concurrent('inputs, state, outputs, summary and annotations pass as on GitHub', async () => {
  const result = await runScript(`
    import { appendFileSync } from 'node:fs';
    const put = (file, text) => appendFileSync(process.env['GITHUB_' + file], text);
    if (process.env.STATE_isPost) {
      console.log('post sees', process.env['STATE_isPost'], process.env['INPUT_SOME-INPUT']);
    } else {
      put('STATE', 'isPost=yes\\n');
      put('OUTPUT', 'open=shown\\ntoken=s3cret-value\\n');
      put('STEP_SUMMARY', 'the value is s3cret-value\\n');
      console.log(JSON.stringify([process.env['INPUT_SOME-INPUT'], process.env['INPUT_UNSET'], process.env['INPUT_A_B']]));
      console.log('::add-mask::s3cret-value');
      console.error('s3cret-value on standard error');
      console.log('::group::inside s3cret-value');
      console.log('::endgroup::');
      for (let i = 0; i < 12; i++) console.log('::error file=' + process.cwd() + '/x.yml,line=3,col=5::s3cret-value ' + i);
      console.log('::warning::' + 'w'.repeat(5000));
      console.log('::stop-commands::halt');
      console.log('::error::text');
      console.log('::halt::');
      console.log('::debug::unseen');
      process.exitCode = 3;
    }
  `);
  expect(result).toMatchObject({
    exitCode: 3,
    outputs: { open: 'shown', token: 's3cret-value' },
    jobOutputs: { open: 'shown' },
    groups: ['inside ***'],
    summary: 'the value is ***\n',
    state: { isPost: 'yes' },
    post: { exitCode: 0, maskedLog: 'post sees yes as declared' },
  });
  expect(result.maskedLog).toContain('["as declared","","with space"]');
  expect(result.maskedLog).not.toMatch(/s3cret-value|unseen/);
  expect(result.rawLog).toContain('s3cret-value');
  const errors = result.annotations.filter(({ type }) => type === 'error');
  expect(errors).toHaveLength(10);
  expect(errors[0]).toEqual({ type: 'error', message: '*** 0', file: 'x.yml', line: 3, endLine: 3, column: 5 });
  expect(result.annotations.at(-1)?.message).toHaveLength(4096);
  expect(result.annotations[0]?.message).toBe(
    "Unexpected input(s) 'undeclared', valid inputs are ['some-input', 'unset', 'a b']",
  );
});

test.concurrent('what the runner refuses fails the run', async () => {
  await expect(runScript("console.log('::set-env name=A::b')")).rejects.toThrow("Unable to process command 'set-env'");
  const output = "import { writeFileSync } from 'node:fs'; writeFileSync(process.env.GITHUB_OUTPUT, 'nonsense\\n')";
  await expect(runScript(output)).rejects.toThrow("Invalid format 'nonsense'");
});

test.concurrent('a cancelled process gets SIGINT first, SIGTERM after 7.5 s', async () => {
  const cancel = new AbortController();
  const deaf =
    "if (!process.env.STATE_x) { process.on('SIGINT', () => console.log('SIGINT')); console.log('up'); setInterval(() => {}, 1000); }";
  const { exitCode, cancelMs, maskedLog } = await runScript(
    deaf,
    {
      cancel: cancel.signal,
      onLine: (line) => {
        if (line === 'up') cancel.abort();
      },
    },
    'x=1',
  );
  expect(maskedLog).toMatch(/\nup\nSIGINT$/);
  expect(exitCode).toBe(128 + 15);
  expect(cancelMs).toBeGreaterThan(7_000);
  expect(cancelMs).toBeLessThan(10_000);
});

test.concurrent('what hears neither is killed after 10 s, and its post step after five minutes', async () => {
  const cancel = new AbortController();
  const deaf =
    "for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {}); console.log('up'); setInterval(() => {}, 1000);";
  const { exitCode, cancelMs, post } = await runScript(deaf, {
    cancel: cancel.signal,
    postTime: 500,
    onLine: (line) => {
      if (line === 'up') cancel.abort();
    },
  });
  expect(exitCode).toBe(128 + 9);
  expect(cancelMs).toBeGreaterThan(9_500);
  expect(post.exitCode).toBe(128 + 9);
  expect(post.durationMs).toBeLessThan(5_000);
});

const ACTION = `
inputs:
  some-input: { description: one, default: as declared }
  unset: { description: two }
  a b: { description: three, default: with space }
runs: { using: node24, main: main.mjs, post: main.mjs }
`;

/** Runs a script as main and post of an action of its own. @param state saved before the script begins */
async function runScript(script: string, more: Partial<RunOptions> = {}, state?: string): Promise<RunResult> {
  const folder = await mkdtemp(join(tmpdir(), 'action-'));
  try {
    const saves = state ? `(await import('node:fs')).appendFileSync(process.env.GITHUB_STATE, '${state}\\n');` : '';
    await writeFile(join(folder, 'action.yml'), ACTION);
    await writeFile(join(folder, 'main.mjs'), `${script}\n${saves}`);
    return await runAction({ actionDir: folder, workspace: folder, inputs: { undeclared: 'x' }, ...more });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
