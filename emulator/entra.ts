import { refuse } from './entra-errors.ts';
import { issuer as gitHubIssuer, subject as gitHubSubject } from './github.ts';
import { json } from './http.ts';
import type { Reply, Request } from './http.ts';
import type { State } from './state.ts';
import { hasExpired, issueToken, readToken } from './tokens.ts';

const exchangeAudiences = [
  'api://AzureADTokenExchange',
  'api://AzureADTokenExchangeUSGov',
  'api://AzureADTokenExchangeChina',
];

/** The resources for which a token can be had, beside the emulator's own Resource Manager. No final slash. */
const resources = [
  'https://management.azure.com',
  'https://management.core.windows.net',
  'https://management.usgovcloudapi.net',
  'https://management.core.usgovcloudapi.net',
  'https://management.chinacloudapi.cn',
  'https://management.core.chinacloudapi.cn',
  'https://ml.azure.com',
  'https://ml.azure.us',
  'https://ml.azure.cn',
  'https://storage.azure.com',
  'https://vault.azure.net',
  'https://graph.microsoft.com',
];

/** Entra ID: discovery, and tokens for a client with its secret or with GitHub's word for it. */
export function handleEntra(state: State, request: Request, now: number): Reply | undefined {
  const [, tenant = '', ...rest] = request.path.split('/');
  const route = `${request.method} ${rest.join('/')}`;
  if (route === 'GET discovery/instance') return instanceDiscovery(state);
  if (route === 'GET v2.0/.well-known/openid-configuration') return openIdConfiguration(state, tenant, now);
  if (route === 'POST oauth2/v2.0/token') return token(state, tenant, new URLSearchParams(request.text), now);
  return undefined;
}

function instanceDiscovery(state: State): Reply {
  const host = new URL(state.url).host;
  return json(200, {
    tenant_discovery_endpoint: `${state.url}/${state.identity.tenantId}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}

function openIdConfiguration(state: State, tenant: string, now: number): Reply {
  if (!isTenant(state, tenant)) return refuse(state, now, 'unknownTenant', { tenant, error: 'invalid_tenant' });
  const root = `${state.url}/${tenant}`;
  return json(200, {
    issuer: `${root}/v2.0`,
    authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
    token_endpoint: `${root}/oauth2/v2.0/token`,
    end_session_endpoint: `${root}/oauth2/v2.0/logout`,
    jwks_uri: `${root}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    tenant_region_scope: null,
    cloud_instance_name: new URL(state.url).host,
  });
}

function token(state: State, tenant: string, form: URLSearchParams, now: number): Reply {
  if (!isTenant(state, tenant)) return refuse(state, now, 'unknownTenant', { tenant });
  const grant = form.get('grant_type');
  if (grant === null) return refuse(state, now, 'missingGrant', {});
  if (grant !== 'client_credentials') return refuse(state, now, 'unsupportedGrant', { grant });
  const client = form.get('client_id') ?? '';
  if (client.toLowerCase() !== state.identity.clientId) return refuse(state, now, 'unknownClient', { client, tenant });
  const refusal = refuseCredential(state, form, client, now);
  if (refusal) return refusal;
  const scope = form.get('scope') ?? '';
  const resource = /^(.+?)\/+\.default$/.exec(scope)?.[1];
  if (resource === undefined) return refuse(state, now, 'badScope', { scope });
  if (resource !== state.url && !resources.includes(resource)) {
    return refuse(state, now, 'unknownResource', { resource, tenant });
  }
  return accessToken(state, resource, now);
}

function refuseCredential(state: State, form: URLSearchParams, client: string, now: number): Reply | undefined {
  const secret = form.get('client_secret');
  if (secret !== null) {
    return secret === state.identity.clientSecret ? undefined : refuse(state, now, 'wrongSecret', { client });
  }
  const assertion = form.get('client_assertion');
  if (assertion === null) return refuse(state, now, 'missingCredential', {});
  const claims = readToken(state, assertion);
  if (claims === undefined) return refuse(state, now, 'malformedAssertion', {});
  if (hasExpired(claims, now)) {
    return refuse(state, now, 'expiredAssertion', { claims });
  }
  if (claims.iss !== gitHubIssuer) return refuse(state, now, 'wrongIssuer', { value: claims.iss });
  if (claims.sub !== gitHubSubject) return refuse(state, now, 'wrongSubject', { value: claims.sub });
  if (!exchangeAudiences.includes(claims.aud)) return refuse(state, now, 'wrongAudience', { value: claims.aud });
  return undefined;
}

function accessToken(state: State, resource: string, now: number): Reply {
  const { tenantId, clientId, objectId } = state.identity;
  const lifetime = state.behaviour.accessTokenLifetime;
  const claims = {
    aud: resource,
    iss: `https://sts.windows.net/${tenantId}/`,
    sub: objectId,
    oid: objectId,
    tid: tenantId,
    appid: clientId,
    ver: '1.0',
  };
  const seconds = Math.ceil(lifetime / 1000);
  return json(200, {
    token_type: 'Bearer',
    expires_in: seconds,
    ext_expires_in: seconds,
    access_token: issueToken(state, claims, now, lifetime),
  });
}

function isTenant(state: State, tenant: string): boolean {
  return tenant.toLowerCase() === state.identity.tenantId;
}
