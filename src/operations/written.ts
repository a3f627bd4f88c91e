import type { EndpointPlan, ResourcePlan } from '../plan/changes.ts';
import type { LiveEndpoint } from '../plan/live.ts';
import { planJson } from '../plan/show.ts';
import type { EndpointResult, Outcome } from '../report/outcome.ts';
import type { FailedEndpoint } from './each.ts';
import { resultOf } from './result.ts';
import type { Deployed } from './write-deployments.ts';

/** An endpoint that was worked on, as it is now. */
export interface Applied {
  readonly live: LiveEndpoint;
  readonly changed: boolean;
  /** What differed before. */
  readonly plan: EndpointPlan;
  /** What came of its deployments; absent where none was looked at. */
  readonly deployed?: Deployed;
}

/** The outcome of operations that write endpoints and deployments. */
export function writtenOutcome(applied: readonly Applied[], failed: readonly FailedEndpoint[]): Outcome {
  const plans = applied.map(({ plan }) => plan);
  const failures = [
    ...applied.flatMap(({ deployed }) => deployed?.failures ?? []),
    ...failed.map(({ error }) => error),
  ];
  return {
    endpoints: [
      ...applied.map(endpointResult),
      ...failed.map(({ name }) => ({ name, status: 'failed', changed: false }) as const),
    ],
    plans,
    answer: applied.flatMap(answerLines).join('\n'),
    outputs: { plan: planJson(plans) },
    failures,
    exitCode: failures.length > 0 ? 1 : 0,
  };
}

function endpointResult({ live, changed, deployed }: Applied): EndpointResult {
  const result = resultOf(live, changed);
  return deployed && deployed.failures.length > 0 ? { ...result, status: 'failed' } : result;
}

function answerLines({ plan, deployed }: Applied): string[] {
  const deployments = (deployed?.plans ?? []).map((each) => `${plan.name}/${each.name}: ${done(each.action)}`);
  return [`${plan.name}: ${done(plan.action)}`, ...deployments];
}

function done(action: ResourcePlan['action']): string {
  return action === 'none' ? 'no change' : `${action}d`;
}
