import type { ArmResponse, Workspace } from '../azure/connect.ts';
import { getEndpoint, putEndpoint, workspaceLocation } from '../azure/endpoints.ts';
import { isNotFound } from '../azure/missing.ts';
import { startWait } from '../azure/wait.ts';
import type { Journal, JournalEntry } from '../deps.ts';
import { Failure } from '../failure.ts';
import { type EndpointPlan, planEndpoint } from '../plan/changes.ts';
import { isSettled, type LiveEndpoint, provisioningState } from '../plan/live.ts';
import { shown } from '../plan/show.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { sendAndFollow, type Sent } from './follow.ts';
import { secondLook, waitAfterRefusal } from './patience.ts';

/** How long Azure may go on showing the old endpoint after it has said that the write is done (azure-dev issue 3881). */
const READ_BACK = 3 * 60_000;
/** How long to look for the effect of a write whose answer was lost before it is sent again. */
const LOST_ANSWER = 15_000;
const MOST_LOST_ANSWERS = 5;
/** How long a name that was deleted may answer 404 (azure-cli-extensions issues 7660 and 7107). */
const NAME_BEING_FREED = 5 * 60_000;

export interface WriteGuards {
  readonly journal: Journal;
  /** Called with each plan that would be sent, until one is; throws to stop it. */
  readonly check: (plan: EndpointPlan, live: LiveEndpoint | undefined) => Promise<void>;
}

export interface Written {
  readonly live: LiveEndpoint;
  readonly changed: boolean;
  readonly plan: EndpointPlan;
}

/**
 * Makes a live endpoint equal to its YAML: reads, merges, compares, writes, follows, and reads back until Azure shows it.
 * A write is never repeated as it was: after a refusal or a lost answer Azure is read again, and only what still differs
 * is sent.
 * @throws Failure, ServiceError or ConnectionError; and whatever `check` throws, before anything was sent
 */
export async function writeEndpoint(workspace: Workspace, spec: EndpointSpec, guards: WriteGuards): Promise<Written> {
  const { journal } = guards;
  const wait = startWait(workspace, `write of endpoint ${spec.name}`);
  const planNow = planner(workspace, spec);
  let sent: EndpointPlan | undefined;
  let wary = false;
  for (let lost = 0; ;) {
    // Once something may have been sent, what differs is ours to finish.
    const check = sent ? async () => {} : guards.check;
    const reading = await agreedReading(workspace, spec.name, planNow, check, wary);
    if (isEqual(reading)) return written(reading, sent, journal);
    const { plan } = reading;
    const entry = { endpoint: spec.name, what: `${plan.action} of endpoint ${spec.name}` };
    const put = await tryToPut(workspace, entry, plan, journal, wait.elapsed());
    if (put.how === 'refused') {
      wary = true;
      await waitAfterRefusal(wait, put.error);
      continue;
    }
    sent ??= plan;
    if (put.how === 'lost') {
      workspace.report.warning(`${put.error.message}; looking whether Azure took the ${entry.what} all the same`);
    }
    const seen = await shownWithin(workspace, spec.name, planNow, put.how === 'done' ? READ_BACK : LOST_ANSWER);
    if (isEqual(seen)) return written(seen, sent, journal);
    if (put.how === 'done') throw notShown(entry.what, put.answer, seen.plan);
    // Out of time: why nothing came of the write says more than that time is up.
    if ((lost += 1) > MOST_LOST_ANSWERS || wait.left() <= 0) throw put.error;
  }
}

/** What Azure shows, and what differs from the YAML. */
interface Reading {
  readonly live: LiveEndpoint | undefined;
  readonly plan: EndpointPlan;
}

type EqualReading = Reading & { readonly live: LiveEndpoint };

function isEqual(reading: Reading): reading is EqualReading {
  return reading.live !== undefined && reading.plan.action === 'none';
}

/** @param sent the plan that was the first to be sent; without one, Azure was what the YAML wants */
function written({ live, plan }: EqualReading, sent: EndpointPlan | undefined, journal: Journal): Written {
  if (sent) journal.end(plan.name);
  return { live, changed: sent !== undefined, plan: sent ?? plan };
}

type Planner = (live: LiveEndpoint | undefined) => Promise<EndpointPlan>;

/** Plans against what is live. The region is needed only where there is no endpoint to tell it. */
function planner(workspace: Workspace, spec: EndpointSpec): Planner {
  return async (live) => {
    const location = live ? '' : await workspaceLocation(workspace);
    return planEndpoint(spec, live, { location, workspaceId: workspace.id });
  };
}

/**
 * A reading that a write may start from: Azure is at rest, and two readings in a row ask for the same. One alone may be
 * stale, and a PUT carries what it read. A reading that equals the YAML needs no second one.
 */
async function agreedReading(
  workspace: Workspace,
  name: string,
  planNow: Planner,
  check: WriteGuards['check'],
  wasBusy: boolean,
): Promise<Reading> {
  const wait = startWait(workspace, `reading endpoint ${name} twice`);
  let wary = wasBusy;
  for (let before: EndpointPlan | undefined; ;) {
    const { live, wasAtWork } = await settledEndpoint(workspace, name);
    const plan = await planNow(live);
    if (isEqual({ live, plan }) || (!wasAtWork && samePlan(plan, before))) return { live, plan };
    wary ||= wasAtWork;
    await check(plan, live);
    before = plan;
    await wait.pause('the readings do not agree yet', secondLook(wary));
  }
}

/** Waits while Azure is at work on the endpoint: it takes one write at a time. */
async function settledEndpoint(
  workspace: Workspace,
  name: string,
): Promise<{ live: LiveEndpoint | undefined; wasAtWork: boolean }> {
  const wait = startWait(workspace, `waiting for endpoint ${name}`);
  for (let wasAtWork = false; ; wasAtWork = true) {
    const live = await getEndpoint(workspace, name);
    if (!live || isSettled(provisioningState(live))) return { live, wasAtWork };
    await wait.pause(provisioningState(live));
  }
}

/** A name that was deleted moments ago is refused with 404 for a while. */
async function tryToPut(
  workspace: Workspace,
  entry: JournalEntry,
  plan: EndpointPlan,
  journal: Journal,
  elapsed: number,
): Promise<Sent> {
  try {
    return await sendAndFollow(workspace, entry, journal, () => putEndpoint(workspace, entry.endpoint, plan.body));
  } catch (error) {
    const isBeingFreed = isNotFound(error) && /^(NotFound|InferencingClientCallFailed)$/i.test(error.code);
    if (isBeingFreed && elapsed < NAME_BEING_FREED) return { how: 'refused', error };
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

function notShown(what: string, { requestId }: ArmResponse, plan: EndpointPlan): Failure {
  const failed = plan.changes.find(({ path }) => path === 'provisioning_state');
  if (failed) {
    return new Failure(`${what} left the endpoint ${shown(failed.from ?? 'Failed')}`, {
      requestId,
      nextStep: 'Look at the endpoint in Azure, then run again: it is written anew.',
    });
  }
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
      if (isEqual(reading) || wait.elapsed() >= patience || wait.left() <= 0) return reading;
    }
    await wait.pause(settled ? 'Azure still shows the old state' : state);
  }
}
