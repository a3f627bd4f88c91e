import type { ErrorGate, LatencyGate, Percentile } from '../model.ts';
import { FEW_ERRORS } from './burst.ts';
import { LEAST_GAP } from './errors.ts';
import { ENOUGH, MOST_OF_A_MINUTE, RATIOS } from './evidence.ts';
import { REQUESTS_FOR } from './latency.ts';
import { normalUpperTail } from './signed-rank.ts';

/** What the endpoint serves now. */
export interface LiveTraffic {
  /** Requests. */
  readonly perMinute: number;
  /** From 0 to 1. */
  readonly errorRate: number;
}

/** A part of the rollout in which traffic is split in one way. */
export interface Stage {
  /** The part of the traffic that goes to the new side, from 0 to 1. */
  readonly share: number;
  /** How long it is watched. */
  readonly minutes: number;
}

export interface Detection {
  /** Watched minutes since the start; those that Azure takes for its writes and metrics come on top. */
  readonly minutes: number;
  /** The share of the new side by then. */
  readonly share: number;
}

/** The part of the rollouts in which a jump is caught. */
const SURE = 0.9;
/** No minute alone decides. */
const LEAST_MINUTES = 2;

/**
 * When errors of the new side at `rate`, from the start on, have been caught in nine rollouts of ten; `undefined` when not
 * before its end. Evidence grows by λ·KL(p‖w) in a minute on average, as in Wald's sequential test (1945), where λ is errors
 * in a minute, w the share of the traffic and p that of the errors, and spreads as errors do by chance (Poisson). The ratio
 * of the mixture that is the quickest decides, and pays for the others: ln(6/α) in place of ln(1/α). `npm run simulate`
 * shows it beside what happens.
 */
export function detection(
  { perMinute, errorRate }: LiveTraffic,
  stages: readonly Stage[],
  rate: number,
  { worseThan }: Pick<ErrorGate, 'worseThan'>,
): Detection | undefined {
  if (!(rate >= errorRate * worseThan && rate - errorRate >= LEAST_GAP)) return undefined;
  const found = RATIOS.flatMap((ratio) => withRatio({ perMinute, errorRate }, stages, rate, ratio) ?? []);
  return found.sort((a, b) => a.minutes - b.minutes)[0];
}

function withRatio(traffic: LiveTraffic, stages: readonly Stage[], rate: number, ratio: number): Detection | undefined {
  let mean = 0;
  let variance = 0;
  let minutes = 0;
  for (const { share, minutes: watched } of stages) {
    if (!(share > 0 && share < 1)) continue;
    const miss = -Math.log1p((ratio - 1) * share);
    const hit = Math.log(ratio) + miss;
    const hits = traffic.perMinute * share * rate;
    const misses = traffic.perMinute * (1 - share) * traffic.errorRate;
    for (let minute = 1; minute <= watched; minute += 1) {
      // Nothing is ordinary before the first minute, so that all above a few errors is a burst.
      const part = minutes === 0 ? Math.min(1, FEW_ERRORS / (hits + misses)) : 1;
      const told = part * (hits * hit + misses * miss);
      mean += Math.min(told, MOST_OF_A_MINUTE);
      // Where each minute tells more than it may, none of them differs from the other.
      if (told < MOST_OF_A_MINUTE) variance += part * part * (hits * hit ** 2 + misses * miss ** 2);
      minutes += 1;
      if (minutes >= LEAST_MINUTES && chanceOf(mean, variance) >= SURE) return { minutes, share };
    }
  }
  return undefined;
}

/** That evidence has been enough by now: a Brownian motion with drift has reached a level (inverse Gaussian distribution). */
function chanceOf(mean: number, variance: number): number {
  const enough = Math.log(ENOUGH * RATIOS.length);
  if (!(mean > 0)) return 0;
  if (variance === 0) return mean >= enough ? 1 : 0;
  const deviation = Math.sqrt(variance);
  const before = normalUpperTail((enough + mean) / deviation);
  const atLast = normalUpperTail((enough - mean) / deviation);
  const exponent = (2 * enough * mean) / variance;
  // Beyond, `exp` overflows, and so few ever fall back below the level that it does not matter.
  return exponent < 700 ? atLast + Math.exp(exponent) * before : atLast;
}

/** The percentile that can be compared in a stage, at most the one that is wanted; `undefined` when none can be. */
export function comparableLatency(
  { perMinute }: LiveTraffic,
  { share }: Stage,
  { metric }: Pick<LatencyGate, 'metric'>,
): Percentile | undefined {
  const served = perMinute * Math.min(share, share < 1 ? 1 - share : 1);
  const finestFirst = (['p99', 'p95', 'p90', 'p50'] as const).filter(
    (one) => REQUESTS_FOR[one] <= REQUESTS_FOR[metric],
  );
  return finestFirst.find((one) => served >= REQUESTS_FOR[one]);
}
