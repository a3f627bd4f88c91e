import { MINUTE } from '../../duration.ts';
import { type ConnectionError, ServiceError } from '../../http/errors.ts';
import type { Wait } from '../../http/wait.ts';

/** Between a refusal and the next try: short at first, since most operations are. */
const AT_FIRST = 5_000;
const LATER = 15_000;
/**
 * Between the two readings that have to agree before a write, when somebody has just written or the two did not agree: GETs
 * lag behind writes (azure-dev issue 3881), for how long is [U]. Otherwise the second follows at once: a round trip lies
 * between them, and waiting longer would catch no more than the few readings that lag by just that long.
 */
const WARY_LOOK = 3_000;

/** How long Azure may go on showing what was, after it has said that a write or a deletion is done (azure-dev issue 3881). */
export const STALE_READS = 3 * MINUTE;

/** How many answers of one write, or one deletion, may be lost before the loss is its end. */
export const MOST_LOST_ANSWERS = 5;

/** How long to leave an endpoint alone between two readings. */
export function secondLook(wary: boolean): number {
  return wary ? WARY_LOOK : 0;
}

/**
 * Waits before a refused write is tried again, as long as Azure asked for.
 * @throws the refusal itself when there is no time left: Azure's words say more than that time is up
 */
export async function waitAfterRefusal(wait: Wait, error: ServiceError | ConnectionError): Promise<void> {
  const own = wait.elapsed() < 120_000 ? AT_FIRST : LATER;
  const pause = Math.max(own, (error instanceof ServiceError && error.retryAfter) || 0);
  if (wait.left() <= pause) throw error;
  await wait.pause(`refused (${error.code}), to be tried again`, pause);
}
