import { callerCredential } from '../azure/callers.ts';
import { connect } from '../azure/connect.ts';
import { needEndpoint } from '../azure/endpoints.ts';
import type { TokenConfig } from '../config/config.ts';
import type { Deps } from '../deps.ts';
import type { Outcome } from '../report/outcome.ts';
import { limitsFromNow, READING_TIME } from './limits.ts';
import { resultOf } from './result/endpoint.ts';

/** Hands out the key or token that callers of the endpoint send. It is masked before anything else sees it. */
export async function token(config: TokenConfig, deps: Deps): Promise<Outcome> {
  const workspace = await connect(config.azure, deps, limitsFromNow(deps, READING_TIME));
  const live = await needEndpoint(workspace, config.endpoint);
  const credential = await callerCredential(workspace, live, config.key);
  const expiresAt = credential.expiresAt && new Date(credential.expiresAt).toISOString();
  deps.report.info(
    `${what(credential.type, config.key)} of endpoint ${config.endpoint}${expiresAt ? `, valid until ${expiresAt}` : ''}`,
  );
  return {
    endpoints: [resultOf(live, false)],
    answer: credential.token,
    secret: true,
    outputs: {
      token: credential.token,
      'token-type': credential.type,
      ...(expiresAt ? { 'token-expires-at': expiresAt } : {}),
    },
  };
}

function what(type: string, key: string): string {
  return type === 'key' ? `${key} key` : type;
}
