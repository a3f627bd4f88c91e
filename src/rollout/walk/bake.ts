import { MINUTE } from '../../duration.ts';
import { Failure } from '../../failure.ts';
import { SETTLING_TIME, SHIFT_TIME } from '../schedule/time.ts';
import { isOldSideUnhealthy } from '../judge/health.ts';
import { judge } from '../judge/judge.ts';
import type { Minute, Verdict } from '../model.ts';
import { isAlone, type Step } from '../schedule/schedule.ts';
import { Conflict, type Stage } from './ports.ts';
import { isAsLeft, leaseFor, show, type Walk, write } from './walking.ts';

/** What is watched: a step, or the mirror before the first. */
export interface Watched {
  readonly kind: Stage['kind'];
  readonly step?: Step;
  /** Milliseconds. */
  readonly bake: number;
  readonly maxBake: number;
  /** When Azure showed its split, or, where somebody else began it, when it was written. In milliseconds since 1970. */
  readonly since: number;
}

/** What a bake came to. */
export type Baked =
  | { readonly kind: 'pass'; readonly reason: string }
  | { readonly kind: 'fail'; readonly reason: string; readonly isBaseUnwell: boolean }
  /** The evidence is too thin even after every extension. */
  | { readonly kind: 'no-data'; readonly reason: string }
  /** Azure Monitor, or Azure itself, does not answer. */
  | { readonly kind: 'silence'; readonly reason: string }
  | { readonly kind: 'out-of-time'; readonly reason: string };

/** How long the old side is looked at before the rollout, where nothing is left of it to compare with. */
const BEFORE = 60 * MINUTE;
/** What is left of the lease's margin at the end of a bake, at least; a write that took long has used some of it. */
const LEAST_MARGIN = 10 * MINUTE;

/** So many readings in a row that fail pause the rollout: a broken metrics API is no verdict, and never rolls it back. */
const MOST_FAILED = 5;

/** A reading that contradicts what was left is doubted so often: GETs lag behind writes (azure-dev issue 3881). */
const MOST_DOUBTS = 4;
const DOUBT = 5_000;

/**
 * Watches for as long as the policy says, and longer while evidence is thin. Each minute the whole of the evidence is read and
 * judged again, since Azure goes on adding to it; a verdict against the new side stands at once.
 * @throws Conflict when somebody else has changed the endpoint
 */
export async function bake(walk: Walk, watched: Watched): Promise<Baked> {
  const { ports, way } = walk;
  const overhead = SHIFT_TIME + SETTLING_TIME;
  const latest = watched.since + watched.maxBake + overhead;
  let end = watched.since + watched.bake + overhead;
  let extension = 0;
  if (walk.state.lease < end + LEAST_MARGIN) await prolong(walk, end);
  for (let failed = 0; ;) {
    const left = end - ports.asking().now;
    // Past the end, when the metrics were silent there, the next look is a minute away all the same.
    await ports.sleep(left > 0 ? Math.min(MINUTE, left) : MINUTE);
    const seen = await tolerated(walk, () => lookAround(walk));
    if ('unwell' in seen) return { kind: 'fail', reason: unwellWords(seen.unwell), isBaseUnwell: false };
    const atEnd = ports.asking().now >= end;
    const evidence = await tolerated(walk, () => read(walk, watched));
    const silence = silenceOf(seen, evidence);
    failed = silence === undefined ? 0 : failed + 1;
    if (silence !== undefined) ports.say(silence);
    if (silence !== undefined && failed >= MOST_FAILED) return { kind: 'silence', reason: silence };
    if ('error' in evidence) continue;
    const verdict = judge(evidence.minutes, way.wanted.policy, {
      atEndOfBake: atEnd,
      extension,
      mostBakes: watched.maxBake / watched.bake,
      since: watched.since,
      before: evidence.before,
    });
    await tell(walk, watched, evidence.minutes, verdict, atEnd && verdict.kind === 'pass');
    if (verdict.kind === 'fail') return failure(walk, verdict, evidence);
    // Nothing passes that could not be seen.
    if (!atEnd || silence !== undefined) continue;
    if (verdict.kind === 'pass') return { kind: 'pass', reason: verdict.reason };
    if (end >= latest) return { kind: 'no-data', reason: verdict.reason };
    extension += 1;
    // Where it was interrupted for long, the extension begins now and not back then.
    end = Math.min(latest, Math.max(end, ports.asking().now) + watched.bake);
    if (end > way.limits.pauseAt)
      return { kind: 'out-of-time', reason: `${verdict.reason}, and there is no time left` };
    await prolong(walk, end);
  }
}

