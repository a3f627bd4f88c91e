import type { LimitFunction } from 'p-limit';
import { connect, type Workspace } from '../azure/connect.ts';
import { listDeployments } from '../azure/deployments.ts';
import { getEndpoint, listEndpoints } from '../azure/endpoints.ts';
import { explain } from '../azure/explain.ts';
import type { PlanConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { Failure, type Fault, InputFaults } from '../failure.ts';
import type { EndpointPlan } from '../plan/changes.ts';
import { type LiveEndpoint, liveName, liveTraffic } from '../plan/live.ts';
import { deploymentFaults, movesTraffic, refusals, trafficLoss } from '../plan/refusals.ts';
import { planHeadline, planJson, planLines } from '../plan/show.ts';
import type { EndpointResult, Outcome } from '../report/outcome.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { publicWords } from '../spec/traffic-words.ts';
import { announcePlan } from './result/pull-request.ts';
import { startDeploymentRun } from './write/deployment-run.ts';
import { desiredState } from './desired/state.ts';
import { HASHING_TIME, limitsFromNow, READERS, READING_TIME } from './limits.ts';
import { planByPolicy } from './traffic/by-policy.ts';
import { planRollouts } from './prepare/rollouts.ts';
import { compareWhole } from './prepare/endpoints.ts';
import { resultOf } from './result/endpoint.ts';

/** Compares the YAML with Azure, field by field, and changes nothing. The pull request is told, also of a failure. */
export async function plan(config: PlanConfig, deps: Deps): Promise<Outcome> {
  let outcome: Outcome;
  try {
    outcome = await planAll(config, deps);
  } catch (error) {
    // A plan of an earlier push must not stand there as if it were this one's.
    await announcePlan(config, { endpoints: [], failures: [explain(error, config.azure)] }, deps);
    throw error;
  }
  const unsaid = await announcePlan(config, outcome, deps);
  if (!unsaid) return outcome;
  return { ...outcome, failures: [...(outcome.failures ?? []), unsaid], exitCode: outcome.exitCode || 1 };
}

async function planAll(config: PlanConfig, deps: Deps): Promise<Outcome> {
  const desired = await desiredState(config.request, { ...config, policy: config.rollout.policy }, deps);
  const { specs, policies } = desired;
  const many = Math.max(1, specs.length);
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, READING_TIME * many));
  const live = await liveEndpoints(workspace, specs);
  const timeout = HASHING_TIME * many;
  const hashing = workspace.within(limitsFromNow(deps, timeout));
  const run = startDeploymentRun(hashing, { ...config, maxConcurrency: READERS, timeout, deleteFailed: false }, deps);
  const { whole, faults } = await compareWhole(workspace, desired, live, run, config.prune);
  const alone = specs.filter(({ name }) => !whole.has(name));
  const plans = specs.map(
    (spec) =>
      whole.get(spec.name)?.plan ??
      planByPolicy(spec, live.get(spec.name), policies, { location: '', workspaceId: workspace.id }),
  );
  faults.push(...(await planFaults(workspace, alone, new Map(plans.map((each) => [each.name, each])), run.limit)));
  const around = { live, whole, policies, options: config.rollout, claim: run.claim, limit: run.limit };
  const rollouts = await planRollouts(workspace, specs, around);
  faults.push(...rollouts.faults);
  for (const spec of specs) warnOfLoss(spec, live.get(spec.name), deps);
  return {
    endpoints: plans.map((each, index) => planned(each, live.get(each.name), specs[index]!)),
    plans,
    answer: [...plans.flatMap(planLines), ...spaced(rollouts.lines), '', planHeadline(plans)].join('\n'),
    sections: rollouts.sections,
    outputs: { plan: planJson(plans), changed: String(plans.some(isDifferent)) },
    ...verdict(plans, faults, config.failOnDrift),
  };
}

function spaced(lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', ...lines] : [];
}

/** Faults of some endpoints do not hide the plan of the others. */
function verdict(
  plans: readonly EndpointPlan[],
  faults: readonly Fault[],
  failOnDrift: boolean,
): Pick<Outcome, 'failures' | 'exitCode'> {
  if (faults.length > 0) return { failures: [new InputFaults(faults)], exitCode: 2 };
  if (failOnDrift && plans.some(isDifferent)) return { failures: [drift(plans)], exitCode: 3 };
  return {};
}

function isDifferent({ action, deployments = [] }: EndpointPlan): boolean {
  return action !== 'none' || deployments.some((each) => each.action !== 'none');
}

function warnOfLoss(spec: EndpointSpec, live: LiveEndpoint | undefined, { report }: Deps): void {
  const lost = trafficLoss(spec, live);
  if (!lost) return;
  const message = `this takes all live traffic (${lost}) away from endpoint ${spec.name}; \`update\` will need \`confirm\``;
  report.warning(message, spec.positions.get('traffic'));
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
  plans: ReadonlyMap<string, EndpointPlan>,
  limit: LimitFunction,
): Promise<Fault[]> {
  const faults = await limit.map(specs, async (spec) => {
    const each = plans.get(spec.name)!;
    if (!movesTraffic(each)) return refusals(spec, each);
    const deployments = each.action === 'create' ? [] : await listDeployments(workspace, spec.name);
    return [...refusals(spec, each), ...deploymentFaults(spec, each, deployments)];
  });
  return faults.flat();
}

function planned(plan: EndpointPlan, live: LiveEndpoint | undefined, spec: EndpointSpec): EndpointResult {
  const { name } = plan;
  const changed = isDifferent(plan);
  if (!live) return { name, status: 'succeeded', changed };
  return { ...resultOf(live, changed), name, trafficWords: publicWords(spec).split(liveTraffic(live)) };
}
