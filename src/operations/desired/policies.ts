import type { Deps } from '../../deps.ts';
import type { Fault } from '../../failure.ts';
import type { Policy } from '../../rollout/model.ts';
import { resolvePolicy } from '../../rollout/policy/load.ts';
import type { EndpointSpec, SpecRequest } from '../../spec/model.ts';

/** The rollout policies of endpoints, by their names; one without a policy moves its traffic at once. */
export type Policies = ReadonlyMap<string, Policy>;

/**
 * Finds the policies of the endpoints, what is wrong with them, and whose those are.
 * @param input the input `policy`
 */
export async function findPolicies(
  endpoints: readonly string[],
  input: string,
  { folder, env }: Pick<SpecRequest, 'folder' | 'env'>,
  { files }: Pick<Deps, 'files'>,
): Promise<{ policies: Policies; faults: Fault[]; faulty: ReadonlySet<string> }> {
  // A folder may have hundreds of endpoints, of which few have a folder of their own.
  const owners = input.trim() === '' ? await ownFolders(folder, files) : undefined;
  const asked = endpoints.filter((name) => owners?.has(name) ?? true);
  const found = await Promise.all(
    asked.map(async (endpoint) => ({ endpoint, ...(await resolvePolicy(files, { input, folder, endpoint, env })) })),
  );
  const faults = found.flatMap((each) => each.faults);
  // One policy for all has the same faults for each.
  const distinct = [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
  const policies = new Map(found.flatMap(({ endpoint, policy }) => (policy ? [[endpoint, policy] as const] : [])));
  const faulty = new Set(found.flatMap((each) => (each.faults.length > 0 ? [each.endpoint] : [])));
  return { policies, faults: distinct, faulty };
}

/** Whether there is a policy beside the endpoint, be it a faulty one. */
export async function hasPolicy(
  endpoint: string,
  request: Pick<SpecRequest, 'folder' | 'env'>,
  deps: Pick<Deps, 'files'>,
): Promise<boolean> {
  const { policies, faults } = await findPolicies([endpoint], '', request, deps);
  return policies.size > 0 || faults.length > 0;
}

/** What to do about an endpoint that needs a policy and has none. */
export function policyAdvice({ file }: EndpointSpec): string {
  return `write ${file.replace(/\.[^./\\]+$/, '')}/rollout.yml, or give input policy (standard, for example)`;
}

async function ownFolders(folder: string, files: Deps['files']): Promise<Set<string>> {
  const entries = await files.entries(folder).catch(() => []);
  return new Set(entries.map((name) => name.toLowerCase()));
}
