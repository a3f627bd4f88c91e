import { expect } from '@jest/globals';
import type { Wanted } from '../../src/rollout/decide.ts';
import type { Policy } from '../../src/rollout/model.ts';
import { presetPolicy } from '../../src/rollout/policy/presets.ts';
import { sameSplit, stepSplit } from '../../src/rollout/schedule/split.ts';
import type { Traffic } from '../../src/spec/model.ts';
import { trafficTotal } from '../../src/spec/traffic.ts';
import { type Nature, stateOf, type World } from './rollout-world.ts';

export const MINUTE = 60_000;

const fast = presetPolicy('fast');
const smoke: NonNullable<Policy['smoke']> = {
  ...{ request: 'r.json', count: 1, warmUp: 0, expectStatus: 200, maxTime: 1_000, expect: {} },
};

export const POLICIES = {
  fast,
  standard: presetPolicy('standard'),
  'blue-green': presetPolicy('blue-green'),
  'smoke and mirror': { ...fast, smoke, mirror: { percent: 20, bake: 5 * MINUTE } },
  'held back': { ...fast, holdback: 5 },
  'on-failure: hold': { ...fast, onFailure: 'hold' },
  'on-no-data: promote': { ...fast, onNoData: 'promote' },
  'on-no-data: rollback': { ...fast, onNoData: 'rollback' },
  'no gates': withoutGates(fast),
} satisfies Record<string, Policy>;
export type PolicyName = keyof typeof POLICIES;

const before: Traffic = { blue: 100 };
export const NATURES = {
  well: { before },
  'too many errors': { before, errors: { green: 0.2 } },
  'errors from half on': { before, errors: { green: (weight) => (weight >= 50 ? 0.2 : 0.005) } },
  slow: { before, latency: { green: 100 } },
  'smoke fails': { before, smokePasses: false },
  'three deployments': { before: { blue: 60, red: 40 } },
  'live already': { before: { blue: 80, green: 20 } },
  'nothing live before': { before: {} },
  'nothing live before, and errors': { before: {}, errors: { green: 0.5 } },
  'hardly a request': { before, perMinute: 0.05 },
  'no metrics': { before, silent: () => true },
  'stale readings': { before, stale: (reading) => reading % 7 === 3 },
  'both unwell': { before, errors: { green: 0.5, blue: 0.3 } },
} satisfies Record<string, Nature>;
export type NatureName = keyof typeof NATURES;

export function wantedOf(policy: Policy, more: Partial<Wanted> = {}): Wanted {
  return { target: { green: 100 }, policy, commit: 'abcdef0', retry: false, ...more };
}

/**
 * Whatever happened: traffic only ever was a split that somebody asked for, nothing was written over what nobody had looked
 * at, and what is no rollout's business is as it was.
 */
export function expectSound(world: World, ...wanted: readonly Wanted[]): void {
  const asked = [world.nature.before, ...wanted.flatMap((each) => splitsOf(world.nature.before, each))];
  const ours = world.past.filter(({ by }) => by !== 'somebody').map(({ traffic }) => traffic);
  expect(ours.filter((traffic) => ![0, 100].includes(trafficTotal(traffic)))).toEqual([]);
  expect(ours.filter((traffic) => !asked.some((split) => sameSplit(split, traffic)))).toEqual([]);
  expect(world.overwritten).toEqual([]);
  expect(world.kept.tags['team']).toBe('flowers');
}

/** How much of its lease a running process had left when it had least, in milliseconds. */
export function leaseWatch(world: World, holder: string) {
  let least = Infinity;
  return {
    turn(): void {
      const state = stateOf(world);
      if (state?.status === 'run' && state.holder === holder) least = Math.min(least, state.lease - world.now);
    },
    least: () => least,
  };
}

function splitsOf(base: Traffic, { target, policy, until = 100 }: Wanted): Traffic[] {
  const percents = [...policy.steps, until, 100 - policy.holdback, 100];
  return percents.map((percent) => stepSplit(base, target, percent));
}

function withoutGates({ ...policy }: { -readonly [Key in keyof Policy]: Policy[Key] }): Policy {
  delete policy.errors;
  delete policy.latency;
  return policy;
}
