import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'emulator-main-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Node reads `--env-file` itself, wherever it stands, unless `--` comes before it.
const command = ['--', 'emulator/main.ts'];

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [...command, ...args], { encoding: 'utf8' });
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) return text;
  }
  throw new Error('It ended without a line');
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

describe('the command', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'says that it is ready, and leaves nothing behind on %s',
    async (signal) => {
      const envFile = join(folder, 'env');
      const child = spawn(process.execPath, [...command, '--port', '0', '--env-file', envFile]);
      const ready = JSON.parse(await firstLine(child));
      expect(ready).toEqual({
        url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
        envFile,
        caFile: expect.any(String),
      });
      expect(readFileSync(envFile, 'utf8')).toContain(`export AZURE_RESOURCE_MANAGER_ENDPOINT='${ready.url}'\n`);
      expect(statSync(envFile).mode & 0o077).toBe(0);

      const script = `. '${envFile}' && exec '${process.execPath}' -e 'fetch(process.env.ARM_CLOUD_METADATA_URL).then((r) => r.json()).then(([c]) => console.log(c.name))'`;
      expect(spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout).toBe('AzureEmulator\n');

      child.kill(signal);
      expect(await ended(child)).toBe(0);
      expect([envFile, ready.caFile].filter((file) => existsSync(file))).toEqual([]);
    },
  );

  test('--help tells every flag', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const flag of ['--port', '--env-file', '--latency', '--operation-time', '--minute', '--seed'])
      expect(stdout).toContain(flag);
  });

  test.each([
    [['--bogus'], '--bogus'],
    [['extra'], 'extra'],
    [['--minute', '0'], '--minute takes 1 to 60000'],
    [['--deployment-time', 'soon'], "--deployment-time takes a whole number, not 'soon'"],
    [['--storage', 'nonsense'], 'no http or https address'],
    [['--storage', 'https://a.blob.core.windows.net'], 'needs a key'],
    [['--storage-credentials', 'much'], 'key, sas, none'],
    [['--latency', 'soon'], "--latency takes a whole number, not 'soon'"],
    [['--seed', join(folder, 'missing.json')], 'missing.json'],
  ])('refuses %j with exit code 2', (args, words) => {
    const { status, stdout, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(words);
  });

  test('refuses a seed that is not one', () => {
    const seed = join(folder, 'seed.json');
    writeFileSync(seed, '{"workspace": []}');
    const { status, stderr } = run('--seed', seed);
    expect(status).toBe(2);
    expect(stderr).toContain("seed has no 'workspace'");
  });
});
