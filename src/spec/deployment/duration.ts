/** Milliseconds in a second, and in the other units of `Unit`. */
const MILLISECONDS = { seconds: 1000, milliseconds: 1 } as const;
const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/i;

export type Unit = keyof typeof MILLISECONDS;

/** `PT1M30S` for 90 seconds: the spelling of azure-ai-ml, with days and no weeks. */
export function isoDuration(value: number, unit: Unit): string {
  const total = value * MILLISECONDS[unit];
  const whole = (size: number): number => Math.floor(total / size);
  const [days, hours, minutes] = [whole(86_400_000), whole(3_600_000) % 24, whole(60_000) % 60];
  const seconds = (total % 60_000) / 1000;
  const time = `${part(hours, 'H')}${part(minutes, 'M')}${part(seconds, 'S')}`;
  return total === 0 ? 'PT0S' : `P${part(days, 'D')}${time && `T${time}`}`;
}

/** The length of an ISO 8601 duration, in any spelling of it (`PT90S`, `PT1M30S`); nothing when it is none. */
export function durationIn(unit: Unit, iso: string): number | undefined {
  const found = DURATION.exec(iso);
  if (!found || /[PT]$/i.test(iso)) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(1)
    .map((digits: string | undefined) => Number(digits?.replace(',', '.') ?? 0));
  const minutesInAll = ((weeks * 7 + days) * 24 + hours) * 60 + minutes;
  // Seconds may have a fraction, which is not exact before it is rounded to the millisecond.
  return (minutesInAll * 60_000 + Math.round(seconds * 1000)) / MILLISECONDS[unit];
}

function part(count: number, letter: string): string {
  return count > 0 ? `${count}${letter}` : '';
}
