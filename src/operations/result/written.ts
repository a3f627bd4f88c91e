import type { Deps } from '../../deps.ts';
import type { EndpointPlan, ResourcePlan } from '../../plan/changes.ts';
import type { LiveEndpoint } from '../../plan/live.ts';
import { planJson } from '../../plan/show.ts';
import type { RolloutEnding } from '../../rollout/walk/ports.ts';
import type { EndpointResult, Outcome } from '../../report/outcome.ts';
import { deploymentResults, failedState } from './deployments.ts';
import type { FailedEndpoint } from '../each-endpoint.ts';
import { failureOf } from '../traffic/run-rollout.ts';
import { resultOf } from './endpoint.ts';
import type { Deployed } from '../write/deployments.ts';

/** An endpoint that was worked on, as it is now. */
export interface Applied {
  readonly live: LiveEndpoint;
  readonly changed: boolean;
  /** What differed before. */
  readonly plan: EndpointPlan;
  /** What of that was done, where it is less: the traffic did not move, or not to its end. */
  readonly done?: ResourcePlan;
  /** What came of its deployments; absent where none was looked at. */
  readonly deployed?: Deployed;
  /** How its traffic was moved step by step; absent where it was written at once. */
  readonly ending?: RolloutEnding;
  /** What the job summary shows of that. */
  readonly markdown?: string;
  /** Path of the JSON report of that. */
  readonly report?: string;
}

type Circumstances = Pick<Deps, 'clock' | 'journal'>;

/** The outcome of operations that write endpoints and deployments. */
export function writtenOutcome(
  applied: readonly Applied[],
  failed: readonly FailedEndpoint[],
  circumstances: Circumstances,
): Outcome {
  const plans = applied.map(({ plan }) => plan);
  const [report, ...reports] = applied.flatMap((each) => each.report ?? []);
  const failures = [
    ...applied.flatMap(({ deployed }) => deployed?.failures ?? []),
    ...applied.flatMap(({ plan, ending }) => (ending && failureOf(plan.name, ending)) ?? []),
    ...failed.map(({ error }) => error),
  ];
  return {
    endpoints: [
      ...applied.map((each) => endpointResult(each, circumstances)),
      ...failed.map(
        ({ name }) => ({ name, status: 'failed', changed: hasChanged(false, name, circumstances) }) as const,
      ),
    ],
    plans: applied.map(({ plan, done = plan, deployed }) =>
      deployed ? { ...done, deployments: deployed.plans } : done,
    ),
    answer: applied.flatMap(answerLines).join('\n'),
    outputs: { plan: planJson(plans), ...(report === undefined || reports.length > 0 ? {} : { report }) },
    sections: applied.flatMap(({ plan, markdown }) => (markdown ? { about: plan.name, markdown } : [])),
    failures,
    exitCode: failures.length > 0 ? 1 : 0,
  };
}

/** Of an endpoint that failed: it is surely as it was only where nothing was begun. */
function hasChanged(known: boolean, endpoint: string, { journal }: Circumstances): boolean | undefined {
  return known || (journal.hasBegun(endpoint) ? undefined : false);
}

function endpointResult(applied: Applied, circumstances: Circumstances): EndpointResult {
  const { live, changed, deployed, ending } = applied;
  const deployments = deployed && deploymentResults(live, deployed.live, circumstances.clock.now(), deployed.failed);
  const result = { ...resultOf(live, changed), ...(deployments && { deployments }) };
  if (deployed && deployed.failures.length > 0)
    return { ...result, status: 'failed', changed: hasChanged(changed, result.name, circumstances) };
  return ending && ending.status !== 'unchanged' ? { ...result, status: ending.status } : result;
}

function answerLines({ plan, done = plan, deployed, ending }: Applied): string[] {
  const deployments = [
    ...(deployed?.plans ?? []).map((each) => `${plan.name}/${each.name}: ${past(each.action)}`),
    ...(deployed?.failed ?? []).map((each) => `${plan.name}/${each.name}: ${failedState(each)}`),
  ];
  const rolled = ending ? [`${plan.name}: ${endingWords(ending)}`] : [];
  return [
    ...(ending && done.action === 'none' ? [] : [`${plan.name}: ${past(done.action)}`]),
    ...deployments,
    ...rolled,
  ];
}

/** The reason of a pause or a rollback says so itself. */
function endingWords({ status, reason }: RolloutEnding): string {
  return reason.startsWith(status.replace('-', ' ')) ? reason : `${status}: ${reason}`;
}

function past(action: ResourcePlan['action']): string {
  return action === 'none' ? 'no change' : `${action}d`;
}
