import type { ArmResponse, Workspace } from '../azure/connect.ts';
import { getEndpoint, putEndpoint, workspaceLocation } from '../azure/endpoints.ts';
import { isBusy, mayHaveWorked } from '../azure/errors.ts';
import { isNotFound } from '../azure/missing.ts';
import { startWait } from '../azure/wait.ts';
import type { Journal, JournalEntry } from '../deps.ts';
import { Failure } from '../failure.ts';
import { type EndpointPlan, planEndpoint } from '../plan/changes.ts';
import { isSettled, type LiveEndpoint, provisioningState } from '../plan/live.ts';
import { shown as shownValue } from '../plan/show.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { sendAndFollow } from './follow.ts';

/** How long Azure may go on showing the old endpoint after it has said that the write is done (azure-dev issue 3881). */
const READ_BACK = 3 * 60_000;
/** How long to look for the effect of a write whose answer was lost before it is sent again. */
const LOST_ANSWER = 15_000;
const MOST_LOST_ANSWERS = 5;
/** Between the two readings that have to agree before a write: GETs lag behind writes of others (azure-dev issue 3881). */
export const SECOND_LOOK = 250;

export interface WriteGuards {
  readonly journal: Journal;
  /** Called with the first plan that would be sent; throws to stop it. */
  readonly check: (plan: EndpointPlan, live: LiveEndpoint | undefined) => Promise<void>;
}

export interface Written {
  readonly live: LiveEndpoint;
  readonly changed: boolean;
  readonly plan: EndpointPlan;
}

/**
 * Makes a live endpoint equal to its YAML: reads, merges, compares, writes, follows, and reads back until Azure shows it.
 * A write whose answer was lost is never repeated blindly: Azure is read again, and only what still differs is sent.
 * @throws Failure, ServiceError or ConnectionError; and whatever `check` throws, before anything was sent
 */
export async function writeEndpoint(workspace: Workspace, spec: EndpointSpec, guards: WriteGuards): Promise<Written> {
  const wait = startWait(workspace, `write of endpoint ${spec.name}`);
  const planNow = planner(workspace, spec);
  let checked: EndpointPlan | undefined;
  let sent: EndpointPlan | undefined;
  for (let lost = 0; ;) {
    const live = await settledEndpoint(workspace, spec.name);
    const plan = await planNow(live);
    if (live && plan.action === 'none') return written(live, plan, sent, guards.journal);
    // Nothing is sent on the word of a single reading: it may be stale, and a person may have thought about it. Once
    // something may have been sent, what differs is ours to finish.
    if (!sent && !samePlan(plan, checked)) {
      await guards.check(plan, live);
      checked = plan;
      await workspace.clock.sleep(SECOND_LOOK, workspace.limits.signal);
      continue;
    }
    const entry = { endpoint: spec.name, what: `${plan.action} of endpoint ${spec.name}` };
    const answer = await tryToPut(workspace, entry, plan, guards.journal);
    if (answer === 'busy') {
      await wait.pause('waiting for another operation to end', 5_000);
      continue;
    }
    sent ??= plan;
    if (answer instanceof Error) {
      if ((lost += 1) > MOST_LOST_ANSWERS) throw answer;
      workspace.report.warning(`${answer.message}; looking whether Azure took the ${entry.what} all the same`);
      const seen = await shownWithin(workspace, spec.name, planNow, LOST_ANSWER);
      if (isEqual(seen)) return written(seen.live, plan, sent, guards.journal);
      // Out of time: why nothing came of the write says more than that time is up.
      if (wait.isOver()) throw answer;
      continue;
    }
    const shown = await shownWithin(workspace, spec.name, planNow, READ_BACK);
    if (!isEqual(shown)) throw notShown(entry.what, answer, shown.plan);
    return written(shown.live, plan, sent, guards.journal);
  }
}

/** @param sent the plan that was the first to be sent; without one, others have made Azure what the YAML wants */
function written(live: LiveEndpoint, plan: EndpointPlan, sent: EndpointPlan | undefined, journal: Journal): Written {
  if (sent) journal.end(plan.name);
  return { live, changed: sent !== undefined, plan: sent ?? plan };
}

