import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const CACHE = 'node_modules/.cache/conformance';
const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');

/** Ends with 1 where the SDK cannot run, and with an error of the import where Debian has left venv out. */
const SUITABLE = 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 9))';

export interface Python {
  readonly python: string;
  /** Of the SDK and of Python itself, for people. */
  readonly versions: string;
}

/** Why the SDK cannot run here. */
export interface NoPython {
  readonly skipped: string;
  /** Whether the machine has no Python at all. One that has it can be made to run the SDK. */
  readonly hasNone: boolean;
}

/** The Python of a virtual environment with the pinned SDK. It is made once for each Python and each list of packages. */
export async function preparePython(wanted?: string): Promise<Python | NoPython> {
  const commands = wanted === undefined ? ['python3', 'python'] : [wanted];
  const present = await filtered(commands, (command) => succeeds(command, ['-V']));
  if (present.length === 0) return { skipped: `there is no ${commands.join(' or ')}`, hasNone: true };
  const [command] = await filtered(present, (each) => succeeds(each, ['-c', SUITABLE]));
  if (command === undefined) return { skipped: 'Python is older than 3.9 or has no venv', hasNone: false };
  const python = await environmentOf(command);
  if (python === undefined) return { skipped: 'the Python package registry cannot be reached', hasNone: false };
  return { python, versions: await versions(python) };
}

/** @returns nothing where the packages cannot be had */
async function environmentOf(command: string): Promise<string | undefined> {
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
    if (!(await install(python))) return undefined;
    await writeFile(complete, '');
  }
  return python;
}

/**
 * Installs the pinned packages.
 * @returns whether the registry could be reached
 * @throws where the registry answers and the list is at fault
 */
async function install(python: string): Promise<boolean> {
  const words = '-m pip install --quiet --retries 1 --disable-pip-version-check --requirement'.split(' ');
  try {
    await run(python, [...words, REQUIREMENTS], { timeout: 10 * 60_000 });
    return true;
  } catch (error) {
    if (isUnreachable(error instanceof Error ? error.message : String(error))) return false;
    throw error;
  }
}

/**
 * Whether pip says that it did not reach its registry: its last retry is gone, and it knows no version of a package or
 * has no answer to a download. Any other failure is one of the list of packages.
 */
export function isUnreachable(said: string): boolean {
  const hasGivenUp = /^WARNING: Retrying \(Retry\(total=0, .*\) after connection broken by /m.test(said);
  return hasGivenUp && /\(from versions: none\)|Max retries exceeded with url|Read timed out/.test(said);
}

async function versions(python: string): Promise<string> {
  const script =
    "import platform; from importlib.metadata import version; print('azure-ai-ml', version('azure-ai-ml'), 'on Python', platform.python_version())";
  return (await run(python, ['-c', script])).stdout.trim();
}

async function filtered<T>(all: readonly T[], holds: (each: T) => Promise<boolean>): Promise<T[]> {
  const verdicts = await Promise.all(all.map(holds));
  return all.filter((_, index) => verdicts[index]);
}

async function succeeds(command: string, words: readonly string[]): Promise<boolean> {
  try {
    await run(command, words);
    return true;
  } catch {
    return false;
  }
}
