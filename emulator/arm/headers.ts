import { guidOf, drawGuid } from '../randomness.ts';
import type { Reply, Request } from '../http.ts';
import type { State } from '../state.ts';
import type { Context } from './context.ts';

/**
 * The headers of every answer through Resource Manager. The recordings of azure-cli-extensions show all but the request
 * ids, the remaining reads and `retry-after`, which their recorder leaves out. What remains never shrinks here.
 */
export function withArmHeaders(state: State, request: Request, reply: Reply): Reply {
  const id = drawGuid(state.randomness);
  return {
    ...reply,
    headers: {
      'cache-control': 'no-cache',
      expires: '-1',
      pragma: 'no-cache',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-ms-request-id': id,
      'x-ms-correlation-request-id': id,
      'x-ms-routing-request-id': `EMULATOR:${id}`,
      ...budgetOf(request),
      ...reply.headers,
    },
  };
}

/** What the machine learning service adds to its own answers; those of the gateway lack it. */
export function withServiceHeaders({ workspace }: Context, reply: Reply): Reply {
  if ('x-ms-failure-cause' in reply.headers) return reply;
  return {
    ...reply,
    headers: {
      'request-context': `appId=cid-v1:${guidOf('management frontend')}`,
      'x-aml-cluster': `vienna-${workspace.location}-01`,
      'x-ms-response-type': reply.status < 400 ? 'standard' : 'error',
      'x-request-time': '0.042',
      ...reply.headers,
    },
  };
}

/** The write of a deployment counts against a budget of its own (test_online_endpoint_invoke.yaml). */
function budgetOf({ method, path }: Request): Record<string, string> {
  const isDeployment = method === 'PUT' && /\/deployments\/[^/]+$/i.test(path);
  if (isDeployment) return { 'x-ms-ratelimit-remaining-subscription-resource-requests': '24' };
  if (method === 'GET') return { 'x-ms-ratelimit-remaining-subscription-reads': '11999' };
  if (method === 'DELETE') return { 'x-ms-ratelimit-remaining-subscription-deletes': '14999' };
  return { 'x-ms-ratelimit-remaining-subscription-writes': '1199' };
}
