import type { EndpointSpec, Identity } from '../spec/model.ts';
import { isReservedTag } from '../spec/names.ts';
import { canonicalTraffic } from '../spec/traffic.ts';
import { type Json, type JsonObject, isObject, objectAt, textAt } from '../json.ts';
import { liveMirrorTraffic, liveTraffic, type LiveEndpoint } from './live.ts';

/** What a body needs to know about the workspace. */
export interface Surroundings {
  /** Azure region of the workspace, which an endpoint always shares. */
  readonly location: string;
  /** ARM id of the workspace, to turn the name of a compute into its id. */
  readonly workspaceId: string;
}

/** Properties that Azure sets and that a write must not carry. */
const READ_ONLY_PROPERTIES = ['provisioningState', 'scoringUri', 'swaggerUri', 'keys'];

/**
 * The body of a PUT that creates the endpoint.
 * Identity and authentication mode get the defaults of `az ml` when the YAML does not name them.
 */
export function createBody(spec: EndpointSpec, around: Surroundings): JsonObject {
  const nothing: LiveEndpoint = {
    location: around.location,
    identity: { type: 'SystemAssigned' },
    properties: { authMode: 'Key' },
  };
  return mergedBody(spec, nothing, around);
}

/**
 * The body of a PUT that brings a live endpoint to its YAML. A PUT replaces the whole endpoint, so the body starts from
 * what is live and carries all that the YAML does not name.
 */
export function mergedBody(spec: EndpointSpec, live: LiveEndpoint, around: Surroundings): JsonObject {
  const properties = objectAt(live, 'properties');
  return withoutUndefined({
    location: textAt(live, 'location') ?? around.location,
    kind: live['kind'],
    sku: live['sku'],
    tags: mergedTags(objectAt(live, 'tags'), spec.tags ?? {}),
    identity: spec.identity ? identityBody(spec.identity) : writableIdentity(objectAt(live, 'identity')),
    properties: withoutUndefined({
      ...Object.fromEntries(Object.entries(properties).filter(([key]) => !READ_ONLY_PROPERTIES.includes(key))),
      authMode: spec.authMode ?? properties['authMode'],
      description: spec.description ?? properties['description'],
      compute: spec.compute === undefined ? properties['compute'] : computeId(spec.compute, around),
      publicNetworkAccess: spec.publicNetworkAccess ?? properties['publicNetworkAccess'],
      properties: { ...objectAt(properties, 'properties'), ...spec.properties },
      traffic: canonicalTraffic(spec.traffic ?? liveTraffic(live)),
      mirrorTraffic: canonicalTraffic(spec.mirrorTraffic ?? liveMirrorTraffic(live)),
    }),
  });
}

/** The ARM id of a Kubernetes compute, which a spec gives as a name or as an id. */
export function computeId(compute: string, around: Pick<Surroundings, 'workspaceId'>): string {
  return compute.startsWith('/') ? compute : `${around.workspaceId}/computes/${compute}`;
}

/** `null` removes a tag. A tag that is there under another case keeps its spelling: Azure compares names without case. */
export function mergedTags(live: JsonObject, wanted: JsonObject): JsonObject {
  const tags = new Map(Object.entries(live));
  const spellings = new Map(Object.keys(live).map((name) => [name.toLowerCase(), name]));
  for (const [name, value] of Object.entries(wanted)) {
    if (isReservedTag(name)) continue;
    const present = spellings.get(name.toLowerCase()) ?? name;
    if (value === null) tags.delete(present);
    else tags.set(present, value);
  }
  return Object.fromEntries(tags);
}

function identityBody(identity: Identity): JsonObject {
  const assigned = identity.userAssigned;
  if (assigned.length === 0) return { type: identity.type };
  return { type: identity.type, userAssignedIdentities: Object.fromEntries(assigned.map((id) => [id, {}])) };
}

/** A live identity without the ids that Azure made for it. */
export function writableIdentity(identity: JsonObject): JsonObject | undefined {
  const type = textAt(identity, 'type');
  if (!type) return undefined;
  const assigned = identity['userAssignedIdentities'];
  if (!isObject(assigned)) return { type };
  return { type, userAssignedIdentities: Object.fromEntries(Object.keys(assigned).map((id) => [id, {}])) };
}

export function withoutUndefined(record: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
