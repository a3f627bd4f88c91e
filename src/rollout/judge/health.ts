import type { ErrorGate, Minute } from '../model.ts';
import { countOf, inOrder, rateOf } from './count.ts';
import { wilson, Z_99 } from './interval.ts';

/** Minutes that tell how the old side is now. */
const LATEST = 5;
/** Requests without which nothing is known. */
const FEWEST_REQUESTS = 10;
/** How many times the errors of the old side make it the better place all the same. */
const FAR_WORSE = 3;

/**
 * Whether the old side is unhealthy too, so that rolling back into it would help nobody: in the latest five minutes with
 * evidence its errors are above the ceiling for sure (the lower end of Wilson's interval, 99 %), and the new side's are not
 * three times as many. False when nothing is known of it.
 */
export function isOldSideUnhealthy(minutes: readonly Minute[], gate: Pick<ErrorGate, 'maxRate'> | undefined): boolean {
  if (!gate) return false;
  const all = inOrder(minutes);
  const latest = all.filter(({ base }) => base.requests > 0).slice(-LATEST);
  const base = countOf(latest.map((minute) => minute.base));
  if (base.requests < FEWEST_REQUESTS) return false;
  const beside = countOf(latest.map((minute) => minute.canary));
  // Where all traffic moved at once, the two never served at the same time.
  const alone = all.filter((minute) => minute.canary.requests > 0).slice(-LATEST);
  const canary = beside.requests > 0 ? beside : countOf(alone.map((minute) => minute.canary));
  return wilson(base, Z_99).low > gate.maxRate && rateOf(canary) < FAR_WORSE * rateOf(base);
}
