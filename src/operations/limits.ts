import type { Deps, Limits } from '../deps.ts';

/** Enough for a request with all its retries; operations that wait for Azure have their own `timeout`. */
export const READING_TIME = 5 * 60_000;

/** Enough for a request to each of many endpoints. */
export const LISTING_TIME = 30 * 60_000;

/** How many endpoints are read side by side: Azure throttles whoever reads faster. */
export const READERS = 8;

/** Enough to read some hundred gigabytes, for the names that come from the content. */
export const HASHING_TIME = 60 * 60_000;

/** Limits of a piece of work that starts now and may take so many milliseconds. */
export function limitsFromNow({ clock, signal }: Pick<Deps, 'clock' | 'signal'>, milliseconds: number): Limits {
  return { signal, deadline: clock.now() + milliseconds };
}
