import { judge } from '../../../../src/rollout/judge/judge.ts';
import type { Minute, Verdict } from '../../../../src/rollout/model.ts';
import { scheduleOf } from '../../../../src/rollout/schedule/schedule.ts';
import type { Progress, Stage } from '../../../../src/rollout/walk/ports.ts';
import { policyWith } from '../policies.ts';

export const MINUTE = 60_000;
export const NOON = Date.UTC(2026, 10, 23, 12);

const policy = policyWith();
export const schedule = scheduleOf({ blue: 100 }, { green: 100 }, policy);

/** A rollout from blue to green by `standard`, at its beginning. */
export function progressWith(changes: Partial<Progress> = {}): Progress {
  return {
    endpoint: 'fraud',
    wanted: { target: { green: 100 }, policy, commit: 'c0ffee1', retry: false },
    schedule,
    stages: [],
    now: NOON,
    ...changes,
  };
}

/** Minutes from noon on, all alike. */
export function minutesOf(
  count: number,
  canary: readonly [requests: number, errors: number],
  base: readonly [requests: number, errors: number],
  start = NOON,
): Minute[] {
  return Array.from({ length: count }, (_, index) => ({
    time: start + index * MINUTE,
    canary: { requests: canary[0], errors: canary[1], latency: { p50: 38 } },
    base: { requests: base[0], errors: base[1], latency: { p50: 37 } },
  }));
}

/** A step of the schedule, by its number, begun at `from` and judged by these minutes. */
export function stageOf(number: number, from: number, minutes: readonly Minute[], changes: Partial<Stage> = {}): Stage {
  const step = schedule.steps[number - 1]!;
  return { kind: 'step', step, from, minutes, verdict: verdictOf(minutes), ...changes };
}

export function verdictOf(minutes: readonly Minute[]): Verdict {
  return judge(minutes, policy, { atEndOfBake: false, extension: 0 });
}
