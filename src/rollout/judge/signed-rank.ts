/** Differences up to which the distribution is counted out. */
const MOST_EXACT = 25;

/**
 * Wilcoxon's signed-rank test (1945), one side: the chance that differences which are as often and as far above 0 as below
 * give ranks above 0 that add up to so much. Small means that they lie above 0. Differences of 0 are left out, equal ones
 * share the mean of their ranks. 1 when there is nothing to tell from.
 *
 * Up to 25 differences it is exact: all 2^n signs are counted, by the sums that they give, with the ranks as they are
 * shared. Beyond, it is the normal approximation with the variance of those ranks and a correction for continuity. The sum
 * has thinner tails than a normal one (all its summands are bounded), so that below 1 % the approximation errs to the side
 * of no difference; a test holds it to the exact distribution.
 */
export function signedRankP(differences: readonly number[]): number {
  const { ranks, sum } = doubledRanks(differences);
  if (ranks.length === 0) return 1;
  return ranks.length <= MOST_EXACT ? exactTail(ranks, sum) : normalTail(ranks, sum);
}

/** Ranks by size, times two so that shared ones are whole, and the sum of those above 0. */
export function doubledRanks(differences: readonly number[]): { readonly ranks: number[]; readonly sum: number } {
  const sorted = differences
    .filter((one) => Number.isFinite(one) && one !== 0)
    .sort((a, b) => Math.abs(a) - Math.abs(b));
  const ranks: number[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    while (end < sorted.length && Math.abs(sorted[end]!) === Math.abs(sorted[start]!)) end += 1;
    // Ranks start + 1 to end, of which each gets the mean, doubled.
    for (let index = start; index < end; index += 1) ranks.push(start + 1 + end);
  }
  return { ranks, sum: ranks.reduce((total, rank, index) => total + (sorted[index]! > 0 ? rank : 0), 0) };
}

/** The chance of a sum of at least `sum` when each rank counts or not with a chance of one half. */
export function exactTail(ranks: readonly number[], sum: number): number {
  const largest = ranks.reduce((total, rank) => total + rank, 0);
  const chances = new Float64Array(largest + 1);
  chances[0] = 1;
  let reached = 0;
  for (const rank of ranks) {
    reached += rank;
    for (let at = reached; at >= 0; at -= 1) chances[at] = (chances[at]! + (at >= rank ? chances[at - rank]! : 0)) / 2;
  }
  return Math.min(
    1,
    chances.subarray(sum).reduce((total, chance) => total + chance, 0),
  );
}

export function normalTail(ranks: readonly number[], sum: number): number {
  const mean = ranks.reduce((total, rank) => total + rank, 0) / 2;
  const deviation = Math.sqrt(ranks.reduce((total, rank) => total + rank * rank, 0)) / 2;
  // Half a rank, which is 1 among doubled ones.
  return normalUpperTail((sum - mean - 1) / deviation);
}

/** The chance of a standard normal value above `z`. Abramowitz and Stegun 26.2.17, to 7.5e-8. */
export function normalUpperTail(z: number): number {
  if (z < 0) return 1 - normalUpperTail(-z);
  const t = 1 / (1 + 0.2316419 * z);
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce(
    (sum, b) => (sum + b) * t,
    0,
  );
  return Math.min(1, (series * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI));
}
