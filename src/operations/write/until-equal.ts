import type { ArmResponse, Workspace } from '../../azure/connect.ts';
import { isNotFound } from '../../azure/missing.ts';
import { startWait } from '../../http/wait.ts';
import type { Journal, JournalEntry } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import type { JsonObject } from '../../json.ts';
import type { ResourcePlan } from '../../plan/changes.ts';
import { isSettled, provisioningState } from '../../plan/live.ts';
import { shown } from '../../plan/show.ts';
import { sendAndFollow, type Sent } from './follow.ts';
import { MOST_LOST_ANSWERS, secondLook, STALE_READS, waitAfterRefusal } from './patience.ts';

/** How long to look for the effect of a write whose answer was lost before it is sent again. */
const LOST_ANSWER = 15_000;
/** How long a name that was deleted may answer 404 (azure-cli-extensions issues 7660 and 7107). */
const NAME_BEING_FREED = 5 * 60_000;

/** What a YAML describes in Azure: how it is read, compared and written. */
export interface Subject<Plan extends ResourcePlan> {
  /** `endpoint iris`, `deployment blue of endpoint iris` */
  readonly title: string;
  readonly endpoint: string;
  read(): Promise<JsonObject | undefined>;
  plan(live: JsonObject | undefined): Plan | Promise<Plan>;
  put(body: JsonObject): Promise<ArmResponse>;
  /** What to do when Azure says that it is done but goes on showing something else in these fields. */
  advice?(fields: readonly string[]): string | undefined;
}

export interface WriteGuards<Plan extends ResourcePlan> {
  readonly journal: Journal;
  /** Called with each plan that would be sent, until one is; throws to stop it. */
  readonly check: (plan: Plan, live: JsonObject | undefined) => Promise<void>;
  /**
   * Called with what is live right before each write, also before one that is sent again: whoever has come in between is not
   * written over. Throws to stop it.
   */
  readonly fence: (live: JsonObject | undefined) => Promise<void> | void;
}

export interface Written<Plan extends ResourcePlan> {
  readonly live: JsonObject;
  readonly changed: boolean;
  readonly plan: Plan;
}

/**
 * Makes what is live equal to its YAML: reads, merges, compares, writes, follows, and reads back until Azure shows it.
 * A write is never repeated as it was: after a refusal or a lost answer Azure is read again, and only what still differs
 * is sent.
 * @throws Failure, ServiceError or ConnectionError; and whatever `check` throws, before anything was sent
 */
export async function writeUntilEqual<Plan extends ResourcePlan>(
  workspace: Workspace,
  subject: Subject<Plan>,
  guards: WriteGuards<Plan>,
): Promise<Written<Plan>> {
  const { journal } = guards;
  const wait = startWait(workspace, `write of ${subject.title}`);
  let sent: SentWrites<Plan> | undefined;
  let wary = false;
  for (let lost = 0; ;) {
    // Once something may have been sent, what differs is ours to finish.
    const check = sent ? async () => {} : guards.check;
    const reading = await agreedReading(workspace, subject, check, wary);
    if (isEqual(reading)) return written(reading, sent, journal);
    const { plan, live } = reading;
    await guards.fence(live);
    const entry = { endpoint: subject.endpoint, what: `${plan.action} of ${subject.title}` };
    const put = await tryToPut(workspace, subject, entry, plan, journal, wait.elapsed());
    if (put.how === 'refused') {
      wary = true;
      await waitAfterRefusal(wait, put.error);
      continue;
    }
    sent = { plan: sent?.plan ?? plan, entries: [...(sent?.entries ?? []), entry] };
    if (put.how === 'lost') {
      workspace.report.warning(`${put.error.message}; checking whether Azure applied the ${entry.what} anyway`);
    }
    const seen = await shownWithin(workspace, subject, put.how === 'done' ? STALE_READS : LOST_ANSWER);
    if (isEqual(seen)) return written(seen, sent, journal);
    if (put.how === 'done') throw notShown(subject, entry.what, put.answer, seen.plan);
    // Out of time: why nothing came of the write says more than that time is up.
    if ((lost += 1) > MOST_LOST_ANSWERS || wait.left() <= 0) throw put.error;
  }
}

/** What Azure shows, and what differs from the YAML. */
interface Reading<Plan> {
  readonly live: JsonObject | undefined;
  readonly plan: Plan;
}

type EqualReading<Plan> = Reading<Plan> & { readonly live: JsonObject };

function isEqual<Plan extends ResourcePlan>(reading: Reading<Plan>): reading is EqualReading<Plan> {
  return reading.live !== undefined && reading.plan.action === 'none';
}

interface SentWrites<Plan> {
  /** The first. */
  readonly plan: Plan;
  readonly entries: readonly JournalEntry[];
}

