import type { AzureTarget } from '../../config/config.ts';
import type { Deps, Report } from '../../deps.ts';
import { groupBy } from '../../group-by.ts';
import { type Fault, InputFaults } from '../../failure.ts';
import { loadDeployments } from '../../spec/deployment/load.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import { endpointNames, loadEndpoints, type Names } from '../../spec/load.ts';
import type { EndpointSpec, SpecRequest } from '../../spec/model.ts';
import { nearest } from '../../spec/nearest.ts';
import { byPlace } from '../../spec/order.ts';
import { folderPath } from '../../spec/path.ts';
import { contentLister } from './lister.ts';
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

/** Where the parts of a desired state are, besides the folder of each endpoint. */
interface DesiredFrom {
  /** Files or globs of deployments. */
  readonly deployments: readonly string[];
  /** The input `policy`. */
  readonly policy: string;
  /** Whether deployments count whose endpoint has no file, as operation `deploy` takes them. */
  readonly withoutFile?: boolean;
  /** The API version that it is for, where Azure is asked. */
  readonly azure?: Pick<AzureTarget, 'apiVersion'>;
}

/**
 * The endpoints with their deployments and rollout policies.
 * @throws InputFaults with all faults of all files, when there is one
 */
export async function desiredState(
  request: SpecRequest,
  from: DesiredFrom,
  deps: Pick<Deps, 'files' | 'report' | 'signal'>,
): Promise<DesiredState> {
  const { files } = deps;
  // Deployments of an endpoint with faults are read too, so that all faults come out at once.
  const selected = await endpointNames(files, request);
  if (!from.withoutFile) warnOfOrphans(selected, request, deps.report);
  const { specs, faults } = await loadEndpoints(files, request, from.withoutFile ? selected.orphans : []);
  const names = from.withoutFile ? withOrphans(selected) : selected.names;
  const found = await findDeployments(names, request, from, deps);
  const rolling = await findPolicies(names, from.policy, request, deps);
  const all = [...faults, ...found.faults, ...rolling.faults];
  if (all.length > 0) throw new InputFaults(all);
  return { specs, deployments: byEndpoint(found.deployments), policies: rolling.policies };
}

/** The selected endpoints, in lower case, with those that have deployments and no file of their own. */
export function withOrphans({ names, orphans }: Pick<Names, 'names' | 'orphans'>): string[] {
  return [...new Set([...names, ...orphans.map((name) => name.toLowerCase())])];
}

/** The deployments of endpoints, with what is wrong with them, their local content and their keys, by place. */
export async function findDeployments(
  endpoints: readonly string[],
  request: SpecRequest,
  { deployments: patterns, azure }: Pick<DesiredFrom, 'deployments' | 'azure'>,
  deps: Pick<Deps, 'files' | 'signal'>,
): Promise<{ deployments: readonly DeploymentSpec[]; faults: readonly Fault[] }> {
  const wanted = { ...request, endpoints, patterns, list: contentLister(deps) };
  const { deployments, faults } = await loadDeployments(deps.files, wanted);
  const newer = azure ? await newerKeys(deployments, azure.apiVersion) : [];
  return { deployments, faults: [...faults, ...newer].sort(byPlace) };
}

/** Faults of keys that an API version does not know. The table of keys is loaded only where there are deployments. */
async function newerKeys(deployments: readonly DeploymentSpec[], apiVersion: string): Promise<Fault[]> {
  if (deployments.length === 0) return [];
  const { newerKeyFaults } = await import('../../spec/deployment/since.ts');
  return deployments.flatMap((each) => newerKeyFaults(each, apiVersion));
}

/** A folder whose name is misspelt would else be passed over in silence. */
function warnOfOrphans({ names, orphans }: Names, request: SpecRequest, report: Report): void {
  const folder = folderPath(request.folder);
  for (const name of orphans) {
    const near = nearest(name, names);
    const advice = near ? `did you mean ${folder}/${near}/?` : 'operation `deploy` takes deployments without it';
    report.warning(`${folder}/${name}/deployments/ is not used: there is no ${folder}/${name}.yml; ${advice}`);
  }
}

export function byEndpoint(deployments: readonly DeploymentSpec[]): DesiredDeployments {
  return groupBy(deployments, ({ endpoint }) => endpoint);
}
