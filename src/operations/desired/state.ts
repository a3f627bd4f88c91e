import type { AzureTarget } from '../../config/config.ts';
import type { Deps } from '../../deps.ts';
import { groupBy } from '../../group-by.ts';
import { InputFaults } from '../../failure.ts';
import { loadDeployments } from '../../spec/deployment/load.ts';
import { newerKeyFaults } from '../../spec/deployment/since.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import { endpointNames, loadEndpoints } from '../../spec/load.ts';
import type { EndpointSpec, SpecRequest } from '../../spec/model.ts';
import { byPlace } from '../../spec/order.ts';
import { findPolicies, type Policies } from './policies.ts';

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

/** All that a repository wants of its endpoints. */
export interface DesiredState {
  readonly specs: readonly EndpointSpec[];
  readonly deployments: DesiredDeployments;
  readonly policies: Policies;
}

/**
 * The endpoints with their deployments and rollout policies.
 * @param from where besides the folder of each endpoint: files or globs of deployments, and the input `policy`; and the
 * API version that it is for, where Azure is asked
 * @throws InputFaults with all faults of all files, when there is one
 */
export async function desiredState(
  request: SpecRequest,
  from: {
    readonly deployments: readonly string[];
    readonly policy: string;
    readonly azure?: Pick<AzureTarget, 'apiVersion'>;
  },
  deps: Pick<Deps, 'files'>,
): Promise<DesiredState> {
  const { files } = deps;
  const { specs, faults } = await loadEndpoints(files, request);
  // Deployments of an endpoint with faults are read too, so that all faults come out at once.
  const { names } = await endpointNames(files, request);
  const found = await loadDeployments(files, { ...request, endpoints: names, patterns: from.deployments });
  const rolling = await findPolicies(names, from.policy, request, deps);
  const { apiVersion } = from.azure ?? {};
  const newer = apiVersion === undefined ? [] : found.deployments.flatMap((each) => newerKeyFaults(each, apiVersion));
  const all = [...faults, ...[...found.faults, ...newer].sort(byPlace), ...rolling.faults];
  if (all.length > 0) throw new InputFaults(all);
  return { specs, deployments: byEndpoint(found.deployments), policies: rolling.policies };
}

export function byEndpoint(deployments: readonly DeploymentSpec[]): DesiredDeployments {
  return groupBy(deployments, ({ endpoint }) => endpoint);
}
