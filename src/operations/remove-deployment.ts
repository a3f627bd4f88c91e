import type { Workspace } from '../azure/connect.ts';
import { deleteDeployment, getDeployment } from '../azure/deployments.ts';
import { getEndpoint } from '../azure/endpoints.ts';
import type { Deps } from '../deps.ts';
import { Failure } from '../failure.ts';
import { deletionRefusal } from '../plan/deployment/refusals.ts';
import { isSettled, provisioningState } from '../plan/live.ts';
import { type Doomed, type Reading, remove } from './remove.ts';

/**
 * Deletes a deployment and waits until it is gone.
 * @returns whether it was there
 * @throws Failure when it has live or mirrored traffic, before anything was sent
 */
export function removeDeployment(
  workspace: Workspace,
  endpoint: string,
  name: string,
  { journal }: Pick<Deps, 'journal'>,
): Promise<boolean> {
  const doomed: Doomed<string | undefined> = {
    entry: { endpoint, what: `deletion of deployment ${name} of endpoint ${endpoint}` },
    read: () => readDeployment(workspace, endpoint, name),
    async check(refusal) {
      if (refusal !== undefined) throw hasTraffic(refusal);
    },
    send: () => deleteDeployment(workspace, endpoint, name),
  };
  return remove(workspace, doomed, journal);
}

/** An endpoint that Azure is at work on takes no deletion, and its split may be about to change. */
async function readDeployment(
  workspace: Workspace,
  endpoint: string,
  name: string,
): Promise<Reading<string | undefined> | undefined> {
  const [around, live] = await Promise.all([
    getEndpoint(workspace, endpoint),
    getDeployment(workspace, endpoint, name),
  ]);
  if (!around || !live) return undefined;
  const states = [provisioningState(around), provisioningState(live)];
  return { state: states.find((state) => !isSettled(state)) ?? states[1]!, stake: deletionRefusal(around, name) };
}

function hasTraffic(refusal: string): Failure {
  return new Failure(`${refusal} and is not deleted`, {
    code: 'DeploymentHasTraffic',
    nextStep: 'Move its traffic to other deployments first: change `traffic` or `mirror_traffic` and run `update`.',
  });
}
