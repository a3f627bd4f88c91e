import { isObject } from '../http.ts';
import type { Weights } from '../state.ts';
import { BodyFault } from './body-fault.ts';
import { sameName } from './path.ts';

/** A map from deployments to whole percents. */
export function parseWeights(value: unknown, name: string): Weights {
  const map = value ?? {};
  if (!isObject(map)) throw new BodyFault(`${name} must be an object`);
  const weights: Record<string, number> = {};
  for (const [deployment, percent] of Object.entries(map)) {
    if (typeof percent !== 'number' || !Number.isInteger(percent) || percent < 0 || percent > 100) {
      throw new BodyFault(`${name}.${deployment} must be an integer from 0 to 100`);
    }
    weights[deployment] = percent;
  }
  return weights;
}

/**
 * What is wrong with a split, if anything. The rules are those of the docs (reference-yaml-endpoint-online and
 * how-to-safely-rollout-online-endpoints); how Azure words them is [U].
 */
export function faultOfTraffic(
  traffic: Weights,
  mirror: Weights,
  deployments: readonly { readonly name: string }[],
  managed: boolean,
): string | undefined {
  const total = Object.values(traffic).reduce((sum, percent) => sum + percent, 0);
  if (total !== 0 && total !== 100) return `The total traffic must sum to 0 or 100, and is ${total}`;
  const unknown = [...Object.keys(traffic), ...Object.keys(mirror)].find(
    (name) => !deployments.some((deployment) => sameName(deployment.name, name)),
  );
  if (unknown !== undefined) return `The traffic names deployment '${unknown}', which does not exist in this endpoint`;
  return faultOfMirror(traffic, mirror, managed);
}

/** The percentage of a deployment, 0 when the split does not name it. */
export function weightOf(weights: Weights, deployment: string): number {
  return Object.entries(weights).find(([name]) => sameName(name, deployment))?.[1] ?? 0;
}

function faultOfMirror(traffic: Weights, mirror: Weights, managed: boolean): string | undefined {
  const mirrored = Object.entries(mirror).filter(([, percent]) => percent > 0);
  const [name = '', percent = 0] = mirrored[0] ?? [];
  if (mirrored.length === 0) return undefined;
  if (!managed) return 'Mirror traffic is supported by managed online endpoints only';
  if (mirrored.length > 1) return 'Traffic can be mirrored to one deployment only';
  if (percent > 50) return `At most 50 percent of the traffic can be mirrored, not ${percent}`;
  if (weightOf(traffic, name) > 0)
    return `Deployment '${name}' cannot receive live and mirror traffic at the same time`;
  return undefined;
}
