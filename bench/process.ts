import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One run of a whole process. */
export interface ProcessRun {
  /** From its start to its end. */
  readonly milliseconds: number;
  readonly peakBytes: number;
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** Writes the peak of the resident memory to a file when the process ends; kibibytes, as getrusage(2) counts. */
const PEAK_HOOK = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs';
   process.on('exit', () => writeFileSync(process.env.BENCH_PEAK_FILE, String(process.resourceUsage().maxRSS)));`,
)}`;

/** Runs a script in a Node process of its own, with nothing in its environment but what is given. */
export function runNode(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = '.',
): Promise<ProcessRun> {
  return runMeasured(process.execPath, ['--import', PEAK_HOOK, ...words], env, cwd);
}

/** Runs a program that writes its peak of memory, in kibibytes, to the file that `BENCH_PEAK_FILE` names. */
export async function runMeasured(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd = '.',
): Promise<ProcessRun> {
  const peakFile = join(tmpdir(), `bench-peak-${process.pid}-${performance.now()}`);
  const begin = performance.now();
  const given = { PATH: process.env['PATH'] ?? '', ...env, BENCH_PEAK_FILE: peakFile };
  const ended = await run(program, words, given, cwd);
  const milliseconds = performance.now() - begin;
  const peakBytes = Number(await readFile(peakFile, 'utf8').catch(() => NaN)) * 1024;
  await rm(peakFile, { force: true });
  return { milliseconds, peakBytes, ...ended };
}

function run(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<{ exitCode: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stderr }));
  });
}
