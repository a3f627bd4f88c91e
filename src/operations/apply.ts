import { connect, type Workspace } from '../azure/connect.ts';
import { getEndpoint } from '../azure/endpoints.ts';
import type { ApplyConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { EndpointPlan, ResourcePlan } from '../plan/changes.ts';
import { isSettled, type LiveEndpoint, liveName, provisioningState } from '../plan/live.ts';
import { objectAt } from '../json.ts';
import { InputFaults } from '../failure.ts';
import { planLines } from '../plan/show.ts';
import { readState } from '../rollout/state/tags.ts';
import type { Outcome } from '../report/outcome.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { formatTraffic, weightOf } from '../spec/traffic.ts';
import { type DeploymentRun, startDeploymentRun } from './write/deployment-run.ts';
import { desiredState } from './desired/state.ts';
import { eachEndpoint } from './each-endpoint.ts';
import { checkWrite, type Confirmation, confirmation, confirmLoss } from './write/guards.ts';
import { EndpointError } from './result/endpoint-error.ts';
import { limitsFromNow } from './limits.ts';
import { isRolledOut, planByPolicy } from './traffic/by-policy.ts';
import { movingFaults } from './traffic/moving-faults.ts';
import { hasArrived, type Moved, moveTraffic, withoutTraffic } from './traffic/move.ts';
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
  /** When endpoints with deployments had been read, in milliseconds since 1970. */
  readonly preparedAt: number;
}

/** How long what was read of an endpoint stands for what is live, in milliseconds: the others before it may take hours. */
const FRESH = 60_000;

/**
 * Creates or updates endpoints with their deployments, whichever each one needs; sends nothing when nothing differs. The
 * endpoint comes first, then its deployments side by side, and traffic last, step by step where a policy says so: a
 * deployment that fails has moved none.
 */
export async function apply(config: ApplyConfig, deps: Deps): Promise<Outcome> {
  const from = { ...config, policy: config.rollout.policy };
  const desired = await desiredState(config.request, from, deps);
  const { specs, policies } = desired;
  const connected = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const run = startDeploymentRun(connected, config, deps);
  const { claim: claimant } = run;
  const begunAt = claimant.clock.now();
  const rolling = { connected, claimant, options: config.rollout, timeout: config.timeout, deps, begunAt };
  const whole = await prepareWhole(connected, desired, run, config.prune, config.rollout);
  const preparedAt = deps.clock.now();
  const applying = { run, confirmed: confirmation(config.confirm, deps), policies, rolling, preparedAt };
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
  const { run, confirmed, policies, rolling } = applying;
  const guards = {
    journal: run.deps.journal,
    fence: run.claim.refuseHeld,
    check: async (plan: EndpointPlan, live: LiveEndpoint | undefined): Promise<void> => {
      const faults = movingFaults(spec, live, policies, rolling.options);
      if (faults.length > 0) throw new InputFaults(faults);
      await checkWrite(workspace, spec, plan, live, confirmed, run.claim);
    },
  };
  const live = policies.has(spec.name) ? await getEndpoint(workspace, spec.name) : undefined;
  if (live && !isRolledOut(spec, live, policies)) {
    const plan = planByPolicy(spec, live, policies, { location: '', workspaceId: workspace.id });
    if (isEqual({ live, plan })) return { live, changed: false, plan };
  }
  return moveTraffic(workspace, spec, live, guards, applying);
}

/** Writes the endpoint without its traffic, then the deployments, then the traffic; what is to go goes last. */
async function applyWhole(workspace: Workspace, whole: Whole, applying: Applying): Promise<Applied> {
  const { run, confirmed, policies } = applying;
  const { spec, live, plan, prepared, extra } = whole;
  const pending = prepared.deployments.some(isPending);
  const isFresh = run.deps.clock.now() - applying.preparedAt < FRESH;
  if (live && isFresh && isEqual(whole) && !pending && extra.length === 0 && !isRolledOut(spec, live, policies)) {
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
  let moved: Moved;
  try {
    moved = await moveTraffic(freshWorkspace(applying.rolling), spec, base?.live ?? live, guards, applying);
  } catch (error) {
    // What was done before is told all the same; where nothing was, the error says it all.
    if (!base || !changed || run.deps.signal.aborted) throw error;
    const failures = [new EndpointError(spec.name, error)];
    return { live: base.live, changed, plan, done: base.plan, deployed: { ...deployed, failures } };
  }
  const done = moved.done && { done: base?.plan ?? moved.done };
  // Where somebody has changed it since it was compared, what differed is what was found right before the write.
  const compared = plan.action === 'none' ? { ...plan, ...moved.plan } : plan;
  const applied = { ...moved, changed: changed || moved.changed, plan: compared, ...done, deployed };
  // What is to go may still serve, and is what traffic comes back to.
  if (moved.ending && !hasArrived(moved.ending)) return applied;
  return pruneAfter(applied, whole, applying);
}

/** Deletes what no file describes, save what `rollback` would put back right after a rollout. */
async function pruneAfter(
  applied: Applied & { readonly deployed: Deployed },
  { spec, prepared, extra }: Whole,
  { run, rolling }: Applying,
): Promise<Applied> {
  const { report } = run.deps;
  const recorded = readState(objectAt(applied.live, 'tags'));
  const kept = applied.ending?.status === 'succeeded' && recorded.kind === 'state' ? recorded.state.base : {};
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
