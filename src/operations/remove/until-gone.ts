import type { ArmResponse, Workspace } from '../../azure/connect.ts';
import { isNotFound } from '../../azure/missing.ts';
import { startWait } from '../../http/wait.ts';
import type { Journal, JournalEntry } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { isSettled } from '../../plan/live.ts';
import { sendAndFollow, type Sent } from '../write/follow.ts';
import { MOST_LOST_ANSWERS, secondLook, STALE_READS, waitAfterRefusal } from '../write/patience.ts';

/** Something that is there and is to go. */
export interface Doomed<Stake> {
  /** `deletion of endpoint iris` */
  readonly entry: JournalEntry;
  /** Its state, and what would be lost with it; `undefined` when it is not there. */
  read(): Promise<Reading<Stake> | undefined>;
  /** Called with what would be lost, and again whenever another reading shows something else; throws to stop it. */
  check(stake: Stake): Promise<void>;
  /** Asks Azure for the deletion. */
  send(): Promise<ArmResponse>;
}

export interface Reading<Stake> {
  /** Of provisioning. */
  readonly state: string;
  readonly stake: Stake;
}

/**
 * Reads until two readings agree on what would be lost, asks for the deletion, follows it, and reads until nothing is
 * there. Deleting twice does no harm, so an answer that was lost is followed by a look and another try.
 * @returns whether something was there to be deleted
 * @throws Failure, ServiceError or ConnectionError; and whatever `check` throws, before anything was sent
 */
export async function remove<Stake>(workspace: Workspace, doomed: Doomed<Stake>, journal: Journal): Promise<boolean> {
  const { entry } = doomed;
  const wait = startWait(workspace, entry.what);
  let wary = false;
  let asked = false;
  for (let lost = 0; ;) {
    if (!(await agreedReading(workspace, doomed, wary))) break;
    asked = true;
    const sent = await requestDeletion(workspace, doomed, journal);
    if (sent === 'done') {
      await gone(workspace, doomed);
      break;
    }
    wary = true;
    if (sent.how === 'lost' && (lost += 1) > MOST_LOST_ANSWERS) throw sent.error;
    workspace.report.info(`${sent.error.message}; looking again`);
    await waitAfterRefusal(wait, sent.error);
  }
  journal.end(entry);
  return asked;
}

/** It at rest, as two readings in a row show what would be lost; `undefined` when it is gone. */
async function agreedReading<Stake>(
  workspace: Workspace,
  { entry, read, check }: Doomed<Stake>,
  wasBusy: boolean,
): Promise<Reading<Stake> | undefined> {
  const wait = startWait(workspace, entry.what);
  let wary = wasBusy;
  for (let before: string | undefined; ;) {
    const reading = await read();
    if (!reading) return undefined;
    if (!isSettled(reading.state)) {
      wary = true;
      before = undefined;
      await wait.pause(reading.state);
      continue;
    }
    // In a list, since `undefined` is a stake too, and no text.
    const now = JSON.stringify([reading.stake]);
    if (now === before) return reading;
    await check(reading.stake);
    wary ||= before !== undefined;
    before = now;
    await wait.pause('confirming the current state', secondLook(wary));
  }
}

async function requestDeletion<Stake>(
  workspace: Workspace,
  { entry, send }: Doomed<Stake>,
  journal: Journal,
): Promise<'done' | Exclude<Sent, { how: 'done' }>> {
  try {
    const sent = await sendAndFollow(workspace, entry, journal, send);
    return sent.how === 'done' ? 'done' : sent;
  } catch (error) {
    if (isNotFound(error)) return 'done';
    throw error;
  }
}

/** @throws Failure when Azure goes on showing what it says that it has deleted */
async function gone<Stake>(workspace: Workspace, { entry: { what }, read }: Doomed<Stake>): Promise<void> {
  const wait = startWait(workspace, what);
  for (;;) {
    const reading = await read();
    if (!reading) return;
    if (isSettled(reading.state) && (wait.elapsed() > STALE_READS || wait.left() <= 0))
      throw stillShown(what, reading.state);
    await wait.pause('Azure still shows it');
  }
}

function stillShown(what: string, state: string): Failure {
  return new Failure(`Azure reports the ${what} as done but still shows it as ${state}`, {
    nextStep: 'Look with operation `show` and run again.',
  });
}
