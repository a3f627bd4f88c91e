import type { RollbackConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { formatTraffic, trafficTotal } from '../spec/traffic.ts';
import { endByHand } from './traffic/by-hand.ts';
import { putBack } from './traffic/put-back.ts';
import { confirmation } from './write/guards.ts';

/** Puts back the split from before a rollout, whoever runs it. A no-op with a notice when none is recorded. */
export function rollback(config: RollbackConfig, deps: Deps): Promise<Outcome> {
  return endByHand(config, deps, (scene) =>
    putBack(scene, deps.onlyOwn ? 'interrupted' : 'rolled back by hand', {
      check: async ({ base }, { traffic }) => {
        if (deps.onlyOwn || trafficTotal(base) > 0 || trafficTotal(traffic) === 0) return;
        const { endpoint, confirm } = config;
        const consequence = `takes all live traffic (${formatTraffic(traffic)}) away from endpoint ${endpoint}: nothing was live before the rollout`;
        await confirmation(confirm, deps).orRefuse(endpoint, consequence);
      },
    }),
  );
}
