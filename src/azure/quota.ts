import { type Json, type JsonObject, objectAt, textAt } from '../json.ts';
import type { FamilyQuota, RegionCapacity } from '../plan/deployment/capacity.ts';
import { familyKey, type VmSize } from '../plan/deployment/cores.ts';
import type { Workspace } from './connect.ts';
import { ServiceError } from '../http/errors.ts';
import { isUntold, lookAhead } from './look-ahead.ts';
import { missingPermission } from './permissions.ts';
import { listAll } from './resources.ts';

/** The VM sizes that the region has and what is free of them, as far as Azure tells; what it does not tell is logged. */
export async function regionCapacity(workspace: Workspace, region: string): Promise<RegionCapacity> {
  const hasty = lookAhead(workspace);
  const [sizes, quotas] = await Promise.all([readList(hasty, region, 'vmSizes'), readList(hasty, region, 'usages')]);
  const known = sizes && vmSizes(sizes);
  const name = regionKey(region);
  return {
    region: name,
    ...(known?.length ? { sizes: known } : {}),
    ...(quotas ? { quotas: familyQuotas(quotas) } : {}),
  };
}

/** `undefined` when Azure refuses to tell, which takes nothing away from what a write may do. */
async function readList(
  workspace: Workspace,
  region: string,
  list: 'usages' | 'vmSizes',
): Promise<JsonObject[] | undefined> {
  const { subscriptionId } = workspace.target;
  const locations = `/subscriptions/${subscriptionId}/providers/Microsoft.MachineLearningServices/locations`;
  try {
    return await listAll(workspace, `${locations}/${encodeURIComponent(regionKey(region))}/${list}`);
  } catch (error) {
    if (!isUntold(error)) throw error;
    const what = list === 'usages' ? 'quota was' : 'quota and VM sizes were';
    workspace.report.info(`${what} not checked before the write: ${reason(error)}`);
    return undefined;
  }
}

function reason(error: Error): string {
  const lacking = error instanceof ServiceError ? missingPermission(error.serviceMessage) : undefined;
  return lacking ? `the signed-in identity lacks ${lacking.action} on the subscription` : error.message;
}

/** Azure writes regions as `westeurope` and as `West Europe`. */
function regionKey(region: string): string {
  return region.toLowerCase().replace(/\s/g, '');
}

/** Source: azure-rest-api-specs, `stable/2024-10-01/examples/VirtualMachineSize/list.json`. */
function vmSizes(list: readonly JsonObject[]): VmSize[] {
  return list.flatMap((entry) => {
    const [name, family, cores] = [textAt(entry, 'name'), textAt(entry, 'family'), entry['vCPUs']];
    if (!name || !family || typeof cores !== 'number' || cores <= 0) return [];
    const uses = entry['supportedComputeTypes'];
    return [{ name, family, cores, ...(Array.isArray(uses) ? { serves: uses.some(isServing) } : {}) }];
  });
}

/**
 * The compute type of managed online endpoints. The specification names it in its example alone, and leaves it out for
 * `Standard_DS1_v2`, which the "Managed online endpoints SKU list" of Microsoft Learn has: what its absence means is [U].
 */
function isServing(use: Json): boolean {
  return typeof use === 'string' && use.toLowerCase() === 'mir';
}

/**
 * The dedicated cores of each family. Azure lists low-priority ones under the same name, told apart by the type alone
 * (`…/vmFamily/dedicatedCores/usages`, `standardDSv2Family`); its specification has one type for both and the priority in
 * the name (`…/vmFamily/usages`, `Standard DSv2 Family Cluster Dedicated vCPUs`). Both are read. A workspace's own share and
 * the sum over all families stay out of it: whether they bind online deployments is not documented [U].
 * Sources: azure-rest-api-specs, `stable/2024-10-01/examples/Usage/list.json`; answers that users recorded in 2025-26.
 */
function familyQuotas(list: readonly JsonObject[]): Map<string, FamilyQuota> {
  const quotas = new Map<string, FamilyQuota>();
  for (const entry of list) {
    const name = textAt(objectAt(entry, 'name'), 'value') ?? '';
    const type = textAt(entry, 'type') ?? '';
    const quota = quotaOf(entry);
    const isOfFamily = /\/(vmFamily|dedicatedCores)\//i.test(type) && /family/i.test(name);
    if (!quota || !isOfFamily || !/dedicated/i.test(`${type} ${name}`) || /lowpriority/i.test(`${type} ${name}`))
      continue;
    const key = familyKey(name.replace(/\s*cluster dedicated vcpus\s*$/i, ''));
    const other = quotas.get(key);
    // Of two the more generous one: a fault must be certain.
    if (!other || free(other) < free(quota)) quotas.set(key, quota);
  }
  return quotas;
}

/** `currentValue` is null in a subscription without Azure ML quota of its own, and a limit of -1 is none. */
function quotaOf(entry: JsonObject): FamilyQuota | undefined {
  const [used, limit] = [entry['currentValue'], entry['limit']];
  if (typeof used !== 'number' || typeof limit !== 'number') return undefined;
  return { used, limit: limit < 0 ? Infinity : limit };
}

function free({ used, limit }: FamilyQuota): number {
  return limit - used;
}
