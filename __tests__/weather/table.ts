import { type Operation, OPERATIONS } from './operations.ts';
import { BEFORE } from './rows/before.ts';
import { CANCEL, METRICS, SCORING } from './rows/others.ts';
import { READS } from './rows/reads.ts';
import type { Ending, Row } from './rows/row.ts';
import { FOLLOWING, WRITES } from './rows/writes.ts';

export const ROWS: readonly Row[] = [...BEFORE, ...READS, ...WRITES, ...FOLLOWING, ...METRICS, ...SCORING, ...CANCEL];

/** One run of the bundle: a fault, an operation, and how that is to end. */
export interface Cell {
  readonly name: string;
  readonly row: Row;
  readonly operation: Operation;
  readonly ending: Ending;
}

export const CELLS: readonly Cell[] = ROWS.flatMap((row) =>
  OPERATIONS.flatMap((operation) => {
    const ending = row.endings[operation];
    return ending && ending !== 'not run'
      ? [{ name: `${row.place}: ${row.trouble} × ${operation}`, row, operation, ending }]
      : [];
  }),
);
