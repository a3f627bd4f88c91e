/** The part of Node's `process` that signals need. */
type Process = Pick<NodeJS.Process, 'exit'> & { on(name: 'SIGINT' | 'SIGTERM', handler: () => void): unknown };

/** Milliseconds that an orderly end may take before a SIGTERM ends it. */
const PATIENCE = 2_000;

/**
 * A signal that is aborted when the job is cancelled or Ctrl-C is pressed. A second SIGINT ends
 * the process at once; a SIGTERM does so once the end has had its chance to be orderly.
 * The runner sends SIGINT, SIGTERM after 7.5 s and a kill after 10 s; source: actions/runner, `ProcessInvoker.cs`.
 * @param lastWords written before an end that is not orderly
 */
export function cancelOnSignals(
  process: Process,
  lastWords: () => void = () => {},
  now: () => number = Date.now,
): AbortSignal {
  const controller = new AbortController();
  let abortedAt = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      const isRepeated = name === 'SIGINT' || now() - abortedAt > PATIENCE;
      if (controller.signal.aborted && isRepeated) {
        lastWords();
        process.exit(130);
      }
      if (!controller.signal.aborted) abortedAt = now();
      controller.abort(new Error(`cancelled by ${name}`));
    });
  }
  return controller.signal;
}
