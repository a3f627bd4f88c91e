/** One figure of the bench, with the bar that it has to keep, if there is one. */
export interface Figure {
  readonly name: string;
  /** What is counted: `ms`, `MB`, `requests`, or `×` for a ratio against a peer. */
  readonly unit: 'ms' | 's' | 'MB' | 'requests' | 'writes' | '×';
  /** The median of all runs; what was counted, where it is the same in each run. */
  readonly value: number;
  /** `counted`: a count or a size that no run changes. */
  readonly runs: number | 'counted';
  /** The most that is allowed. */
  readonly atMost?: number;
  /** The least that is allowed. */
  readonly atLeast?: number;
  /** The least that is aimed at. Missing it is said, and does not fail the bench. */
  readonly goal?: number;
  /** What a ratio is taken against. */
  readonly against?: string;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export function keepsItsBar({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return value <= atMost && value >= atLeast;
}

/** `validate from the command line  2.2 × an empty script  (at most 2.5)  15 runs`, aligned. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${round(figure.value)} ${figure.unit}${figure.against ? ` ${figure.against}` : ''}`,
    bar(figure),
    runsText(figure),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function runsText({ runs }: Figure): string {
  return runs === 'counted' ? 'counted' : `median of ${runs} runs`;
}

function bar(figure: Figure): string {
  const { atMost, atLeast, goal, value } = figure;
  if (goal !== undefined) return `goal ${value < goal ? 'missed' : 'kept'}: at least ${goal}`;
  if (atMost === undefined && atLeast === undefined) return '';
  const limit = atMost === undefined ? `at least ${atLeast}` : `at most ${atMost}`;
  return keepsItsBar(figure) ? limit : `MISSED: ${limit}`;
}

function round(value: number): string {
  return value.toFixed(value >= 100 || Number.isInteger(value) ? 0 : 2);
}
