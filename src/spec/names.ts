import type { Fault } from '../failure.ts';

const NAME = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/i;
const SHORTEST = 3;
const LONGEST = 32;

/** The rule for names of endpoints and deployments, in words. */
export const NAME_RULE =
  `${SHORTEST} to ${LONGEST} letters, digits and hyphens, ` + 'with a letter first and a letter or digit last';

/**
 * Whether Azure takes this as the name of an online endpoint. Upper case is fine: names compare without case.
 * Source: azure-ai-ml, `constants/_endpoint.py` (EndpointConfigurations) and `entities/_endpoint/_endpoint_helpers.py`.
 */
export function isValidEndpointName(name: string): boolean {
  return name.length >= SHORTEST && name.length <= LONGEST && NAME.test(name);
}

/** Whether Azure takes this as the name of a deployment; the rule is the one of endpoints. */
export const isValidDeploymentName = isValidEndpointName;

/** What is wrong with a name that was given as an input rather than in a file; empty when nothing is. */
export function nameFaults(name: string): Fault[] {
  return isValidEndpointName(name) ? [] : [{ message: `"${name}" is not an endpoint's name: ${NAME_RULE}` }];
}
