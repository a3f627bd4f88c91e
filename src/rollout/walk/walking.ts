import { formatTraffic } from '../../spec/traffic.ts';
import type { Wanted } from '../decide.ts';
import { policyFingerprint } from '../state/fingerprint.ts';
import type { RolloutState } from '../model.ts';
import { carriedMirror } from '../schedule/mirror.ts';
import { sameSplit } from '../schedule/split.ts';
import type { Schedule, Step } from '../schedule/schedule.ts';
import { SETTLING_TIME, SHIFT_TIME } from '../schedule/time.ts';
import { Conflict, type Move, type Ports, type Progress, type Sight, type Stage, type WalkLimits } from './ports.ts';

/** What is to be walked: from the beginning, or from a step that was begun. */
export interface Way {
  readonly wanted: Wanted;
  readonly limits: WalkLimits;
  readonly schedule: Schedule;
  /** Where to go on; from before the first step when absent. */
  readonly step?: Step;
  /** When the split of that step was written; it has yet to be when absent. */
  readonly since?: number;
}

/** After a bake nobody may write for this long, so that whoever runs it can write the next step. */
const LEASE_MARGIN = 15 * 60_000;

/** How often a write is sent anew because somebody changed what a rollout does not look at. */
const MOST_TRIES = 5;

/** A rollout on its way: what is live, as it was last seen, and what people are shown. */
export interface Walk {
  readonly way: Way;
  readonly ports: Ports;
  /** When the first split of this walk was written, in milliseconds since 1970; evidence counts from then on. */
  begunAt: number | undefined;
  /** When its splits were written, from the request until Azure showed them. What happened meanwhile belongs to neither. */
  readonly shifts: { readonly from: number; readonly to: number }[];
  sight: Sight;
  state: RolloutState;
  progress: Progress;
}

export function begin(way: Way, sight: Sight, ports: Ports): Walk {
  const { wanted, schedule } = way;
  const { me, now } = ports.asking();
  const recorded = sight.recorded.kind === 'state' && way.step ? sight.recorded.state : undefined;
  const state: RolloutState = {
    holder: me,
    status: 'run',
    step: recorded?.step ?? 0,
    steps: schedule.steps.length,
    percent: recorded?.percent ?? 0,
    since: recorded?.since ?? now,
    lease: now + LEASE_MARGIN,
    target: schedule.target,
    policy: policyFingerprint(wanted.policy),
    commit: wanted.commit.slice(0, 7),
    base: schedule.base,
    reason: '',
  };
  const progress = { endpoint: ports.endpoint, wanted, schedule, stages: [], now };
  return { way, ports, begunAt: way.since, shifts: [], sight, state, progress };
}

/** Writes the split of a step. */
export async function shift(walk: Walk, step: Step): Promise<void> {
  const { ports } = walk;
  const { now } = ports.asking();
  const lease = leaseFor(now, step.bake);
  const state = { ...walk.state, step: step.number, percent: step.percent, since: wholeSeconds(now), lease };
  await write(walk, { traffic: step.split, mirror: carried(walk), state });
  walk.begunAt ??= state.since;
  walk.shifts.push({ from: now, to: ports.asking().now });
  ports.say(`${formatTraffic(step.split)} is live (step ${step.number} of ${walk.state.steps}, ${step.percent} %)`);
}

/** Takes the endpoint: from here on it is this process that moves its traffic. */
export async function take(walk: Walk, time: number, since = walk.state.since): Promise<void> {
  // What a mirror stage left behind ends before live traffic can come to the same deployment.
  const mirror = walk.way.step ? walk.sight.mirror : carried(walk);
  if (!sameSplit(mirror, walk.sight.mirror))
    walk.ports.say(`mirrored traffic (${formatTraffic(walk.sight.mirror)}) ends`);
  await move(walk, { status: 'run', since: wholeSeconds(since) }, mirror, time);
}

/** Writes state and mirror; live traffic stays. @param time how long the lease is needed, without its margin */
export async function move(
  walk: Walk,
  changed: Partial<RolloutState>,
  mirror: Sight['mirror'],
  time: number,
): Promise<void> {
  const { now } = walk.ports.asking();
  const state = { ...walk.state, lease: leaseFor(now, time), ...changed };
  await write(walk, { traffic: walk.sight.traffic, mirror, state });
}

/**
 * Writes what the walk comes to next. A tag or a description that somebody else has changed meanwhile is carried along: it is no
 * reason to leave a split that nobody watches, or one that has to be taken back.
 * @throws Conflict when somebody else has changed traffic, mirror or the state of the rollout
 */
export async function write(walk: Walk, next: Move): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      walk.sight = await walk.ports.write(next, walk.sight);
      walk.state = next.state;
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || tries >= MOST_TRIES || !isAsLeft(error.sight, walk.sight)) throw error;
      walk.sight = error.sight;
    }
  }
}

/** Whether all that a rollout looks at is still as it was left. */
export function isAsLeft(now: Sight, left: Sight): boolean {
  const isSameState = JSON.stringify(now.recorded) === JSON.stringify(left.recorded);
  return isSameState && sameSplit(now.traffic, left.traffic) && sameSplit(now.mirror, left.mirror);
}

/** The mirror that is live and none of this rollout's. */
export function carried({ sight, way }: Walk): Sight['mirror'] {
  return carriedMirror(sight.mirror, way.schedule);
}

export function leaseFor(now: number, time: number): number {
  return wholeSeconds(now + time + SHIFT_TIME + SETTLING_TIME + LEASE_MARGIN);
}

/** As the tags keep times. */
export function wholeSeconds(time: number): number {
  return Math.floor(time / 1000) * 1000;
}

/**
 * Shows people how it stands. A stage takes the place of the same one as it stood before. A picture that cannot be drawn, as
 * when the disk is full, keeps no traffic from where it has to be.
 */
export async function show(walk: Walk, changed: Partial<Progress>, stage?: Stage): Promise<void> {
  const { ports, progress } = walk;
  const others = progress.stages.filter((other) => !stage || !isSameStage(other, stage));
  const stages = stage ? [...others, stage] : progress.stages;
  walk.progress = { ...progress, stages, ...changed, now: ports.asking().now };
  try {
    await ports.tell(walk.progress);
  } catch (error) {
    if (ports.cancelled()) throw error;
    ports.say(`how it stands cannot be shown: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isSameStage(a: Stage, b: Stage): boolean {
  return a.kind === b.kind && a.step?.number === b.step?.number;
}
