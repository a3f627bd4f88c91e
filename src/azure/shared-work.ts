import type { Limits } from '../deps.ts';

/** Work that several wait for, each as long as its own limits say. */
export interface SharedWork<T> {
  /** @throws what the work throws; the signal's reason when whoever waits is cancelled first */
  join(limits: Limits): Promise<T>;
}

/**
 * Begins with the first who waits and ends when nobody waits any more: no single one of them can end it for the others.
 * Its deadline is the latest of theirs.
 * @param over called when nobody may join it any more
 */
export function sharedWork<T>(work: (limits: Limits) => Promise<T>, over: () => void): SharedWork<T> {
  const end = new AbortController();
  const limits = { signal: end.signal, deadline: -Infinity };
  let waiting = 0;
  let result: Promise<T> | undefined;
  return {
    async join({ signal, deadline }) {
      signal.throwIfAborted();
      limits.deadline = Math.max(limits.deadline, deadline);
      waiting += 1;
      try {
        return await unlessAborted((result ??= work(limits).finally(over)), signal);
      } finally {
        waiting -= 1;
        if (waiting === 0) {
          over();
          end.abort();
        }
      }
    },
  };
}

/** What comes of work that has begun, or the signal's reason. Work that is left behind may fail: it ends unseen. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
