import type { Minute } from '../model.ts';
import { type Count, NOTHING, plus, rateOf } from './count.ts';
import { wilson, Z_99 } from './interval.ts';

/** Requests without which nothing is a catastrophe. */
const FEWEST_REQUESTS = 10;

/**
 * The canary's latest requests, of at least two minutes with errors, when more than half of them fail for sure (the lower
 * end of Wilson's interval, 99 %), while of the old side's no more than half do. The first such moment counts.
 */
export function catastrophe(minutes: readonly Minute[]): Count | undefined {
  for (let end = 2; end <= minutes.length; end += 1) {
    const latest = latestOf(minutes, end);
    if (latest && wilson(latest.canary, Z_99).low > 0.5 && rateOf(latest.base) <= 0.5) return latest.canary;
  }
  return undefined;
}

/** The shortest stretch up to `end` that is long enough to tell; errors in one minute alone may be one client's. */
function latestOf(
  minutes: readonly Minute[],
  end: number,
): { readonly canary: Count; readonly base: Count } | undefined {
  let canary = NOTHING;
  let base = NOTHING;
  let bad = 0;
  for (let index = end - 1; index >= 0; index -= 1) {
    const minute = minutes[index]!;
    canary = plus(canary, minute.canary);
    base = plus(base, minute.base);
    if (minute.canary.errors > 0) bad += 1;
    if (canary.requests >= FEWEST_REQUESTS && bad >= 2) return { canary, base };
    // More successes than errors among the latest: whatever was before, it is no catastrophe now.
    if (canary.requests >= FEWEST_REQUESTS && canary.errors * 2 < canary.requests) return undefined;
  }
  return undefined;
}
