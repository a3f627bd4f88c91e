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
 * @param failed those that this run could not write, of which it knows no more than that
 */
export function deploymentResults(
  endpoint: LiveEndpoint,
  deployments: readonly LiveDeployment[],
  now: number,
  failed: readonly FailedDeployment[] = [],
): DeploymentResult[] {
  const traffic = liveTraffic(endpoint);
  const mirror = liveMirrorTraffic(endpoint);
  const known = deployments.map((live) => ({
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
  const others = failed.map((each) => ({
    name: each.name,
    state: failedState(each),
    model: undefined,
    environment: undefined,
    instances: '',
    traffic: weightOf(traffic, each.name),
    mirror: weightOf(mirror, each.name),
    age: undefined,
  }));
  return [...known, ...others].sort((a, b) => a.name.localeCompare(b.name));
}

/** `failed (start-up)` */
export function failedState({ kind }: FailedDeployment): string {
  return kind === undefined ? 'failed' : `failed (${kind})`;
}
