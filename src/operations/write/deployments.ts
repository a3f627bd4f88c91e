import type { Workspace } from '../../azure/connect.ts';
import { getDeployment, putDeployment } from '../../azure/deployments.ts';
import { getEndpoint } from '../../azure/endpoints.ts';
import { mayHaveWorked } from '../../http/errors.ts';
import { Failure } from '../../failure.ts';
import { isObject, textAt } from '../../json.ts';
import type { ResourcePlan } from '../../plan/changes.ts';
import { type DeploymentPlan, planDeployment } from '../../plan/deployment/changes.ts';
import { isSettled, type LiveDeployment, type LiveEndpoint, liveName, provisioningState } from '../../plan/live.ts';
import { reasonOf } from '../../report/problem.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import type { DeploymentRun } from './deployment-run.ts';
import { diagnose } from './diagnose.ts';
import { limitsFromNow } from '../limits.ts';
import { isPending, type Prepared, type PreparedDeployment } from '../prepare/deployments.ts';
import { removeDeployment } from '../remove/deployment.ts';
import { unpublishedFailures } from './unpublished.ts';
import { writeUntilEqual, type Written } from './until-equal.ts';

/** What came of the deployments of one endpoint. */
export interface Deployed {
  /** Of those that did not fail: what differed before. */
  readonly plans: readonly ResourcePlan[];
  /** All that the endpoint has now, save those that failed. */
  readonly live: readonly LiveDeployment[];
  readonly changed: boolean;
  readonly failed: readonly FailedDeployment[];
  readonly failures: readonly unknown[];
}

export interface FailedDeployment {
  readonly name: string;
  /** The class of its failure, where it is known. */
  readonly kind: string | undefined;
  /** As Azure showed it last; absent where it is not there. */
  readonly live: LiveDeployment | undefined;
}

/**
 * Makes the deployments of an endpoint equal to their YAML, side by side. One that fails does not keep the others from
 * being written, and no traffic is touched. The time of each begins when its turn comes: what it waits in our own queue is
 * none of it.
 * @throws the signal's reason when the job is cancelled
 */
export async function writeDeployments(
  connected: Workspace,
  run: DeploymentRun,
  endpoint: LiveEndpoint,
  { deployments, present }: Prepared,
): Promise<Deployed> {
  const settled = await Promise.all(
    deployments.map((deployment) =>
      run.limit(async () => {
        const workspace = connected.within(limitsFromNow(run.deps, run.timeout));
        const attempt: Attempt = {
          asset: undefined,
          wasSent: false,
          wasThere: false,
          hasWorked: false,
          live: deployment.live,
        };
        try {
          return { written: await writeDeployment(workspace, run, endpoint, deployment, attempt) };
        } catch (error) {
          const { spec } = deployment;
          if (attempt.asset !== undefined)
            return { unpublished: { spec, key: attempt.asset, error, live: attempt.live } };
          const failure = await afterFailure(workspace, run, deployment, attempt, error);
          return { failed: { name: spec.name, failure, live: attempt.live } };
        }
      }),
    ),
  );
  run.deps.signal.throwIfAborted();
  const written = settled.flatMap((each) => ('written' in each ? [each.written] : []));
  const unpublished = settled.flatMap((each) => ('unpublished' in each ? [each.unpublished] : []));
  const failed = settled.flatMap((each) => ('failed' in each ? [each.failed] : []));
  const worked = new Set(deployments.map(({ spec }) => spec.name));
  return {
    plans: written.map(({ plan }) => plan),
    live: [...present.filter((each) => !worked.has(liveName(each))), ...written.map(({ live }) => live)],
    changed: written.some(({ changed }) => changed),
    failed: [
      ...unpublished.map(({ spec, live }) => ({ name: spec.name, kind: undefined, live })),
      ...failed.map(({ name, failure, live }) => ({ name, kind: kindOf(failure), live })),
    ],
    failures: [...unpublishedFailures(unpublished, connected.target), ...failed.map(({ failure }) => failure)],
  };
}

/** What has been seen of a deployment and sent for it. */
interface Attempt {
  /** The key of the asset that is being uploaded or registered. */
  asset: string | undefined;
  /** Whether Azure took a write of this run, or may have. */
  wasSent: boolean;
  /** Whether it was there before that: whatever becomes of it, it is not ours to delete. */
  wasThere: boolean;
  /** Whether Azure showed then that it works. One that Azure shows as failed may have worked all the same. */
  hasWorked: boolean;
  /** As Azure showed it last. */
  live: LiveDeployment | undefined;
}

