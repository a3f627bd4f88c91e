import pLimit from 'p-limit';
import type { Files } from '../../deps.ts';
import type { Workspace } from '../connect.ts';

/** What all deployments of a run share, so that nothing is asked for, read or sent twice. */
export interface Session {
  readonly workspace: Workspace;
  readonly files: Files;
  /** Does the work of a key once, however many ask for it at the same time. What failed may be tried again. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
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
    async once<T>(key: string, work: () => Promise<T>): Promise<T> {
      const promise = (begun.get(key) as Promise<T> | undefined) ?? work();
      begun.set(key, promise);
      try {
        return await promise;
      } catch (error) {
        begun.delete(key);
        throw error;
      }
    },
  };
}
