import { Failure } from '../failure.ts';
import { isObject, type JsonObject, textAt } from '../json.ts';
import type { ArmResponse, Workspace } from './connect.ts';

/** All that a list has, over all its pages. @throws Failure when its pages have no end within the time */
export async function listAll(workspace: Workspace, path: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  const seen = new Set<string>();
  for (let next: string | undefined = path; next && !seen.has(next);) {
    seen.add(next);
    if (workspace.clock.now() >= workspace.limits.deadline) throw endlessList(path);
    const response = await workspace.send({ method: 'GET', path: next, repeat: 'always', expects: isPage });
    const page: JsonObject = resource(response);
    if (Array.isArray(page['value'])) found.push(...page['value'].filter(isObject));
    next = textAt(page, 'nextLink');
  }
  return found;
}

/** Whether the body is that of an endpoint, a deployment, a model and so on. */
export function isResource(body: unknown): boolean {
  return isObject(body) && isObject(body['properties']);
}

/** What Azure may answer to a write: nothing, or the resource. */
export function isResourceOrNothing(body: unknown): boolean {
  return body === undefined || body === null || isResource(body);
}

export function resource(response: ArmResponse): JsonObject {
  if (isObject(response.body)) return response.body;
  throw new Failure('Azure answered without a description of the resource', {
    request: response.request,
    requestId: response.requestId,
    nextStep: 'Run again. If it persists, give Microsoft support the request id.',
  });
}

/** Whether the body is one page of a list. */
export function isPage(body: unknown): boolean {
  return isObject(body) && Array.isArray(body['value']);
}

function endlessList(path: string): Failure {
  return new Failure(`listing ${path} did not finish in time`, { code: 'Timeout', nextStep: 'Run again.' });
}
