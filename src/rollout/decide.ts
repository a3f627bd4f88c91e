import type { Traffic } from '../spec/model.ts';
import { canonicalTraffic, trafficTotal, weightOf } from '../spec/traffic.ts';
import { PLAIN_WORDS, type TrafficWords } from '../spec/traffic-words.ts';
import { policyFingerprint } from './state/fingerprint.ts';
import { isRerun } from './state/holder.ts';
import type { Policy, RolloutState } from './model.ts';
import { sameSplit, stepSplit } from './schedule/split.ts';
import { type Schedule, scheduleOf, type Step, targetProblem } from './schedule/schedule.ts';
import { type Asking, type Lock, lockOf } from './state/lock.ts';
import type { RecordedState, Unreadable } from './state/tags.ts';

/** What Git asks for. */
export interface Wanted {
  readonly target: Traffic;
  readonly policy: Policy;
  /** Empty when unknown. */
  readonly commit: string;
  /** Percent of the way at which to pause. */
  readonly until?: number | undefined;
  /** Whether a person asks for the same again that failed before. */
  readonly retry: boolean;
  /** How what was found names splits. */
  readonly words?: Pick<TrafficWords, 'split'>;
}

/** One line of the table that shows a split that nobody of ours wrote. */
export interface Difference {
  readonly deployment: string;
  /** Percent that the rollout wrote, that Git wants, and that is live. */
  readonly recorded: number;
  readonly wanted: number;
  readonly live: number;
}

interface Told {
  /** What was found, in one line. */
  readonly reason: string;
  /** One thing to do. A sentence. */
  readonly nextStep?: string;
}

/** What is to be done with an endpoint. */
export type Decision =
  /** Live is as Git has it. Nothing is written. */
  | (Told & { readonly kind: 'noop' })
  /** From what is live now, which becomes the split to come back to. */
  | (Told & { readonly kind: 'start'; readonly schedule: Schedule })
  /**
   * A rollout that was begun goes on: before its first step (again with smoke and mirror) when `step` is absent. `since` says from
   * when on evidence counts; absent when the split of the step has yet to be written.
   */
  | (Told & { readonly kind: 'resume'; readonly schedule: Schedule; readonly step?: Step; readonly since?: number })
  /** The whole is live already; what is left is its bake. `since` as with `resume`; absent when no rollout of ours wrote the whole. */
  | (Told & { readonly kind: 'final'; readonly schedule: Schedule; readonly step: Step; readonly since?: number })
  /** Live is as Git has it, and the rollout that was on its way elsewhere is over: tags only, and no mirror. */
  | (Told & { readonly kind: 'close'; readonly status: 'done' | 'rolled-back' })
  /** Git wants another split than the rollout that was begun: first back to `base`, then decide again. */
  | (Told & { readonly kind: 'superseding'; readonly base: Traffic })
  /** The same was tried before, and came back or was held. */
  | (Told & { readonly kind: 'refuse-same' })
  /** A split that no rollout can reach. */
  | (Told & { readonly kind: 'refuse-target' })
  | (Told & { readonly kind: 'locked'; readonly lock: Lock })
  /** Somebody else changed what a rollout wrote. Never written over. */
  | (Told & { readonly kind: 'foreign'; readonly table: readonly Difference[] });

/**
 * What to do, from what Git wants, what is live and what the tags keep. Pure and total; deciding again on what its own action
 * leaves behind leads on, never back.
 */
export function decide(wanted: Wanted, live: Traffic, recorded: RecordedState, asking: Asking): Decision {
  const lock = lockOf(recorded, asking);
  if (lock) return { kind: 'locked', lock, reason: lock.reason, nextStep: WAIT };
  const problem = sameSplit(live, wanted.target) ? undefined : targetProblem(wanted.target);
  if (problem !== undefined) return refuseTarget(problem);
  switch (recorded.kind) {
    case 'none':
      return fromHere(wanted, live);
    case 'unreadable':
      return sameSplit(live, wanted.target) ? noop(wanted, live) : unreadable(wanted, live, recorded);
    case 'state':
      return fromState(wanted, live, recorded.state, asking);
  }
}

