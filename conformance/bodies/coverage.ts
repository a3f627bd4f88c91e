import { isObject, type Json } from '../../src/json.ts';
import { DEPLOYMENT_KEYS } from '../../src/spec/deployment/schema.ts';
import { ENDPOINT_KEYS, type Keys, type Shape } from '../../src/spec/schema.ts';
import type { Case } from './cases.ts';

/** Each key of a file by its path, as the SDK's own schemas have it, and whether the SDK reads its value. */
export type SdkKeys = Readonly<Record<Case['kind'], Readonly<Record<string, boolean>>>>;

const OURS: Readonly<Record<Case['kind'], Keys>> = { endpoint: ENDPOINT_KEYS, deployment: DEPLOYMENT_KEYS };

/** The name within the SDK of what its files call otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = { gpu: 'nvidia.com/gpu' };

/** Keys that the SDK knows and our table does not: a file that has one is told that nobody knows it. */
export function unknownKeys({ endpoint, deployment }: SdkKeys): string[] {
  const unknown = (kind: Case['kind'], paths: readonly string[]): string[] =>
    paths.filter((path) => !shapeAt(OURS[kind], path)).map((path) => `${kind}: ${path}`);
  return [...unknown('endpoint', Object.keys(endpoint)), ...unknown('deployment', Object.keys(deployment))];
}

/** Keys of deployments that both read, and none of the files has. */
export function unseenKeys(contents: readonly unknown[], { deployment }: SdkKeys): string[] {
  const seen = pathsInAll(contents);
  return Object.keys(deployment).filter((path) => {
    const isTaken = deployment[path] && !['ignored', 'refused'].includes(shapeAt(DEPLOYMENT_KEYS, path)?.type ?? '');
    return isTaken && !seen.has(path);
  });
}

/** Keys of deployments that the SDK reads and we refuse, and none of the files has. */
export function refusedKeys(contents: readonly unknown[], { deployment }: SdkKeys): string[] {
  const seen = pathsInAll(contents);
  const isRefused = (path: string): boolean => ownShapeAt(DEPLOYMENT_KEYS, path)?.type === 'refused';
  return Object.keys(deployment).filter((path) => isRefused(path) && !seen.has(path));
}

/** What a path leads to. Whatever is below a key that we do not use, or refuse, is that key's. */
function shapeAt(keys: Keys, path: string): Shape | undefined {
  const [name = '', ...rest] = path.split('.');
  const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
  if (!key || rest.length === 0 || key.type === 'ignored' || key.type === 'refused') return key;
  const inner = keysWithin(key);
  return inner && shapeAt(inner, rest.join('.'));
}

function ownShapeAt(keys: Keys, path: string): Shape | undefined {
  const around = path.split('.').slice(0, -1).join('.');
  return around !== '' && shapeAt(keys, around)?.type === 'refused' ? undefined : shapeAt(keys, path);
}

function pathsInAll(contents: readonly unknown[]): ReadonlySet<string> {
  return new Set(contents.flatMap((content) => pathsIn(content as Json, DEPLOYMENT_KEYS, '')));
}

/** The keys of the user's own, such as names of collections, are left out of a path. */
function pathsIn(content: Json, keys: Keys, prefix: string): string[] {
  if (!isObject(content)) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!key || value === undefined) return [];
    const sdkName = Object.keys(OTHER_NAMES).find((other) => OTHER_NAMES[other] === name) ?? name;
    const inner = keysWithin(key);
    const members = key.type === 'record' && isObject(value) ? Object.values(value) : [value];
    const below = inner ? members.flatMap((member) => pathsIn(member ?? null, inner, `${prefix}${sdkName}.`)) : [];
    return [`${prefix}${sdkName}`, ...below];
  });
}

function keysWithin(shape: Shape): Keys | undefined {
  if (shape.type === 'object') return shape.keys;
  if (shape.type === 'record') return keysWithin(shape.of);
  return shape.type === 'text-or-object' ? keysWithin(shape.object) : undefined;
}
