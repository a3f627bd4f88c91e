import {
  type LiveEndpoint,
  liveName,
  liveTraffic,
  principalId,
  provisioningState,
  scoringUrl,
  swaggerUrl,
} from '../../plan/live.ts';
import type { EndpointResult } from '../../report/outcome.ts';

/** What Azure says of an endpoint, as an operation's result. */
export function resultOf(live: LiveEndpoint, changed: boolean): EndpointResult {
  return {
    name: liveName(live),
    status: changed ? 'succeeded' : 'unchanged',
    changed,
    scoringUrl: scoringUrl(live),
    swaggerUrl: swaggerUrl(live),
    provisioningState: provisioningState(live),
    principalId: principalId(live),
    traffic: liveTraffic(live),
  };
}
