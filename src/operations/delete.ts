import { connect, type Workspace } from '../azure/connect.ts';
import { deleteEndpoint, getEndpoint, listDeployments } from '../azure/endpoints.ts';
import { isBusy, mayHaveWorked } from '../azure/errors.ts';
import { isNotFound } from '../azure/missing.ts';
import { startWait } from '../azure/wait.ts';
import type { DeleteConfig } from '../config/config.ts';
import type { Deps, JournalEntry } from '../deps.ts';
import { Failure } from '../failure.ts';
import {
  isSettled,
  type LiveEndpoint,
  liveMirrorTraffic,
  liveName,
  liveTraffic,
  provisioningState,
} from '../plan/live.ts';
import type { Outcome } from '../report/outcome.ts';
import { formatTraffic, trafficTotal } from '../spec/traffic.ts';
import { sendAndFollow } from './follow.ts';
import { confirmation } from './guards.ts';
import { limitsFromNow } from './limits.ts';
import { SECOND_LOOK } from './write.ts';

/** How long Azure may go on showing an endpoint after it has said that it is deleted. */
const STALE_READS = 3 * 60_000;
const MOST_LOST_ANSWERS = 5;

/** Deletes the endpoint with its deployments and waits until it is gone. Nothing there is a success with a notice. */
export async function deleteOperation(config: DeleteConfig, deps: Deps): Promise<Outcome> {
  const { endpoint } = config;
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, config.timeout));
  const live = await getEndpoint(workspace, endpoint);
  if (!live) return nothingThere(config, deps);
  const names = (await listDeployments(workspace, endpoint)).map(liveName).sort();
  deps.report.info(
    `- ${endpoint}: will be deleted with ${names.length > 0 ? `deployments ${names.join(', ')}` : 'no deployments'}`,
  );
  await remove(workspace, endpoint, deps, (seen) => confirmLoss(config, deps, seen));
  const along = names.length > 0 ? ` with ${names.join(', ')}` : '';
  return {
    endpoints: [{ name: endpoint, status: 'succeeded', changed: true }],
    answer: `${endpoint}: deleted${along}`,
  };
}

function nothingThere({ endpoint, azure }: DeleteConfig, { report }: Deps): Outcome {
  report.notice(`endpoint ${endpoint} is not in workspace ${azure.workspaceName}; there is nothing to delete`);
  return {
    endpoints: [{ name: endpoint, status: 'unchanged', changed: false }],
    answer: `${endpoint}: nothing to delete`,
  };
}

async function confirmLoss(config: DeleteConfig, deps: Deps, live: LiveEndpoint): Promise<void> {
  const traffic = liveTraffic(live);
  if (trafficTotal(traffic) === 0) return;
  const mirror = liveMirrorTraffic(live);
  const mirrored = trafficTotal(mirror) > 0 ? `, mirrored ${formatTraffic(mirror)}` : '';
  const consequence = `deletes endpoint ${config.endpoint}, which has live traffic (${formatTraffic(traffic)}${mirrored})`;
  await confirmation(config.confirm, deps).orRefuse(config.endpoint, consequence);
}

/**
 * Reads, asks for the deletion, follows it, and reads until nothing is there.
 * @param check called with what would be lost, and again whenever another reading shows something else
 */
async function remove(
  workspace: Workspace,
  endpoint: string,
  deps: Deps,
  check: (live: LiveEndpoint) => Promise<void>,
): Promise<void> {
  const entry = { endpoint, what: `deletion of endpoint ${endpoint}` };
  const wait = startWait(workspace, entry.what);
  let ended: number | undefined;
  let checked: string | undefined;
  for (let lost = 0; ;) {
    const live = await getEndpoint(workspace, endpoint);
    if (!live) break;
    const state = provisioningState(live);
    if (ended !== undefined) {
      if (isSettled(state) && wait.elapsed() - ended > STALE_READS) throw stillShown(entry.what, state);
    } else if (isSettled(state)) {
      const split = JSON.stringify([liveTraffic(live), liveMirrorTraffic(live)]);
      if (split !== checked) {
        await check(live);
        checked = split;
        await deps.clock.sleep(SECOND_LOOK, deps.signal);
        continue;
      }
      const answer = await requestDeletion(workspace, entry, deps);
      if (answer === 'done') {
        ended = wait.elapsed();
        continue;
      }
      if (answer instanceof Error && ((lost += 1) > MOST_LOST_ANSWERS || wait.isOver())) throw answer;
      if (answer === 'busy') {
        await wait.pause('waiting for another operation to end');
        continue;
      }
    }
    await wait.pause(ended === undefined ? state : 'Azure still shows it');
  }
  deps.journal.end(endpoint);
}

/** Deleting twice does no harm, so an answer that was lost (an error here) is followed by a look and another try. */
async function requestDeletion(
  workspace: Workspace,
  entry: JournalEntry,
  { journal, report }: Deps,
): Promise<'done' | 'busy' | Error> {
  try {
    await sendAndFollow(workspace, entry, journal, () => deleteEndpoint(workspace, entry.endpoint));
    return 'done';
  } catch (error) {
    if (isNotFound(error)) return 'done';
    if (!isBusy(error) && !mayHaveWorked(error)) throw error;
    report.info(`${error.message}; looking again`);
    return isBusy(error) ? 'busy' : error;
  }
}

function stillShown(what: string, state: string): Failure {
  return new Failure(`Azure reports the ${what} as done but still shows it as ${state}`, {
    nextStep: 'Look with operation `show` and run again.',
  });
}
