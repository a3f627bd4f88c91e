import type { Container } from '../config/containers.ts';
import { Failure } from '../failure.ts';
import { isObject, type JsonObject, textAt } from '../json.ts';
import { type LiveDeployment, liveName } from '../plan/live.ts';
import type { ArmResponse, Workspace } from './connect.ts';
import { endpointPath, needEndpoint } from './endpoints.ts';
import { isNotFound, whatIsMissing } from './missing.ts';
import { isResource, isResourceOrNothing, listAll, resource } from './resources.ts';

/**
 * The deployment as it is now, or `undefined` when it (or its endpoint) is not there. For some seconds after Azure has
 * taken a new one, a read may still say so (contoso-chat issue 139): only a reading after the end of the operation tells.
 * @throws ServiceError also for a workspace or resource group that is not there
 */
export async function getDeployment(
  workspace: Workspace,
  endpoint: string,
  name: string,
): Promise<LiveDeployment | undefined> {
  try {
    const path = deploymentPath(endpoint, name);
    return resource(await workspace.send({ method: 'GET', path, repeat: 'always', expects: isResource }));
  } catch (error) {
    if (isNotFound(error) && (await whatIsMissing(error, workspace)) !== 'workspace') return undefined;
    throw error;
  }
}

/** The deployment as it is now. @throws Failure that names those which the endpoint has, when it is not there */
export async function needDeployment(workspace: Workspace, endpoint: string, name: string): Promise<LiveDeployment> {
  const live = await getDeployment(workspace, endpoint, name);
  if (live) return live;
  await needEndpoint(workspace, endpoint);
  const names = (await listDeployments(workspace, endpoint)).map(liveName).sort();
  throw new Failure(`endpoint ${endpoint} has no deployment ${name}`, {
    nextStep: names.length > 0 ? `Use one of: ${names.join(', ')}.` : 'It has no deployments at all.',
  });
}

/**
 * The endpoint's deployments; none when the endpoint is not there. That one is missing from it is no proof that it is gone.
 * @throws ServiceError also for a workspace or resource group that is not there
 */
export async function listDeployments(workspace: Workspace, endpoint: string): Promise<LiveDeployment[]> {
  try {
    return await listAll(workspace, `${endpointPath(endpoint)}/deployments`);
  } catch (error) {
    if (isNotFound(error) && (await whatIsMissing(error, workspace)) === 'endpoint') return [];
    throw error;
  }
}

/** Replaces the whole deployment. Azure answers 201 for both create and update, and goes on working for minutes. */
export function putDeployment(
  workspace: Workspace,
  endpoint: string,
  name: string,
  body: JsonObject,
): Promise<ArmResponse> {
  const path = deploymentPath(endpoint, name);
  return workspace.send({ method: 'PUT', path, body, repeat: 'never', expects: isResourceOrNothing });
}

/** Azure answers 202 and goes on working, or 204 when nothing is there. One with traffic is refused. */
export function deleteDeployment(workspace: Workspace, endpoint: string, name: string): Promise<ArmResponse> {
  return workspace.send({ method: 'DELETE', path: deploymentPath(endpoint, name), repeat: 'never' });
}

/** Source: Microsoft Learn, "Online Deployments - Get Logs". */
const CONTAINER_TYPES: Readonly<Record<Container, string>> = {
  'inference-server': 'InferenceServer',
  'storage-initializer': 'StorageInitializer',
  'model-data-collector': 'ModelDataCollector',
};

/** The last lines of a container's log; empty where the container never started. @param tail how many lines at most */
export async function deploymentLogs(
  workspace: Workspace,
  endpoint: string,
  name: string,
  container: Container,
  tail: number,
): Promise<string> {
  const response = await workspace.send({
    method: 'POST',
    path: `${deploymentPath(endpoint, name)}/getLogs`,
    body: { containerType: CONTAINER_TYPES[container], tail },
    // A reading, although it is a POST.
    repeat: 'always',
    expects: hasContent,
  });
  return textAt(resource(response), 'content') ?? '';
}

/** Azure names the content also where there is none. */
function hasContent(body: unknown): boolean {
  return isObject(body) && 'content' in body;
}

function deploymentPath(endpoint: string, name: string): string {
  return `${endpointPath(endpoint)}/deployments/${encodeURIComponent(name)}`;
}
