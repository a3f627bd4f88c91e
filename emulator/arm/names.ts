import { BodyFault } from './body-fault.ts';

const rule = /^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/;

/** Names of endpoints and deployments: 3 to 32 characters (azure-ai-ml, `EndpointConfigurations`). */
export function checkName(name: string): void {
  if (name.length < 3 || name.length > 32 || !rule.test(name)) {
    throw new BodyFault(
      `The name '${name}' must have 3 to 32 letters, digits and hyphens, begin with a letter and not end in a hyphen`,
    );
  }
}
