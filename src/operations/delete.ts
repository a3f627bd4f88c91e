import { connect, type Workspace } from '../azure/connect.ts';
import { listDeployments } from '../azure/deployments.ts';
import { deleteEndpoint, getEndpoint } from '../azure/endpoints.ts';
import { isNotFound } from '../azure/missing.ts';
import { startWait } from '../azure/wait.ts';
import type { DeleteConfig } from '../config/config.ts';
import type { Deps, Journal, JournalEntry } from '../deps.ts';
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
import { sendAndFollow, type Sent } from './follow.ts';
import { confirmation } from './guards.ts';
import { limitsFromNow } from './limits.ts';
import { secondLook, waitAfterRefusal } from './patience.ts';

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
  const entry = { endpoint, what: `deletion of endpoint ${endpoint}` };
  await remove(workspace, entry, deps, (seen) => confirmLoss(config, deps, seen));
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
 * Reads until two readings agree on what would be lost, asks for the deletion, follows it, and reads until nothing is
 * there. Deleting twice does no harm, so an answer that was lost is followed by a look and another try.
 * @param check called with what would be lost, and again whenever another reading shows something else
 */
async function remove(
  workspace: Workspace,
  entry: JournalEntry,
  deps: Deps,
  check: (live: LiveEndpoint) => Promise<void>,
): Promise<void> {
  const wait = startWait(workspace, entry.what);
  let wary = false;
  for (let lost = 0; ;) {
    const live = await agreedEndpoint(workspace, entry.endpoint, check, wary);
    if (!live) break;
    const sent = await requestDeletion(workspace, entry, deps.journal);
    if (sent === 'done') {
      await gone(workspace, entry);
      break;
    }
    wary = true;
    if (sent.how === 'lost' && (lost += 1) > MOST_LOST_ANSWERS) throw sent.error;
    deps.report.info(`${sent.error.message}; looking again`);
    await waitAfterRefusal(wait, sent.error);
  }
  deps.journal.end(entry);
}

/** The endpoint at rest, as two readings in a row show its traffic; `undefined` when it is gone. */
async function agreedEndpoint(
  workspace: Workspace,
  endpoint: string,
  check: (live: LiveEndpoint) => Promise<void>,
  wasBusy: boolean,
): Promise<LiveEndpoint | undefined> {
  const wait = startWait(workspace, `deletion of endpoint ${endpoint}`);
  let wary = wasBusy;
  for (let before: string | undefined; ;) {
    const live = await getEndpoint(workspace, endpoint);
    if (!live) return undefined;
    const state = provisioningState(live);
    if (!isSettled(state)) {
      wary = true;
      before = undefined;
      await wait.pause(state);
      continue;
    }
    const split = JSON.stringify([liveTraffic(live), liveMirrorTraffic(live)]);
    if (split === before) return live;
    await check(live);
    before = split;
    await wait.pause('the readings do not agree yet', secondLook(wary));
  }
}

async function requestDeletion(
  workspace: Workspace,
  entry: JournalEntry,
  journal: Journal,
): Promise<'done' | Exclude<Sent, { how: 'done' }>> {
  try {
    const sent = await sendAndFollow(workspace, entry, journal, () => deleteEndpoint(workspace, entry.endpoint));
    return sent.how === 'done' ? 'done' : sent;
  } catch (error) {
    if (isNotFound(error)) return 'done';
    throw error;
  }
}

/** @throws Failure when Azure goes on showing what it says that it has deleted */
async function gone(workspace: Workspace, { endpoint, what }: JournalEntry): Promise<void> {
  const wait = startWait(workspace, what);
  for (;;) {
    const live = await getEndpoint(workspace, endpoint);
    if (!live) return;
    const state = provisioningState(live);
    if (isSettled(state) && (wait.elapsed() > STALE_READS || wait.left() <= 0)) throw stillShown(what, state);
    await wait.pause('Azure still shows it');
  }
}

function stillShown(what: string, state: string): Failure {
  return new Failure(`Azure reports the ${what} as done but still shows it as ${state}`, {
    nextStep: 'Look with operation `show` and run again.',
  });
}
