import type { Workspace } from '../azure/connect.ts';
import type { Deps } from '../deps.ts';
import { deletionRefusal } from '../plan/deployment/refusals.ts';
import { type LiveEndpoint, liveName } from '../plan/live.ts';
import type { Prepared } from './prepare-deployments.ts';
import { removeDeployment } from './remove-deployment.ts';

/** Names of the live deployments that no file describes. */
export function undescribed({ wanted, present }: Prepared): string[] {
  const described = new Set(wanted.deployments.map(({ name }) => name));
  return present.map(liveName).filter((name) => !described.has(name));
}

/** Deletes deployments, except those that still have traffic. @returns those that are gone */
export async function prune(
  workspace: Workspace,
  live: LiveEndpoint,
  names: readonly string[],
  deps: Deps,
): Promise<string[]> {
  const gone: string[] = [];
  for (const name of names) {
    const refusal = deletionRefusal(live, name);
    if (refusal) workspace.report.notice(`${refusal}, so it stays`);
    else if (await removeDeployment(workspace, liveName(live), name, deps)) gone.push(name);
  }
  return gone;
}
