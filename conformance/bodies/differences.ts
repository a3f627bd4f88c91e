import { isObject, type Json, type JsonObject } from '../../src/json.ts';

/** Where our body is meant to differ from the SDK's. */
interface Meant {
  readonly reason: string;
  readonly applies: (path: string, sdk: Json | undefined, ours: Json | undefined) => boolean;
}

export interface Difference {
  readonly path: string;
  readonly sdk: Json | undefined;
  readonly ours: Json | undefined;
}

/** Which the SDK always sends. Elsewhere an empty map would be a setting that one of us has lost. */
const ALWAYS_SENT = /^properties\.(properties|environmentVariables)$/;
const MAPS = /^(tags|properties\.(properties|environmentVariables))/;

export const MEANT: readonly Meant[] = [
  {
    reason: 'app_insights_enabled that the YAML does not name: the SDK sends false, we leave it to Azure',
    applies: (path, sdk, ours) => path === 'properties.appInsightsEnabled' && sdk === false && ours === undefined,
  },
  {
    reason: 'properties and environment variables without entries: the SDK sends the empty map, we leave it away',
    applies: (path, sdk, ours) => ALWAYS_SENT.test(path) && isEmpty(sdk) && ours === undefined,
  },
  {
    reason:
      'numbers and booleans in tags, properties and environment variables: the SDK sends them as such, or as Python writes them (True), we as YAML does',
    applies: (path, sdk, ours) => MAPS.test(path) && typeof ours === 'string' && ours === inYaml(sdk),
  },
  {
    reason:
      'words of ARM: the SDK sends those of the YAML (disabled, hour), we those of its specification (Disabled, Hour)',
    applies: (path, sdk, ours) =>
      /(egressPublicNetworkAccess|rollingRate|dataCollectionMode)$/.test(path) && sameWord(sdk, ours),
  },
  {
    reason: 'private_network_connection: false: the SDK leaves it away, we send it',
    applies: (path, sdk, ours) =>
      path === 'properties.properties.private-network-connection' && sdk === undefined && ours === 'false',
  },
];

/** The fields that are not the same in both bodies. */
export function differencesOf(sdk: JsonObject, ours: JsonObject): Difference[] {
  const [left, right] = [new Map(leaves(sdk)), new Map(leaves(ours))];
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  return paths
    .filter((path) => JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path)))
    .map((path) => ({ path, sdk: left.get(path), ours: right.get(path) }));
}

/** Why it is as it is; nothing where nobody has meant it. */
export function reasonOf({ path, sdk, ours }: Difference): string | undefined {
  return MEANT.find(({ applies }) => applies(path, sdk, ours))?.reason;
}

/** The fields of a body by their path; empty maps count as fields. */
function leaves(value: Json, path = ''): [string, Json][] {
  if (!isObject(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child ?? null, path ? `${path}.${key}` : key));
}

/** What the SDK took for a number or a boolean, as YAML writes it. */
function inYaml(sdk: Json | undefined): string | undefined {
  if (typeof sdk === 'number' || typeof sdk === 'boolean') return String(sdk);
  return sdk === 'True' || sdk === 'False' ? sdk.toLowerCase() : undefined;
}

function isEmpty(value: Json | undefined): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}

function sameWord(a: Json | undefined, b: Json | undefined): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase();
}
