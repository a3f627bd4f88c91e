import { isObject, type Json } from '../../src/json.ts';
import { DEPLOYMENT_KEYS } from '../../src/spec/deployment/schema.ts';
import type { Keys, Shape } from '../../src/spec/schema.ts';

/** Keys that the SDK does not know, and one that is another name of a key. */
const NOT_THE_SDKS = /^startup_probe|^environment\.properties$|\.gpu$/;

/** The keys of our table that none of the files has, by their path. */
export function unseenKeys(contents: readonly unknown[]): string[] {
  const seen = new Set(contents.flatMap((content) => pathsIn(content as Json, DEPLOYMENT_KEYS, '')));
  return pathsOf(DEPLOYMENT_KEYS, '').filter((path) => !seen.has(path) && !NOT_THE_SDKS.test(path));
}

function pathsOf(keys: Keys, prefix: string): string[] {
  return Object.entries(keys).flatMap(([name, key]) => {
    if (key.type === 'ignored' || key.type === 'refused') return [];
    const inner = keysWithin(key);
    return [`${prefix}${name}`, ...(inner ? pathsOf(inner, `${prefix}${name}.`) : [])];
  });
}

/** The keys of the user's own, such as names of collections, are left out of a path. */
function pathsIn(content: Json, keys: Keys, prefix: string): string[] {
  if (!isObject(content)) return [];
  return Object.entries(content).flatMap(([name, value]) => {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (!key || value === undefined) return [];
    const inner = keysWithin(key);
    const members = key.type === 'record' && isObject(value) ? Object.values(value) : [value];
    const below = inner ? members.flatMap((member) => pathsIn(member ?? null, inner, `${prefix}${name}.`)) : [];
    return [`${prefix}${name}`, ...below];
  });
}

function keysWithin(shape: Shape): Keys | undefined {
  if (shape.type === 'object') return shape.keys;
  if (shape.type === 'record') return keysWithin(shape.of);
  return shape.type === 'text-or-object' ? keysWithin(shape.object) : undefined;
}
