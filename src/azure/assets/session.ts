import type { Files } from '../../deps.ts';
import type { Workspace } from '../connect.ts';

/** What all deployments of a run share, so that nothing is asked for, read or sent twice. */
export interface Session {
  readonly workspace: Workspace;
  readonly files: Files;
  /** Does the work of a key once, however many ask for it at the same time. What failed may be tried again. */
  once<T>(key: string, work: () => Promise<T>): Promise<T>;
}

export function openSession(workspace: Workspace, files: Files): Session {
  const begun = new Map<string, Promise<unknown>>();
  return {
    workspace,
    files,
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
