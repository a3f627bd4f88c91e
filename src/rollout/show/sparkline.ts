const BARS = '▁▂▃▄▅▆▇█';
const WIDEST = 60;

/**
 * A line of bars, the highest for the highest value. Many values are drawn together, the largest of each part, so that a burst
 * is never lost. Text that every log and summary shows.
 */
export function sparkline(values: readonly number[], highest = Math.max(...values)): string {
  const drawn = narrowed(values.map((value) => (Number.isFinite(value) && value > 0 ? value : 0)));
  const top = Number.isFinite(highest) && highest > 0 ? highest : 1;
  return drawn.map((value) => BARS[Math.min(7, Math.floor((value / top) * 7.999))]).join('');
}

function narrowed(values: readonly number[]): number[] {
  if (values.length <= WIDEST) return [...values];
  const part = values.length / WIDEST;
  return Array.from({ length: WIDEST }, (_, index) =>
    Math.max(...values.slice(Math.floor(index * part), Math.floor((index + 1) * part))),
  );
}
