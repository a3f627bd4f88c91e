import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** `nektos/act` runs workflow files as GitHub's runner does. Its log is read by these tests, so the version is exact. */
const VERSION = 'v0.2.89';

const FOLDER = resolve(import.meta.dirname, '../../node_modules/.cache/act', VERSION);
const PROGRAM = join(FOLDER, 'act');

const run = promisify(execFile);

/**
 * The program, built when it is not there yet, or a line that says why it cannot be had.
 * @throws Error where CI has Go and the build fails all the same: silence there would hide that nothing was tested
 */
export async function findAct(): Promise<{ readonly program: string } | { readonly missing: string }> {
  if (process.platform === 'win32') return { missing: 'act runs workflows without containers on POSIX systems only' };
  for (const [needed, argument] of Object.entries({ go: 'version', git: '--version', curl: '--version' })) {
    if (!(await runs(needed, argument))) return { missing: `${needed} is not installed` };
  }
  if (await exists(PROGRAM)) return { program: PROGRAM };
  try {
    await build();
    return { program: PROGRAM };
  } catch (error) {
    if (process.env['CI']) throw error;
    return { missing: `act could not be built: ${(error as Error).message.split('\n').join(' ')}` };
  }
}

/** In a folder of its own first: two test files may build at once, and one may already run what the other puts in place. */
async function build(): Promise<void> {
  const started = performance.now();
  await mkdir(FOLDER, { recursive: true });
  const folder = await mkdtemp(join(FOLDER, 'build-'));
  // Without cgo no C compiler is needed.
  const env = { ...process.env, GOBIN: folder, CGO_ENABLED: '0' };
  try {
    await run('go', ['install', `github.com/nektos/act@${VERSION}`], { cwd: folder, env });
    await rename(join(folder, 'act'), PROGRAM);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stderr.write(`built act ${VERSION} in ${Math.round((performance.now() - started) / 1_000)} s\n`);
}

async function runs(program: string, argument: string): Promise<boolean> {
  return run(program, [argument]).then(
    () => true,
    () => false,
  );
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
