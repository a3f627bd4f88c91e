import { connect, type Workspace } from '../azure/connect.ts';
import { getEndpoint, listDeployments, listEndpoints } from '../azure/endpoints.ts';
import type { PlanConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { Failure, type Fault, InputFaults } from '../failure.ts';
import { type EndpointPlan, planEndpoint } from '../plan/changes.ts';
import { type LiveEndpoint, liveName } from '../plan/live.ts';
import { deploymentFaults, movesTraffic, refusals } from '../plan/refusals.ts';
import { planHeadline, planJson, planLines } from '../plan/show.ts';
import type { Outcome } from '../report/outcome.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { announcePlan } from './announce.ts';
import { desiredEndpoints } from './desired.ts';
import { limitsFromNow, READING_TIME } from './limits.ts';
import { resultOf } from './result.ts';

/** Compares the YAML with Azure, field by field, and changes nothing. */
export async function plan(config: PlanConfig, deps: Deps): Promise<Outcome> {
  const specs = await desiredEndpoints(config.request, deps);
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, READING_TIME));
  const live = await liveEndpoints(workspace, specs);
  const plans = specs.map((spec) =>
    planEndpoint(spec, live.get(spec.name), { location: '', workspaceId: workspace.id }),
  );
  const faults = await planFaults(workspace, specs, plans);
  if (faults.length > 0) throw new InputFaults(faults);
  const differs = plans.some(({ action }) => action !== 'none');
  const outcome: Outcome = {
    endpoints: plans.map((each) => planned(each, live.get(each.name))),
    plans,
    answer: [...plans.flatMap(planLines), '', planHeadline(plans)].join('\n'),
    outputs: { plan: planJson(plans), changed: String(differs) },
    ...(differs && config.failOnDrift ? { failures: [drift(plans)], exitCode: 3 } : {}),
  };
  await announcePlan(config, outcome, deps);
  return outcome;
}

/** A step that fails says why, also where differences are all that is wrong. */
function drift(plans: readonly EndpointPlan[]): Failure {
  return new Failure(`Azure differs from the YAML: ${planHeadline(plans)}`, {
    exitCode: 3,
    nextStep: 'Bring Azure to the YAML with operation `apply`, or the YAML to Azure.',
  });
}

/** One GET for one endpoint; for several a listing, which costs one request for each page and not for each endpoint. */
async function liveEndpoints(workspace: Workspace, specs: readonly EndpointSpec[]): Promise<Map<string, LiveEndpoint>> {
  const [only, ...others] = specs;
  if (!only) return new Map();
  if (others.length > 0) return byName(await listEndpoints(workspace));
  const live = await getEndpoint(workspace, only.name);
  return byName(live ? [live] : []);
}

function byName(endpoints: readonly LiveEndpoint[]): Map<string, LiveEndpoint> {
  return new Map(endpoints.map((endpoint) => [liveName(endpoint), endpoint]));
}

/** What the write would be refused for is told now, in the pull request, and not after the merge. */
async function planFaults(
  workspace: Workspace,
  specs: readonly EndpointSpec[],
  plans: readonly EndpointPlan[],
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, spec] of specs.entries()) {
    const each = plans[index]!;
    faults.push(...refusals(spec, each));
    if (!movesTraffic(each)) continue;
    const deployments = each.action === 'create' ? [] : await listDeployments(workspace, spec.name);
    faults.push(...deploymentFaults(spec, each, deployments));
  }
  return faults;
}

function planned({ name, action }: EndpointPlan, live: LiveEndpoint | undefined): Outcome['endpoints'][number] {
  const changed = action !== 'none';
  if (!live) return { name, status: 'succeeded', changed };
  return { ...resultOf(live, changed), name };
}
