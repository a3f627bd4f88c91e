import type { Request } from '../http.ts';
import type { State, Workspace } from '../state.ts';
import type { Path } from './path.ts';

/** One request that passed the gateway, with all that a handler may look at. */
export interface Context {
  readonly state: State;
  readonly request: Request;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly version: string;
  readonly path: Path;
  readonly workspace: Workspace;
  /** The names in the path below the workspace, as they were sent. */
  readonly names: readonly string[];
}
