import type { Deps } from '../deps.ts';
import { InputFaults } from '../failure.ts';
import { loadDeployments } from '../spec/deployment/load.ts';
import type { DeploymentSpec } from '../spec/deployment/model.ts';
import { endpointNames, loadEndpoints } from '../spec/load.ts';
import type { EndpointSpec, SpecRequest } from '../spec/model.ts';

/** The deployments of each endpoint as their YAML describes them, by the endpoint's name. */
export type DesiredDeployments = ReadonlyMap<string, readonly DeploymentSpec[]>;

/**
 * The endpoints as their YAML describes them.
 * @throws InputFaults with all faults of all files, when there is one
 */
export async function desiredEndpoints(request: SpecRequest, { files }: Pick<Deps, 'files'>): Promise<EndpointSpec[]> {
  const { specs, faults } = await loadEndpoints(files, request);
  if (faults.length > 0) throw new InputFaults(faults);
  return specs;
}

/**
 * The endpoints with their deployments.
 * @param patterns files or globs of deployments; without any, those in the folder of each endpoint
 * @throws InputFaults with all faults of all files, when there is one
 */
export async function desiredState(
  request: SpecRequest,
  patterns: readonly string[],
  { files }: Pick<Deps, 'files'>,
): Promise<{ specs: EndpointSpec[]; deployments: DesiredDeployments }> {
  const { specs, faults } = await loadEndpoints(files, request);
  // Deployments of an endpoint with faults are read too, so that all faults come out at once.
  const { names } = await endpointNames(files, request);
  const found = await loadDeployments(files, { ...request, endpoints: names, patterns });
  const all = [...faults, ...found.faults];
  if (all.length > 0) throw new InputFaults(all);
  return { specs, deployments: byEndpoint(found.deployments) };
}

export function byEndpoint(deployments: readonly DeploymentSpec[]): DesiredDeployments {
  return Map.groupBy(deployments, ({ endpoint }) => endpoint);
}
