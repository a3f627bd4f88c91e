/** A minute, in milliseconds of emulated time. */
export const minute = 60_000;

/** How fast emulated time runs. */
export interface Pace {
  /** Real milliseconds of an emulated minute. 60,000: as fast as real time. */
  readonly minute: number;
  /** Milliseconds since 1970 at which emulated and real time agree. */
  readonly origin: number;
}

/** Emulated milliseconds since 1970. The action maps real time in the same way, by `EMULATED_MINUTE_MS`. */
export function emulatedTime(pace: Pace, now: number): number {
  return Math.round(pace.origin + ((now - pace.origin) * minute) / pace.minute);
}

/** The start of the minute. */
export function minuteOf(time: number): number {
  return Math.floor(time / minute) * minute;
}
