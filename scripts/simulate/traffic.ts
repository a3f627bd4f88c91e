import type { Minute, Sample } from '../../src/rollout/model.ts';
import type { Random } from './random.ts';

/** What happens in one minute. */
export interface Weather {
  /** Requests a minute, of both sides. */
  readonly perMinute: number;
  /** The part that goes to the canary, from 0 to 1. */
  readonly share: number;
  /** The part that fails, from 0 to 1. */
  readonly canaryErrors: number;
  readonly baseErrors: number;
  /** How many times as long as the old side the canary takes. */
  readonly slower: number;
}

/** Milliseconds of an ordinary request in the middle of the day. */
const USUAL = 40;
/** The spread of latency: the standard deviation of its logarithm. */
const SPREAD = 0.5;

/**
 * A minute of independent requests (Poisson), each of which goes to the canary, fails and takes its time by chance alone.
 * The time of day slows both sides alike.
 */
export function minuteOf(random: Random, index: number, weather: Weather): Minute {
  const { perMinute, share, canaryErrors, baseErrors, slower } = weather;
  const usual = USUAL * Math.exp(0.3 * Math.sin(index / 20));
  return {
    time: index * 60_000,
    canary: sample(random, perMinute * share, canaryErrors, usual * slower),
    base: sample(random, perMinute * (1 - share), baseErrors, usual),
  };
}

function sample(random: Random, perMinute: number, errorRate: number, usual: number): Sample {
  const errors = random.poisson(perMinute * errorRate);
  const requests = errors + random.poisson(perMinute * (1 - errorRate));
  if (requests === 0) return { requests, errors, latency: {} };
  // The standard error of a median is 1.2533 times that of a mean.
  const p50 = usual * Math.exp(((1.2533 * SPREAD) / Math.sqrt(requests)) * random.normal());
  return { requests, errors, latency: { p50 } };
}

/** Clients with broken requests, each on one connection, which is to one side: so many errors in one minute. */
export function withPinnedClients(
  random: Random,
  minutes: readonly Minute[],
  bursts: number,
  errors: number,
  share: number,
): Minute[] {
  const hit = Array.from({ length: bursts }, () => ({
    minute: Math.floor(random.uniform() * minutes.length),
    side: random.uniform() < share ? ('canary' as const) : ('base' as const),
  }));
  return minutes.map((minute, index) =>
    hit
      .filter((burst) => burst.minute === index)
      .reduce((now, { side }) => ({ ...now, [side]: more(now[side], errors) }), minute),
  );
}

function more(sample: Sample, errors: number): Sample {
  return { ...sample, requests: sample.requests + errors, errors: sample.errors + errors };
}
