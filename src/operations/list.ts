import pLimit from 'p-limit';
import { connect } from '../azure/connect.ts';
import { listDeployments } from '../azure/deployments.ts';
import { listEndpoints } from '../azure/endpoints.ts';
import type { ShowConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import {
  byName,
  type LiveEndpoint,
  liveMirrorTraffic,
  liveName,
  liveTraffic,
  provisioningState,
  scoringUrl,
} from '../plan/live.ts';
import { deploymentTable } from '../report/deployments.ts';
import type { Outcome } from '../report/outcome.ts';
import { textTable } from '../table.ts';
import { matchesSelection } from '../spec/select.ts';
import { formatTraffic } from '../spec/traffic.ts';
import { deploymentResults } from './result/deployments.ts';
import { limitsFromNow, LISTING_TIME, READERS } from './limits.ts';
import { resultOf } from './result/endpoint.ts';

/** Lists the endpoints of the workspace, a line each, and their deployments, a line each. */
export async function list(config: ShowConfig, deps: Deps): Promise<Outcome> {
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, LISTING_TIME));
  const endpoints = (await listEndpoints(workspace))
    .filter((live) => matchesSelection(liveName(live), config.select))
    .sort(byName);
  const deployments = await pLimit(READERS).map(endpoints, async (live) =>
    deploymentResults(live, await listDeployments(workspace, liveName(live)), deps.clock.now()),
  );
  const all = endpoints.flatMap((live, index) =>
    (deployments[index] ?? []).map((each) => ({ ...each, name: `${liveName(live)}/${each.name}` })),
  );
  const tables = [endpointTable(endpoints), ...(all.length > 0 ? [deploymentTable(all, textTable)] : [])];
  return {
    endpoints: endpoints.map((live, index) => ({ ...resultOf(live, false), deployments: deployments[index] ?? [] })),
    answer: endpoints.length > 0 ? tables.join('\n\n') : 'no endpoints',
  };
}

function endpointTable(endpoints: readonly LiveEndpoint[]): string {
  const rows = endpoints.map((live) => [
    liveName(live),
    provisioningState(live),
    formatTraffic(liveTraffic(live)),
    formatTraffic(liveMirrorTraffic(live)),
    scoringUrl(live) ?? '',
  ]);
  return textTable(['endpoint', 'state', 'traffic', 'mirror', 'scoring URL'], rows);
}