async function writeDeployment(
  workspace: Workspace,
  { assets, keepCapacity, deps, claim }: DeploymentRun,
  endpoint: LiveEndpoint,
  deployment: PreparedDeployment,
  attempt: Attempt,
): Promise<Written<DeploymentPlan>> {
  const { spec, live, plan } = deployment;
  notice(attempt, live);
  if (live && !isPending(deployment)) return { live, changed: false, plan };
  claim.refuseHeld(endpoint);
  await assets.publish(deployment.assets, workspace, (key) => {
    attempt.asset = key;
  });
  attempt.asset = undefined;
  const around = { location: textAt(endpoint, 'location') ?? '', keepCapacity };
  const subject = {
    title: titleOf(spec),
    endpoint: spec.endpoint,
    async read() {
      const now = await getDeployment(workspace, spec.endpoint, spec.name);
      notice(attempt, now);
      return now;
    },
    plan: (now: typeof live) => planDeployment(spec, now, deployment.assets, around),
    async put(body: DeploymentPlan['body']) {
      try {
        const answer = await putDeployment(workspace, spec.endpoint, spec.name, body);
        attempt.wasSent = true;
        if (isObject(answer.body)) attempt.live = { ...attempt.live, ...answer.body };
        return answer;
      } catch (error) {
        attempt.wasSent ||= mayHaveWorked(error);
        throw error;
      }
    },
  };
  return writeUntilEqual(workspace, subject, {
    journal: deps.journal,
    check: async () => {},
    fence: async () => claim.refuseHeld(await getEndpoint(workspace, spec.endpoint)),
  });
}

function notice(attempt: Attempt, live: LiveDeployment | undefined): void {
  // For some seconds after Azure has taken a new one, a read may still say that it is not there.
  if (live || !attempt.wasSent) attempt.live = live;
  if (!live || attempt.wasSent) return;
  const state = provisioningState(live);
  attempt.wasThere = true;
  attempt.hasWorked ||= isSettled(state) && state.toLowerCase() !== 'failed';
}

/** Finds out why a deployment failed and shows its logs. @returns the error, with what was found out */
async function afterFailure(
  workspace: Workspace,
  run: DeploymentRun,
  { spec }: PreparedDeployment,
  attempt: Attempt,
  error: unknown,
): Promise<unknown> {
  if (run.deps.signal.aborted) return error;
  const { wasSent, wasThere, hasWorked } = attempt;
  const diagnosed = await diagnose(workspace, spec, error, wasSent);
  if (run.deleteFailed && !wasThere && wasSent && (await deleteFailed(workspace, run, spec))) attempt.live = undefined;
  if (run.deleteFailed && wasThere && !hasWorked) tellThatItStays(run, spec);
  return diagnosed;
}

/** Azure shows a new one that failed, and one that served until an update of it failed, as one and the same. */
function tellThatItStays({ deps }: DeploymentRun, spec: DeploymentSpec): void {
  const why = 'it was there before this run, and may have worked once';
  const nextStep = `If nobody needs it, delete it with operation \`delete\` and \`deployment\` ${spec.name}`;
  deps.report.notice(`${titleOf(spec)} is not deleted: ${why}. ${nextStep}`, { file: spec.file });
}

/** One that never worked costs money and serves nobody. @returns whether it is gone */
async function deleteFailed(workspace: Workspace, run: DeploymentRun, spec: DeploymentSpec): Promise<boolean> {
  const { report } = run.deps;
  try {
    const wasThere = await removeDeployment(workspace, spec.endpoint, spec.name, { ...run, onlyFailed: true });
    if (wasThere) report.info(`deleted ${titleOf(spec)} because it failed`);
    return true;
  } catch (error) {
    const nextStep = error instanceof Failure ? error.details.nextStep : undefined;
    const why = [reasonOf(error), nextStep].filter(Boolean).join('. ');
    report.warning(`${titleOf(spec)} is not deleted: ${why}`, { file: spec.file });
    return false;
  }
}

function kindOf(failure: unknown): string | undefined {
  return failure instanceof Failure ? failure.details.diagnosis?.kind : undefined;
}

function titleOf({ name, endpoint }: DeploymentSpec): string {
  return `deployment ${name} of endpoint ${endpoint}`;
}
