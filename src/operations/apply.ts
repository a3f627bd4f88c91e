import { connect, type Workspace } from '../azure/connect.ts';
import type { ApplyConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { EndpointPlan, ResourcePlan } from '../plan/changes.ts';
import { isSettled, type LiveEndpoint, provisioningState } from '../plan/live.ts';
import { planLines } from '../plan/show.ts';
import type { Outcome } from '../report/outcome.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { type DeploymentRun, startDeploymentRun } from './deployment-run.ts';
import { desiredState } from './desired.ts';
import { eachEndpoint } from './each.ts';
import { checkWrite, type Confirmation, confirmation, confirmLoss } from './guards.ts';
import { limitsFromNow } from './limits.ts';
import { isPending } from './prepare-deployments.ts';
import { prepareWhole, type Whole } from './prepare-endpoints.ts';
import { prune } from './prune.ts';
import { tellWhenNothingIsServed } from './silence.ts';
import { type Deployed, writeDeployments } from './write-deployments.ts';
import { writeEndpoint } from './write-endpoint.ts';
import { type Applied, writtenOutcome } from './written.ts';

interface Applying {
  readonly run: DeploymentRun;
  readonly confirmed: Confirmation;
}

/**
 * Creates or updates endpoints with their deployments, whichever each one needs; sends nothing when nothing differs. The
 * endpoint comes first, then its deployments side by side, and traffic last: a deployment that fails has moved none.
 */
export async function apply(config: ApplyConfig, deps: Deps): Promise<Outcome> {
  const { specs, deployments } = await desiredState(config.request, config.deployments, deps);
  const connected = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const run = startDeploymentRun(connected, config, deps);
  const applying = { run, confirmed: confirmation(config.confirm, deps) };
  const whole = await prepareWhole(connected, specs, deployments, run, config.prune);
  const { done, failed } = await eachEndpoint(specs, config.maxConcurrency, (spec): Promise<Applied> => {
    const workspace = connected.within(limitsFromNow(deps, config.timeout));
    const prepared = whole.get(spec.name);
    return prepared ? applyWhole(workspace, prepared, applying) : applyEndpoint(workspace, spec, applying);
  });
  // A cancelled job is one error, not one for each endpoint.
  deps.signal.throwIfAborted();
  return writtenOutcome(done, failed);
}

function applyEndpoint(workspace: Workspace, spec: EndpointSpec, { run, confirmed }: Applying): Promise<Applied> {
  return writeEndpoint(workspace, spec, {
    journal: run.deps.journal,
    check: (plan, live) => checkWrite(workspace, spec, plan, live, confirmed),
  });
}

/** Writes the endpoint without its traffic, then the deployments, then the traffic. */
async function applyWhole(workspace: Workspace, whole: Whole, { run, confirmed }: Applying): Promise<Applied> {
  const { spec, live, plan, prepared, extra } = whole;
  const pending = prepared.deployments.some(isPending);
  if (live && isEqual(whole) && !pending && extra.length === 0) {
    return { live, changed: false, plan, deployed: nothingDeployed(whole) };
  }
  for (const line of planLines(plan)) workspace.report.info(line);
  const check = (_: EndpointPlan, now: LiveEndpoint | undefined) => confirmLoss(spec, now, confirmed);
  await check(plan, live);
  const guards = { journal: run.deps.journal, check };
  const base = pending ? await writeEndpoint(workspace, withoutTraffic(spec), guards) : undefined;
  const deployed = base ? await writeDeployments(workspace, run, base.live, prepared) : nothingDeployed(whole);
  const changed = base?.changed === true || deployed.changed;
  // Traffic stays where it is unless all that it may go to is there.
  if (base && deployed.failures.length > 0) return { live: base.live, changed, plan, deployed };
  const done = await writeEndpoint(workspace, spec, guards);
  const pruned = await prune(workspace, spec.name, extra, run.deps);
  const names = prepared.deployments.map((each) => each.spec.name);
  tellWhenNothingIsServed(done.live, names, workspace.report);
  return {
    live: done.live,
    changed: changed || done.changed || pruned.length > 0,
    plan,
    deployed: and(deployed, pruned),
  };
}

function isEqual({ live, plan }: Whole): boolean {
  return plan.action === 'none' && live !== undefined && isSettled(provisioningState(live));
}

function nothingDeployed({ prepared }: Whole): Deployed {
  return { plans: prepared.deployments.map((each) => each.plan), changed: false, failures: [] };
}

function and(deployed: Deployed, pruned: readonly ResourcePlan[]): Deployed {
  return { ...deployed, plans: [...deployed.plans, ...pruned] };
}

/** The endpoint as it can be before its deployments are. */
function withoutTraffic(spec: EndpointSpec): EndpointSpec {
  const bare: { -readonly [Key in keyof EndpointSpec]: EndpointSpec[Key] } = { ...spec };
  delete bare.traffic;
  delete bare.mirrorTraffic;
  return bare;
}
