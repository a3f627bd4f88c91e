import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Emulator } from '../emulator/server.ts';
import { type Figure, median } from './figure.ts';
import { type ProcessRun, runMeasured } from './process.ts';

const RUNS = 21;
const BUNDLE = resolve('dist/index.js');

/** For a process that compiles everything itself, as the first of a job and of a fresh machine does. */
const BARS: Readonly<Record<string, number>> = {
  'validate of one file, command line': 2.5,
  'validate of one file, action': 4.5,
  'url, command line, fresh sign-in': 10,
};

/** A process as users start it: what measures memory would load modules that the empty script then shares. */
function plain(words: readonly string[], env: Readonly<Record<string, string>>): Promise<ProcessRun> {
  return runMeasured(process.execPath, words, env);
}

/** What a whole process costs, as a ratio to an empty script of the same Node in the same run. */
export async function startUp(emulator: Emulator): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const empty = join(folder, 'empty.mjs');
  await writeFile(empty, '');
  await writeFile(join(folder, 'output'), '');
  const one = join(folder, 'endpoints');
  await mkdir(one);
  await copyFile('endpoints/iris.yml', join(one, 'iris.yml'));
  const asAction = {
    INPUT_OPERATION: 'validate',
    INPUT_ENDPOINT: 'iris',
    'INPUT_ENDPOINTS-DIR': one,
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STATE: join(folder, 'output'),
  };
  try {
    const warm = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
    const oneFile = ['validate', 'iris', '--endpoints-dir', one];
    const ratios = await interleaved(empty, {
      'validate of one file, command line': () => plain([BUNDLE, ...oneFile], {}),
      'validate of one file, action': () => plain([BUNDLE], asAction),
      'validate of an endpoint with two deployments, command line': () => plain([BUNDLE, 'validate', 'iris'], {}),
      'url, command line, fresh sign-in': () => plain([BUNDLE, 'url', 'iris'], emulator.env),
      'validate of one file, command line, compiled before': () => plain([BUNDLE, ...oneFile], warm),
      'url, command line, compiled before': () => plain([BUNDLE, 'url', 'iris'], { ...emulator.env, ...warm }),
    });
    return Object.entries(ratios).map(([name, value]): Figure => {
      const atMost = BARS[name];
      return { name, unit: '×', value, runs: RUNS, against: 'an empty script', ...(atMost ? { atMost } : {}) };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the peers in turn, so that a busy moment of the machine falls on all of them. */
async function interleaved(
  empty: string,
  flows: Readonly<Record<string, () => Promise<ProcessRun>>>,
): Promise<Record<string, number>> {
  const times: Record<string, number[]> = { empty: [] };
  for (let index = 0; index < RUNS; index += 1) {
    times['empty']!.push((await plain([empty], {})).milliseconds);
    for (const [name, flow] of Object.entries(flows)) {
      const { exitCode, milliseconds, stderr } = await flow();
      if (exitCode !== 0) throw new Error(`${name} failed: ${stderr}`);
      (times[name] ??= []).push(milliseconds);
    }
  }
  const base = median(times['empty']!);
  return Object.fromEntries(Object.keys(flows).map((name) => [name, median(times[name]!) / base]));
}
