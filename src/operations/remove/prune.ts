import type { Workspace } from '../../azure/connect.ts';
import type { Report } from '../../deps.ts';
import type { ResourcePlan } from '../../plan/changes.ts';
import { deletionRefusal } from '../../plan/deployment/refusals.ts';
import { type LiveEndpoint, liveMirrorTraffic, liveName, liveTraffic } from '../../plan/live.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import type { DeploymentRun } from '../write/deployment-run.ts';
import type { Prepared, WithSpec } from '../prepare/deployments.ts';
import { EndpointError } from '../result/endpoint-error.ts';
import { removeDeployment } from './deployment.ts';

/** The live deployments that no file describes, as they would go; without those that keep traffic. */
export function deletions({ wanted, present }: Prepared<WithSpec>, report: Report): ResourcePlan[] {
  const described = new Set(wanted.deployments.map(({ name }) => name));
  const names = present.map(liveName).filter((name) => !described.has(name));
  const after = withSplitOf(wanted.spec, wanted.live ?? {});
  return names.sort().flatMap((name) => {
    const refusal = deletionRefusal(after, name);
    if (refusal) report.notice(`${refusal}, so it is not pruned`);
    return refusal ? [] : [{ name, action: 'delete', changes: [], body: {} } as const];
  });
}

/** The endpoint with the traffic that its YAML is about to give it. */
function withSplitOf({ traffic, mirrorTraffic, name }: EndpointSpec, live: LiveEndpoint): LiveEndpoint {
  return {
    name,
    properties: { traffic: traffic ?? liveTraffic(live), mirrorTraffic: mirrorTraffic ?? liveMirrorTraffic(live) },
  };
}

/** What came of the deployments that were to go. */
interface Pruned {
  readonly gone: readonly ResourcePlan[];
  readonly failures: readonly unknown[];
}

/**
 * Deletes deployments, one after the other, since Azure may refuse to delete two of one endpoint at once [U]. Each is looked
 * at once more: one that has got traffic meanwhile stays. One that stays does not keep the others.
 * @throws the signal's reason when the job is cancelled
 */
export async function prune(
  workspace: Workspace,
  endpoint: string,
  plans: readonly ResourcePlan[],
  run: Pick<DeploymentRun, 'deps' | 'claim'>,
): Promise<Pruned> {
  const gone: ResourcePlan[] = [];
  const failures: unknown[] = [];
  for (const plan of plans) {
    try {
      if (await removeDeployment(workspace, endpoint, plan.name, run)) gone.push(plan);
    } catch (error) {
      run.deps.signal.throwIfAborted();
      failures.push(new EndpointError(endpoint, error));
    }
  }
  return { gone, failures };
}
