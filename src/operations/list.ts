import { connect } from '../azure/connect.ts';
import { listEndpoints } from '../azure/endpoints.ts';
import type { ShowConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { byName, liveMirrorTraffic, liveName, liveTraffic, provisioningState, scoringUrl } from '../plan/live.ts';
import type { Outcome } from '../report/outcome.ts';
import { textTable } from '../report/table.ts';
import { matchesSelection } from '../spec/select.ts';
import { formatTraffic } from '../spec/traffic.ts';
import { limitsFromNow, READING_TIME } from './limits.ts';
import { resultOf } from './result.ts';

/** Lists the endpoints of the workspace, a line each. */
export async function list(config: ShowConfig, deps: Deps): Promise<Outcome> {
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, READING_TIME));
  const endpoints = (await listEndpoints(workspace))
    .filter((live) => matchesSelection(liveName(live), config.select))
    .sort(byName);
  const rows = endpoints.map((live) => [
    liveName(live),
    provisioningState(live),
    formatTraffic(liveTraffic(live)),
    formatTraffic(liveMirrorTraffic(live)),
    scoringUrl(live) ?? '',
  ]);
  return {
    endpoints: endpoints.map((live) => resultOf(live, false)),
    answer:
      rows.length > 0 ? textTable(['endpoint', 'state', 'traffic', 'mirror', 'scoring URL'], rows) : 'no endpoints',
  };
}
