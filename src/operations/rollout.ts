import { connect, type Workspace } from '../azure/connect.ts';
import { listDeployments } from '../azure/deployments.ts';
import { getEndpoint, missingEndpoint } from '../azure/endpoints.ts';
import type { RolloutConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { type Fault, InputFaults } from '../failure.ts';
import { planEndpoint } from '../plan/changes.ts';
import { deploymentFaults } from '../plan/refusals.ts';
import type { Outcome } from '../report/outcome.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { desiredEndpoints } from './desired/state.ts';
import { eachEndpoint } from './each-endpoint.ts';
import { claimant } from './traffic/claimant.ts';
import { limitsFromNow } from './limits.ts';
import { findPolicies, policyAdvice } from './desired/policies.ts';
import { hasTraffic, type WithTraffic } from './traffic/by-policy.ts';
import { rollOut } from './traffic/run-rollout.ts';
import { writtenOutcome } from './result/written.ts';

/** Moves traffic to the split of the YAML step by step. Nothing else of the endpoint is written. */
export async function rollout(config: RolloutConfig, deps: Deps): Promise<Outcome> {
  const specs = await desiredEndpoints(config.request, deps);
  const names = specs.map(({ name }) => name);
  const { policies, faults, faulty } = await findPolicies(names, config.rollout.policy, config.request, deps);
  faults.push(...specs.flatMap((spec) => missing(spec, policies.has(spec.name) || faulty.has(spec.name))));
  if (faults.length > 0) throw new InputFaults(faults);
  const connected = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const claim = claimant(deps, config.azure);
  const rolling = {
    connected,
    claimant: claim,
    options: config.rollout,
    timeout: config.timeout,
    deps,
    begunAt: claim.clock.now(),
  };
  const { done, failed } = await eachEndpoint(specs.filter(hasTraffic), config.maxConcurrency, async (spec) => {
    await needDeployments(connected.within(limitsFromNow(deps, config.timeout)), spec);
    const rolled = await rollOut(spec, policies.get(spec.name)!, rolling);
    return { ...rolled, plan: { name: spec.name, action: 'none', changes: [], body: {} } as const };
  });
  // A cancelled job is one error, not one for each endpoint.
  deps.signal.throwIfAborted();
  return writtenOutcome(done, failed, deps);
}

function missing(spec: EndpointSpec, hasPolicy: boolean): Fault[] {
  const { name, file, traffic } = spec;
  const faults: Fault[] = [];
  if (!traffic) faults.push({ file, message: `endpoint ${name} names no traffic, so there is nothing to roll out to` });
  if (!hasPolicy) faults.push({ file, message: `endpoint ${name} has no rollout policy; ${policyAdvice(spec)}` });
  return faults;
}

/** Traffic to what is not there would fail at the first step. */
async function needDeployments(workspace: Workspace, spec: WithTraffic): Promise<void> {
  const live = await getEndpoint(workspace, spec.name);
  if (!live) throw missingEndpoint(workspace, spec.name);
  const plan = planEndpoint(spec, live, { location: '', workspaceId: workspace.id });
  const faults = deploymentFaults(spec, plan, await listDeployments(workspace, spec.name));
  if (faults.length > 0) throw new InputFaults(faults);
}
