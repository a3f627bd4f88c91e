import { isObject, type JsonObject, textAt } from '../json.ts';
import type { LiveDeployment, LiveEndpoint } from '../plan/live.ts';
import { Failure } from '../failure.ts';
import type { ArmResponse, Workspace } from './connect.ts';
import { isNotFound, whatIsMissing } from './missing.ts';

/**
 * The endpoint as it is now, or `undefined` when it is not there.
 * @throws ServiceError also for a workspace or resource group that is not there
 */
export async function getEndpoint(workspace: Workspace, name: string): Promise<LiveEndpoint | undefined> {
  try {
    const path = endpointPath(name);
    return resource(await workspace.send({ method: 'GET', path, repeat: 'always', expects: isEndpoint }));
  } catch (error) {
    if (isNotFound(error) && (await whatIsMissing(error, workspace)) !== 'workspace') return undefined;
    throw error;
  }
}

/** The endpoint as it is now. @throws Failure with the next step when it is not there */
export async function needEndpoint(workspace: Workspace, name: string): Promise<LiveEndpoint> {
  const live = await getEndpoint(workspace, name);
  if (live) return live;
  throw missingEndpoint(workspace, name);
}

export function missingEndpoint(workspace: Workspace, name: string): Failure {
  return new Failure(`endpoint ${name} is not in workspace ${workspace.target.workspaceName}`, {
    nextStep: 'Check the name with operation `list`, or make the endpoint with operation `create`.',
  });
}

export function listEndpoints(workspace: Workspace): Promise<LiveEndpoint[]> {
  return listAll(workspace, '/onlineEndpoints');
}

/** The endpoint's deployments; none when the endpoint is not there. */
export async function listDeployments(workspace: Workspace, endpoint: string): Promise<LiveDeployment[]> {
  try {
    return await listAll(workspace, `${endpointPath(endpoint)}/deployments`);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/** Replaces the whole endpoint. Azure answers 201 for both create and update, and goes on working. */
export function putEndpoint(workspace: Workspace, name: string, body: JsonObject): Promise<ArmResponse> {
  const path = endpointPath(name);
  const expects = (answer: unknown): boolean => answer === undefined || answer === null || isEndpoint(answer);
  return workspace.send({ method: 'PUT', path, body, repeat: 'never', expects });
}

/** Deletes the endpoint with its deployments. Azure answers 202 and goes on working, or 204 when nothing is there. */
export function deleteEndpoint(workspace: Workspace, name: string): Promise<ArmResponse> {
  return workspace.send({ method: 'DELETE', path: endpointPath(name), repeat: 'never' });
}

/** Azure region of the workspace, which its endpoints share. */
export async function workspaceLocation(workspace: Workspace): Promise<string> {
  const response = await workspace.describe();
  const location = textAt(resource(response), 'location');
  if (!location) throw new Failure('Azure described the workspace without its location', { request: response.request });
  return location;
}

export function endpointPath(name: string): string {
  return `/onlineEndpoints/${encodeURIComponent(name)}`;
}

async function listAll(workspace: Workspace, path: string): Promise<JsonObject[]> {
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

function isEndpoint(body: unknown): boolean {
  return isObject(body) && isObject(body['properties']);
}

function isPage(body: unknown): boolean {
  return isObject(body) && Array.isArray(body['value']);
}

function endlessList(path: string): Failure {
  return new Failure(`the list at ${path} has no end within the time`, { code: 'Timeout', nextStep: 'Run again.' });
}

function resource(response: ArmResponse): JsonObject {
  if (isObject(response.body)) return response.body;
  throw new Failure('Azure answered without a description of the resource', {
    request: response.request,
    requestId: response.requestId,
  });
}
