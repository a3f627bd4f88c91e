import type { DeployConfig } from '../../config/config.ts';
import type { Deps } from '../../deps.ts';
import { InputFaults } from '../../failure.ts';
import { endpointNames } from '../../spec/load.ts';
import { nearest } from '../../spec/nearest.ts';
import { byEndpoint, type DesiredDeployments, findDeployments, withOrphans } from './state.ts';

/** What to look for; without Azure, what its API version has does not count. */
type Wanted = Pick<DeployConfig, 'request' | 'deployments' | 'deployment'> & Partial<Pick<DeployConfig, 'azure'>>;

/**
 * The deployments that operation `deploy` is asked for. The endpoint itself needs no YAML.
 * @throws InputFaults also when there are none
 */
export async function neededDeployments(
  wanted: Wanted,
  deps: Pick<Deps, 'files' | 'signal'>,
): Promise<DesiredDeployments> {
  const { request, deployment } = wanted;
  const selected = await endpointNames(deps.files, request);
  if (selected.faults.length > 0) throw new InputFaults(selected.faults);
  const names = withOrphans(selected);
  const found = await findDeployments(names, request, wanted, deps);
  if (found.faults.length > 0) throw new InputFaults(found.faults);
  const desired = byEndpoint(found.deployments);
  if (desired.size === 0) throw new InputFaults([nothingToDeploy(names, request.folder)]);
  return deployment === undefined ? desired : only(deployment, desired);
}

function nothingToDeploy(names: readonly string[], folder: string) {
  const place = `${folder.replace(/[\\/]+$/, '')}/${names.length === 1 ? names[0] : '<endpoint>'}/deployments`;
  return {
    message: `no deployments: ${place}/ has no YAML; write ${place}/<name>.yml, or list the files in the \`deployments\` input`,
  };
}

function only(name: string, desired: DesiredDeployments): DesiredDeployments {
  const chosen = [...desired].flatMap(([endpoint, specs]) => {
    const spec = specs.find((each) => each.name === name);
    return spec ? [[endpoint, [spec]] as const] : [];
  });
  if (chosen.length > 0) return new Map(chosen);
  const known = [...new Set([...desired.values()].flat().map((spec) => spec.name))].sort();
  const near = nearest(name, known);
  const hint = near ? `did you mean ${near}?` : `there are: ${known.join(', ')}`;
  throw new InputFaults([{ message: `input deployment is "${name}", which no file describes; ${hint}` }]);
}
