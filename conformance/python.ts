import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CACHE = 'node_modules/.cache/conformance';
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

/** How pip says that it did not reach its registry; any other failure is one of the list of packages. */
const UNREACHABLE = /connection|timed out|name resolution|getaddrinfo|unreachable|proxyerror|sslerror/i;

/** Ends with 1 where the SDK cannot run, and with an error of the import where Debian has left venv out. */
const SUITABLE = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 9))';

export interface Python {
  readonly python: string;
  /** Of the SDK and of Python itself, for people. */
  readonly versions: string;
}

/** A Python that can make virtual environments, or `undefined` when this machine has none. */
export async function findPython(wanted: string | undefined): Promise<string | undefined> {
  for (const command of wanted === undefined ? ['python3', 'python'] : [wanted]) {
    if (await succeeds(command, ['-c', SUITABLE])) return command;
  }
  return undefined;
}

/** The Python of a virtual environment with the pinned SDK. It is made once for each Python and each list of packages. */
export async function preparePython(command: string): Promise<Python | { readonly skipped: string }> {
  const { stdout: version } = await run(command, ['-VV']);
  const key = createHash('sha256')
    .update(version)
    .update(await readFile(REQUIREMENTS));
  const folder = join(CACHE, key.digest('hex').slice(0, 12));
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (!existsSync(complete)) {
    await rm(folder, { recursive: true, force: true });
    await run(command, ['-m', 'venv', folder]);
    const refusal = await install(python);
    if (refusal !== undefined) return { skipped: refusal };
    await writeFile(complete, '');
  }
  return { python, versions: await versions(python) };
}

/**
 * Installs the pinned packages.
 * @returns why they cannot be had here
 * @throws where the registry answers and the list is at fault
 */
async function install(python: string): Promise<string | undefined> {
  const words = '-m pip install --quiet --retries 1 --disable-pip-version-check --requirement'.split(' ');
  try {
    await run(python, [...words, REQUIREMENTS], { timeout: 10 * 60_000 });
    return undefined;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (UNREACHABLE.test(said)) return 'the Python package registry cannot be reached';
    throw error;
  }
}

async function versions(python: string): Promise<string> {
  const script =
    "import platform; from importlib.metadata import version; print('azure-ai-ml', version('azure-ai-ml'), 'on Python', platform.python_version())";
  return (await run(python, ['-c', script])).stdout.trim();
}

async function succeeds(command: string, words: readonly string[]): Promise<boolean> {
  try {
    await run(command, words);
    return true;
  } catch {
    return false;
  }
}
