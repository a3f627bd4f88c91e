import pLimit from 'p-limit';
import type { Files } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import type { Workspace } from '../connect.ts';

/** What all deployments of a run share, so that nothing is asked for, read or sent twice. */
export interface Session {
  readonly workspace: Workspace;
  readonly files: Files;
  /**
   * Does the work of a key once, however many ask for it at the same time. What failed may be tried again; what ran out of
   * the time of somebody else is.
   * @param within the limits of whoever asks; those of the run unless told
   */
  once<T>(key: string, work: () => Promise<T>, within?: Pick<Workspace, 'limits'>): Promise<T>;
  /** Reads files in its turn: more than a few at once are no faster. */
  hashing<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Takes an id for a content within this run.
   * @returns whether no other content of the run has it
   */
  claim(id: string, identity: string): boolean;
}

const HASHED_AT_ONCE = 2;

export function openSession(workspace: Workspace, files: Files): Session {
  const begun = new Map<string, Promise<unknown>>();
  const claims = new Map<string, string>();
  return {
    workspace,
    files,
    hashing: pLimit(HASHED_AT_ONCE),
    claim(id, identity) {
      const holder = claims.get(id) ?? identity;
      claims.set(id, holder);
      return holder === identity;
    },
    async once<T>(key: string, work: () => Promise<T>, { limits } = workspace): Promise<T> {
      for (;;) {
        const promise = (begun.get(key) as Promise<T> | undefined) ?? work();
        begun.set(key, promise);
        try {
          return await promise;
        } catch (error) {
          if (begun.get(key) === promise) begun.delete(key);
          const isOutOfTime = error instanceof Failure && error.details.code === 'Timeout';
          if (!isOutOfTime || workspace.clock.now() >= limits.deadline) throw error;
        }
      }
    },
  };
}
