import { json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import type { Deployment, State } from '../state.ts';
import { coresOf, defaultLimit, sizeNamed, vmFamilies, vmSizes } from '../vm-sizes.ts';
import type { Context } from './context.ts';
import { isManaged } from './endpoint-view.ts';
import { sameName } from './path.ts';

/** `GET locations/L/usages`, as the REST API's example of 2024-10-01 shows it (Usage/list.json). */
export function listUsages(context: Context): Reply {
  const { state } = context;
  const families = vmFamilies.map((family) => ({
    ...named(state, family, 'usages'),
    currentValue: usedIn(state, context.workspace.location, family),
    limit: limitOf(state, family),
  }));
  return json(200, { value: families });
}

/** `GET locations/L/quotas`: the limits alone (Quota/list.json). */
export function listQuotas({ state }: Context): Reply {
  const families = vmFamilies.map((family) => ({ ...named(state, family, 'quotas'), limit: limitOf(state, family) }));
  return json(200, { value: families });
}

/** `GET locations/L/vmSizes` (VirtualMachineSize/list.json). Prices are left out. */
export function listVmSizes(): Reply {
  const sizes = vmSizes.map(({ inference, ...size }) => ({
    ...size,
    osVhdSizeMB: 1047552,
    lowPriorityCapable: true,
    premiumIO: true,
    supportedComputeTypes: ['AmlCompute', 'ComputeInstance', ...(inference ? ['MIR'] : [])],
  }));
  return json(200, { value: sizes });
}

/**
 * What is wrong with the size of a managed deployment and its number of instances, if anything: Azure's words for too
 * little quota, as quoted in mslearn-azure-ml#30, or words for an unknown size that are [U].
 */
export function faultOfSize(
  { state, workspace }: Context,
  instanceType: unknown,
  instances: number,
  before: Deployment | undefined,
): string | undefined {
  if (typeof instanceType !== 'string') return undefined;
  const size = sizeNamed(instanceType);
  if (!size?.inference) return `The VM size '${instanceType}' is not supported [U]`;
  const used = usedIn(state, workspace.location, size.family, before);
  const limit = limitOf(state, size.family);
  const needed = coresOf(size, instances);
  if (used + needed <= limit) return undefined;
  return (
    `Not enough quota available for ${size.name} in SubscriptionId ${state.subscriptionId}. Current usage/limit: ` +
    `${used}/${limit}. Additional needed: ${needed} Please see troubleshooting guide, available here: ` +
    'https://aka.ms/oe-tsg#error-outofquota'
  );
}

function named(state: State, family: string, kind: 'usages' | 'quotas'): JsonObject {
  const words = `${family.replace(/^standard/i, 'Standard ').replace(/Family$/, ' Family')} Cluster Dedicated vCPUs`;
  return {
    id: `/subscriptions/${state.subscriptionId}/${kind}/${words.replaceAll(' ', '_')}`,
    type: `Microsoft.MachineLearningServices/vmFamily/${kind}`,
    unit: 'Count',
    name: { value: words, localizedValue: words },
  };
}

function limitOf(state: State, family: string): number {
  return state.quotas[family]?.limit ?? defaultLimit;
}

/** What others use, by the seed, and what the managed deployments of the region take; `except` one that is about to change. */
function usedIn(state: State, location: string, family: string, except?: Deployment): number {
  const managed = state.endpoints.filter(
    ({ workspace, body }) => sameName(workspace.location, location) && isManaged(body),
  );
  const cores = managed
    .flatMap(({ deployments }) => deployments)
    .filter((deployment) => deployment !== except)
    .map((deployment) => takenBy(deployment, family));
  return cores.reduce((sum, one) => sum + one, state.quotas[family]?.used ?? 0);
}

function takenBy({ body, next }: Deployment, family: string): number {
  const { properties, sku } = next ?? body;
  const size = sizeNamed(String(properties['instanceType']));
  return size?.family === family ? coresOf(size, sku.capacity) : 0;
}
