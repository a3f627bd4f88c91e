import { ageOf, environmentName, instanceCount, instanceType, modelName } from '../../plan/deployment/live.ts';
import {
  byName,
  type LiveDeployment,
  type LiveEndpoint,
  liveMirrorTraffic,
  liveName,
  liveTraffic,
  provisioningState,
} from '../../plan/live.ts';
import type { DeploymentResult } from '../../report/outcome.ts';
import { weightOf } from '../../spec/traffic.ts';

/** What Azure says of an endpoint's deployments, by name. @param now milliseconds since 1970 */
export function deploymentResults(
  endpoint: LiveEndpoint,
  deployments: readonly LiveDeployment[],
  now: number,
): DeploymentResult[] {
  const traffic = liveTraffic(endpoint);
  const mirror = liveMirrorTraffic(endpoint);
  return [...deployments].sort(byName).map((live) => ({
    name: liveName(live),
    state: provisioningState(live),
    model: modelName(live),
    environment: environmentName(live),
    // A cluster has an instance type of its own for those that name none, and scales those without a number.
    instances: `${instanceType(live) ?? 'default'} × ${instanceCount(live) ?? 'auto'}`,
    traffic: weightOf(traffic, liveName(live)),
    mirror: weightOf(mirror, liveName(live)),
    age: ageOf(live, now),
  }));
}