/** @param sent without it, Azure was what the YAML wants */
function written<Plan extends ResourcePlan>(
  { live, plan }: EqualReading<Plan>,
  sent: SentWrites<Plan> | undefined,
  journal: Journal,
): Written<Plan> {
  sent?.entries.forEach((entry) => journal.end(entry));
  return { live, changed: sent !== undefined, plan: sent?.plan ?? plan };
}

/**
 * A reading that a write may start from: Azure is at rest, and two readings in a row ask for the same. One alone may be
 * stale, and a PUT carries what it read. A reading that equals the YAML needs no second one.
 */
async function agreedReading<Plan extends ResourcePlan>(
  workspace: Workspace,
  subject: Subject<Plan>,
  check: WriteGuards<Plan>['check'],
  wasBusy: boolean,
): Promise<Reading<Plan>> {
  const wait = startWait(workspace, `reading ${subject.title} twice`);
  let wary = wasBusy;
  for (let before: Plan | undefined; ;) {
    const { live, wasAtWork } = await settled(workspace, subject);
    const plan = await subject.plan(live);
    if (isEqual({ live, plan }) || (!wasAtWork && samePlan(plan, before))) return { live, plan };
    wary ||= wasAtWork || before !== undefined;
    await check(plan, live);
    before = plan;
    await wait.pause('confirming the current state', secondLook(wary));
  }
}

/** Waits while Azure is at work on it: Azure takes one write at a time. */
async function settled(
  workspace: Workspace,
  { title, read }: Pick<Subject<ResourcePlan>, 'title' | 'read'>,
): Promise<{ live: JsonObject | undefined; wasAtWork: boolean }> {
  const wait = startWait(workspace, `waiting for ${title}`);
  for (let wasAtWork = false; ; wasAtWork = true) {
    const live = await read();
    if (!live || isSettled(provisioningState(live))) return { live, wasAtWork };
    await wait.pause(provisioningState(live));
  }
}

/** A name that was deleted moments ago is refused with 404 for a while. */
async function tryToPut<Plan extends ResourcePlan>(
  workspace: Workspace,
  subject: Subject<Plan>,
  entry: JournalEntry,
  plan: Plan,
  journal: Journal,
  elapsed: number,
): Promise<Sent> {
  try {
    return await sendAndFollow(workspace, entry, journal, () => subject.put(plan.body));
  } catch (error) {
    const isBeingFreed = isNotFound(error) && /^(NotFound|InferencingClientCallFailed)$/i.test(error.code);
    if (isBeingFreed && elapsed < NAME_BEING_FREED) return { how: 'refused', error };
    throw error;
  }
}

/** The body counts too: it carries what the YAML does not name. Only the address of the last operation may be another. */
function samePlan(a: ResourcePlan, b: ResourcePlan | undefined): boolean {
  const asText = (plan: ResourcePlan | undefined): string =>
    JSON.stringify([plan?.action, plan?.changes, plan?.body], (key, value: unknown) =>
      key === 'AzureAsyncOperationUri' ? undefined : value,
    );
  return asText(a) === asText(b);
}

function notShown(
  { title, advice }: Subject<ResourcePlan>,
  what: string,
  { requestId }: ArmResponse,
  plan: ResourcePlan,
): Failure {
  const failed = plan.changes.find(({ path }) => path === 'provisioning_state');
  if (failed) {
    return new Failure(`${what} ended in state ${shown(failed.from ?? 'Failed')}`, {
      requestId,
      nextStep: `Look at ${title} in Azure, then run again: it will be written again.`,
    });
  }
  const differing = plan.changes.map(({ path }) => path);
  const nextStep =
    advice?.(differing) ??
    'Compare with operation `plan` and run again. If Azure still does not show it and nobody else has written, it does not keep these fields: use a newer `api-version`, or take them out of the YAML.';
  const fields = differing.length > 0 ? ` (${differing.join(', ')})` : '';
  return new Failure(`Azure reports the ${what} as done but does not show it${fields}`, { requestId, nextStep });
}

/** Reads until Azure shows what the YAML wants, or until the time is over. */
async function shownWithin<Plan extends ResourcePlan>(
  workspace: Workspace,
  subject: Subject<Plan>,
  patience: number,
): Promise<Reading<Plan>> {
  const wait = startWait(workspace, `reading ${subject.title} back`);
  for (;;) {
    const live = await subject.read();
    const state = live ? provisioningState(live) : 'not visible yet';
    const atRest = live !== undefined && isSettled(state);
    // Azure at work means that the write arrived; its end is worth any wait within the deadline.
    if (atRest || !live) {
      const reading = { live, plan: await subject.plan(live) };
      if (isEqual(reading) || wait.elapsed() >= patience || wait.left() <= 0) return reading;
    }
    await wait.pause(atRest ? 'Azure still shows the old state' : state);
  }
}
