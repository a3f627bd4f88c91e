import { groupBy } from '../../group-by.ts';
import type { Fault } from '../../failure.ts';
import { type JsonObject, objectAt } from '../../json.ts';
import { placeOf } from '../../spec/deployment/place.ts';
import { nearest } from '../../spec/nearest.ts';
import { type LiveDeployment, provisioningState } from '../live.ts';
import type { EndpointCapacity, FamilyQuota, RegionCapacity, WantedDeployment } from './capacity.ts';
import { coresInWords, familyKey, neededCores, sizeNamed, type VmSize } from './cores.ts';
import { idleInWords } from './idle.ts';
import { instanceCount, instanceType } from './live.ts';

export interface QuotaVerdict {
  readonly faults: readonly Fault[];
  /** What Azure may refuse, as far as it tells, and may take all the same. */
  readonly doubts: readonly Fault[];
  /** Families of which Azure shows no quota. */
  readonly unknown: readonly string[];
}

/** What a deployment takes of its family, and what it holds already. */
interface Claim {
  readonly wanted: WantedDeployment;
  readonly size: VmSize;
  readonly instances: number;
  readonly needs: number;
  readonly holds: number;
  /** `ceil(1.2 × 1) × 4`, where it holds something. */
  readonly heldInWords?: string;
}

/** The deployments that need cores which they do not surely have: new, grown, of another size, or never started. */
export function growing(endpoints: readonly EndpointCapacity[]): WantedDeployment[] {
  return claimants(endpoints).filter(grows);
}

/**
 * What the region cannot give. Nothing is a fault that Azure might take: cores that one deployment gives back count for
 * another of the same family, although Azure may not have them back in time [U], and an update needs only what it adds. How
 * much more Azure wants while it replaces the instances of a live deployment is not documented [U].
 */
export function quotaVerdict(region: RegionCapacity, endpoints: readonly EndpointCapacity[]): QuotaVerdict {
  const { sizes, quotas } = region;
  if (!sizes) return { faults: [], doubts: [], unknown: [] };
  const faults = growing(endpoints).flatMap((wanted) => sizeFaults(wanted, sizes, region.region));
  const doubts = growing(endpoints).flatMap((wanted) => sizeDoubts(wanted, sizes, region.region));
  const claims = claimants(endpoints).flatMap((wanted) => claimsOf(wanted, sizes));
  const families = groupBy(claims, ({ size }) => familyKey(size.family));
  const asked = [...families].filter(([, ofFamily]) => ofFamily.some(asksForMore));
  const unknown = asked.flatMap(([key, [first]]) => (quotas && !quotas.has(key) && first ? [first.size.family] : []));
  for (const [key, ofFamily] of asked) {
    const quota = quotas?.get(key);
    const short = quota ? shortage(ofFamily, quota) : 0;
    if (quota && short > 0) {
      const idle = idleInWords(endpoints, { sizes, family: key, short });
      faults.push(familyFault(ofFamily, quota, region.region, idle));
    }
  }
  return { faults, doubts, unknown };
}

function claimants(endpoints: readonly EndpointCapacity[]): WantedDeployment[] {
  return endpoints
    .filter(({ live, spec }) => !isShared(live) && !isShared({ properties: { properties: spec?.properties ?? {} } }))
    .flatMap(({ wanted }) => wanted)
    .filter(({ spec, plan }) => spec.kind === 'managed' && plan.action !== 'none' && !isShared(plan.body));
}

/**
 * Such an endpoint runs on Azure's own quota for a while and not on the subscription's.
 * Source: Microsoft Learn, "Manage and increase quotas", section "Azure Machine Learning shared quota".
 */
function isShared(resource: JsonObject | undefined): boolean {
  const bag = objectAt(objectAt(resource ?? {}, 'properties'), 'properties');
  return Object.entries(bag).some(
    ([key, value]) =>
      /^sharedcomputecapacityenabled$/i.test(key) &&
      (value === true || (typeof value === 'string' && /^true$/i.test(value))),
  );
}

function grows({ live, plan }: WantedDeployment): boolean {
  if (!live || hasFailed(live) || isResized(live, plan.body)) return true;
  return instancesOf(plan.body) > instancesOf(live);
}

function isResized(live: LiveDeployment, body: JsonObject): boolean {
  return instanceType(live)?.toLowerCase() !== instanceType(body)?.toLowerCase();
}

function hasFailed(live: LiveDeployment): boolean {
  return provisioningState(live).toLowerCase() === 'failed';
}

/** Azure makes one where nothing is said. Source: Microsoft Learn, "CLI (v2) managed online deployment YAML schema". */
function instancesOf(deployment: JsonObject): number {
  return instanceCount(deployment) ?? 1;
}

function sizeFaults({ spec, live, plan }: WantedDeployment, sizes: readonly VmSize[], region: string): Fault[] {
  const type = newType({ live, plan });
  if (type === undefined || sizeNamed(sizes, type)) return [];
  const placeholder = spec.placeholders.get('instance_type');
  const names = sizes.map(({ name }) => name);
  const hint = placeholder === undefined ? nearest(type, names) : undefined;
  const message = `instance_type ${placeholder ?? type} is not a VM size that Azure ML has in ${region}`;
  return [{ ...placeOf(spec, 'instance_type'), message: hint ? `${message}; did you mean ${hint}?` : message }];
}

