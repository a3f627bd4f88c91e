import type { Fault } from '../failure.ts';
import type { Traffic } from './model.ts';
import { canonicalTraffic } from './traffic.ts';
import { type Entry, entryOf, faultAt, integerOf, type MapNode, type Node, shownKey, shownValue } from './tree.ts';

interface Weight {
  readonly entry: Entry;
  readonly name: string;
  readonly percent: number;
}

/** The split that a map gives, in canonical form. The map must have been found good by the schema. */
export function splitOf(node: Node): Traffic {
  return canonicalTraffic(Object.fromEntries((weightsOf(node) ?? []).map(({ name, percent }) => [name, percent])));
}

/**
 * What the schema of single values cannot see: the total of `traffic`, and a mirror beside live traffic.
 * Source: Microsoft Learn, reference-yaml-endpoint-online and how-to-safely-rollout-online-endpoints.
 */
export function splitFaults(root: MapNode): Fault[] {
  const traffic = entryOf(root, 'traffic');
  const mirror = entryOf(root, 'mirror_traffic');
  const live = traffic && weightsOf(traffic.value);
  const served = new Set(live?.filter(({ percent }) => percent > 0).map(({ name }) => name));
  const mirrored = (mirror && weightsOf(mirror.value))?.filter(({ percent }) => percent > 0) ?? [];
  return [
    ...(traffic && live ? totalFaults(traffic, live) : []),
    ...mirrored.slice(1, 2).map(({ entry }) => faultAt(entry.keyPlace, 'mirror_traffic takes only one deployment')),
    ...mirrored.filter(({ name }) => served.has(name)).map(liveMirrorFault),
  ];
}

/** A total would give the value of a placeholder away, so it is told only where there is none. */
function totalFaults(traffic: Entry, weights: readonly Weight[]): Fault[] {
  const total = weights.reduce((sum, { percent }) => sum + percent, 0);
  if (total === 0 || total === 100) return [];
  const split = weights.map(({ entry }) => `${shownKey(entry)}=${shownValue(entry.value)}`).join(' ');
  const open = weights.every(({ entry }) => entry.value.kind === 'scalar' && entry.value.placeholder === undefined);
  const found = open ? `${split} adds up to ${total}` : `${split} does not`;
  const overridden = weights.find(({ entry }) => 'override' in entry.value.place)?.entry.value.place;
  return [faultAt(overridden ?? traffic.keyPlace, `traffic must add up to 100, or to 0 for none at all; ${found}`)];
}

function liveMirrorFault({ entry }: Weight): Fault {
  const name = shownKey(entry);
  return faultAt(entry.keyPlace, `mirror_traffic: ${name} has live traffic too; a deployment has one or the other`);
}

/** Nothing where a weight or a key is faulty, since then no more can be said. */
function weightsOf(node: Node): Weight[] | undefined {
  if (node.kind !== 'map' || node.incomplete) return undefined;
  const weights = node.entries.flatMap((entry) => {
    const percent = integerOf(entry.value);
    return percent !== undefined && percent <= 100 ? [{ entry, name: entry.key.toLowerCase(), percent }] : [];
  });
  return weights.length === node.entries.length ? weights : undefined;
}
