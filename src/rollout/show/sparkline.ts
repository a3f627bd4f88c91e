const BARS = '▂▃▄▅▆▇█';
const NONE = '▁';

/**
 * A line of bars, text that every log and summary shows: the lowest is nothing, the highest `highest` or more. What is not
 * known is a gap.
 */
export function sparkline(values: readonly (number | undefined)[], highest: number): string {
  const top = highest > 0 ? highest : 1;
  return values.map((value) => (value === undefined ? ' ' : bar(value / top))).join('');
}

function bar(part: number): string {
  return part > 0 ? (BARS[Math.min(BARS.length - 1, Math.floor(part * BARS.length))] ?? NONE) : NONE;
}
