import type { Workspace } from './connect.ts';
import { isUntold, lookAhead } from './look-ahead.ts';
import { isNotFound, whatIsMissing } from './missing.ts';
import { isResource } from './resources.ts';

/**
 * Whether the workspace has the compute; `undefined` when Azure does not tell.
 * @param compute a name, or an ARM id
 */
export async function hasCompute(workspace: Workspace, compute: string): Promise<boolean | undefined> {
  const path = compute.startsWith('/') ? compute : `/computes/${encodeURIComponent(compute)}`;
  try {
    await lookAhead(workspace).send({ method: 'GET', path, repeat: 'always', expects: isResource });
    return true;
  } catch (error) {
    // Without the workspace nothing is there, and the endpoint's own request says so better.
    if (isNotFound(error)) return (await whatIsMissing(error, workspace)) === 'workspace' ? undefined : false;
    if (!isUntold(error)) throw error;
    workspace.report.info(`the compute was not checked before the write: ${error.message}`);
    return undefined;
  }
}
