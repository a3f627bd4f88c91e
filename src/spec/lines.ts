import type { Position } from '../deps.ts';

/**
 * Gives the place of each offset of a text. Columns count UTF-16 code units, as editors do. What is behind the last line
 * is told at its end: editors and annotations know no line after it.
 */
export function positionsIn(text: string, file: string): (offset: number) => Position {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  const end = text.length - (/\r?\n$/.exec(text)?.[0].length ?? 0);
  return (offset) => {
    const within = Math.min(Math.max(offset, 0), end);
    const line = lastAtMost(starts, within);
    return { file, line: line + 1, column: within - (starts[line] ?? 0) + 1 };
  };
}

/** The index of the last of the ascending `starts` that is not beyond `offset`. */
function lastAtMost(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
