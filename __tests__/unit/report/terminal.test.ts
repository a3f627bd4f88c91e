import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { Env } from '../../../src/deps.ts';
import { terminalReport } from '../../../src/report/terminal.ts';

function written(env: Env, isTTY: boolean, use: (report: ReturnType<typeof terminalReport>) => void): string {
  const stream = Object.assign(new PassThrough(), { isTTY, hasColors: () => isTTY });
  use(terminalReport(stream as unknown as NodeJS.WriteStream, env));
  return String(stream.read() ?? '');
}

const at = { file: 'endpoints/iris.yml', line: 3, column: 1 };

describe('terminalReport', () => {
  test('names the place of a fault as editors link it', () => {
    expect(written({}, false, (report) => report.error('no such key', at))).toBe(
      'endpoints/iris.yml:3:1: error: no such key\n',
    );
    expect(written({}, false, (report) => report.warning('odd', at))).toBe('endpoints/iris.yml:3:1: warning: odd\n');
    expect(written({}, false, (report) => report.notice('by the way'))).toBe('note: by the way\n');
    expect(written({}, false, (report) => report.info('plain'))).toBe('plain\n');
  });

  test('never writes a masked value', () => {
    const text = written({}, false, (report) => {
      report.mask('top-secret-value');
      report.info('the key is top-secret-value');
    });
    expect(text).toBe('the key is ***\n');
  });

  test('gives the mask to a runner first', () => {
    const text = written({ GITHUB_ACTIONS: 'true' }, false, (report) => {
      report.mask('50%\nsecret-line');
      report.mask(' ');
      report.info('go');
    });
    expect(text).toBe('::add-mask::50%25%0Asecret-line\ngo\n');
  });

  test.each([
    [{}, ''],
    [{ RUNNER_DEBUG: '1' }, 'details\n'],
    [{ DEBUG: '*' }, 'details\n'],
  ])('with %j debug lines are %j', (env, expected) => {
    expect(written(env, false, (report) => report.debug('details'))).toBe(expected);
  });

  test('has colours on a terminal alone', () => {
    const escape = String.fromCharCode(27);
    expect(written({ FORCE_COLOR: '1' }, true, (report) => report.error('bad'))).toContain(escape);
    expect(written({}, false, (report) => report.error('bad'))).not.toContain(escape);
  });
});
