import { connect } from '../../azure/connect.ts';
import { needEndpoint } from '../../azure/endpoints.ts';
import type { PromoteConfig, RollbackConfig } from '../../config/config.ts';
import type { Deps } from '../../deps.ts';
import type { Outcome } from '../../report/outcome.ts';
import { limitsFromNow } from '../limits.ts';
import { resultOf } from '../result/endpoint.ts';
import { claimant } from './claimant.ts';
import type { Ended } from './recorded.ts';
import type { RolloutScene } from './ports.ts';

/** Ends the rollout of an endpoint in one write, and tells how the endpoint is then. */
export async function endByHand(
  { azure, endpoint, timeout }: PromoteConfig | RollbackConfig,
  deps: Deps,
  work: (scene: RolloutScene) => Promise<Ended>,
): Promise<Outcome> {
  const connected = await connect(azure, deps, limitsFromNow(deps, timeout));
  const workspace = () => connected;
  const scene = { workspace, endpoint, claimant: claimant(deps, azure), deps, watch: () => {} };
  const { changed, words } = await work(scene);
  if (!changed) deps.report.notice(`endpoint ${endpoint}: ${words}`);
  const live = await needEndpoint(workspace(), endpoint);
  return { endpoints: [resultOf(live, changed)], answer: `${endpoint}: ${words}` };
}
