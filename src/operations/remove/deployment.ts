import type { Workspace } from '../../azure/connect.ts';
import { deleteDeployment, getDeployment } from '../../azure/deployments.ts';
import { getEndpoint } from '../../azure/endpoints.ts';
import type { Deps } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { deletionRefusal } from '../../plan/deployment/refusals.ts';
import { isSettled, type LiveEndpoint, provisioningState } from '../../plan/live.ts';
import type { Claimant } from '../traffic/claimant.ts';
import { type Doomed, type Reading, remove } from './until-gone.ts';

interface Removing {
  readonly deps: Pick<Deps, 'journal'>;
  readonly claim: Pick<Claimant, 'refuseHeld'>;
  /** Deletes it only as long as Azure shows that it has failed: somebody else may have mended it meanwhile. */
  readonly onlyFailed?: boolean;
}

/**
 * Deletes a deployment and waits until it is gone.
 * @returns whether it was there
 * @throws Failure when it has live or mirrored traffic, or somebody else rolls out, before anything was sent
 */
export function removeDeployment(
  workspace: Workspace,
  endpoint: string,
  name: string,
  { deps, claim, onlyFailed = false }: Removing,
): Promise<boolean> {
  const doomed: Doomed<Stake> = {
    entry: { endpoint, what: `deletion of deployment ${name} of endpoint ${endpoint}` },
    read: () => readDeployment(workspace, endpoint, name),
    async check({ around, state, refusal }) {
      claim.refuseHeld(around);
      if (onlyFailed && state.toLowerCase() !== 'failed') throw hasNotFailed(state);
      if (refusal !== undefined) throw hasTraffic(refusal);
    },
    send: () => deleteDeployment(workspace, endpoint, name),
  };
  return remove(workspace, doomed, deps.journal);
}

/** What a deletion would take away, and from where. */
interface Stake {
  readonly around: LiveEndpoint;
  /** Of the deployment. */
  readonly state: string;
  readonly refusal: string | undefined;
}

/** An endpoint that Azure is at work on takes no deletion, and its split may be about to change. */
async function readDeployment(
  workspace: Workspace,
  endpoint: string,
  name: string,
): Promise<Reading<Stake> | undefined> {
  const [around, live] = await Promise.all([
    getEndpoint(workspace, endpoint),
    getDeployment(workspace, endpoint, name),
  ]);
  if (!around || !live) return undefined;
  const [hosts, own] = [provisioningState(around), provisioningState(live)];
  const stake = { around, state: own, refusal: deletionRefusal(around, name) };
  return { state: isSettled(hosts) ? own : hosts, stake };
}

function hasNotFailed(state: string): Failure {
  return new Failure(`Azure now shows it as ${state}`, {
    nextStep:
      'Somebody else may have mended it; look with operation `show`, and delete it with operation `delete` if nobody needs it.',
  });
}

function hasTraffic(refusal: string): Failure {
  return new Failure(`${refusal} and is not deleted`, {
    code: 'DeploymentHasTraffic',
    nextStep: 'Move its traffic to other deployments first: change `traffic` or `mirror_traffic` and run `update`.',
  });
}
