import { createHash } from 'node:crypto';
import { judge } from '../../src/rollout/judge/judge.ts';
import type { Minute, Policy } from '../../src/rollout/model.ts';
import { randomFrom } from './random.ts';
import type { Scenario } from './scenarios.ts';

/** The gates of most rollouts. */
const GATES: Pick<Policy, 'errors' | 'latency'> = {
  errors: { worseThan: 1.5, maxRate: 0.05, minRequests: 50, codes: [] },
  latency: { metric: 'p50', worseThan: 1.3 },
};

/** Minutes between two looks at latency. */
const BAKE = 10;

/** What other tools are told to do: come back when more of a minute's requests fail than this. */
const NAIVE_RATE = 0.01;

export interface Outcome {
  /** The part that was rolled back, from 0 to 1. */
  readonly rolledBack: number;
  /** The same under "error rate below 1 %". */
  readonly naive: number;
  /** Minutes until half of all, and nine tenths, had been rolled back; Infinity when they never were. */
  readonly median: number;
  readonly ninth: number;
}

/** So many rollouts, each looked at every minute until it fails. The same for the same scenario, wherever it stands. */
export function rollOut({ name, perMinute, before, traffic, runs: all }: Scenario, runs: number = all): Outcome {
  const seed = createHash('sha256').update(`${name}, ${perMinute}`).digest().readUInt16BE();
  const minutes = Array.from({ length: runs }, (_, run) => traffic(randomFrom(seed * 10_000 + run)));
  const failed = minutes.map((run) => firstFailure(run, before)).sort((a, b) => a - b);
  return {
    rolledBack: failed.filter(Number.isFinite).length / runs,
    naive: minutes.filter((run) => run.some(naivelyBad)).length / runs,
    median: failed[Math.ceil(0.5 * runs) - 1] ?? Infinity,
    ninth: failed[Math.ceil(0.9 * runs) - 1] ?? Infinity,
  };
}

/** Whether an outcome keeps the bar of its scenario. */
export function keepsBar(
  { rolledBack }: Pick<Outcome, 'rolledBack'>,
  { atMost = 1, atLeast = 0 }: Scenario['bar'] & object,
): boolean {
  return rolledBack <= atMost && rolledBack >= atLeast;
}

function firstFailure(minutes: readonly Minute[], before = 0): number {
  for (let seen = before + 1; seen <= minutes.length; seen += 1) {
    const bake = Math.floor((seen - 1) / BAKE) * BAKE;
    const look = { atEndOfBake: seen % BAKE === 0, extension: 0, since: minutes[bake]?.time ?? 0 };
    if (judge(minutes.slice(0, seen), GATES, look).kind === 'fail') return seen - before;
  }
  return Infinity;
}

function naivelyBad({ canary }: Minute): boolean {
  return canary.requests > 0 && canary.errors / canary.requests >= NAIVE_RATE;
}
