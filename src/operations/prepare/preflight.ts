import { hasCompute } from '../../azure/computes.ts';
import type { Workspace } from '../../azure/connect.ts';
import { workspaceLocation } from '../../azure/endpoints.ts';
import { isUntold } from '../../azure/look-ahead.ts';
import { regionCapacity } from '../../azure/quota.ts';
import type { Fault } from '../../failure.ts';
import { textAt } from '../../json.ts';
import type { EndpointCapacity, RegionCapacity } from '../../plan/deployment/capacity.ts';
import { growing, quotaVerdict } from '../../plan/deployment/quota.ts';
import type { EndpointSpec } from '../../spec/model.ts';

/**
 * The faults of deployments that ask for more than the region has, added up over all endpoints. The region is asked only
 * when some managed deployment is made or grows, and what it does not tell is no fault.
 */
export async function quotaFaults(workspace: Workspace, endpoints: readonly EndpointCapacity[]): Promise<Fault[]> {
  if (growing(endpoints).length === 0) return [];
  const region = await capacityOf(workspace, endpoints);
  if (!region) return [];
  const { faults, doubts, unknown } = quotaVerdict(region, endpoints);
  for (const { message, ...at } of doubts) workspace.report.warning(message, at);
  for (const family of unknown) {
    workspace.report.info(`quota of ${family} was not checked before the write: Azure shows none in ${region.region}`);
  }
  return [...faults];
}

/** A compute that the workspace does not have. Ask only for endpoints that are about to be made. */
export async function computeFaults(workspace: Workspace, spec: EndpointSpec): Promise<Fault[]> {
  if (spec.compute === undefined || (await hasCompute(workspace, spec.compute)) !== false) return [];
  const shown = spec.placeholders.get('compute') ?? spec.compute;
  const message = `compute ${shown} is not in workspace ${workspace.target.workspaceName}; attach the cluster first`;
  return [{ ...spec.positions.get('compute'), message }];
}

async function capacityOf(
  workspace: Workspace,
  endpoints: readonly EndpointCapacity[],
): Promise<RegionCapacity | undefined> {
  const known = endpoints.map(({ live }) => live && textAt(live, 'location')).find((location) => location);
  try {
    return await regionCapacity(workspace, known ?? (await workspaceLocation(workspace)));
  } catch (error) {
    if (!isUntold(error)) throw error;
    workspace.report.info(`quota was not checked before the write: ${error.message}`);
    return undefined;
  }
}
