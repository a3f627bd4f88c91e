import type { Traffic } from '../../spec/model.ts';
import { weightOf } from '../../spec/traffic.ts';
import { type LiveDeployment, liveMirrorTraffic, liveName, liveTraffic, provisioningState } from '../live.ts';
import type { EndpointCapacity } from './capacity.ts';
import { familyKey, neededCores, sizeNamed, type VmSize } from './cores.ts';
import { instanceCount, instanceType } from './live.ts';

interface Idle {
  readonly endpoint: string;
  readonly name: string;
  readonly cores: number;
}

/**
 * The fewest deployments without traffic whose end would free enough: `red, which has no traffic and holds 8`;
 * `undefined` when all of them together would not.
 * @param search.family by its `familyKey`
 * @param search.short cores
 */
export function idleInWords(
  endpoints: readonly EndpointCapacity[],
  search: { readonly sizes: readonly VmSize[]; readonly family: string; readonly short: number },
): string | undefined {
  const idle = endpoints.flatMap((endpoint) => idleOf(endpoint, search));
  const enough = fewest(idle, search.short);
  if (!enough) return undefined;
  const names = enough.map(({ endpoint, name }) => (endpoints.length > 1 ? `${name} of endpoint ${endpoint}` : name));
  const cores = enough.reduce((total, each) => total + each.cores, 0);
  const [has, holds] = enough.length > 1 ? ['have', 'hold'] : ['has', 'holds'];
  return `${names.join(' and ')}, which ${has} no traffic and ${holds} ${cores}`;
}

function idleOf(
  endpoint: EndpointCapacity,
  { sizes, family }: { readonly sizes: readonly VmSize[]; readonly family: string },
): Idle[] {
  const splits = splitsOf(endpoint);
  const wanted = new Set(endpoint.wanted.map(({ spec }) => spec.name));
  return endpoint.present.flatMap((live) => {
    const name = liveName(live);
    const size = sizeNamed(sizes, instanceType(live) ?? '');
    const isOfUse = wanted.has(name) || splits.some((split) => weightOf(split, name) > 0);
    if (isOfUse || !size || familyKey(size.family) !== family || mayHoldNothing(live)) return [];
    return [{ endpoint: endpoint.name, name, cores: neededCores(size, instanceCount(live) ?? 1) }];
  });
}

/** What gets requests now, and what will get them. */
function splitsOf({ live, spec }: EndpointCapacity): Traffic[] {
  const now = live ? [liveTraffic(live), liveMirrorTraffic(live)] : [];
  return [...now, spec?.traffic ?? {}, spec?.mirrorTraffic ?? {}];
}

/** One that failed for want of cores has none, and one that goes gives them back anyway. */
function mayHoldNothing(live: LiveDeployment): boolean {
  return ['failed', 'deleting'].includes(provisioningState(live).toLowerCase());
}

function fewest(idle: readonly Idle[], short: number): Idle[] | undefined {
  const bySize = [...idle].sort((a, b) => b.cores - a.cores || a.name.localeCompare(b.name));
  const one = bySize.findLast(({ cores }) => cores >= short);
  if (one) return [one];
  const taken: Idle[] = [];
  for (let missing = short; missing > 0;) {
    const next = bySize[taken.length];
    if (!next) return undefined;
    taken.push(next);
    missing -= next.cores;
  }
  return taken;
}
