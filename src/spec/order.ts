import type { Fault } from '../failure.ts';

/** Sorts faults by file, line and column. What belongs to no file comes first. */
export function byPlace(a: Fault, b: Fault): number {
  const [fileA = '', fileB = ''] = [a.file, b.file];
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
