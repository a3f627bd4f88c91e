import { bearer } from '../http.ts';
import type { Reply, Request } from '../http.ts';
import type { State, Workspace } from '../state.ts';
import { hasExpired, readToken } from '../tokens.ts';
import { gatewayError } from './errors.ts';
import { resourceNotFound } from './not-found.ts';
import { actionOf, metrics, provider, sameName, scopeOf } from './path.ts';
import type { Path } from './path.ts';
import { apiVersions, metricVersions } from './versions.ts';

/** What a request that may pass is about. */
export interface Admission {
  readonly version: string;
  readonly workspace: Workspace;
}

const publicAudiences = ['https://management.core.windows.net', 'https://management.azure.com'];

/** The refusal of a token, if any. Codes are Resource Manager's; the wording follows answers quoted in public. */
export function refuseSignIn(state: State, request: Request, now: number): Reply | undefined {
  const token = bearer(request);
  if (token === undefined) {
    return signInError(state, 'AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.");
  }
  const claims = readToken(state, token);
  if (claims === undefined) return signInError(state, 'InvalidAuthenticationToken', 'The access token is invalid.');
  if (![...publicAudiences, state.url].includes(claims.aud)) {
    const allowed = publicAudiences.map((audience) => `'${audience}/','${audience}'`).join(',');
    const message =
      `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should exactly match with ` +
      `one of the allowed audiences ${allowed}.`;
    return signInError(state, 'InvalidAuthenticationTokenAudience', message);
  }
  return hasExpired(claims, now) ? expiredToken(state, claims.exp * 1000, now) : undefined;
}

export function expiredToken(state: State, expiry: number, now: number): Reply {
  const message =
    `The access token expiry UTC time '${americanTime(expiry)}' is earlier than current UTC time ` +
    `'${americanTime(now)}'.`;
  return signInError(state, 'ExpiredAuthenticationToken', message);
}

/** What Resource Manager says to a client whose roles do not allow an action. */
export function notAuthorized(state: State, method: string, path: Path): Reply {
  const { clientId, objectId } = state.identity;
  const message =
    `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action ` +
    `'${actionOf(method, path)}' over scope '${scopeOf(path)}' or the scope is invalid. If access was recently granted, ` +
    'please refresh your credentials.';
  return gatewayError(403, 'AuthorizationFailed', message);
}

/** All that Resource Manager checks before it hands a request to the service, in its order. */
export function admit(state: State, request: Request, path: Path, now: number): Admission | Reply {
  const version = request.query.get('api-version');
  if (!version) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    return gatewayError(400, 'MissingApiVersionParameter', message);
  }
  const refusal = refuseSignIn(state, request, now);
  if (refusal) return refusal;
  if (!sameName(path.subscription, state.subscriptionId)) {
    return gatewayError(404, 'SubscriptionNotFound', `The subscription '${path.subscription}' could not be found.`);
  }
  if (!versionsOf(path).includes(version)) return unknownVersion(path, version);
  if (isDenied(state, actionOf(request.method, path))) return notAuthorized(state, request.method, path);
  return findWorkspace(state, request, path, version);
}

/** Every provider has its own. */
function versionsOf({ types }: Path): readonly string[] {
  return types.at(-1) === metrics ? metricVersions : apiVersions;
}

function findWorkspace(state: State, request: Request, path: Path, version: string): Admission | Reply {
  const { group, names } = path;
  const name = names[0] ?? '';
  if (path.types[0] === 'locations') {
    const workspace = state.workspaces.find(({ location }) => sameName(location, name));
    return workspace ? { version, workspace } : unknownVersion(path, version);
  }
  const known = state.resourceGroups.find((candidate) => sameName(candidate, group ?? ''));
  if (known === undefined) {
    return gatewayError(404, 'ResourceGroupNotFound', `Resource group '${group ?? ''}' could not be found.`);
  }
  const workspace = state.workspaces.find(
    (candidate) => sameName(candidate.name, name) && sameName(candidate.resourceGroup, known),
  );
  if (workspace) return { version, workspace };
  return path.types.length === 1 ? resourceNotFound(`workspaces/${name}`, known) : parentNotFound(request, path);
}

function parentNotFound(request: Request, path: Path): Reply {
  const parent = scopeOf({ ...path, types: path.types.slice(0, 1), names: path.names.slice(0, 1) });
  const verb = actionOf(request.method, path).split('/').at(-1);
  const message =
    `Failed to perform '${verb}' on resource(s) of type '${path.types.join('/')}', because the parent resource ` +
    `'${parent}' could not be found.`;
  return gatewayError(404, 'ParentResourceNotFound', message);
}

function unknownVersion(path: Path, version: string): Reply {
  const message =
    `The resource type '${path.types.join('/')}' could not be found in the namespace '${provider}' for api version ` +
    `'${version}'. The supported api-versions are '${versionsOf(path).join(',')}'.`;
  return gatewayError(400, 'InvalidResourceType', message);
}

function isDenied(state: State, action: string): boolean {
  return state.behaviour.denied.some((pattern) => {
    const expression = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
    return new RegExp(`^${expression.join('.*')}$`, 'i').test(action);
  });
}

function signInError(state: State, code: string, message: string): Reply {
  const challenge =
    `Bearer authorization_uri="https://login.windows.net/${state.identity.tenantId}", error="invalid_token", ` +
    `error_description="${message.replaceAll('"', "'")}"`;
  return gatewayError(401, code, message, { 'www-authenticate': challenge });
}

function americanTime(time: number): string {
  return new Date(time).toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replace('\u202f', ' ');
}
