import { AUTH_MODES, IDENTITY_TYPES, NETWORK_ACCESS } from '../spec/schema.ts';
import { isReservedTag } from '../spec/names.ts';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../json.ts';
import { liveMirrorTraffic, liveTraffic } from './live.ts';

/**
 * The comparable fields of an endpoint's body in canonical form, by their path in the YAML and in the YAML's own words: no
 * weights of zero, no tags of a rollout, nothing that only Azure sets.
 */
export function fields(endpoint: JsonObject): Map<string, Json> {
  const properties = objectAt(endpoint, 'properties');
  const identity = objectAt(endpoint, 'identity');
  const assigned = identity['userAssignedIdentities'];
  const found: [string, Json | undefined][] = [
    ['auth_mode', yamlWord(AUTH_MODES, textAt(properties, 'authMode'))],
    ['description', textAt(properties, 'description')],
    ['compute', textAt(properties, 'compute')],
    ['public_network_access', yamlWord(NETWORK_ACCESS, textAt(properties, 'publicNetworkAccess'))],
    ['identity.type', yamlWord(IDENTITY_TYPES, textAt(identity, 'type'))],
    ['identity.user_assigned_identities', isObject(assigned) ? Object.keys(assigned).sort(byLowerCase) : undefined],
    ...entries('tags', objectAt(endpoint, 'tags')).filter(([path]) => !isReservedTag(path.slice('tags.'.length))),
    ...entries('properties', objectAt(properties, 'properties')),
    ...entries('traffic', liveTraffic(endpoint)),
    ...entries('mirror_traffic', liveMirrorTraffic(endpoint)),
  ];
  return new Map(found.filter((field): field is [string, Json] => field[1] !== undefined && field[1] !== null));
}

/** The YAML's word for how callers of a live endpoint sign in. */
export function authModeWord(endpoint: JsonObject): string {
  return yamlWord(AUTH_MODES, textAt(objectAt(endpoint, 'properties'), 'authMode')) ?? 'unknown';
}

/** Azure spells some values back in another case than they were sent. */
export function sameValue(path: string, a: Json | undefined, b: Json | undefined): boolean {
  const caseless = path === 'compute' || path === 'identity.user_assigned_identities';
  const spelled = (value: Json | undefined): string => {
    const text = value === undefined ? '' : JSON.stringify(value);
    return caseless ? text.toLowerCase() : text;
  };
  return spelled(a) === spelled(b);
}

/** An order that does not hang on how Azure spells an id back. */
function byLowerCase(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function entries(path: string, record: JsonObject): [string, Json | undefined][] {
  return Object.entries(record).map(([key, value]) => [`${path}.${key}`, value]);
}

/** The YAML's word for one of ARM's; ARM's own where the YAML has none. */
function yamlWord(words: Readonly<Record<string, string>>, arm: string | undefined): string | undefined {
  const plain = arm?.replace(/\s/g, '').toLowerCase();
  const match = Object.entries(words).find(([, value]) => value.toLowerCase() === plain);
  return match ? match[0] : arm;
}
