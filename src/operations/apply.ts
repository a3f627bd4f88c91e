import { connect, type Workspace } from '../azure/connect.ts';
import { getEndpoint } from '../azure/endpoints.ts';
import type { ApplyConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { type EndpointPlan, planEndpoint, type ResourcePlan } from '../plan/changes.ts';
import { isSettled, type LiveEndpoint, liveName, liveTraffic, provisioningState } from '../plan/live.ts';
import { planLines } from '../plan/show.ts';
import type { Outcome } from '../report/outcome.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { formatTraffic, weightOf } from '../spec/traffic.ts';
import { type DeploymentRun, startDeploymentRun } from './write/deployment-run.ts';
import { desiredState } from './desired/state.ts';
import { eachEndpoint } from './each-endpoint.ts';
import { checkWrite, type Confirmation, confirmation, confirmLoss } from './write/guards.ts';
import { EndpointError } from './result/endpoint-error.ts';
import { limitsFromNow } from './limits.ts';
import { hasArrived, isRolledOut, type Moved, moveTraffic, withoutTraffic } from './traffic/move.ts';
import type { Policies } from './desired/policies.ts';
import { isPending } from './prepare/deployments.ts';
import { prepareWhole, type Whole } from './prepare/endpoints.ts';
import { prune } from './remove/prune.ts';
import { freshWorkspace, type RollingOut } from './traffic/run-rollout.ts';
import { tellWhenNothingIsServed } from './result/no-traffic.ts';
import { type Deployed, writeDeployments } from './write/deployments.ts';
import { writeEndpoint } from './write/endpoint.ts';
import { type Applied, writtenOutcome } from './result/written.ts';

interface Applying {
  readonly run: DeploymentRun;
  readonly confirmed: Confirmation;
  readonly policies: Policies;
  readonly rolling: RollingOut;
}

/**
 * Creates or updates endpoints with their deployments, whichever each one needs; sends nothing when nothing differs. The
 * endpoint comes first, then its deployments side by side, and traffic last, step by step where a policy says so: a
 * deployment that fails has moved none.
 */
export async function apply(config: ApplyConfig, deps: Deps): Promise<Outcome> {
  const from = { deployments: config.deployments, policy: config.rollout.policy };
  const { specs, deployments, policies } = await desiredState(config.request, from, deps);
  const connected = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const run = startDeploymentRun(connected, config, deps);
  const { claim: claimant } = run;
  const begunAt = claimant.clock.now();
  const rolling = { connected, claimant, options: config.rollout, timeout: config.timeout, deps, begunAt };
  const applying = { run, confirmed: confirmation(config.confirm, deps), policies, rolling };
  const whole = await prepareWhole(connected, specs, deployments, run, config.prune);
  const { done, failed } = await eachEndpoint(specs, config.maxConcurrency, (spec): Promise<Applied> => {
    const workspace = connected.within(limitsFromNow(deps, config.timeout));
    const prepared = whole.get(spec.name);
    return prepared ? applyWhole(workspace, prepared, applying) : applyEndpoint(workspace, spec, applying);
  });
  // A cancelled job is one error, not one for each endpoint.
  deps.signal.throwIfAborted();
  return writtenOutcome(done, failed, deps);
}

/** An endpoint without files of deployments. */
async function applyEndpoint(workspace: Workspace, spec: EndpointSpec, applying: Applying): Promise<Applied> {
  const { run, confirmed, policies } = applying;
  const guards = {
    journal: run.deps.journal,
    fence: run.claim.refuseHeld,
    check: (plan: EndpointPlan, live: LiveEndpoint | undefined) =>
      checkWrite(workspace, spec, plan, live, confirmed, run.claim),
  };
  const live = policies.has(spec.name) ? await getEndpoint(workspace, spec.name) : undefined;
  if (!live) return writeEndpoint(workspace, spec, guards);
  const plan = planEndpoint(spec, live, { location: '', workspaceId: workspace.id });
  if (!isRolledOut(spec, live, policies))
    return isEqual({ live, plan }) ? { live, changed: false, plan } : writeEndpoint(workspace, spec, guards);
  await guards.check(plan, live);
  return { ...(await moveTraffic(workspace, spec, live, { ...guards, check: async () => {} }, applying)), plan };
}

/** Writes the endpoint without its traffic, then the deployments, then the traffic; what is to go goes last. */
async function applyWhole(workspace: Workspace, whole: Whole, applying: Applying): Promise<Applied> {
  const { run, confirmed, policies } = applying;
  const { spec, live, plan, prepared, extra } = whole;
  const pending = prepared.deployments.some(isPending);
  if (live && isEqual(whole) && !pending && extra.length === 0 && !isRolledOut(spec, live, policies)) {
    return { live, changed: false, plan, deployed: nothingDeployed(whole) };
  }
  for (const line of planLines(plan)) workspace.report.info(line);
  const check = async (_: EndpointPlan, now: LiveEndpoint | undefined): Promise<void> => {
    run.claim.refuseHeld(now);
    await confirmLoss(spec, now, confirmed);
  };
  await check(plan, live);
  const guards = { journal: run.deps.journal, fence: run.claim.refuseHeld, check };
  const base = pending || !live ? await writeEndpoint(workspace, withoutTraffic(spec), guards) : undefined;
  const deployed = base ? await writeDeployments(workspace, run, base.live, prepared) : nothingDeployed(whole);
  const changed = base?.changed === true || deployed.changed;
  // Traffic stays where it is unless all that it may go to is there.
  if (base && deployed.failures.length > 0) return { live: base.live, changed, plan, done: base.plan, deployed };
  const before = (base?.live ?? live)!;
  let moved: Moved;
  try {
    moved = await moveTraffic(workspace, spec, before, guards, applying);
  } catch (error) {
    // What was done before is told all the same; where nothing was, the error says it all.
    if (!base || !changed || run.deps.signal.aborted) throw error;
    const failures = [new EndpointError(spec.name, error)];
    return { live: base.live, changed, plan, done: base.plan, deployed: { ...deployed, failures } };
  }
  const done = moved.done && { done: base?.plan ?? moved.done };
  const applied = { ...moved, changed: changed || moved.changed, plan, ...done, deployed };
  // What is to go may still serve, and is what traffic comes back to.
  if (moved.ending && !hasArrived(moved.ending)) return applied;
  return pruneAfter(applied, before, whole, applying);
}

/** Deletes what no file describes, save what `rollback` would put back right after a rollout. */
async function pruneAfter(
  applied: Applied & { readonly deployed: Deployed },
  before: LiveEndpoint,
  { spec, prepared, extra }: Whole,
  { run, rolling }: Applying,
): Promise<Applied> {
  const { report } = run.deps;
  const kept = applied.ending?.status === 'succeeded' ? liveTraffic(before) : {};
  const doomed = extra.filter(({ name }) => weightOf(kept, name) === 0);
  if (doomed.length < extra.length) {
    const words = `${formatTraffic(kept)} is what \`rollback\` would restore; the next run prunes it`;
    report.notice(`${spec.name}: ${words}`);
  }
  const { gone, failures } = await prune(freshWorkspace(rolling), spec.name, doomed, run);
  const names = prepared.deployments.map((each) => each.spec.name);
  tellWhenNothingIsServed(applied.live, names, report);
  const deployed = { ...without(applied.deployed, gone), failures };
  return { ...applied, changed: applied.changed || gone.length > 0, deployed };
}

function isEqual({ live, plan }: Pick<Whole, 'live' | 'plan'>): boolean {
  return plan.action === 'none' && live !== undefined && isSettled(provisioningState(live));
}

function nothingDeployed({ prepared }: Whole): Deployed {
  return {
    plans: prepared.deployments.map((each) => each.plan),
    live: prepared.present,
    changed: false,
    failed: [],
    failures: [],
  };
}

function without(deployed: Deployed, gone: readonly ResourcePlan[]): Deployed {
  const names = new Set(gone.map(({ name }) => name));
  return {
    ...deployed,
    plans: [...deployed.plans, ...gone],
    live: deployed.live.filter((each) => !names.has(liveName(each))),
  };
}
