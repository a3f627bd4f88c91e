import type { ErrorGate, Minute } from '../model.ts';
import { burstWatch } from './burst.ts';
import { ENOUGH, mayBe, NO_EVIDENCE, strength, withMinute } from './evidence.ts';
import type { Finding } from './finding.ts';
import { type Count, NOTHING, plus, rateOf } from './count.ts';

/** Percentage points, as a rate, by which errors have to rise at least: less is no reason to come back. */
export const LEAST_GAP = 0.005;

/**
 * Whether a larger share of the errors falls on the canary than of the requests. Given a minute's requests of each side
 * and its errors in all, those of an equally good canary are drawn without replacement, which spreads less than drawing
 * with it (Hoeffding 1963, theorem 4): the likelihood ratio, convex in them, has a mean of at most 1. What befalls both
 * sides, an outage of the region or a retrying client, leaves the shares as they are.
 *
 * Enough evidence fails only what also matters: errors `worseThan` times those of the old side, each rate with half an
 * error and one request added so that no error at all can be divided by (Haldane 1956), and half a percentage point more.
 */
export function shareOfErrors(
  minutes: readonly Minute[],
  { worseThan }: Pick<ErrorGate, 'worseThan'>,
  enough: number = ENOUGH,
): Finding {
  const partOf = burstWatch();
  let canary = NOTHING;
  let base = NOTHING;
  let evidence = NO_EVIDENCE;
  for (const minute of minutes) {
    canary = plus(canary, minute.canary);
    base = plus(base, minute.base);
    const requests = minute.canary.requests + minute.base.requests;
    if (requests === 0) continue;
    const part = partOf(minute.canary.errors + minute.base.errors);
    const share = minute.canary.requests / requests;
    evidence = withMinute(evidence, { share, hits: part * minute.canary.errors, misses: part * minute.base.errors });
    if (!mayBe(enough, evidence)) continue;
    const now = strength(evidence);
    if (now >= enough && isWorse(canary, base, worseThan)) return { evidence: now, failed: { canary, base } };
  }
  return { evidence: strength(evidence) };
}

/** How many times the errors of the old side those of the new one are, with Haldane's correction. */
export function timesWorse(canary: Count, base: Count): number {
  return (canary.errors + 0.5) / (canary.requests + 1) / ((base.errors + 0.5) / (base.requests + 1));
}

function isWorse(canary: Count, base: Count, worseThan: number): boolean {
  return timesWorse(canary, base) >= worseThan && rateOf(canary) - rateOf(base) >= LEAST_GAP;
}
