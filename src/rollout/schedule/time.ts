import type { Schedule } from './schedule.ts';

/** The minute in which a split changes has requests of both splits, and is no evidence. */
export const SHIFT_TIME = 60_000;

/**
 * How long a minute must be over before it counts. Azure Monitor has most of it after one minute, all of it after two or
 * three, and shows zero, not nothing, for what has not come in. Sources: Azure Monitor, "Latency" of metrics and of the
 * metrics explorer; azure-libraries-for-net issue 499. Under load it is [U].
 */
export const SETTLING_TIME = 3 * 60_000;

/** How long a rollout takes, in milliseconds. */
export interface Duration {
  /** When all evidence is good and enough at once. */
  readonly shortest: number;
  /** When each step is watched for as long as the policy lets it. */
  readonly longest: number;
  /** How many writes to Azure are part of it. */
  readonly writes: number;
}

/**
 * How long a schedule takes up to its end, or to where it pauses. Deployments that are made and smoke tests come on top.
 * @param write what one write of traffic takes, from the request until Azure shows it; how long that is on Azure is [U]
 */
export function durationOf(schedule: Schedule, write: number): Duration {
  const { steps, mirror, pauseAfter = steps.length } = schedule;
  const walked = steps.filter(({ number }) => number <= pauseAfter);
  const overhead = SHIFT_TIME + SETTLING_TIME;
  const mirrored = mirror ? mirror.bake + overhead : 0;
  const total = (key: 'bake' | 'maxBake'): number => walked.reduce((sum, step) => sum + step[key] + overhead, mirrored);
  // The lease before anything else, each split, the end or the pause; the mirror is set and cleared.
  const writes = 1 + walked.length + 1 + (mirror ? 2 : 0);
  return { shortest: total('bake') + writes * write, longest: total('maxBake') + writes * write, writes };
}

/** Whether a schedule is through before `limit` milliseconds are over: whatever happens, only when all goes well, or never. */
export function fits({ shortest, longest }: Duration, limit: number): 'always' | 'perhaps' | 'never' {
  if (longest <= limit) return 'always';
  return shortest <= limit ? 'perhaps' : 'never';
}
