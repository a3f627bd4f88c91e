import type { ErrorGate, Minute } from '../model.ts';
import { ENOUGH, mayBe, NO_EVIDENCE, strength, withMinute } from './evidence.ts';
import { LEAST_GAP } from './errors.ts';
import type { Finding } from './finding.ts';
import { type Count, NOTHING, plus, rateOf } from './count.ts';
import { wilson } from './interval.ts';

/** A rate of 0 would make the first error decide all. */
const LOWEST_RATE = 1e-6;
/** Standard normal quantile of 99 %, one side. */
const Z_BEFORE = 2.3263;

/**
 * Whether the canary's errors are above a rate, whatever the old side does: the same evidence, with the rate in place of
 * the share. A minute in which the old side is above `maxRate` too is left out. `alone` is the rate for the minutes in
 * which the old side serves nothing, as when all traffic has moved.
 */
export function ceiling(
  minutes: readonly Minute[],
  maxRate: number,
  alone: number = maxRate,
  enough: number = ENOUGH,
): Finding {
  let canary = NOTHING;
  let base = NOTHING;
  let evidence = NO_EVIDENCE;
  for (const minute of minutes) {
    if (minute.canary.requests === 0 || rateOf(minute.base) > maxRate) continue;
    const { requests, errors } = minute.canary;
    const rate = minute.base.requests > 0 ? maxRate : alone;
    canary = plus(canary, minute.canary);
    base = plus(base, minute.base);
    evidence = withMinute(evidence, { share: Math.max(rate, LOWEST_RATE), hits: errors, misses: requests - errors });
    if (!mayBe(enough, evidence)) continue;
    const now = strength(evidence);
    if (now >= enough) return { evidence: now, failed: { canary, base } };
  }
  return { evidence: strength(evidence) };
}

/**
 * The ceiling for minutes without anything to compare with, from what the old side did before: `worseThan` times the
 * highest rate that is likely to have been its own (Wilson, 99 %, one side), half a percentage point above it at least,
 * and never above `maxRate`. It knows nothing of an outage of the region: only traffic that is held back does.
 */
export function ceilingAlone(before: Count, { maxRate, worseThan }: Pick<ErrorGate, 'maxRate' | 'worseThan'>): number {
  if (before.requests === 0) return maxRate;
  const likely = wilson(before, Z_BEFORE).high;
  return Math.min(maxRate, Math.max(likely * worseThan, likely + LEAST_GAP));
}
