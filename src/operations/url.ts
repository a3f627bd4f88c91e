import { connect } from '../azure/connect.ts';
import { needEndpoint } from '../azure/endpoints.ts';
import type { UrlConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import { Failure } from '../failure.ts';
import { type LiveEndpoint, liveName, provisioningState, scoringUrl } from '../plan/live.ts';
import type { Outcome } from '../report/outcome.ts';
import { limitsFromNow, READING_TIME } from './limits.ts';
import { resultOf } from './result/endpoint.ts';

/** Sets the scoring URL. */
export async function url(config: UrlConfig, deps: Deps): Promise<Outcome> {
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, READING_TIME));
  const live = await needEndpoint(workspace, config.endpoint);
  return { endpoints: [resultOf(live, false)], answer: needScoringUrl(live) };
}

/** @throws Failure while Azure has not given the endpoint a URL yet */
export function needScoringUrl(live: LiveEndpoint): string {
  const found = scoringUrl(live);
  if (found) return found;
  throw new Failure(`endpoint ${liveName(live)} has no scoring URL; it is ${provisioningState(live)}`, {
    nextStep: 'Azure gives the URL when the endpoint has been made; look again in a minute.',
  });
}
