import { percent, shareOf, type SmokeReport, type SmokeResult } from './result.ts';

/** The result as a table for people: one row a deployment, the new ones first. */
export function smokeTable(result: SmokeResult): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  return {
    header: ['deployment', 'answers', 'statuses', 'slowest', 'values that differ', 'verdict'],
    rows: result.reports.map((report) => [
      report.deployment,
      String(report.calls.length),
      [...new Set(report.calls.map(({ status }) => String(status)))].join(', '),
      `${Math.round(Math.max(0, ...report.calls.map(({ took }) => took)))} ms`,
      differenceOf(report),
      report.faults.length === 0 ? 'ok' : report.faults.join('; '),
    ]),
  };
}

/** Where the answers differ, one a line. */
export function smokeDetails(result: SmokeResult): readonly string[] {
  return result.reports.flatMap(({ deployment, difference }) =>
    [...(difference?.shape ?? []), ...(difference?.examples ?? [])].map((line) => `${deployment} ${line}`),
  );
}

function differenceOf({ isNew, difference }: SmokeReport): string {
  if (!isNew) return 'baseline';
  if (!difference) return 'not compared';
  return `${percent(shareOf(difference))} (${difference.differing} of ${difference.values})`;
}
