import type { AuthMode, Traffic } from '../spec/model.ts';
import { canonicalTraffic } from '../spec/traffic.ts';
import { type JsonObject, objectAt, textAt } from '../json.ts';

/** An endpoint as Azure describes it: the raw body of a GET, of which nothing is ever lost. */
export type LiveEndpoint = JsonObject;

/** A deployment as Azure describes it. */
export type LiveDeployment = JsonObject;

export function liveName(resource: JsonObject): string {
  return textAt(resource, 'name')?.toLowerCase() ?? '';
}

/** Azure lists the newest first; people look for a name. */
export function byName(a: JsonObject, b: JsonObject): number {
  return liveName(a).localeCompare(liveName(b));
}

/** ARM leaves the state out where nothing is going on; source: Azure Resource Manager, "Track asynchronous operations". */
export function provisioningState(resource: JsonObject): string {
  return textAt(objectAt(resource, 'properties'), 'provisioningState') ?? 'Succeeded';
}

/**
 * States in which Azure takes the next write. Any other word, also one that nobody has documented, means "still at it".
 * Source: ARM asynchronous operations; `provisioningState` of online endpoints and deployments.
 */
export function isSettled(state: string): boolean {
  return ['succeeded', 'failed', 'canceled', 'cancelled'].includes(state.toLowerCase());
}

export function liveTraffic(live: LiveEndpoint): Traffic {
  return trafficOf(live, 'traffic');
}

export function liveMirrorTraffic(live: LiveEndpoint): Traffic {
  return trafficOf(live, 'mirrorTraffic');
}

export function authMode(live: LiveEndpoint): AuthMode | undefined {
  const mode = textAt(objectAt(live, 'properties'), 'authMode')?.toLowerCase();
  return (['Key', 'AMLToken', 'AADToken'] as const).find((known) => known.toLowerCase() === mode);
}

export function scoringUrl(live: LiveEndpoint): string | undefined {
  return textAt(objectAt(live, 'properties'), 'scoringUri');
}

export function swaggerUrl(live: LiveEndpoint): string | undefined {
  return textAt(objectAt(live, 'properties'), 'swaggerUri');
}

/** Object id of the system-assigned identity. Azure shows one of zeros where there is only a user-assigned identity. */
export function principalId(live: LiveEndpoint): string | undefined {
  const id = textAt(objectAt(live, 'identity'), 'principalId');
  return id === undefined || /^[0-]+$/.test(id) ? undefined : id;
}

function trafficOf(live: LiveEndpoint, key: string): Traffic {
  const entries = Object.entries(objectAt(objectAt(live, 'properties'), key));
  return canonicalTraffic(Object.fromEntries(entries.map(([name, weight]) => [name, Number(weight)])));
}
