import { presetPolicy } from '../../../src/rollout/policy/presets.ts';
import type { Policy } from '../../../src/rollout/model.ts';

/** The preset `standard` with other values. */
export function policyWith(changes: Partial<Policy> = {}): Policy {
  return { ...presetPolicy('standard'), ...changes };
}
