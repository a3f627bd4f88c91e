import type { Result } from './scripts.ts';

/** Every check under its flow, with what was found where it failed. */
export function report(results: readonly Result[]): string {
  const checks = results.filter(({ kind }) => kind === 'check');
  const flows = [...new Set(checks.map(({ flow }) => flow))];
  return flows.map((flow) => section(flow, checks)).join('\n\n');
}

/** What the SDK was seen to lose, as a list of its own: none of it is a fault of the emulator or of our action. */
export function lossLines(results: readonly Result[]): string {
  const losses = results.filter(({ kind }) => kind === 'loss');
  return ['', 'known losses of the SDK, each seen in this run', ...losses.map(line)].join('\n');
}

/** The last line of a run. */
export function summary(results: readonly Result[]): string {
  const failed = results.filter(({ passed }) => !passed).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

function section(name: string, checks: readonly Result[]): string {
  const own = checks.filter(({ flow }) => flow === name);
  const seconds = own.reduce((sum, each) => sum + each.seconds, 0);
  const passed = own.filter((each) => each.passed).length;
  return [`${name} (${passed} of ${own.length}, ${seconds.toFixed(1)} s)`, ...own.map(line)].join('\n');
}

function line({ name, passed, detail }: Result): string {
  return passed ? `  ok      ${name}` : `  FAILED  ${name}\n          ${detail.replaceAll('\n', '\n          ')}`;
}