export function unwellWords([name, state]: readonly [string, string]): string {
  return `deployment ${name} is ${state}`;
}

function failure({ way }: Walk, { reason }: Verdict, { minutes, before }: Evidence): Baked {
  return { kind: 'fail', reason, isBaseUnwell: isOldSideUnhealthy([...before, ...minutes], way.wanted.policy.errors) };
}

interface Trouble {
  readonly error: string;
}

/** A reading that fails says nothing about the deployment. @throws Conflict; the signal's reason when the job is cancelled */
async function tolerated<T>({ ports }: Walk, look: () => Promise<T>): Promise<T | Trouble> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof Conflict || ports.cancelled()) throw error;
    return { error: wordsOf(error) };
  }
}

function silenceOf(seen: object | Trouble, evidence: object | Trouble): string | undefined {
  if ('error' in evidence) return `Azure Monitor does not answer: ${evidence.error}`;
  return 'error' in seen ? `Azure does not show the endpoint: ${seen.error}` : undefined;
}

/**
 * Nobody else may have moved what is being watched.
 * @returns the first of the new deployments that is not well, with its state
 */
async function lookAround(walk: Walk): Promise<{ readonly unwell?: readonly [string, string] }> {
  const { ports, way } = walk;
  for (let doubts = 0; ; doubts += 1) {
    const sight = await ports.read();
    if (isAsLeft(sight, walk.sight)) {
      walk.sight = sight;
      const [unwell] = await ports.unwell(way.schedule.canary);
      return unwell ? { unwell } : {};
    }
    if (doubts >= MOST_DOUBTS) throw new Conflict(sight);
    await ports.sleep(DOUBT);
  }
}

interface Evidence {
  readonly minutes: readonly Minute[];
  /** Of the old side, before any traffic moved. */
  readonly before: readonly Minute[];
}

async function read(walk: Walk, { kind, step, since }: Watched): Promise<Evidence> {
  const { ports, way } = walk;
  const { errors, latency } = way.wanted.policy;
  if (!errors && !latency) return { minutes: [], before: [] };
  const from = kind === 'mirror' ? since : (walk.begunAt ?? since);
  const [minutes, before] = await Promise.all([
    ports.minutes(way.schedule, from, ports.asking().now),
    step && isAlone(step, way.schedule) ? ports.minutes(way.schedule, from - BEFORE, from + SETTLING_TIME) : [],
  ]);
  const isMixed = (time: number): boolean =>
    walk.shifts.some((shift) => time <= shift.to && shift.from < time + MINUTE);
  return {
    minutes: minutes.filter(({ time }) => !isMixed(time)),
    before: before.filter(({ time }) => time + MINUTE <= from),
  };
}

/** With what can be done about it: nobody is there to ask. */
function wordsOf(error: unknown): string {
  const step = error instanceof Failure ? error.details.nextStep : undefined;
  return [error instanceof Error ? error.message : String(error), step].filter(Boolean).join(' · ');
}

/** The lease has to outlast the bake. */
async function prolong(walk: Walk, end: number): Promise<void> {
  const lease = leaseFor(Math.max(end, walk.ports.asking().now), 0);
  const { traffic, mirror } = walk.sight;
  await write(walk, { traffic, mirror, state: { ...walk.state, lease } });
}

async function tell(
  walk: Walk,
  { kind, step, since }: Watched,
  minutes: readonly Minute[],
  verdict: Verdict,
  isOver: boolean,
): Promise<void> {
  const { now } = walk.ports.asking();
  const over = isOver || verdict.kind === 'fail' ? { to: now } : {};
  await show(walk, {}, { kind, ...(step ? { step } : {}), from: since, ...over, minutes, verdict });
}
