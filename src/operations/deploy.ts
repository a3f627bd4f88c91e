import { connect, type Workspace } from '../azure/connect.ts';
import { getEndpoint, missingEndpoint } from '../azure/endpoints.ts';
import type { DeployConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { InputFaults } from '../failure.ts';
import type { LiveEndpoint } from '../plan/live.ts';
import { planLines } from '../plan/show.ts';
import type { Outcome } from '../report/outcome.ts';
import { type DeploymentRun, startDeploymentRun } from './write/deployment-run.ts';
import type { DesiredDeployments } from './desired/state.ts';
import { neededDeployments } from './desired/deployments.ts';
import { eachEndpoint } from './each-endpoint.ts';
import { limitsFromNow } from './limits.ts';
import { type Prepared, prepareDeployments } from './prepare/deployments.ts';
import { tellWhenNothingIsServed } from './result/no-traffic.ts';
import { writeDeployments } from './write/deployments.ts';
import { type Applied, writtenOutcome } from './result/written.ts';

/** Creates or updates deployments of endpoints that are there. A new one gets no traffic. */
export async function deploy(config: DeployConfig, deps: Deps): Promise<Outcome> {
  const desired = await neededDeployments(config, deps);
  const connected = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const run = startDeploymentRun(connected, config, deps);
  const prepared = await prepareAll(connected, run, desired);
  const { done, failed } = await eachEndpoint(prepared, config.maxConcurrency, (each) =>
    deployTo(connected.within(limitsFromNow(deps, config.timeout)), each, run),
  );
  // A cancelled job is one error, not one for each endpoint.
  deps.signal.throwIfAborted();
  return writtenOutcome(done, failed, deps);
}

interface Ready extends Prepared {
  readonly name: string;
  readonly live: LiveEndpoint;
}

/**
 * Endpoints that are missing do not hide what is wrong with deployments, of theirs or of others.
 * @throws InputFaults with all that Azure would refuse, before the first write; Failure when endpoints are all that is missing
 */
async function prepareAll(workspace: Workspace, run: DeploymentRun, desired: DesiredDeployments): Promise<Ready[]> {
  const all = await run.limit.map(desired, async ([endpoint, deployments]) => ({
    endpoint,
    live: await getEndpoint(workspace, endpoint),
    deployments,
  }));
  const [first, ...others] = all.flatMap(({ endpoint, live }) => (live ? [] : [endpoint]));
  const missing = first === undefined ? undefined : missingEndpoint(workspace, first, ...others);
  const { prepared, faults } = await prepareDeployments(workspace, run, all);
  if (faults.length > 0) throw new InputFaults([...(missing ? [{ message: missing.message }] : []), ...faults]);
  if (missing) throw missing;
  return prepared.flatMap((each) => {
    const { endpoint: name, live } = each.wanted;
    return live ? [{ ...each, name, live }] : [];
  });
}

async function deployTo(workspace: Workspace, ready: Ready, run: DeploymentRun): Promise<Applied> {
  const { name, live } = ready;
  const deployments = ready.deployments.map(({ plan }) => plan);
  const plan = { name, action: 'none', changes: [], body: {}, deployments } as const;
  for (const line of planLines(plan)) workspace.report.info(line);
  const deployed = await writeDeployments(workspace, run, live, ready);
  const there = deployed.plans.map((each) => each.name);
  tellWhenNothingIsServed(live, there, workspace.report);
  return { live, changed: deployed.changed, plan, deployed };
}
