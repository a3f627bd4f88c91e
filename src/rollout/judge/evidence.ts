/**
 * Evidence that may be looked at as often as one likes: a test martingale. Each minute multiplies it by a likelihood
 * ratio whose mean is at most 1 while the new side is no worse, so that the chance of it ever reaching 1/α is at most α
 * (Ville 1939), at any time one chooses to look or to stop. The mean over several ratios ρ is again such a martingale
 * (the method of mixtures, Robbins 1970) and spares naming beforehand how much worse the new side may be. For counts:
 * Lindon and Malek, "Anytime-Valid Inference for Multinomial Count Data" (NeurIPS 2022).
 */
export const ENOUGH = 100;

/**
 * What it takes of one step by itself, beside all steps together: hours at one step would otherwise drown out what begins with the
 * next. Each step may so be wrong once in a thousand more.
 */
export const ENOUGH_OF_A_STEP = 1_000;

/** How many times as likely a hit may have become. */
export const RATIOS = [1.5, 2, 3, 5, 10, 30] as const;

/**
 * No minute alone decides, however bad: it counts for half of what is enough at most. A likelihood ratio that is cut
 * from above has a smaller mean, so the guarantee stays. Taken out, three bursts of broken clients, on one connection
 * each, rolled 19 % of healthy canaries back; with it 2.5 % (`npm run simulate`).
 */
export const MOST_OF_A_MINUTE = Math.log(ENOUGH / 2);

/** Above this, `exp` is no longer a finite number. */
const LARGEST_LOG = 700;

/** The natural logarithm of the evidence for each of `RATIOS`. */
export type Evidence = readonly number[];

const LOGS = RATIOS.map(Math.log);

export const NO_EVIDENCE: Evidence = RATIOS.map(() => 0);

/** What a minute tells: `share` of the trials hit while nothing is worse, above 0 and below 1. */
export interface Trials {
  readonly share: number;
  readonly hits: number;
  readonly misses: number;
}

/**
 * With one minute more. If hits have become ρ times as likely, each trial hits with p = ρw/(ρw + 1 − w) instead of w, so
 * the likelihood ratio (p/w)^hits · ((1−p)/(1−w))^misses is ρ^hits / (1 + (ρ−1)w)^(hits+misses).
 */
export function withMinute(evidence: Evidence, { share, hits, misses }: Trials): Evidence {
  if (!(share > 0 && share < 1)) return evidence;
  return evidence.map((log, index) => {
    const told = hits * LOGS[index]! - (hits + misses) * Math.log1p((RATIOS[index]! - 1) * share);
    return log + Math.min(told, MOST_OF_A_MINUTE);
  });
}

/** Whether the mean over the ratios may be enough: it is no more than the largest. A quick look for the many minutes that decide nothing. */
export function mayBe(enough: number, evidence: Evidence): boolean {
  // A little less, so that no rounding keeps back what is just enough.
  return Math.max(...evidence) >= Math.log(enough) - 1e-9;
}

/** The mean over the ratios: 1 at the start, at least 0, always finite. */
export function strength(evidence: Evidence): number {
  const largest = Math.max(...evidence);
  const sum = evidence.reduce((total, log) => total + Math.exp(log - largest), 0);
  return Math.exp(Math.min(largest + Math.log(sum / evidence.length), LARGEST_LOG));
}
