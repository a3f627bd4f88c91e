import { Failure } from '../failure.ts';
import { type JsonObject, textAt } from '../json.ts';
import type { LiveEndpoint } from '../plan/live.ts';
import type { ArmResponse, Workspace } from './connect.ts';
import { isNotFound, whatIsMissing } from './missing.ts';
import { isResource, isResourceOrNothing, listAll, resource } from './resources.ts';

/**
 * The endpoint as it is now, or `undefined` when it is not there.
 * @throws ServiceError also for a workspace or resource group that is not there
 */
export async function getEndpoint(workspace: Workspace, name: string): Promise<LiveEndpoint | undefined> {
  try {
    const path = endpointPath(name);
    return resource(await workspace.send({ method: 'GET', path, repeat: 'always', expects: isResource }));
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

export function missingEndpoint({ target }: Workspace, name: string, ...others: readonly string[]): Failure {
  const names = [name, ...others];
  const [which, each] =
    others.length > 0 ? [`endpoints ${names.join(', ')} are`, 'each name'] : [`endpoint ${name} is`, 'the name'];
  return new Failure(`${which} not in workspace ${target.workspaceName}`, {
    nextStep: `Check ${each} with operation \`list\`, or make the endpoint with operation \`create\`.`,
  });
}

export function listEndpoints(workspace: Workspace): Promise<LiveEndpoint[]> {
  return listAll(workspace, '/onlineEndpoints');
}

/** Replaces the whole endpoint. Azure answers 201 for both create and update, and goes on working. */
export function putEndpoint(workspace: Workspace, name: string, body: JsonObject): Promise<ArmResponse> {
  const path = endpointPath(name);
  return workspace.send({ method: 'PUT', path, body, repeat: 'never', expects: isResourceOrNothing });
}

/** Deletes the endpoint with its deployments. Azure answers 202 and goes on working, or 204 when nothing is there. */
export function deleteEndpoint(workspace: Workspace, name: string): Promise<ArmResponse> {
  return workspace.send({ method: 'DELETE', path: endpointPath(name), repeat: 'never' });
}

/** Azure region of the workspace, which its endpoints share. */
export async function workspaceLocation(workspace: Workspace): Promise<string> {
  const response = await workspace.describe();
  const location = textAt(resource(response), 'location');
  if (!location)
    throw new Failure('Azure described the workspace without its location', {
      request: response.request,
      nextStep: 'Run again. If it persists, look at the workspace in the Azure portal.',
    });
  return location;
}

export function endpointPath(name: string): string {
  return `/onlineEndpoints/${encodeURIComponent(name)}`;
}