const WAIT = 'Wait for it, or stop it with `rollback`, the only operation that may take over.';
const SETTLE =
  'Nothing was written. Decide which is right: `rollback` goes back to the split before the rollout, `promote` applies the target split.';

function fromState(wanted: Wanted, live: Traffic, state: RolloutState, { me, now }: Asking): Decision {
  const isTarget = sameSplit(live, wanted.target);
  const isSame = sameSplit(state.target, wanted.target);
  const isBarred = isSame && !isNew(wanted, state, me);
  switch (state.status) {
    case 'done':
      return fromHere(wanted, live);
    case 'rolled-back':
      return isBarred && !isTarget ? refuseSame(wanted, state, 'was rolled back') : fromHere(wanted, live);
    case 'failed':
      if (isTarget) return noop(wanted, live);
      if (sameSplit(live, state.base)) return isBarred ? refuseSame(wanted, state, 'failed') : fromHere(wanted, live);
      if (!sameSplit(live, reached(state))) return foreign(wanted, live, state);
      if (!isSame) return superseding(wanted, state);
      if (isBarred) return refuseSame(wanted, state, 'failed, was held');
      return resume(wanted, live, { ...state, since: now });
    case 'run':
    case 'paused':
      if (isSame && isTarget) return final(wanted, state, now);
      if (isTarget) return close(wanted, live, state);
      if (isTakenBack(live, state))
        return isBarred ? refuseSame(wanted, state, 'was rolled back by hand') : fromHere(wanted, live);
      if (isSame) return onTheWay(wanted, live, state, now);
      return sameSplit(live, reached(state)) ? superseding(wanted, state) : foreign(wanted, live, state);
  }
}

/** Somebody has put the split back that the rollout came from, and left its tags. */
function isTakenBack(live: Traffic, state: RolloutState): boolean {
  return sameSplit(live, state.base) && !sameSplit(live, reached(state));
}

function onTheWay(wanted: Wanted, live: Traffic, state: RolloutState, now: number): Decision {
  if (!sameSplit(live, reached(state))) return foreign(wanted, live, state);
  return resume(wanted, live, { ...state, since: evidenceSince(wanted, state, now) });
}

/** Another commit may have brought other code to the same deployments, of which old evidence says nothing. */
function evidenceSince({ commit }: Wanted, state: RolloutState, now: number): number {
  return commit.slice(0, 7) === state.commit ? state.since : now;
}

/** With no rollout on the way: what is live is where one would start. */
function fromHere(wanted: Wanted, live: Traffic): Decision {
  if (sameSplit(live, wanted.target)) return noop(wanted, live);
  const schedule = scheduleOf(live, wanted.target, wanted.policy, wanted);
  const from = trafficTotal(live) === 0 ? 'nothing live' : named(live, wanted);
  return { kind: 'start', schedule, reason: `from ${from} to ${named(wanted.target, wanted)}` };
}

function resume(wanted: Wanted, live: Traffic, state: RolloutState): Decision {
  const { percent, since, base } = state;
  const isSamePolicy = state.policy === policyFingerprint(wanted.policy);
  const stops = { until: wanted.until, at: isSamePolicy ? percent : undefined };
  const schedule = scheduleOf(base, wanted.target, wanted.policy, stops);
  const how = isSamePolicy ? '' : ', with a changed policy';
  if (percent === 0) return { kind: 'resume', schedule, reason: `begun, and nothing moved yet${how}` };
  const here = schedule.steps.find(({ split }) => sameSplit(split, live));
  const step = here ?? schedule.steps.find((next) => next.percent >= percent);
  const reason = `resuming at ${percent} %${how}`;
  // A policy that has come to hold back more takes nothing back that was given.
  if (!step) return { kind: 'resume', ...endingAt(schedule, percent, live), since, reason };
  // Traffic that stands beyond `until` stays where it is.
  const { pauseAfter = Infinity } = schedule;
  const bounded = pauseAfter < step.number ? { ...schedule, pauseAfter: step.number } : schedule;
  return { kind: 'resume', schedule: bounded, step, ...(here ? { since } : {}), reason };
}

