import { isObject } from './http.ts';
import type { JsonObject } from './http.ts';
import type { Seed } from './seed.ts';

/** The keys of each level; what stands below `properties`, `identity`, `sku` and `tags` is checked when it is planted. */
const levels: Readonly<Record<string, { readonly keys: readonly string[]; readonly list?: string }>> = {
  seed: { keys: ['subscriptionId', 'resourceGroups', 'workspaces', 'takenNames'], list: 'workspaces' },
  workspaces: { keys: ['name', 'resourceGroup', 'location', 'endpoints'], list: 'endpoints' },
  endpoints: { keys: ['name', 'tags', 'identity', 'properties', 'deployments'], list: 'deployments' },
  deployments: { keys: ['name', 'tags', 'sku', 'properties'] },
};

/** The seed in a parsed JSON file. Throws with what is wrong with it. */
export function parseSeed(value: unknown): Seed {
  const seed = checkLevel(value, 'seed');
  for (const name of ['resourceGroups', 'takenNames']) {
    const list = seed[name] ?? [];
    const isNames = Array.isArray(list) && list.every((item) => typeof item === 'string');
    if (!isNames) throw new Error(`${name} must be a list of names`);
  }
  return value as Seed;
}

function checkLevel(value: unknown, level: string): JsonObject {
  const { keys, list } = levels[level] ?? { keys: [] };
  if (!isObject(value)) throw new Error(`${level} must hold JSON objects`);
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`${level} has no '${unknown}'; it has ${keys.join(', ')}`);
  if (keys.includes('name') && typeof value['name'] !== 'string') throw new Error(`each of ${level} needs a name`);
  const children = list === undefined ? [] : (value[list] ?? []);
  if (!Array.isArray(children)) throw new Error(`${list} must be a list`);
  for (const child of children) checkLevel(child, list ?? '');
  return value;
}