/** Waits while Azure is at work on the endpoint: it takes one write at a time. */
export async function settledEndpoint(workspace: Workspace, name: string): Promise<LiveEndpoint | undefined> {
  const wait = startWait(workspace, `waiting for endpoint ${name}`);
  for (;;) {
    const live = await getEndpoint(workspace, name);
    if (!live || isSettled(provisioningState(live))) return live;
    await wait.pause(provisioningState(live));
  }
}

type Planner = (live: LiveEndpoint | undefined) => Promise<EndpointPlan>;

/** Plans against what is live. The region is asked for once, and only where there is no endpoint to tell it. */
function planner(workspace: Workspace, spec: EndpointSpec): Planner {
  let location: string | undefined;
  return async (live) => {
    if (!live) location ??= await workspaceLocation(workspace);
    return planEndpoint(spec, live, { location: location ?? '', workspaceId: workspace.id });
  };
}

/** The answer once Azure has done it; the error when nobody knows whether Azure has taken it. */
async function tryToPut(
  workspace: Workspace,
  entry: JournalEntry,
  plan: EndpointPlan,
  journal: Journal,
): Promise<ArmResponse | Error | 'busy'> {
  try {
    return await sendAndFollow(workspace, entry, journal, () => putEndpoint(workspace, entry.endpoint, plan.body));
  } catch (error) {
    if (isBusy(error) || isNameBeingFreed(error)) return 'busy';
    if (mayHaveWorked(error)) return error;
    throw error;
  }
}

/** The body counts too: it carries what the YAML does not name. Only the address of the last operation may be another. */
function samePlan(a: EndpointPlan, b: EndpointPlan | undefined): boolean {
  const asText = (plan: EndpointPlan | undefined): string =>
    JSON.stringify([plan?.action, plan?.changes, plan?.body], (key, value: unknown) =>
      key === 'AzureAsyncOperationUri' ? undefined : value,
    );
  return asText(a) === asText(b);
}

/** A name that was deleted moments ago answers 404 for a while (azure-cli-extensions issues 7660 and 7107). */
function isNameBeingFreed(error: unknown): boolean {
  return isNotFound(error) && /^(NotFound|InferencingClientCallFailed)$/i.test(error.code);
}

/** What Azure shows, and what still differs from the YAML. */
interface Reading {
  readonly live: LiveEndpoint | undefined;
  readonly plan: EndpointPlan;
}

function isEqual(reading: Reading): reading is Reading & { readonly live: LiveEndpoint } {
  return reading.live !== undefined && reading.plan.action === 'none';
}

function notShown(what: string, { requestId }: ArmResponse, plan: EndpointPlan): Failure {
  const failed = plan.changes.find(({ path }) => path === 'provisioning_state');
  if (failed)
    return new Failure(`${what} left the endpoint ${shownValue(failed.from ?? 'Failed')}`, {
      requestId,
      nextStep: 'Look at the endpoint in Azure, then run again: it is written anew.',
    });
  const differing = plan.changes.map(({ path }) => path);
  // Recorded traffic has Azure take a change from `aml_token` to `key`, say that it is done, and keep the old mode.
  const nextStep = differing.includes('auth_mode')
    ? 'Azure keeps the `auth_mode` an endpoint was made with: delete the endpoint and create it again, or take the change back.'
    : 'Something else may have written at the same time; compare with operation `plan` and run again.';
  const fields = differing.length > 0 ? ` (${differing.join(', ')})` : '';
  return new Failure(`Azure reports the ${what} as done but does not show it${fields}`, { requestId, nextStep });
}

/** Reads until Azure shows what the YAML wants, or until the time is over. */
async function shownWithin(workspace: Workspace, name: string, planNow: Planner, patience: number): Promise<Reading> {
  const wait = startWait(workspace, `reading endpoint ${name} back`);
  for (;;) {
    const live = await getEndpoint(workspace, name);
    const state = live ? provisioningState(live) : 'not visible yet';
    const settled = live !== undefined && isSettled(state);
    // Azure at work means that the write arrived; its end is worth any wait within the deadline.
    if (settled || !live) {
      const reading = { live, plan: await planNow(live) };
      if (isEqual(reading) || wait.elapsed() >= patience || wait.isOver()) return reading;
    }
    await wait.pause(settled ? 'Azure still shows the old state' : state);
  }
}
