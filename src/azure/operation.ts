import { formatDuration } from '../duration.ts';
import { Failure } from '../failure.ts';
import { isObject, textAt } from '../json.ts';
import { isSettled } from '../plan/live.ts';
import type { ArmResponse, Workspace } from './connect.ts';
import { problemCodes } from '../http/error-words.ts';
import { errorWords, isTransient, ServiceError } from '../http/errors.ts';
import { retryAfterMilliseconds } from '../http/http.ts';
import { isNotFound } from './missing.ts';
import { startWait, type Wait } from '../http/wait.ts';

/**
 * Follows what a write has started until Azure says that it has ended, and tells what went wrong in Azure, if anything.
 * `Azure-AsyncOperation` answers with a state; only `Succeeded`, `Failed` and `Canceled` are final, and every other word
 * (Azure ML says `Updating`) means "still at it". A `Location` alone answers 202 until it is done.
 * Source: Azure Resource Manager, "Track asynchronous Azure operations".
 * @param what what a person reads in the heartbeat: `update of endpoint iris`
 * @throws whatever kept us from seeing the end: the deadline, a cancelled job, a sign-in that failed
 */
export async function followOperation(
  workspace: Workspace,
  started: ArmResponse,
  what: string,
): Promise<Failure | undefined> {
  const stateUrl = started.header('azure-asyncoperation');
  const resultUrl = started.status === 202 ? started.header('location') : undefined;
  const url = stateUrl ?? resultUrl;
  if (!url) return undefined;
  const wait = startWait(workspace, what);
  let state = 'started';
  // Unless Azure asks for more, the first look is at once: some operations have ended by then.
  let pause: number | undefined = retryAfterMilliseconds(started) ?? 0;
  for (let silent = 0; ;) {
    await wait.pause(state, pause);
    const answer = await poll(workspace, url);
    if (answer === 'forgotten') return undefined;
    if (answer instanceof Error) {
      silent += 1;
      pause = undefined;
      if (silent >= MOST_SILENT_POLLS) throw answer;
      workspace.report.info(`${what}: could not read its state (${answer.message}); retrying`);
      continue;
    }
    silent = 0;
    pause = atLeastASecond(retryAfterMilliseconds(answer));
    if (!stateUrl) {
      if (answer.status !== 202) return undefined;
      continue;
    }
    const word = isObject(answer.body) ? textAt(answer.body, 'status') : undefined;
    // A success without a state is no word of ARM's; the resource itself tells how it ended.
    if (!word) return undefined;
    state = word;
    if (isSettled(state)) return howItEnded(state, answer, what, wait);
  }
}

/** A poll that finds nobody there costs about half a minute of retries; the write goes on in Azure meanwhile. */
const MOST_SILENT_POLLS = 5;

/**
 * `forgotten` when Azure knows no such operation any more, or does not let us see it: operations lie outside of the
 * workspace, and a role on the workspace alone may not reach them [U]. The resource itself then tells how it ended.
 */
async function poll(workspace: Workspace, url: string): Promise<ArmResponse | Error | 'forgotten'> {
  try {
    return await workspace.send({ method: 'GET', path: url, repeat: 'always' });
  } catch (error) {
    if (isNotFound(error) || isForbidden(error)) return 'forgotten';
    if (isTransient(error)) return error;
    throw error;
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof ServiceError && error.status === 403;
}

function atLeastASecond(asked: number | undefined): number | undefined {
  return asked === undefined ? undefined : Math.max(1_000, asked);
}

function howItEnded(state: string, answer: ArmResponse, what: string, wait: Wait): Failure | undefined {
  if (state.toLowerCase() === 'succeeded') {
    wait.done();
    return undefined;
  }
  const error = isObject(answer.body) ? (answer.body['error'] ?? answer.body) : undefined;
  const words = errorWords(error);
  const ended = state.toLowerCase() === 'failed' ? 'failed' : 'was cancelled in Azure';
  return new Failure(`${what} ${ended} after ${formatDuration(wait.elapsed())}${words ? `: ${words.message}` : ''}`, {
    code: words?.code,
    codes: problemCodes(error),
    request: answer.request,
    requestId: answer.requestId,
    nextStep: 'Fix what Azure reports and run again; rerunning is safe.',
  });
}
