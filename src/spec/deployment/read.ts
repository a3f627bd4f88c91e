import type { Env } from '../../deps.ts';
import type { Fault } from '../../failure.ts';
import { annotate, secretsOf } from '../annotate.ts';
import { type Elsewhere, keysFaults } from '../check.ts';
import { fileNameFaults } from '../file-name.ts';
import { positionsIn } from '../lines.ts';
import { isValidName } from '../names.ts';
import { parseTree } from '../parse.ts';
import { entryOf, faultAt, type MapNode, notAMap, shownValue, valueAt } from '../tree.ts';
import { worthTelling } from '../worth-telling.ts';
import { readAssets } from './assets.ts';
import { bodyOf } from './body.ts';
import { collectedOf } from './collected.ts';
import { withIncludes } from './include.ts';
import { kindOf, otherFileFault } from './kind.ts';
import type { LocalFiles } from '../locate.ts';
import type { ListContent } from './listed.ts';
import type { DeploymentSpec } from './model.ts';
import { ruleFaults } from './rules.ts';
import { DEPLOYMENT_KEYS } from './schema.ts';

export interface ReadDeploymentOptions {
  /** Where included files and local assets are. */
  readonly files: LocalFiles;
  /** Lists local assets; without it, what they hold is not looked at. */
  readonly list?: ListContent | undefined;
  /** The endpoints that the deployment may belong to, in lower case. When it is one, the file need not name it. */
  readonly endpoints: readonly string[];
  /** The file's name without its extension, which `name` must equal; any name will do when it is absent. */
  readonly expectedName?: string;
  /** Where placeholders find their values. */
  readonly env?: Env;
}

/** A deployment, or what keeps a file from being one. */
export interface ReadDeployment {
  readonly spec?: DeploymentSpec;
  /** What the file says of itself, in lower case, whatever else is wrong with it. */
  readonly name?: string;
  readonly endpoint?: string;
  readonly faults: readonly Fault[];
}

const WHAT = 'a deployment is a map that starts with name: ...';

const OF_ENDPOINTS: Elsewhere = {
  keys: ['auth_mode', 'identity', 'traffic', 'mirror_traffic', 'public_network_access', 'compute', 'location'],
  advice: "an endpoint's key; it goes into the YAML of the endpoint",
};

/** Kubernetes makes a name of both. Source: Microsoft Learn, reference-yaml-deployment-kubernetes-online. */
const LONGEST_NAMES_OF_KUBERNETES = 62;

/** Reads the text of one deployment's file. Never throws but with `list`: whatever the text is, it is a deployment or has faults in it. */
export async function readDeployment(
  text: string,
  file: string,
  options: ReadDeploymentOptions,
): Promise<ReadDeployment> {
  const { files, endpoints, expectedName, env = {} } = options;
  const parsed = parseTree(text, { place: positionsIn(text, file), env });
  if (!parsed.tree) return { faults: parsed.faults };
  const other = otherFileFault(parsed.tree);
  if (other) return { faults: [other] };
  if (parsed.tree.kind !== 'map') return { faults: worthTelling([...parsed.faults, ...notAMap(parsed.tree, WHAT)]) };
  const { root, faults: included } = await withIncludes(parsed.tree, { files, env });
  const { assets, faults: missing } = await readAssets(root, files, options.list, parsed.tree);
  const name = nameAt(root, 'name');
  const endpoint = entryOf(root, 'endpoint_name') ? nameAt(root, 'endpoint_name') : only(endpoints);
  const { collected, faults: uncollected } = collectedOf(root, endpoint ?? 'endpoint', name ?? 'deployment');
  const faults = [
    ...parsed.faults,
    ...included,
    ...keysFaults(root, DEPLOYMENT_KEYS, '', OF_ENDPOINTS),
    ...fileNameFaults(root, file, expectedName, 'deployment'),
    ...endpointFaults(root, endpoints),
    ...lengthFaults(root, name, endpoint),
    ...ruleFaults(root),
    ...missing,
    ...uncollected,
  ];
  const told = { ...(name === undefined ? {} : { name }), ...(endpoint === undefined ? {} : { endpoint }) };
  if (faults.length > 0 || name === undefined || endpoint === undefined)
    return { ...told, faults: worthTelling(faults) };
  const { positions, values, placeholders } = annotate(root);
  const kind = kindOf(root);
  const hasCollected = Object.keys(collected).length > 0 ? { collected } : {};
  const known = { positions, values, placeholders, secrets: secretsOf(root) };
  const spec = { name, endpoint, file, kind, body: bodyOf(root), ...assets, ...hasCollected, ...known };
  return { ...told, spec, faults };
}

function endpointFaults(root: MapNode, endpoints: readonly string[]): Fault[] {
  const named = valueAt(root, 'endpoint_name');
  const list = endpoints.join(', ');
  if (!named) {
    if (root.incomplete || endpoints.length === 1) return [];
    const which = endpoints.length === 0 ? 'write endpoint_name: <endpoint>' : `write which of ${list} it belongs to`;
    return [faultAt(root.place, `endpoint_name is missing; ${which}`)];
  }
  const name = nameAt(root, 'endpoint_name');
  if (name === undefined || endpoints.includes(name)) return [];
  const instead =
    only(endpoints) === undefined ? `none of the selected endpoints: ${list}` : `not the endpoint ${list}`;
  return [faultAt(named.place, `endpoint_name ${shownValue(named)} is ${instead}`)];
}

function lengthFaults(root: MapNode, name: string | undefined, endpoint: string | undefined): Fault[] {
  const value = valueAt(root, 'name');
  if (!value || !name || !endpoint || kindOf(root) === 'managed') return [];
  if (name.length + endpoint.length <= LONGEST_NAMES_OF_KUBERNETES) return [];
  const limit = `have more than ${LONGEST_NAMES_OF_KUBERNETES} characters together, which Kubernetes does not take`;
  return [faultAt(value.place, `name ${shownValue(value)} and the name of the endpoint ${limit}`)];
}

function nameAt(root: MapNode, key: string): string | undefined {
  const node = valueAt(root, key);
  const isName = node?.kind === 'scalar' && typeof node.value === 'string' && isValidName(node.value);
  return isName ? node.text.toLowerCase() : undefined;
}

function only(endpoints: readonly string[]): string | undefined {
  return endpoints.length === 1 ? endpoints[0] : undefined;
}
