import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { JsonObject } from '../../src/json.ts';
import { inherited } from '../scripts.ts';
import type { Case } from './cases.ts';
import type { SdkKeys } from './coverage.ts';

/** A file for the SDK, as `bodies.py` takes it. */
export interface SdkRequest {
  readonly kind: Case['kind'];
  /** Absolute. */
  readonly file: string;
  /** What `az ml` is given as flags. */
  readonly set: Readonly<Record<string, string>>;
  /** Ids that stand for the assets of the file, and what those of data begin with. */
  readonly model: string;
  readonly code: string;
  readonly environment: string;
  readonly data: string;
}

/** The body that the SDK would send, or why it takes the file for none. */
export type SdkAnswer =
  { readonly file: string; readonly body: JsonObject } | { readonly file: string; readonly refused: string };

/** Has the SDK read files, all in one process, which takes its time to load it. @returns its answers, in the same order */
export async function askSdk(python: string, requests: readonly SdkRequest[]): Promise<SdkAnswer[]> {
  const lines = await runBodies(python, [], JSON.stringify(requests));
  const answers = lines.map((line) => JSON.parse(line) as SdkAnswer);
  if (answers.length === requests.length) return answers;
  throw new Error(`the SDK answered ${answers.length} of ${requests.length} files`);
}

/** The keys of the SDK's own schemas. */
export async function askSdkForKeys(python: string): Promise<SdkKeys> {
  const [line = ''] = await runBodies(python, ['--keys'], '');
  return JSON.parse(line) as SdkKeys;
}

/** @returns the lines of its answer */
async function runBodies(python: string, words: readonly string[], input: string): Promise<string[]> {
  const env = {
    ...inherited('PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP'),
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
    PYTHONWARNINGS: 'ignore',
  };
  const child = spawn(python, [join(import.meta.dirname, 'bodies.py'), ...words], { env, timeout: 120_000 });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  const code = await new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', done);
    child.stdin.end(input);
  });
  if (code === 0) return output.stdout.split('\n').filter(Boolean);
  throw new Error(`bodies.py ended with ${String(code)}: ${output.stderr.slice(-1000)}`);
}
