import type { Deps } from '../deps.ts';
import { InputFaults } from '../failure.ts';
import { loadEndpoints } from '../spec/load.ts';
import type { EndpointSpec, SpecRequest } from '../spec/model.ts';

/**
 * The endpoints as their YAML describes them.
 * @throws InputFaults with all faults of all files, when there is one
 */
export async function desiredEndpoints(request: SpecRequest, { files }: Pick<Deps, 'files'>): Promise<EndpointSpec[]> {
  const { specs, faults } = await loadEndpoints(files, request);
  if (faults.length > 0) throw new InputFaults(faults);
  return specs;
}
