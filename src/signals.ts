/**
 * A signal that is aborted when the job is cancelled or Ctrl-C is pressed. A second one ends the process at once.
 * The runner sends SIGINT, SIGTERM after 7.5 s and a kill after 10 s; source: actions/runner, `ProcessInvoker.cs`.
 */
export function cancelOnSignals(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted && name === 'SIGINT') process.exit(130);
      controller.abort(new Error(`cancelled by ${name}`));
    });
  }
  return controller.signal;
}
