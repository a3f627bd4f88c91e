import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../../json.ts';
import type { LiveEndpoint } from '../../plan/live.ts';
import { liveMirrorTraffic, liveTraffic } from '../../plan/live.ts';
import type { Traffic } from '../../spec/model.ts';
import { canonicalTraffic } from '../../spec/traffic.ts';
import type { Policy } from '../model.ts';

/**
 * What a live endpoint is at one moment, as far as a write of ours would overwrite it: if it differs right before a write from
 * what was read when the write was decided, somebody else wrote. Spelling does not count where Azure does not keep it: case of
 * names, order, weights of 0. `systemData.lastModifiedAt` is no part, since whether it moves by itself is unknown [U].
 */
export function endpointFingerprint(live: LiveEndpoint): string {
  const properties = objectAt(live, 'properties');
  const identity = objectAt(live, 'identity');
  return digest({
    traffic: liveTraffic(live),
    mirror: liveMirrorTraffic(live),
    tags: lowerKeys(objectAt(live, 'tags')),
    identity: {
      type: textAt(identity, 'type')?.replace(/\s/g, '').toLowerCase() ?? 'none',
      assigned: Object.keys(objectAt(identity, 'userAssignedIdentities'))
        .map((id) => id.toLowerCase())
        .sort(),
    },
    authMode: textAt(properties, 'authMode')?.toLowerCase() ?? '',
    publicNetworkAccess: textAt(properties, 'publicNetworkAccess')?.toLowerCase() ?? '',
    description: textAt(properties, 'description') ?? '',
    properties: objectAt(properties, 'properties'),
  });
}

/** Ten hexadecimal digits that stand for a split. */
export function targetFingerprint(target: Traffic): string {
  return digest(canonicalTraffic(target)).slice(0, 10);
}

/** Six hexadecimal digits that stand for what a policy does, wherever it was read from. */
export function policyFingerprint(policy: Policy): string {
  const effects = Object.entries(policy).filter(([key]) => key !== 'source' && key !== 'positions');
  return digest(Object.fromEntries<Json>(effects)).slice(0, 6);
}

/** Equal for equal values, in whatever order their keys were written. */
function digest(value: Json): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex');
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]));
}

function lowerKeys(tags: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]));
}
