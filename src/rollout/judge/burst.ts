import { middleOfSorted } from './middle.ts';

/** Errors of a minute, of both sides, that always count in full. */
export const FEW_ERRORS = 5;
/** How many times the errors of an ordinary minute still count in full. */
const TIMES_ORDINARY = 3;

/**
 * Tells for one minute after the other what part of it counts, from its errors: all, as long as they are not many more
 * than in the minutes before. A broken client sends its errors in bursts and through one connection, so that they are
 * not spread over the deployments as requests are. Since the part depends on the sum of both sides and on the past
 * alone, a likelihood ratio raised to it keeps a mean of at most 1 (Jensen's inequality).
 */
export function burstWatch(): (errors: number) => number {
  const earlier: number[] = [];
  return (errors) => {
    const counted = Math.max(FEW_ERRORS, TIMES_ORDINARY * middleOfSorted(earlier));
    insert(earlier, errors);
    return errors > counted ? counted / errors : 1;
  };
}

function insert(sorted: number[], value: number): void {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (sorted[half]! < value) low = half + 1;
    else high = half;
  }
  sorted.splice(low, 0, value);
}
