import { connect, type Workspace } from '../azure/connect.ts';
import { listDeployments } from '../azure/deployments.ts';
import { deleteEndpoint, getEndpoint } from '../azure/endpoints.ts';
import type { DeleteConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { type LiveEndpoint, liveMirrorTraffic, liveName, liveTraffic, provisioningState } from '../plan/live.ts';
import type { Outcome } from '../report/outcome.ts';
import type { Traffic } from '../spec/model.ts';
import { formatTraffic, trafficTotal } from '../spec/traffic.ts';
import { confirmation } from './write/guards.ts';
import { claimant } from './traffic/claimant.ts';
import { limitsFromNow } from './limits.ts';
import { type Doomed, remove } from './remove/until-gone.ts';
import { removeDeployment } from './remove/deployment.ts';

/**
 * Deletes the endpoint with its deployments, or one deployment, and waits until it is gone. Nothing there is a success with
 * a notice.
 */
export async function deleteOperation(config: DeleteConfig, deps: Deps): Promise<Outcome> {
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const { deployment } = config;
  return deployment === undefined
    ? wholeEndpoint(workspace, config, deps)
    : oneDeployment(workspace, config, deployment, deps);
}

async function oneDeployment(workspace: Workspace, config: DeleteConfig, name: string, deps: Deps): Promise<Outcome> {
  const { endpoint } = config;
  const claim = claimant(deps, config.azure);
  if (!(await removeDeployment(workspace, endpoint, name, { deps, claim })))
    return nothingThere(`deployment ${name}`, `endpoint ${endpoint}`, config, deps);
  return {
    endpoints: [{ name: endpoint, status: 'succeeded', changed: true }],
    answer: `${endpoint}: deleted deployment ${name}`,
  };
}

async function wholeEndpoint(workspace: Workspace, config: DeleteConfig, deps: Deps): Promise<Outcome> {
  const { endpoint } = config;
  const live = await getEndpoint(workspace, endpoint);
  if (!live) return nothingThere(`endpoint ${endpoint}`, `workspace ${config.azure.workspaceName}`, config, deps);
  const names = (await listDeployments(workspace, endpoint)).map(liveName).sort();
  deps.report.info(
    `- ${endpoint}: will be deleted with ${names.length > 0 ? `deployments ${names.join(', ')}` : 'no deployments'}`,
  );
  await remove(workspace, doomedEndpoint(workspace, config, deps), deps.journal);
  const along = names.length > 0 ? ` with ${names.join(', ')}` : '';
  return {
    endpoints: [{ name: endpoint, status: 'succeeded', changed: true }],
    answer: `${endpoint}: deleted${along}`,
  };
}

function nothingThere(what: string, where: string, { endpoint }: DeleteConfig, { report }: Deps): Outcome {
  report.notice(`${what} is not in ${where}; there is nothing to delete`);
  return {
    endpoints: [{ name: endpoint, status: 'unchanged', changed: false }],
    answer: `${endpoint}: nothing to delete`,
  };
}

interface Splits {
  readonly traffic: Traffic;
  readonly mirror: Traffic;
  /** With the tags of a rollout, if one is under way. */
  readonly live: LiveEndpoint;
}

function doomedEndpoint(workspace: Workspace, config: DeleteConfig, deps: Deps): Doomed<Splits> {
  const { endpoint } = config;
  const claim = claimant(deps, config.azure);
  return {
    entry: { endpoint, what: `deletion of endpoint ${endpoint}` },
    async read() {
      const live = await getEndpoint(workspace, endpoint);
      if (!live) return undefined;
      const stake = { traffic: liveTraffic(live), mirror: liveMirrorTraffic(live), live };
      return { state: provisioningState(live), stake };
    },
    async check(splits) {
      claim.refuseHeld(splits.live);
      await confirmLoss(config, deps, splits);
    },
    send: () => deleteEndpoint(workspace, endpoint),
  };
}

async function confirmLoss(config: DeleteConfig, deps: Deps, { traffic, mirror }: Splits): Promise<void> {
  if (trafficTotal(traffic) === 0) return;
  const mirrored = trafficTotal(mirror) > 0 ? `, mirrored ${formatTraffic(mirror)}` : '';
  const consequence = `deletes endpoint ${config.endpoint}, which has live traffic (${formatTraffic(traffic)}${mirrored})`;
  await confirmation(config.confirm, deps).orRefuse(config.endpoint, consequence);
}
