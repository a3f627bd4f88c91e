import type { Traffic } from '../../spec/model.ts';
import { trafficTotal, weightOf } from '../../spec/traffic.ts';
import type { Policy } from '../model.ts';
import { growing, hasWay, sameSplit, shrinking, stepSplit } from './split.ts';

/** One split that is written and then watched. */
export interface Step {
  /** From 1. */
  readonly number: number;
  /** Percent of the way. */
  readonly percent: number;
  readonly split: Traffic;
  /** Milliseconds that it is watched, and at most when evidence is thin. */
  readonly bake: number;
  readonly maxBake: number;
  /** Whether it is the last one, after which the target itself is written where it does not stand already. */
  readonly isFinal: boolean;
}

/** The way of traffic from one split to another, as a policy has it. */
export interface Schedule {
  readonly base: Traffic;
  readonly target: Traffic;
  /** At least one; the last is the whole, less what is held back. */
  readonly steps: readonly Step[];
  /** The number of the step after which to pause, because of `until`, 0 before the first; absent when the way is gone to its end. */
  readonly pauseAfter?: number;
  /** Before the first step: percent of the live traffic that is copied to the one deployment that grows. */
  readonly mirror?: { readonly deployment: string; readonly percent: number; readonly bake: number };
  /** Deployments that are to be proven, and those that they are compared with. No one is in both. */
  readonly canary: readonly string[];
  readonly compared: readonly string[];
}

export interface Stops {
  /** Percent of the way at which to pause; a step of its own where the policy has none there. */
  readonly until?: number | undefined;
  /** Percent at which traffic stands already, which stays a step. */
  readonly at?: number | undefined;
}

/**
 * The steps from `base` to `target`. Those that change nothing after rounding are left out. Where nothing is live before, there
 * is nothing to compare with and nothing to split: all of it is one step, and nothing is mirrored.
 */
export function scheduleOf(base: Traffic, target: Traffic, policy: Policy, stops: Stops = {}): Schedule {
  const way = hasWay(base, target);
  const end = way ? 100 - policy.holdback : 100;
  const wanted = way ? [...policy.steps, stops.until ?? end, stops.at ?? end] : [];
  const percents = [...new Set(wanted.map(Math.floor))].filter((percent) => percent > 0 && percent < end);
  const steps = numbered(base, target, [...percents.sort((a, b) => a - b), end], policy);
  const canary = growing(base, target);
  return {
    base,
    target,
    steps,
    ...pause(steps, stops.until),
    ...mirrorOf(policy, canary, way),
    canary,
    compared: shrinking(base, target),
  };
}

/** Whether some of the traffic stays with the old side while the whole is watched. */
export function holdsBack({ steps, target }: Schedule): boolean {
  return !sameSplit(steps.at(-1)?.split ?? target, target);
}

/** Whether the old side serves nothing at a step: what it is compared with is then its past. */
export function isAlone({ split }: Step, { compared }: Schedule): boolean {
  return compared.every((name) => weightOf(split, name) === 0);
}

/** Why a split cannot be the target of a rollout; `undefined` when it can. */
export function targetProblem(target: Traffic): string | undefined {
  const total = trafficTotal(target);
  if (total === 0) return 'the target split sends traffic to no deployment, which no rollout can prove';
  return hasWay(target, target) ? undefined : `the target split adds up to ${total}, not to 100`;
}

function numbered(base: Traffic, target: Traffic, percents: readonly number[], policy: Policy): Step[] {
  const last = percents.length - 1;
  const splits = percents.map((percent) => stepSplit(base, target, percent));
  const final = splits[last] ?? target;
  const moves = percents.flatMap((percent, index) => {
    const split = splits[index] ?? target;
    const before = index === 0 ? base : (splits[index - 1] ?? base);
    const isFinal = index === last;
    return isFinal || !(sameSplit(split, before) || sameSplit(split, final)) ? [{ percent, split, isFinal }] : [];
  });
  return moves.map(({ percent, split, isFinal }, index) => {
    const bake = isFinal ? policy.finalBake : policy.bake;
    return { number: index + 1, percent, split, bake, maxBake: Math.max(bake, policy.maxBake), isFinal };
  });
}

/** Never beyond what was asked for: where even the first step goes too far, it pauses before it. */
function pause(steps: readonly Step[], until = 100): Pick<Schedule, 'pauseAfter'> {
  if (until >= 100) return {};
  return { pauseAfter: steps.findLast(({ percent }) => percent <= until)?.number ?? 0 };
}

function mirrorOf({ mirror }: Policy, canary: readonly string[], way: boolean): Pick<Schedule, 'mirror'> {
  const [deployment, ...more] = canary;
  if (!mirror || !way || deployment === undefined || more.length > 0) return {};
  return { mirror: { deployment, percent: mirror.percent, bake: mirror.bake } };
}
