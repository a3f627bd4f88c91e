import type { Clock, Limits, Report } from '../deps.ts';
import { ConnectionError, isTransient, isUntouched, ServiceError } from './errors.ts';
import { startWait } from './wait.ts';

/**
 * `always` for requests that may be repeated at will. `if-untouched` for those that must not happen twice: repeated only
 * when the service surely did nothing. `never` for writes that carry what was read before: by the time of a repetition
 * somebody else may have written.
 */
export type Repeat = 'always' | 'if-untouched' | 'never';

export interface RetryContext {
  readonly clock: Clock;
  readonly report: Report;
  readonly limits: Limits;
}

/** The pauses between them add up to a quarter to half a minute, which outlasts a restart of a front end. */
const MOST_TRIES = 6;
/** Milliseconds. */
const LONGEST_PAUSE = 30_000;
/** Each costs its whole time limit, and a host that was silent thrice stays so. */
const MOST_SILENT_TRIES = 3;

/**
 * Makes an attempt, and makes it again after a pause when it failed in a way that passes.
 * A pause that the service asks for is kept. Others double, from one second, and are then cut by up to half, so that two runs
 * part ways.
 * @throws the last attempt's error
 */
export async function withRetries<T>(repeat: Repeat, context: RetryContext, attempt: () => Promise<T>): Promise<T> {
  let silent = 0;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (isSilence(error)) silent += 1;
      if (!isTransient(error) || tries >= MOST_TRIES || silent >= MOST_SILENT_TRIES) throw error;
      if (repeat === 'never' || (repeat === 'if-untouched' && !isUntouched(error))) throw error;
      const pause = pauseAfter(error, tries, context.clock);
      if (context.clock.now() + pause > context.limits.deadline) throw error;
      context.report.info(`${reason(error)}; retrying in ${Math.ceil(pause / 1_000)} s`);
      await startWait(context, reason(error)).pause('waiting to retry', pause);
    }
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof ConnectionError && error.code === 'ETIMEDOUT';
}

function pauseAfter(error: ServiceError | ConnectionError, tries: number, clock: Clock): number {
  // A `Retry-After` of zero would burn all tries in a moment.
  if (error instanceof ServiceError && error.retryAfter) return error.retryAfter;
  return Math.min(LONGEST_PAUSE, 1_000 * 2 ** (tries - 1)) * (0.5 + clock.random() / 2);
}

function reason(error: ServiceError | ConnectionError): string {
  return error instanceof ServiceError ? `${error.request} answered ${error.status} ${error.code}` : error.message;
}
