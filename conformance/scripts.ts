import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** One line that a script wrote (`checks.py`). */
export interface Result {
  /** `loss`: something that the SDK is known to lose, and was seen to lose. */
  readonly kind: 'check' | 'loss';
  readonly flow: string;
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
  readonly seconds: number;
}

/** Longer than any script needs, and short enough for a job to tell which one hangs. */
const PATIENCE = 5 * 60_000;

/** Runs a Python script with the variables of an emulator, and nothing else that could lead it to Azure. */
export function runScript(
  python: string,
  script: string,
  emulator: Readonly<Record<string, string>>,
  bundle: string,
): Promise<Result[]> {
  const env = {
    ...inherited('PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP'),
    ...emulator,
    CONFORMANCE_NODE: process.execPath,
    CONFORMANCE_BUNDLE: bundle,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUTF8: '1',
    PYTHONWARNINGS: 'ignore',
  };
  const child = spawn(python, [join(import.meta.dirname, `${script}.py`)], { env, timeout: PATIENCE });
  child.stdin.end();
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
  return new Promise((done, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const results = output.stdout.split('\n').filter(Boolean).map(parseResult);
      const ended = code === 0 && results.length > 0;
      done(ended ? results : [...results, broken(script, `${code ?? signal}: ${output.stderr.slice(-1000)}`)]);
    });
  });
}

function parseResult(line: string): Result {
  return JSON.parse(line) as Result;
}

function broken(flow: string, how: string): Result {
  return { kind: 'check', flow, name: 'the script runs', passed: false, detail: `ended with ${how}`, seconds: 0 };
}

export function inherited(...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}
