/** The median; 0 of nothing. */
export function middle(values: readonly number[]): number {
  return middleOfSorted([...values].sort((a, b) => a - b));
}

export function middleOfSorted(sorted: readonly number[]): number {
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
