import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { runnerReport } from '../../../src/report/runner.ts';

let text: string;

beforeEach(() => {
  text = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

describe('runnerReport', () => {
  test('masks a secret before it can be written, and never writes it', () => {
    const report = runnerReport();
    report.mask('top-secret-value');
    report.info('the key is top-secret-value');
    expect(text.split('\n').slice(0, 2)).toEqual(['::add-mask::top-secret-value', 'the key is ***']);
  });

  test('does not ask the runner to mask nothing', () => {
    runnerReport().mask(' ');
    expect(text).toBe('');
  });

  test('points annotations at their place', () => {
    const report = runnerReport();
    report.error('bad', { file: 'endpoints/iris.yml', line: 3, column: 5 });
    report.warning('odd');
    report.notice('well');
    expect(text.split('\n').slice(0, 3)).toEqual([
      '::error file=endpoints/iris.yml,line=3,col=5::bad',
      '::warning::odd',
      '::notice::well',
    ]);
  });

  test.each([
    ['::error::made up', /^\s*::/m],
    ['first line\n  ::add-mask::a', /^\s*::/m],
    ['text ##[error]made up', /##\[/],
  ])('keeps %j from being a command', (foreign, command) => {
    runnerReport().info(foreign);
    expect(text).not.toMatch(command);
  });

  test('marks debug lines as such', () => {
    runnerReport().debug('details');
    expect(text).toBe('::debug::details\n');
  });

  test('shows the words of strangers in a group in which the runner obeys nothing', () => {
    runnerReport().foreign('logs', '::set-output name=a::b\n##[error]no\nplain');
    const lines = text.trimEnd().split('\n');
    const word = /^::stop-commands::(.{36})$/.exec(lines[1] ?? '')?.[1];
    expect(word).toBeDefined();
    expect([lines[0], ...lines.slice(4)]).toEqual(['::group::logs', 'plain', `::${word}::`, '::endgroup::']);
    expect(lines.slice(2, 4).some((line) => line.startsWith('::') || line.includes('##['))).toBe(false);
  });
  describe('the job summary', () => {
    let folder: string;
    const summary = () => readFileSync(join(folder, 'summary.md'), 'utf8');

    // The toolkit remembers the file's path.
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'summary-'));
      writeFileSync(join(folder, 'summary.md'), '');
      process.env['GITHUB_STEP_SUMMARY'] = join(folder, 'summary.md');
    });

    afterAll(() => {
      delete process.env['GITHUB_STEP_SUMMARY'];
      rmSync(folder, { recursive: true });
    });

    test('keeps the drafts of what it does not show by itself', async () => {
      const report = runnerReport();
      await report.draft('iris', 'iris so far');
      await report.draft('rose', 'rose so far');
      expect(summary()).toBe('iris so far\n\nrose so far');
      await report.summary('iris is done', ['iris']);
      expect(summary()).toBe('iris is done\n\nrose so far');
    });

    test('never becomes so large that GitHub would drop it', async () => {
      const report = runnerReport();
      for (let index = 0; index < 20; index += 1) await report.draft(`e${index}`, 'a line of text\n'.repeat(6_000));
      expect(statSync(join(folder, 'summary.md')).size).toBeLessThan(1024 * 1024);
      expect(summary()).toContain('The rest is in the log.');
    });
  });
});
