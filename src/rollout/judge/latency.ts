import type { LatencyGate, Minute, Percentile, Sample } from '../model.ts';
import { middle } from './middle.ts';
import { signedRankP } from './signed-rank.ts';

/**
 * The chance, at the first look, that equal latency is taken for a worse one. Each extension of a bake is a look more,
 * with half the chance of the one before: all together at most twice this.
 */
const ALPHA = 0.01;

/** Minutes without which a look can find nothing: the smallest p that n pairs can give is 2^-n. */
const neededFor = (alpha: number): number => Math.floor(-Math.log2(alpha)) + 1;

/** The same at the end of a bake that was not extended. */
export const FEWEST_MINUTES = neededFor(ALPHA);

/** Beyond these a look is as good as forbidden already. */
const MOST_EXTENSIONS = 20;

/**
 * Requests that a minute takes until its percentile says something. A p99 of 10 requests is nearly their maximum and lies
 * at 0.72 of the true one, a p95 of 5 at 0.75: the side with less traffic would look faster. Found by simulation with
 * lognormal latency. Azure's p90 are means of several p90 [U], so they only ever are compared, never taken for the truth.
 */
export const REQUESTS_FOR: Readonly<Record<Percentile, number>> = { p50: 5, p90: 20, p95: 50, p99: 100 };

/** An old side that serves in a smaller part of the minutes only ends what had begun. */
const STRAGGLING = 0.2;

const FINEST_FIRST = ['p99', 'p95', 'p90', 'p50'] as const;

export interface LatencyFinding {
  /** The one that was asked for, or the finest below it for which there are enough minutes. */
  readonly metric: Percentile;
  /** Minutes that could be looked at. */
  readonly minutes: number;
  /** Minutes in which both sides served anything. */
  readonly served: number;
  /** Minutes without which a look can find nothing. */
  readonly needed: number;
  /** Milliseconds: the median minute. */
  readonly canary: number;
  /** The old side's, at the same time or, where it serves nothing, before; absent when neither is known. */
  readonly base?: number;
  /** How many times those of the old side, in the median minute. */
  readonly ratio?: number;
  /** The chance of such minutes if the new side were `worseThan` times as slow and no more. */
  readonly p: number;
  /** The same for `maxTime`. */
  readonly pLimit: number;
  /** What is small enough. */
  readonly alpha: number;
}

interface Pair {
  readonly canary: number;
  readonly base?: number;
  /** Whether the old side was above the limit too. */
  readonly bothSlow: boolean;
}

/**
 * Minutes in pairs: Azure tells percentiles by the minute and nothing of single requests, so a minute is what counts, and
 * comparing each with the same minute of the old side takes out how traffic changes over the day. `before` stands in for
 * an old side that serves nothing any more: what it took in the median minute before.
 */
export function compareLatency(
  minutes: readonly Minute[],
  gate: LatencyGate,
  extension: number,
  before: readonly Minute[] = [],
): LatencyFinding {
  const alpha = ALPHA / 2 ** Math.min(Math.max(0, Math.floor(extension) || 0), MOST_EXTENSIONS);
  const needed = neededFor(alpha);
  const alone = isAlone(minutes);
  const pairsBy = (metric: Percentile): Pair[] => pairsOf(minutes, metric, gate, alone ? before : undefined);
  let metric = gate.metric;
  let pairs = pairsBy(metric);
  for (const next of FINEST_FIRST.slice(FINEST_FIRST.indexOf(gate.metric) + 1)) {
    if (pairs.length >= needed) break;
    metric = next;
    pairs = pairsBy(metric);
  }
  const ratios = pairs.flatMap(({ canary, base }) => (base === undefined ? [] : [canary / base]));
  const bases = pairs.flatMap(({ base }) => base ?? []);
  const own = pairs.filter(({ bothSlow }) => !bothSlow);
  return {
    metric,
    minutes: pairs.length,
    served: minutes.filter(({ canary, base }) => canary.requests > 0 && (alone || base.requests > 0)).length,
    needed,
    alpha,
    canary: middle(pairs.map(({ canary }) => canary)),
    ...(bases.length > 0 && { base: middle(bases), ratio: middle(ratios) }),
    p: signedRankP(ratios.map((ratio) => Math.log(ratio / gate.worseThan))),
    pLimit: gate.maxTime === undefined ? 1 : signedRankP(own.map(({ canary }) => Math.log(canary / gate.maxTime!))),
  };
}

/**
 * Whether so few minutes have enough requests, though enough have some, that extensions would not do either.
 * @param mostBakes how many times its length the bake lasts at most
 */
export function isTooThin({ minutes, served, needed }: LatencyFinding, mostBakes: number): boolean {
  return minutes < needed && served >= needed && mostBakes * minutes < served;
}

/** Whether the old side serves nothing any more, as when all traffic has moved. */
export function isAlone(minutes: readonly Minute[]): boolean {
  return minutes.filter(({ base }) => base.requests > 0).length < STRAGGLING * minutes.length;
}

/** @param before given when there is nothing to compare with at the same time */
function pairsOf(
  minutes: readonly Minute[],
  metric: Percentile,
  { maxTime = Infinity }: LatencyGate,
  before: readonly Minute[] | undefined,
): Pair[] {
  const known = (sample: Sample): number | undefined =>
    sample.requests >= REQUESTS_FOR[metric] ? sample.latency[metric] : undefined;
  const earlier = (before ?? []).flatMap(({ base }) => known(base) ?? []);
  const usual = earlier.length > 0 ? { base: middle(earlier) } : {};
  return minutes.flatMap((minute): Pair[] => {
    const canary = known(minute.canary);
    const base = known(minute.base);
    if (canary === undefined) return [];
    if (before) return [{ canary, bothSlow: false, ...usual }];
    return base === undefined ? [] : [{ canary, base, bothSlow: base > maxTime }];
  });
}