function final(wanted: Wanted, state: RolloutState, now: number): Decision {
  const schedule = scheduleOf(state.base, wanted.target, wanted.policy);
  const reason = 'all traffic has moved; only the final bake remains';
  // The old side serves nothing any more. What it is compared with lies before the write, so that a bake that began anew with
  // each crash would soon have nothing to compare with at all.
  const since = state.percent === 100 ? { since: evidenceSince(wanted, state, now) } : {};
  return { kind: 'final', ...endingAt(schedule, 100, wanted.target), ...since, reason };
}

/** The schedule with another split as its last step. */
function endingAt(schedule: Schedule, percent: number, split: Traffic): { schedule: Schedule; step: Step } {
  const step = { ...schedule.steps.at(-1)!, percent, split: canonicalTraffic(split) };
  return { schedule: { ...schedule, steps: [...schedule.steps.slice(0, -1), step] }, step };
}

function close(wanted: Wanted, live: Traffic, state: RolloutState): Decision {
  const status = sameSplit(live, state.base) ? 'rolled-back' : 'done';
  const split = named(live, wanted);
  return {
    kind: 'close',
    status,
    reason: `${split} is live and wanted; the rollout to ${named(state.target, wanted)} ends here`,
  };
}

function superseding(wanted: Wanted, { base, target: old, percent }: RolloutState): Decision {
  const [from, to, back] = [old, wanted.target, base].map((split) => named(split, wanted));
  const reason = `a rollout to ${from} stands at ${percent} %, and ${to} is wanted now; first back to ${back}`;
  return { kind: 'superseding', base, reason };
}

function refuseSame(wanted: Wanted, state: RolloutState, what: string): Decision {
  const commit = state.commit ? ` of commit ${state.commit}` : '';
  const why = state.reason ? ` (${state.reason})` : '';
  return {
    kind: 'refuse-same',
    reason: `the rollout to ${named(state.target, wanted)}${commit} ${what}${why} and will not be retried automatically`,
    nextStep:
      'Push a commit that fixes it, or re-run the workflow to try the same again; `promote` applies the target split without gates.',
  };
}

function refuseTarget(problem: string): Decision {
  const nextStep = 'Write a split that adds up to 100, or use `update`, which moves traffic at once.';
  return { kind: 'refuse-target', reason: problem, nextStep };
}

function noop(wanted: Wanted, live: Traffic): Decision {
  return { kind: 'noop', reason: `${named(live, wanted)} is live already` };
}

function foreign(wanted: Wanted, live: Traffic, state: RolloutState): Decision {
  const expected = reached(state);
  return {
    kind: 'foreign',
    table: differences(expected, wanted.target, live),
    reason: `somebody else moved traffic: the rollout wrote ${named(expected, wanted)}, and ${named(live, wanted)} is live`,
    nextStep: SETTLE,
  };
}

function unreadable({ target }: Wanted, live: Traffic, { why, base }: Unreadable): Decision {
  const nextStep = 'Nothing was written. Give the split that you want to `update`, which moves traffic at once.';
  return { kind: 'foreign', table: differences(base ?? {}, target, live), reason: why, nextStep };
}

function differences(recorded: Traffic, wanted: Traffic, live: Traffic): Difference[] {
  const splits = [recorded, wanted, live].map(canonicalTraffic);
  const names = [...new Set(splits.flatMap((split) => Object.keys(split)))].sort();
  const at = (index: number, name: string): number => weightOf(splits[index] ?? {}, name);
  return names.map((name) => ({ deployment: name, recorded: at(0, name), wanted: at(1, name), live: at(2, name) }));
}

/** The split that the last write of a rollout gave to Azure. */
export function reached({ base, target, percent }: RolloutState): Traffic {
  return stepSplit(base, target, percent);
}

function named(split: Traffic, { words = PLAIN_WORDS }: Wanted): string {
  return words.split(split);
}

/** Whether something speaks for trying again what failed: another commit, or a person. */
function isNew({ commit, retry }: Wanted, state: RolloutState, me: string): boolean {
  return retry || (commit !== '' && commit.slice(0, 7) !== state.commit) || isRerun(me, state.holder);
}
