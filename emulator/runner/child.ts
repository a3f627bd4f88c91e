import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Child {
  readonly file: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Each line of standard output and standard error. */
  readonly onLine: (line: string) => void;
  /** Aborted when the job is cancelled. */
  readonly cancel?: AbortSignal | undefined;
  /** Aborted when the machine is gone. */
  readonly lost?: AbortSignal | undefined;
}

/** How a process ended. */
export interface Ended {
  /** 128 and the number of the signal, when one ended it. */
  readonly exitCode: number;
  readonly durationMs: number;
  /** From the cancellation to the end. */
  readonly cancelMs?: number;
}

/** Runs a script with the Node.js that runs this, its standard input closed, and waits until it has said all. */
export async function runChild({ file, cwd, env, onLine, cancel, lost }: Child): Promise<Ended> {
  cancel?.throwIfAborted();
  const begun = performance.now();
  const child = spawn(process.execPath, [file], { cwd, env, stdio: 'pipe' });
  child.stdin.on('error', () => undefined).end();
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
  let cancelled: number | undefined;
  const stop = (): void => {
    cancelled = performance.now();
    void cancelProcess(child);
  };
  const kill = (): void => void child.kill('SIGKILL');
  cancel?.addEventListener('abort', stop, { once: true });
  lost?.addEventListener('abort', kill, { once: true });
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
  });
  cancel?.removeEventListener('abort', stop);
  lost?.removeEventListener('abort', kill);
  const ended = performance.now();
  return { exitCode, durationMs: ended - begun, ...(cancelled === undefined ? {} : { cancelMs: ended - cancelled }) };
}

/** To the process alone, not to its group. Source: actions/runner, `ProcessInvoker.cs`. */
async function cancelProcess(child: ChildProcess): Promise<void> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  for (const [signal, patience] of [
    ['SIGINT', 7_500],
    ['SIGTERM', 2_500],
    ['SIGKILL', 0],
  ] as const) {
    child.kill(signal);
    await sleep(patience, undefined, { signal: ended.signal }).catch(() => undefined);
    if (ended.signal.aborted) return;
  }
}
