import type { Fault } from '../failure.ts';
import type { Identity } from './model.ts';
import { chosen, IDENTITY_TYPES } from './schema.ts';
import { entryOf, faultAt, type MapNode, type Node, valueAt } from './tree.ts';

/** The identity of a map that the schema found good. */
export function identityOf(map: MapNode): Identity | undefined {
  const type = typeOf(map);
  const list = valueAt(map, 'user_assigned_identities');
  return type && { type, userAssigned: list?.kind === 'list' ? list.items.flatMap(resourceId) : [] };
}

/** A user-assigned identity must be named, and is named only where its type asks for one. */
export function identityFaults(root: MapNode): Fault[] {
  const identity = valueAt(root, 'identity');
  if (identity?.kind !== 'map') return [];
  const type = valueAt(identity, 'type');
  const list = entryOf(identity, 'user_assigned_identities');
  const arm = typeOf(identity);
  if (!type || !arm || (list && list.value.kind !== 'list')) return [];
  const count = list?.value.kind === 'list' ? list.value.items.length : 0;
  const wantsOne = arm.includes('UserAssigned');
  if (wantsOne && count === 0 && !identity.incomplete) {
    return [faultAt(type.place, 'identity.type user_assigned needs the ARM id of one in user_assigned_identities')];
  }
  if (wantsOne || !list || count === 0) return [];
  const allowed = 'user_assigned_identities goes only with type user_assigned';
  return [faultAt(list.keyPlace, `identity.${allowed}; remove it or change the type`)];
}

function typeOf(identity: MapNode): Identity['type'] | undefined {
  const type = valueAt(identity, 'type');
  return type?.kind === 'scalar' ? chosen(IDENTITY_TYPES, type.text) : undefined;
}

/** Written as text (Microsoft Learn) or as a map with `resource_id` (azure-ai-ml and its examples). */
function resourceId(item: Node): string[] {
  const id = item.kind === 'map' ? valueAt(item, 'resource_id') : item;
  return id?.kind === 'scalar' ? [id.text] : [];
}
