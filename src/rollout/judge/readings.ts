/** Readings of the metrics in a row that may fail. */
const MOST_FAILED = 5;

/**
 * A broken metrics API is no verdict on the deployment: it pauses the rollout, and never rolls it back.
 * @param failed readings that have failed in a row before this one
 */
export function afterReading(failed: number, worked: boolean): { readonly failed: number; readonly pause: boolean } {
  const now = worked ? 0 : failed + 1;
  return { failed: now, pause: now >= MOST_FAILED };
}
