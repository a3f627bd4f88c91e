import type { PromoteConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { endByHand } from './traffic/by-hand.ts';
import { promoteNow } from './traffic/promote-now.ts';

/** Writes the split that a rollout is on its way to at once. A no-op with a notice when none is recorded. */
export function promote(config: PromoteConfig, deps: Deps): Promise<Outcome> {
  return endByHand(config, deps, promoteNow);
}
