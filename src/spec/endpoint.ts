import type { Env } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { annotate } from './annotate.ts';
import { type Elsewhere, keysFaults } from './check.ts';
import { fileNameFaults } from './file-name.ts';
import { identityFaults, identityOf } from './identity.ts';
import { kindFaults, kindOf, otherSchemaFault } from './kind.ts';
import { positionsIn } from './lines.ts';
import type { EndpointSpec, Override } from './model.ts';
import { applyOverrides } from './override.ts';
import { parseTree } from './parse.ts';
import { AUTH_MODES, chosen, ENDPOINT_KEYS, NETWORK_ACCESS, ONLY_IN_DEPLOYMENTS } from './schema.ts';
import { splitFaults, splitOf } from './split.ts';
import { type MapNode, type Node, notAMap, valueAt } from './tree.ts';
import { worthTelling } from './worth-telling.ts';

const WHAT = 'an endpoint is a map that starts with name: ...';

const OF_DEPLOYMENTS: Elsewhere = {
  keys: ONLY_IN_DEPLOYMENTS,
  advice: "a deployment's key; it goes into the YAML of the deployment",
};

export interface ReadOptions {
  /** The file's name without its extension, which `name` must equal; any name will do when it is absent. */
  readonly expectedName?: string;
  readonly overrides?: readonly Override[];
  /** Where placeholders find their values. */
  readonly env?: Env;
}

/** An endpoint, or what keeps a file from being one. */
export interface ReadEndpoint {
  readonly spec?: EndpointSpec;
  readonly faults: readonly Fault[];
}

/** Reads the text of one endpoint's file. Never throws: whatever the text is, it is an endpoint or has faults in it. */
export function readEndpoint(text: string, file: string, options: ReadOptions = {}): ReadEndpoint {
  const { overrides = [], env = {}, expectedName } = options;
  const parsed = parseTree(text, { place: positionsIn(text, file), env });
  if (!parsed.tree) return { faults: parsed.faults };
  const overridden = applyOverrides(parsed.tree, overrides, env);
  const faults = [...parsed.faults, ...overridden.faults];
  const root = overridden.tree;
  const other = otherSchemaFault(root);
  if (other) return { faults: [other] };
  if (root.kind !== 'map') return { faults: worthTelling([...faults, ...notAMap(root, WHAT)]) };
  for (const fault of endpointFaults(root, file, expectedName)) faults.push(fault);
  return faults.length > 0 ? { faults: worthTelling(faults) } : { spec: specOf(root, file), faults };
}

function endpointFaults(root: MapNode, file: string, expectedName: string | undefined): Fault[] {
  return [
    ...keysFaults(root, ENDPOINT_KEYS, '', OF_DEPLOYMENTS),
    ...fileNameFaults(root, file, expectedName),
    ...kindFaults(root),
    ...identityFaults(root),
    ...splitFaults(root),
  ];
}

function specOf(root: MapNode, file: string): EndpointSpec {
  const node = (key: string): Node | undefined => valueAt(root, key);
  const map = <T>(key: string, read: (map: MapNode) => T): T | undefined => {
    const value = node(key);
    return value?.kind === 'map' ? read(value) : undefined;
  };
  const { positions, placeholders, names } = annotate(root);
  return {
    name: textOf(node('name'))?.toLowerCase() ?? '',
    file,
    kind: kindOf(root),
    positions,
    placeholders,
    names,
    ...defined({
      description: textOf(node('description')),
      tags: map('tags', tagsOf),
      properties: map('properties', propertiesOf),
      authMode: chosen(AUTH_MODES, textOf(node('auth_mode')) ?? ''),
      identity: map('identity', identityOf),
      traffic: map('traffic', splitOf),
      mirrorTraffic: map('mirror_traffic', splitOf),
      publicNetworkAccess: chosen(NETWORK_ACCESS, textOf(node('public_network_access')) ?? ''),
      compute: textOf(node('compute'))?.replace(/^azureml:/i, ''),
    }),
  };
}

function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** ARM takes only text, so numbers, booleans and dates go as they are written. */
function tagsOf(map: MapNode): Record<string, string | null> {
  return Object.fromEntries(map.entries.map(({ key, value }) => [key, isNull(value) ? null : (textOf(value) ?? '')]));
}

function propertiesOf(map: MapNode): Record<string, string> {
  return Object.fromEntries(map.entries.map(({ key, value }) => [key, textOf(value) ?? '']));
}

function isNull(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
