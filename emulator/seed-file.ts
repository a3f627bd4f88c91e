import { isObject } from './http.ts';
import type { JsonObject } from './http.ts';
import type { Seed } from './seed.ts';

const asset = { keys: ['name', 'version', 'properties'] };

/** The keys of each level; what stands below `properties`, `identity`, `sku` and `tags` is checked when it is planted. */
const levels: Readonly<Record<string, { readonly keys: readonly string[]; readonly lists?: readonly string[] }>> = {
  seed: {
    keys: ['subscriptionId', 'resourceGroups', 'workspaces', 'takenNames', 'storage', 'quotas'],
    lists: ['workspaces'],
  },
  workspaces: {
    keys: ['name', 'resourceGroup', 'location', 'models', 'environments', 'codes', 'data', 'endpoints'],
    lists: ['models', 'environments', 'codes', 'data', 'endpoints'],
  },
  models: asset,
  environments: asset,
  codes: asset,
  data: asset,
  endpoints: { keys: ['name', 'tags', 'identity', 'properties', 'deployments'], lists: ['deployments'] },
  deployments: { keys: ['name', 'tags', 'sku', 'properties', 'failure', 'log'] },
};

/** The seed in a parsed JSON file. Throws with what is wrong with it. */
export function parseSeed(value: unknown): Seed {
  const seed = checkLevel(value, 'seed');
  for (const name of ['resourceGroups', 'takenNames']) {
    const list = seed[name] ?? [];
    const isNames = Array.isArray(list) && list.every((item) => typeof item === 'string');
    if (!isNames) throw new Error(`${name} must be a list of names`);
  }
  checkStorage(seed['storage'] ?? {});
  checkQuotas(seed['quotas'] ?? {});
  return value as Seed;
}

function checkStorage(value: unknown): void {
  const known = ['url', 'container', 'credentials', 'key'];
  if (!isObject(value)) throw new Error('storage must be an object');
  const faulty = Object.entries(value).find(([key, text]) => !known.includes(key) || typeof text !== 'string');
  if (faulty) throw new Error(`storage.${faulty[0]}: storage has ${known.join(', ')}, all of them text`);
}

function checkQuotas(value: unknown): void {
  if (!isObject(value)) throw new Error('quotas must be an object');
  for (const [family, quota] of Object.entries(value)) {
    const isQuota =
      isObject(quota) &&
      Object.entries(quota).every(([key, number]) => ['limit', 'used'].includes(key) && Number.isInteger(number));
    if (!isQuota) throw new Error(`quotas.${family} must have a whole limit, used or both`);
  }
}

function checkLevel(value: unknown, level: string): JsonObject {
  const { keys, lists = [] } = levels[level] ?? { keys: [] };
  if (!isObject(value)) throw new Error(`${level} must hold JSON objects`);
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`${level} has no '${unknown}'; it has ${keys.join(', ')}`);
  if (keys.includes('name') && typeof value['name'] !== 'string') throw new Error(`each of ${level} needs a name`);
  for (const list of lists) {
    const children = value[list] ?? [];
    if (!Array.isArray(children)) throw new Error(`${list} must be a list`);
    for (const child of children) checkLevel(child, list);
  }
  return value;
}
