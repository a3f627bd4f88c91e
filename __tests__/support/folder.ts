import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own as working directory, until `leave` is called. */
export async function enterFolder(): Promise<{ readonly path: string; leave(): Promise<void> }> {
  const before = process.cwd();
  const path = await realpath(await mkdtemp(join(tmpdir(), 'folder-')));
  process.chdir(path);
  return {
    path,
    async leave() {
      process.chdir(before);
      await rm(path, { recursive: true, force: true });
    },
  };
}
