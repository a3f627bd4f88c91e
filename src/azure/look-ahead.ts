import { Failure } from '../failure.ts';
import type { Workspace } from './connect.ts';
import { ConnectionError, ServiceError } from '../http/errors.ts';

/** In milliseconds. What only looks ahead must not hold up the work: Azure checks again. */
const PATIENCE = 30_000;

/** The workspace with little time. @param patience in milliseconds */
export function lookAhead(workspace: Workspace, patience = PATIENCE): Workspace {
  const { clock, limits } = workspace;
  return workspace.within({ ...limits, deadline: Math.min(limits.deadline, clock.now() + patience) });
}

/** Whether Azure merely did not answer a look ahead, which is no reason to stop. A cancelled run or a failed sign-in is. */
export function isUntold(error: unknown): error is ServiceError | ConnectionError | Failure {
  if (error instanceof Failure) return error.details.code === 'Timeout';
  return error instanceof ServiceError || error instanceof ConnectionError;
}
