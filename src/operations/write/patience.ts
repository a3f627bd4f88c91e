import { type ConnectionError, ServiceError } from '../../http/errors.ts';
import type { Wait } from '../../http/wait.ts';

/** Between a refusal and the next try: short at first, since most operations are. */
const AT_FIRST = 5_000;
const LATER = 15_000;
/** Between the two readings that have to agree before a write: GETs lag behind writes of others (azure-dev issue 3881). */
const SECOND_LOOK = 250;
/** The same when somebody has just written: what is read may be from before. */
const WARY_LOOK = 3_000;

/** How long to leave an endpoint alone between two readings. */
export function secondLook(wary: boolean): number {
  return wary ? WARY_LOOK : SECOND_LOOK;
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
