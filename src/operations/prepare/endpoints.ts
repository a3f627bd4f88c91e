import type { Workspace } from '../../azure/connect.ts';
import { getEndpoint, workspaceLocation } from '../../azure/endpoints.ts';
import type { RolloutOptions } from '../../config/config.ts';
import { type Fault, InputFaults } from '../../failure.ts';
import type { EndpointPlan, ResourcePlan } from '../../plan/changes.ts';
import { type LiveEndpoint, liveName } from '../../plan/live.ts';
import { deploymentFaults, refusals } from '../../plan/refusals.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import type { DeploymentRun } from '../write/deployment-run.ts';
import type { Policies } from '../desired/policies.ts';
import type { DesiredState } from '../desired/state.ts';
import { planByPolicy } from '../traffic/by-policy.ts';
import { movingFaults } from '../traffic/moving-faults.ts';
import { computeFaults } from './preflight.ts';
import { deletions } from '../remove/prune.ts';
import { type Prepared, prepareDeployments, type WithSpec } from './deployments.ts';

/** An endpoint together with its deployments, before anything is written. */
export interface Whole {
  readonly spec: EndpointSpec;
  readonly live: LiveEndpoint | undefined;
  /** Of the endpoint and its deployments. */
  readonly plan: EndpointPlan;
  readonly prepared: Prepared<WithSpec>;
  /** Deployments that are to go. */
  readonly extra: readonly ResourcePlan[];
}

/**
 * Reads and compares the endpoints whose deployments have files. All of it happens before the first write to any of them.
 * @throws InputFaults with all that Azure would refuse
 */
export async function prepareWhole(
  workspace: Workspace,
  desired: DesiredState,
  run: DeploymentRun,
  pruning: boolean,
  options: RolloutOptions,
): Promise<ReadonlyMap<string, Whole>> {
  const own = desired.specs.filter(({ name }) => desired.deployments.has(name));
  const found = await Promise.all(own.map(({ name }) => run.limit(() => getEndpoint(workspace, name))));
  const live = new Map(found.flatMap((each) => (each ? [[liveName(each), each] as const] : [])));
  const { whole, faults } = await compareWhole(workspace, desired, live, run, pruning);
  for (const { spec, live: present } of whole.values())
    faults.push(...movingFaults(spec, present, desired.policies, options));
  if (faults.length > 0) throw new InputFaults(faults);
  return whole;
}

/**
 * The endpoints whose deployments have files, with what Azure would refuse of them.
 * @param pruning whether deployments that no file describes are to go
 */
export async function compareWhole(
  workspace: Workspace,
  { specs, deployments: desired, policies }: DesiredState,
  live: ReadonlyMap<string, LiveEndpoint>,
  run: DeploymentRun,
  pruning: boolean,
): Promise<{ whole: Map<string, Whole>; faults: Fault[] }> {
  const wanted = specs.flatMap((spec) => {
    const deployments = desired.get(spec.name);
    return deployments ? [{ endpoint: spec.name, spec, live: live.get(spec.name), deployments }] : [];
  });
  const { prepared, faults } = await prepareDeployments(workspace, run, wanted);
  const whole = new Map<string, Whole>();
  for (const each of prepared) {
    const { spec, live: present, deployments } = each.wanted;
    const extra = pruning ? deletions(each, workspace.report) : [];
    const plan = await wholePlan(workspace, each, extra, policies);
    const coming = deployments.map(({ name }) => name);
    faults.push(...refusals(spec, plan), ...deploymentFaults(spec, plan, each.present, coming));
    if (!present) faults.push(...(await computeFaults(workspace, spec)));
    whole.set(spec.name, { spec, live: present, plan, prepared: each, extra });
  }
  return { whole, faults };
}

async function wholePlan(
  workspace: Workspace,
  { wanted: { spec, live }, deployments }: Prepared<WithSpec>,
  extra: readonly ResourcePlan[],
  policies: Policies,
): Promise<EndpointPlan> {
  const location = live ? '' : await workspaceLocation(workspace);
  const plan = planByPolicy(spec, live, policies, { location, workspaceId: workspace.id });
  return { ...plan, deployments: [...deployments.map((each) => each.plan), ...extra] };
}
