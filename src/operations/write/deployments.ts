import type { Workspace } from '../../azure/connect.ts';
import { getDeployment, putDeployment } from '../../azure/deployments.ts';
import { getEndpoint } from '../../azure/endpoints.ts';
import { textAt } from '../../json.ts';
import type { ResourcePlan } from '../../plan/changes.ts';
import { type DeploymentPlan, planDeployment } from '../../plan/deployment/changes.ts';
import { type LiveDeployment, type LiveEndpoint, liveName, provisioningState } from '../../plan/live.ts';
import { reasonOf } from '../../report/problem.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import type { DeploymentRun } from './deployment-run.ts';
import { diagnose } from './diagnose.ts';
import { isPending, type Prepared, type PreparedDeployment } from '../prepare/deployments.ts';
import { removeDeployment } from '../remove/deployment.ts';
import { writeUntilEqual, type Written } from './until-equal.ts';

/** What came of the deployments of one endpoint. */
export interface Deployed {
  /** Of those that did not fail: what differed before. */
  readonly plans: readonly ResourcePlan[];
  /** All that the endpoint has now, save those that failed. */
  readonly live: readonly LiveDeployment[];
  readonly changed: boolean;
  readonly failures: readonly unknown[];
}

/**
 * Makes the deployments of an endpoint equal to their YAML, side by side. One that fails does not keep the others from
 * being written, and no traffic is touched.
 * @throws the signal's reason when the job is cancelled
 */
export async function writeDeployments(
  workspace: Workspace,
  run: DeploymentRun,
  endpoint: LiveEndpoint,
  { deployments, present }: Prepared,
): Promise<Deployed> {
  const settled = await Promise.all(
    deployments.map((deployment) =>
      run.limit(async () => {
        try {
          return { written: await writeDeployment(workspace, run, endpoint, deployment) };
        } catch (error) {
          return { failure: await afterFailure(workspace, run, deployment, error) };
        }
      }),
    ),
  );
  run.deps.signal.throwIfAborted();
  const written = settled.flatMap((each) => ('written' in each ? [each.written] : []));
  const worked = new Set(deployments.map(({ spec }) => spec.name));
  return {
    plans: written.map(({ plan }) => plan),
    live: [...present.filter((each) => !worked.has(liveName(each))), ...written.map(({ live }) => live)],
    changed: written.some(({ changed }) => changed),
    failures: settled.flatMap((each) => ('failure' in each ? [each.failure] : [])),
  };
}

async function writeDeployment(
  workspace: Workspace,
  { assets, keepCapacity, deps, claim }: DeploymentRun,
  endpoint: LiveEndpoint,
  deployment: PreparedDeployment,
): Promise<Written<DeploymentPlan>> {
  const { spec, live, plan } = deployment;
  if (live && !isPending(deployment)) return { live, changed: false, plan };
  claim.refuseHeld(endpoint);
  await assets.publish(deployment.assets);
  const around = { location: textAt(endpoint, 'location') ?? '', keepCapacity };
  const subject = {
    title: titleOf(spec),
    endpoint: spec.endpoint,
    read: () => getDeployment(workspace, spec.endpoint, spec.name),
    plan: (now: typeof live) => planDeployment(spec, now, deployment.assets, around),
    put: (body: DeploymentPlan['body']) => putDeployment(workspace, spec.endpoint, spec.name, body),
  };
  return writeUntilEqual(workspace, subject, {
    journal: deps.journal,
    check: async () => {},
    fence: async () => claim.refuseHeld(await getEndpoint(workspace, spec.endpoint)),
  });
}

/**
 * Finds out why a deployment failed and shows its logs. One that is new may be deleted, so that it costs nothing.
 * @returns the error, with what was found out
 */
async function afterFailure(
  workspace: Workspace,
  run: DeploymentRun,
  { spec, live }: PreparedDeployment,
  error: unknown,
): Promise<unknown> {
  const { deps, deleteFailed } = run;
  if (deps.signal.aborted) return error;
  const diagnosed = await diagnose(workspace, spec, error);
  const served = live !== undefined && provisioningState(live).toLowerCase() !== 'failed';
  if (!deleteFailed || served) return diagnosed;
  try {
    await removeDeployment(workspace, spec.endpoint, spec.name, run);
  } catch (second) {
    deps.report.warning(`${titleOf(spec)} has failed and could not be deleted: ${reasonOf(second)}`, {
      file: spec.file,
    });
  }
  return diagnosed;
}

function titleOf({ name, endpoint }: DeploymentSpec): string {
  return `deployment ${name} of endpoint ${endpoint}`;
}
