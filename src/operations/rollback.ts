import { connect } from '../azure/connect.ts';
import { needEndpoint } from '../azure/endpoints.ts';
import type { EndRolloutConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { formatTraffic, trafficTotal } from '../spec/traffic.ts';
import { type Ended, promoteNow, putBack } from './end-rollout.ts';
import { confirmation } from './guards.ts';
import { claimant } from './lease.ts';
import { limitsFromNow } from './limits.ts';
import { resultOf } from './result.ts';
import type { RolloutScene } from './rollout-ports.ts';

/** Puts back the split from before a rollout, whoever runs it. A no-op with a notice when none is recorded. */
export function rollback(config: EndRolloutConfig, deps: Deps): Promise<Outcome> {
  return end(config, deps, (scene) =>
    putBack(scene, deps.onlyOwn ? 'cut short' : 'rolled back by hand', async ({ base }, { traffic }) => {
      if (deps.onlyOwn || trafficTotal(base) > 0 || trafficTotal(traffic) === 0) return;
      const { endpoint, confirm } = config;
      const consequence = `takes all live traffic (${formatTraffic(traffic)}) away from endpoint ${endpoint}: nothing was live before the rollout`;
      await confirmation(confirm, deps).orRefuse(endpoint, consequence);
    }),
  );
}

/** Writes the split that a rollout is on its way to at once. A no-op with a notice when none is recorded. */
export function promote(config: EndRolloutConfig, deps: Deps): Promise<Outcome> {
  return end(config, deps, async (scene) => {
    scene.claimant.refuseHeld(await needEndpoint(scene.workspace(), scene.endpoint));
    return promoteNow(scene);
  });
}

async function end(
  { azure, endpoint, timeout }: EndRolloutConfig,
  deps: Deps,
  work: (scene: RolloutScene) => Promise<Ended>,
): Promise<Outcome> {
  const connected = await connect(azure, deps, limitsFromNow(deps, timeout));
  const workspace = () => connected.within(limitsFromNow(deps, timeout));
  const scene = { workspace, endpoint, claimant: claimant(deps, azure), deps, watch: () => {} };
  const { changed, words } = await work(scene);
  if (!changed) deps.report.notice(`endpoint ${endpoint}: ${words}`);
  const live = await needEndpoint(workspace(), endpoint);
  return { endpoints: [resultOf(live, changed)], answer: `${endpoint}: ${words}` };
}
