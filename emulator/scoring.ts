import { amlTokenIssuer } from './arm/keys.ts';
import { endpointId, isManaged } from './arm/endpoint-view.ts';
import { sameName } from './arm/path.ts';
import { serves } from './container-route.ts';
import { bearer, json, parseJson } from './http.ts';
import type { Reply, Request } from './http.ts';
import { drawGuid } from './randomness.ts';
import type { Deployment, Endpoint, State } from './state.ts';
import { loadAt, mannerOf } from './traffic/load.ts';
import { emulatedTime } from './traffic/time.ts';
import { hasExpired, readToken } from './tokens.ts';

const scoringAudiences = ['https://ml.azure.com', 'https://ml.azure.us', 'https://ml.azure.cn'];

/**
 * The data plane: what `scoringUri` and `swaggerUri` lead to. Status codes are those of the docs
 * (how-to-troubleshoot-online-endpoints, "HTTP status codes"); the bodies of errors are [U].
 */
export function handleScoring(state: State, request: Request, now: number): Reply | undefined {
  const { name, location, route } = addressOf(request.path) ?? {};
  if (!name || !route) return undefined;
  const headers = {
    'content-type': 'application/json',
    server: 'azureml-frontdoor',
    'x-request-id': drawGuid(state.randomness),
  };
  const endpoint = state.endpoints.find(
    (candidate) =>
      sameName(candidate.name, name) &&
      (location ? sameName(candidate.workspace.location, location) : !isManaged(candidate.body)),
  );
  if (!endpoint?.ready) return refusal(404, 'The endpoint does not exist', headers);
  if (!mayScore(state, endpoint, bearer(request), now)) return refusal(401, 'key_auth_access_denied', headers);
  if (route.toLowerCase() === '/swagger.json') return json(200, swagger(endpoint), headers);
  const wanted = request.headers['azureml-model-deployment'];
  const deployment = wanted === undefined ? nextByWeight(endpoint) : byName(endpoint, wanted);
  if (!deployment) return refusal(404, 'No deployment with a positive traffic weight answers to this request', headers);
  const isServed = serves(state, endpoint, deployment, route);
  const reply = isServed ? answerOf(state, endpoint, deployment, request, now) : notServed(endpoint, route);
  endpoint.calls.push({ time: now, deployment: deployment.name, status: reply.status });
  return { ...reply, headers: { ...headers, 'azureml-model-deployment': deployment.name, ...reply.headers } };
}

/** An echo, unless an order of traffic has other words. */
function answerOf(state: State, endpoint: Endpoint, deployment: Deployment, request: Request, now: number): Reply {
  const time = emulatedTime(state.behaviour.pace, now);
  const { answer } = mannerOf(loadAt(state.traffic, endpoint.name, time), deployment.name, time);
  const echo = {
    endpoint: endpoint.name,
    deployment: deployment.name,
    request: parseJson(request.text) ?? request.text,
  };
  const { status = 200, body = echo, contentType } = answer ?? {};
  if (contentType === undefined || typeof body !== 'string') {
    return json(status, body, { 'content-type': contentType ?? 'application/json' });
  }
  return { status, headers: { 'content-type': contentType }, body };
}

/**
 * The 404 of a container that has nothing there. A managed endpoint answers 424 whatever a container's own refusal is, and
 * tells that in two headers (how-to-troubleshoot-online-endpoints; azure-sdk-for-python#39025 is such a case). That one on
 * Kubernetes hands it on as it is, and what the reason says, is [U].
 */
function notServed({ body }: Endpoint, route: string): Reply {
  const message = `The container serves nothing at ${route}`;
  if (!isManaged(body)) return refusal(404, message, {});
  const headers = { 'ms-azureml-model-error-statuscode': '404', 'ms-azureml-model-error-reason': 'Not Found' };
  return refusal(424, message, headers);
}

/** A managed endpoint is named with its region, one on Kubernetes alone. All that follows is for its container. */
function addressOf(path: string): Record<string, string> | undefined {
  const managed = /^\/(?<name>[^/.]+)\.(?<location>[^/.]+)\.inference(?<route>\/.*)$/i.exec(path);
  const kubernetes = /^\/api\/v1\/endpoint\/(?<name>[^/]+)(?<route>\/.*)$/i.exec(path);
  return (managed ?? kubernetes)?.groups;
}

function mayScore(state: State, endpoint: Endpoint, token: string | undefined, now: number): boolean {
  if (token === undefined) return false;
  const { authMode } = endpoint.body.properties;
  if (authMode === 'Key') return Object.values(endpoint.keys).includes(token);
  const claims = readToken(state, token);
  if (claims === undefined || hasExpired(claims, now)) return false;
  return authMode === 'AMLToken'
    ? claims.iss === amlTokenIssuer && claims.aud === endpointId(state, endpoint)
    : scoringAudiences.includes(claims.aud);
}

function byName({ deployments }: Endpoint, wanted: string): Deployment | undefined {
  return deployments.find(({ name, ready }) => ready && sameName(name, wanted));
}

/**
 * Smooth weighted round-robin, as nginx does it: each turn everybody gains their weight, and who has most answers and
 * pays the total. Any 100 calls in a row therefore split exactly as the percentages say.
 */
function nextByWeight(endpoint: Endpoint): Deployment | undefined {
  const { balance, body } = endpoint;
  const weights = Object.entries(body.properties.traffic).filter(([, weight]) => weight > 0);
  const total = weights.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of weights) balance[name] = (balance[name] ?? 0) + weight;
  const [chosen] = weights.toSorted(([one], [other]) => (balance[other] ?? 0) - (balance[one] ?? 0));
  if (!chosen) return undefined;
  balance[chosen[0]] = (balance[chosen[0]] ?? 0) - total;
  return byName(endpoint, chosen[0]);
}

function swagger({ name }: Endpoint): object {
  return {
    swagger: '2.0',
    info: { title: name, version: '1.0' },
    paths: { '/score': { post: { operationId: 'RunMLService', responses: { 200: { description: 'The answer' } } } } },
  };
}

function refusal(status: number, message: string, headers: Readonly<Record<string, string>>): Reply {
  return json(status, { error: { code: String(status), message: `${message} [U]` } }, headers);
}
