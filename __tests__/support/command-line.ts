import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Sends SIGINT, as Ctrl-C does, when it is aborted. */
  readonly interrupt?: AbortSignal;
  /** Sends another one when it is aborted. */
  readonly again?: AbortSignal;
}

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** From the last interruption to the end. */
  readonly interruptedMs: number;
}

/** Runs a program without a terminal, with nothing of this process's environment but `PATH`. */
export function runCommand(
  program: string,
  words: readonly string[],
  { cwd, env, interrupt, again }: CommandOptions,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd, env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: 'pipe' });
    child.stdin.end();
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString('utf8')));
    let interrupted = NaN;
    const stop = (): void => {
      interrupted = performance.now();
      child.kill('SIGINT');
    };
    for (const signal of [interrupt, again]) signal?.addEventListener('abort', stop, { once: true });
    child.once('error', reject);
    child.once('close', (exitCode) => {
      for (const signal of [interrupt, again]) signal?.removeEventListener('abort', stop);
      resolve({ exitCode, ...output, interruptedMs: performance.now() - interrupted });
    });
  });
}