/** A size that Azure lists, though not for managed online endpoints; where it lists none for those, the list says nothing. */
function sizeDoubts({ spec, live, plan }: WantedDeployment, sizes: readonly VmSize[], region: string): Fault[] {
  const type = newType({ live, plan });
  const size = type === undefined ? undefined : sizeNamed(sizes, type);
  if (size?.serves !== false || !sizes.some(({ serves }) => serves)) return [];
  const larger = sizes.filter(({ family, cores, serves }) => serves && family === size.family && cores >= size.cores);
  const [next] = larger.toSorted((a, b) => a.cores - b.cores);
  const shown = spec.placeholders.get('instance_type') ?? size.name;
  const message = `instance_type ${shown} is a VM size that Azure ML does not list for managed online endpoints in ${region}, and may refuse`;
  return [{ ...placeOf(spec, 'instance_type'), message: next ? `${message}; ${next.name} is listed` : message }];
}

/** The size that is asked for anew: what Azure took once it knows, and what nobody named it chooses itself. */
function newType({ live, plan }: Pick<WantedDeployment, 'live' | 'plan'>): string | undefined {
  return live && !isResized(live, plan.body) ? undefined : instanceType(plan.body);
}

function claimsOf(wanted: WantedDeployment, sizes: readonly VmSize[]): Claim[] {
  const { live, plan } = wanted;
  const type = instanceType(plan.body);
  const size = type === undefined ? undefined : sizeNamed(sizes, type);
  if (!size) return [];
  const instances = instancesOf(plan.body);
  const claim = { wanted, size, instances, needs: neededCores(size, instances), holds: 0 };
  if (!live) return [claim];
  const sizeNow = sizeNamed(sizes, instanceType(live) ?? '');
  // A size that the region no longer offers may be of the same family.
  if (!sizeNow) return [];
  const now = instancesOf(live);
  const holds = neededCores(sizeNow, now);
  if (familyKey(sizeNow.family) === familyKey(size.family)) {
    return [{ ...claim, holds, heldInWords: coresInWords(sizeNow, String(now)) }];
  }
  return [claim, { wanted, size: sizeNow, instances: 0, needs: 0, holds }];
}

/** Not what a deployment leaves behind in its old family. */
function asksForMore({ wanted, needs }: Claim): boolean {
  return needs > 0 && grows(wanted);
}

/** How many cores are missing. A failed deployment may hold its share or not, but never more than is used. */
function shortage(claims: readonly Claim[], { used, limit }: FamilyQuota): number {
  const [failed, others] = [claims.filter(mayHoldNothing), claims.filter((claim) => !mayHoldNothing(claim))];
  const held = sum(others, holdsOf) + Math.min(sum(failed, holdsOf), used);
  return sum(claims, ({ needs }) => needs) - held - (limit - used);
}

function mayHoldNothing({ wanted: { live } }: Claim): boolean {
  return live !== undefined && hasFailed(live);
}

function holdsOf({ holds }: Claim): number {
  return holds;
}

function familyFault(
  ofFamily: readonly Claim[],
  { used, limit }: FamilyQuota,
  region: string,
  idle: string | undefined,
): Fault {
  const claims = ofFamily.filter(asksForMore);
  const [first] = claims;
  const family = first!.size.family;
  const together = claims.length > 1;
  const names = claims.map(({ wanted }) => wanted.spec.name).join(', ');
  const cores = sum(claims, addsOf);
  const more = claims.every((claim) => addsOf(claim) < claim.needs) ? ' more' : '';
  const how = claims.map((claim) => `${together ? `${claim.wanted.spec.name}: ` : ''}${inWords(claim)}`).join('; ');
  const steps = [
    ...(idle === undefined ? [] : [`delete ${idle}`]),
    'take fewer instances or another size',
    `have the quota of ${family} raised`,
  ];
  const message =
    `${names} ${together ? 'need' : 'needs'} ${cores}${more} cores of ${family} (${how}), ` +
    `${Math.max(0, limit - used)} are free of ${limit} in ${region}; ${steps.join(', or ')}`;
  return { ...placeOf(first!.wanted.spec, ...keysOf(first!.wanted)), message };
}

/** What asks for more, first. */
function keysOf({ live, plan }: WantedDeployment): string[] {
  const keys = ['instance_type', 'instance_count'];
  return live && !isResized(live, plan.body) ? keys.reverse() : keys;
}

/** What a deployment asks for beyond what it surely has. */
function addsOf(claim: Claim): number {
  return mayHoldNothing(claim) ? claim.needs : claim.needs - claim.holds;
}

function inWords(claim: Claim): string {
  const { placeholders } = claim.wanted.spec;
  const now = coresInWords(claim.size, placeholders.get('instance_count') ?? String(claim.instances));
  const size = `${now} for ${placeholders.get('instance_type') ?? claim.size.name}`;
  return claim.heldInWords === undefined || mayHoldNothing(claim) ? size : `${size} instead of ${claim.heldInWords}`;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
