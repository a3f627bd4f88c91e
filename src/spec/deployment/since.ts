import type { Fault } from '../../failure.ts';
import type { DeploymentSpec } from './model.ts';
import { DEPLOYMENT_KEYS } from './schema.ts';

/**
 * The keys of a deployment that an API version does not know yet: Azure takes a body with them and drops them without a
 * word. A preview counts as the version of its date.
 */
export function newerKeyFaults({ positions }: Pick<DeploymentSpec, 'positions'>, apiVersion: string): Fault[] {
  const date = apiVersion.slice(0, 'yyyy-mm-dd'.length);
  return Object.entries(DEPLOYMENT_KEYS).flatMap(([key, { since }]) => {
    const place = positions.get(key);
    if (since === undefined || place === undefined || date >= since) return [];
    const message = `${key} is in Azure since API version ${since}, and api-version ${apiVersion} would drop it without a word; take api-version ${since} or later`;
    return [{ ...place, message }];
  });
}
