/** In milliseconds. */
export const MINUTE = 60_000;

const UNITS = { s: 1_000, m: MINUTE, h: 3_600_000 } as const;

/**
 * Milliseconds in a duration such as `90s`, `30m` or `2h`; `undefined` for any other text.
 * Without a unit nothing is guessed: `90` could be seconds or minutes.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6})([smh])$/.exec(text.trim());
  return match ? Number(match[1]) * UNITS[match[2] as keyof typeof UNITS] : undefined;
}

/** A duration for people: `45 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return withRest(`${minutes} min`, seconds % 60, 's');
  return withRest(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min');
}

function withRest(whole: string, rest: number, unit: string): string {
  return rest ? `${whole} ${rest} ${unit}` : whole;
}
