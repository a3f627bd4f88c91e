import type { EndpointPlan, ResourcePlan } from '../plan/changes.ts';
import type { LiveEndpoint } from '../plan/live.ts';
import { planJson } from '../plan/show.ts';
import type { Ending } from '../rollout/walk/ports.ts';
import type { EndpointResult, Outcome } from '../report/outcome.ts';
import type { FailedEndpoint } from './each.ts';
import { failureOf } from './roll-out.ts';
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
  /** How its traffic was moved step by step; absent where it was written at once. */
  readonly ending?: Ending;
  /** What the job summary shows of that. */
  readonly markdown?: string;
  /** Path of the JSON report of that. */
  readonly report?: string;
}

/** The outcome of operations that write endpoints and deployments. */
export function writtenOutcome(applied: readonly Applied[], failed: readonly FailedEndpoint[]): Outcome {
  const plans = applied.map(({ plan }) => plan);
  const report = applied.find((each) => each.report !== undefined)?.report;
  const failures = [
    ...applied.flatMap(({ deployed }) => deployed?.failures ?? []),
    ...applied.flatMap(({ plan, ending }) => (ending && failureOf(plan.name, ending)) ?? []),
    ...failed.map(({ error }) => error),
  ];
  return {
    endpoints: [
      ...applied.map(endpointResult),
      ...failed.map(({ name }) => ({ name, status: 'failed', changed: false }) as const),
    ],
    plans: applied.map(({ plan, deployed }) => (deployed ? { ...plan, deployments: deployed.plans } : plan)),
    answer: applied.flatMap(answerLines).join('\n'),
    outputs: { plan: planJson(plans), ...(report === undefined ? {} : { report }) },
    sections: applied.flatMap(({ markdown }) => markdown ?? []),
    failures,
    exitCode: failures.length > 0 ? 1 : 0,
  };
}

function endpointResult({ live, changed, deployed, ending }: Applied): EndpointResult {
  const result = resultOf(live, changed);
  if (ending && ending.status !== 'unchanged') return { ...result, status: ending.status };
  return deployed && deployed.failures.length > 0 ? { ...result, status: 'failed' } : result;
}

function answerLines({ plan, deployed, ending }: Applied): string[] {
  const deployments = (deployed?.plans ?? []).map((each) => `${plan.name}/${each.name}: ${done(each.action)}`);
  const rolled = ending ? [`${plan.name}: ${ending.status}: ${ending.reason}`] : [];
  return [
    ...(ending && plan.action === 'none' ? [] : [`${plan.name}: ${done(plan.action)}`]),
    ...deployments,
    ...rolled,
  ];
}

function done(action: ResourcePlan['action']): string {
  return action === 'none' ? 'no change' : `${action}d`;
}
