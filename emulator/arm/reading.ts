import type { JsonObject } from '../http.ts';
import type { Resource } from '../state.ts';

/** What a list shows: the body, an older one while reads lag behind, or nothing at all. */
export function peek<Body>(resource: Resource<Body>): Body | undefined {
  return resource.lag && resource.lag.reads > 0 ? resource.lag.body : resource.body;
}

/** What a read of the resource itself shows. Each one brings the truth nearer. */
export function observe<Body>(resource: Resource<Body>): Body | undefined {
  const seen = peek(resource);
  if (resource.lag) resource.lag.reads -= 1;
  return seen;
}

/** Whether an operation runs on it. */
export function isBusy({ provisioningState }: Resource<unknown>): boolean {
  return ['Creating', 'Updating', 'Deleting'].includes(provisioningState);
}

/** Who made a resource and when. Endpoints and deployments say no more than this (test_online_endpoint_mir.yaml). */
export function systemData({ createdAt, modifiedAt }: Resource<unknown>, client: string): JsonObject {
  return {
    createdAt: new Date(createdAt).toISOString(),
    createdBy: client,
    lastModifiedAt: new Date(modifiedAt).toISOString(),
  };
}
