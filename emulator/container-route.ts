import { findReferenced } from './arm/deployment-references.ts';
import { isObject } from './http.ts';
import type { Deployment, Endpoint, State } from './state.ts';

/**
 * Whether the container of a deployment serves a route. Each serves `/score`: to a custom container Azure takes that to its
 * `scoring_route`, since Microsoft's example for TensorFlow Serving is called so. Its own route reaches it as it is, as the
 * many callers of its kind have it; that nothing else is served is this emulator's: it knows of one route alone [U].
 */
export function serves(state: State, endpoint: Endpoint, deployment: Deployment, route: string): boolean {
  return /^\/score$/i.test(route) || route === scoringRoute(state, endpoint, deployment);
}

/** `inference_config.scoring_route` of its environment, where that is a version of this workspace and has one. */
function scoringRoute(state: State, { workspace }: Endpoint, { body }: Deployment): string | undefined {
  const { environmentId } = body.properties;
  if (typeof environmentId !== 'string') return undefined;
  const environment = findReferenced(state, workspace, 'environments', environmentId);
  const { inferenceConfig } = environment?.properties ?? {};
  const route = isObject(inferenceConfig) ? inferenceConfig['scoringRoute'] : undefined;
  return isObject(route) && typeof route['path'] === 'string' ? route['path'] : undefined;
}
