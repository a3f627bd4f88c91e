import { judge } from '../src/rollout/judge/judge.ts';
import type { Minute, Policy, Sample } from '../src/rollout/model.ts';

export const MINUTES = 180;
export const DEPLOYMENTS = 20;

const GATES: Pick<Policy, 'errors' | 'latency'> = {
  errors: { worseThan: 1.5, maxRate: 0.05, minRequests: 50, codes: [] },
  latency: { metric: 'p99', worseThan: 1.3, maxTime: 800 },
};

/**
 * The milliseconds of a look at three hours of each deployment that an endpoint may have, at the end of a bake, when all of
 * it is judged.
 */
export function timedVerdicts(): number {
  const endpoint = Array.from({ length: DEPLOYMENTS }, (_, deployment) => minutesOf(deployment));
  const start = performance.now();
  for (const minutes of endpoint) {
    const { kind } = judge(minutes, GATES, { atEndOfBake: true, extension: 0 });
    // A verdict of failure is found sooner.
    if (kind !== 'pass') throw new Error(`the healthy deployment is judged: ${kind}`);
  }
  return performance.now() - start;
}

function minutesOf(deployment: number): Minute[] {
  return Array.from({ length: MINUTES }, (_, minute) => {
    const ripple = (deployment * 7 + minute * 13) % 11;
    return { time: minute * 60_000, canary: sample(600, 3, 40 + ripple), base: sample(5_400, 27, 41 + (ripple % 5)) };
  });
}

function sample(requests: number, errors: number, p50: number): Sample {
  return { requests, errors, latency: { p50, p90: 2 * p50, p95: 3 * p50, p99: 5 * p50 } };
}

if (import.meta.main) console.log(timedVerdicts());
