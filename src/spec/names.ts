/**
 * The names that Azure takes for online endpoints and their deployments. Upper case is fine: names compare without case.
 * Source: azure-ai-ml, `constants/_endpoint.py` and `entities/_endpoint/_endpoint_helpers.py`.
 */
export const NAME_PATTERN = /^[a-zA-Z][-a-zA-Z0-9]{1,30}[a-zA-Z0-9]$/;

/** The same in words. */
export const NAME_RULE = '3 to 32 letters, digits and hyphens, with a letter first and a letter or digit last';

export function isValidName(name: string): boolean {
  return NAME_PATTERN.test(name);
}

/** Tags that carry the state of a rollout: never compared, never written or removed by a YAML. */
export function isReservedTag(name: string): boolean {
  return name.toLowerCase().startsWith('aml-rollout');
}
