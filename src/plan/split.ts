import { type Json, type JsonObject, objectAt } from '../json.ts';
import type { Traffic } from '../spec/model.ts';
import { canonicalTraffic } from '../spec/traffic.ts';
import { type EndpointPlan, fieldChanges } from './changes.ts';
import { mergedBody } from './desired.ts';
import { type LiveEndpoint, liveMirrorTraffic, liveName, liveTraffic } from './live.ts';

/** Traffic as it is to be, and the tags that say why: one PUT, so that neither is ever there without the other. */
export interface SplitChange {
  readonly traffic: Traffic;
  readonly mirrorTraffic: Traffic;
  /** `null` removes the tag. All others stay as they are. */
  readonly tags: Readonly<Record<string, string | null>>;
}

/** What differs between a live endpoint and a split. All that the endpoint has besides is carried. */
export function planSplit(live: LiveEndpoint, change: SplitChange): EndpointPlan {
  const bare = { name: liveName(live), file: '', kind: 'managed', ...NOTHING_SHOWN } as const;
  const { traffic, mirrorTraffic } = change;
  const merged = mergedBody({ ...bare, traffic, mirrorTraffic }, live, { location: '', workspaceId: '' });
  const body = { ...merged, tags: tagsAfter(objectAt(live, 'tags'), change.tags) };
  const changes = fieldChanges(splitFields(live), splitFields(body), (_, a, b) => a === b);
  return { name: bare.name, action: changes.length > 0 ? 'update' : 'none', changes, body };
}

const NOTHING_SHOWN = { positions: new Map(), placeholders: new Map(), names: new Map() };

function tagsAfter(live: JsonObject, wanted: SplitChange['tags']): JsonObject {
  const kept = Object.entries(live).filter(([name]) => !Object.hasOwn(wanted, name));
  const set = Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== null);
  return Object.fromEntries([...kept, ...set]);
}

function splitFields(endpoint: JsonObject): Map<string, Json> {
  const entries = (path: string, record: JsonObject | Traffic): [string, Json][] =>
    Object.entries(record).map(([key, value]) => [`${path}.${key}`, value ?? null]);
  return new Map([
    ...entries('traffic', canonicalTraffic(liveTraffic(endpoint))),
    ...entries('mirror_traffic', canonicalTraffic(liveMirrorTraffic(endpoint))),
    ...entries('tags', objectAt(endpoint, 'tags')),
  ]);
}
