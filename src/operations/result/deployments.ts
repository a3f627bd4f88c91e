import { ageOf, environmentName, instanceCount, instanceType, modelName } from '../../plan/deployment/live.ts';
import {
  type LiveDeployment,
  type LiveEndpoint,
  liveMirrorTraffic,
  liveName,
  liveTraffic,
  provisioningState,
} from '../../plan/live.ts';
import type { DeploymentResult } from '../../report/outcome.ts';
import type { FailedDeployment } from '../write/deployments.ts';
import { weightOf } from '../../spec/traffic.ts';

/**
 * What Azure says of an endpoint's deployments, by name.
 * @param now milliseconds since 1970
 * @param failed those that this run could not write, each with what Azure showed of it last
 */
export function deploymentResults(
  endpoint: LiveEndpoint,
  deployments: readonly LiveDeployment[],
  now: number,
  failed: readonly FailedDeployment[] = [],
): DeploymentResult[] {
  const traffic = liveTraffic(endpoint);
  const mirror = liveMirrorTraffic(endpoint);
  const result = (name: string, state: string, live: LiveDeployment | undefined): DeploymentResult => ({
    name,
    state,
    model: live && modelName(live),
    environment: live && environmentName(live),
    instances: live ? instancesOf(live) : '',
    traffic: weightOf(traffic, name),
    mirror: weightOf(mirror, name),
    age: live && ageOf(live, now),
  });
  return [
    ...deployments.map((live) => result(liveName(live), provisioningState(live), live)),
    ...failed.map((each) => result(each.name, failedState(each), each.live)),
  ].sort((a, b) => a.name.localeCompare(b.name));
}

/** A cluster has an instance type of its own for those that name none, and scales those without a number. */
function instancesOf(live: LiveDeployment): string {
  return `${instanceType(live) ?? 'default'} × ${instanceCount(live) ?? 'auto'}`;
}

/** `failed (start-up)` */
export function failedState({ kind }: Pick<FailedDeployment, 'kind'>): string {
  return kind === undefined ? 'failed' : `failed (${kind})`;
}
