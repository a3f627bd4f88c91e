import { detection } from '../../src/rollout/judge/power.ts';
import type { Minute } from '../../src/rollout/model.ts';
import type { Random } from './random.ts';
import { minuteOf, type Weather, withPinnedClients } from './traffic.ts';

export interface Scenario {
  readonly name: string;
  readonly perMinute: number;
  /** How long is looked, each minute. */
  readonly minutes: number;
  /** Minutes of the rollout before the first look, as when it stood paused. */
  readonly before?: number;
  /** How many rollouts. */
  readonly runs: number;
  readonly traffic: (random: Random) => Minute[];
  /** The minute by which nine of ten are said to be rolled back, in the line of the plan. */
  readonly foreseen?: number;
  /** What has to hold of the rollouts that are rolled back; absent for what is shown only. */
  readonly bar?: Bar;
}

export interface Bar {
  /** The largest part that may be rolled back, from 0 to 1. */
  readonly atMost?: number;
  /** The smallest part that has to be. */
  readonly atLeast?: number;
}

const HEALTHY: Omit<Weather, 'perMinute'> = { share: 0.1, canaryErrors: 0.005, baseErrors: 0.005, slower: 1 };

const PINNED_NAME = 'healthy, 3 pinned clients with 40 errors each';

const GATE = { worseThan: 1.5 };

const FEW_BAD: Bar = { atMost: 0.01 };

/** Healthy rollouts, which are to stay, and those that are to come back. */
export const SCENARIOS: readonly Scenario[] = [
  ...[20, 60, 600, 6_000].map((perMinute) =>
    steady('healthy, 0.5 % errors, 10 % of the traffic', perMinute, 60, 2_000, {}, FEW_BAD),
  ),
  {
    ...steady('healthy, 2 % errors, 5 %, 25 %, then 50 %', 600, 60, 2_000, {}, FEW_BAD),
    traffic: (random) =>
      minutes(60, (index) =>
        minuteOf(random, index, {
          ...HEALTHY,
          perMinute: 600,
          canaryErrors: 0.02,
          baseErrors: 0.02,
          share: [0.05, 0.25, 0.5][Math.floor(index / 20)]!,
        }),
      ),
  },
  {
    ...steady('healthy, 30 % errors everywhere for 3 minutes', 600, 30, 2_000, {}, FEW_BAD),
    traffic: (random) =>
      minutes(30, (index) => {
        const rate = index >= 10 && index < 13 ? 0.3 : 0.005;
        return minuteOf(random, index, { ...HEALTHY, perMinute: 600, canaryErrors: rate, baseErrors: rate });
      }),
  },
  ...[60, 600].map((perMinute) => ({
    ...steady(PINNED_NAME, perMinute, 30, 2_000, {}, { atMost: 0.1 }),
    traffic: (random: Random) => {
      const quiet = minutes(30, (index) => minuteOf(random, index, { ...HEALTHY, perMinute }));
      return withPinnedClients(random, quiet, 3, 40, HEALTHY.share);
    },
  })),
  steady('errors from 1 % to 10 %', 60, 30, 1_000, { canaryErrors: 0.1, baseErrors: 0.01 }, { atLeast: 0.95 }),
  ...[60, 600, 6_000].map((perMinute) =>
    steady('total outage, within 3 minutes', perMinute, 3, 1_000, { canaryErrors: 1 }, { atLeast: 0.95 }),
  ),
  // Two requests a minute: the three errors that it takes come within three minutes in 94 of 100 runs at best.
  steady('total outage, within 3 minutes', 20, 3, 1_000, { canaryErrors: 1 }, { atLeast: 0.85 }),
  steady('total outage, within 5 minutes', 20, 5, 1_000, { canaryErrors: 1 }, { atLeast: 0.95 }),
  {
    ...steady('3 hours healthy, then 50 % and 5 % errors', 300, 10, 1_000, {}, { atLeast: 0.95 }),
    before: 180,
    traffic: (random) =>
      minutes(190, (index) =>
        minuteOf(random, index, {
          ...HEALTHY,
          perMinute: 300,
          ...(index < 180 ? {} : { share: 0.5, canaryErrors: 0.05 }),
        }),
      ),
  },
  steady('errors from 1 % to 20 %', 20, 30, 1_000, { canaryErrors: 0.2, baseErrors: 0.01 }),
  steady('errors from 0.5 % to 2.5 %', 600, 30, 1_000, { canaryErrors: 0.025 }),
  steady('errors from 0.5 % to 1.5 %', 600, 30, 1_000, { canaryErrors: 0.015 }),
  steady('errors from 0.2 % to 1 %', 6_000, 30, 1_000, { canaryErrors: 0.01, baseErrors: 0.002 }),
  steady('twice as slow', 60, 10, 1_000, { slower: 2 }),
  steady('1.5 times as slow', 600, 10, 1_000, { slower: 1.5 }),
];

/** Those that the judge's guards against bursts are for. */
export const PINNED: readonly Scenario[] = SCENARIOS.filter(({ name }) => name === PINNED_NAME);

function steady(
  name: string,
  perMinute: number,
  count: number,
  runs: number,
  weather: Partial<Weather>,
  bar?: Bar,
): Scenario {
  const traffic = (random: Random): Minute[] =>
    minutes(count, (index) => minuteOf(random, index, { ...HEALTHY, perMinute, ...weather }));
  const { share, canaryErrors, baseErrors } = { ...HEALTHY, ...weather };
  const foreseen = detection(
    { perMinute, errorRate: baseErrors },
    [{ share, minutes: 60 }],
    canaryErrors,
    GATE,
  )?.minutes;
  return { name, perMinute, minutes: count, runs, traffic, ...(foreseen && { foreseen }), ...(bar && { bar }) };
}

function minutes(count: number, at: (index: number) => Minute): Minute[] {
  return Array.from({ length: count }, (_, index) => at(index));
}
