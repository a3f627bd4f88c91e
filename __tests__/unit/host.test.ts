import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hostFiles } from '../../src/host.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'host-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('reading a file', () => {
  test.each([
    [0, 10, 0],
    [10, 10, 10],
    [11, 10, 11],
    [200_000, 10, 11],
    [200_000, 300_000, 200_000],
  ])('of %d bytes with a limit of %d gives %d', async (size, limit, expected) => {
    const path = join(folder, 'file');
    await writeFile(path, 'x'.repeat(size));
    expect((await hostFiles.read(path, limit)).length).toBe(expected);
  });

  test('reads a pipe to its end', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const text = '{"data": [1, 2, 3]}'.repeat(10_000);
    const [read] = await Promise.all([hostFiles.read(pipe, 1_000_000), writeFile(pipe, text)]);
    expect(Buffer.from(read).toString()).toBe(text);
  });
});
