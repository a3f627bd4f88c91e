import { BodyFault } from './arm/body-fault.ts';
import type { Context } from './arm/context.ts';
import {
  deleteDeployment,
  getDeployment,
  getLogs,
  listDeployments,
  patchDeployment,
  putDeployment,
} from './arm/deployments.ts';
import { deleteEndpoint, getEndpoint, listEndpoints, patchEndpoint, putEndpoint } from './arm/endpoints.ts';
import { badRequest, gatewayError, unverified } from './arm/errors.ts';
import { admit } from './arm/gateway.ts';
import { withArmHeaders, withServiceHeaders } from './arm/headers.ts';
import { getToken, listKeys, regenerateKeys } from './arm/keys.ts';
import { operationResult, operationStatus } from './arm/operations.ts';
import { parsePath, shape } from './arm/path.ts';
import { getWorkspace } from './arm/workspaces.ts';
import type { Reply, Request } from './http.ts';
import type { State } from './state.ts';

const routes: Readonly<Record<string, (context: Context) => Reply>> = {
  'GET workspaces/*': getWorkspace,
  'GET workspaces/*/onlineEndpoints': listEndpoints,
  'GET workspaces/*/onlineEndpoints/*': getEndpoint,
  'PUT workspaces/*/onlineEndpoints/*': putEndpoint,
  'PATCH workspaces/*/onlineEndpoints/*': patchEndpoint,
  'DELETE workspaces/*/onlineEndpoints/*': deleteEndpoint,
  'POST workspaces/*/onlineEndpoints/*/listKeys': listKeys,
  'POST workspaces/*/onlineEndpoints/*/regenerateKeys': regenerateKeys,
  'POST workspaces/*/onlineEndpoints/*/token': getToken,
  'GET workspaces/*/onlineEndpoints/*/deployments': listDeployments,
  'GET workspaces/*/onlineEndpoints/*/deployments/*': getDeployment,
  'PUT workspaces/*/onlineEndpoints/*/deployments/*': putDeployment,
  'PATCH workspaces/*/onlineEndpoints/*/deployments/*': patchDeployment,
  'DELETE workspaces/*/onlineEndpoints/*/deployments/*': deleteDeployment,
  'POST workspaces/*/onlineEndpoints/*/deployments/*/getLogs': getLogs,
  'GET locations/*/mfeOperationsStatus/*': operationStatus,
  'GET locations/*/mfeOperationResults/*': operationResult,
};

/** Azure Resource Manager with the machine learning service behind it. */
export function handleArm(state: State, request: Request, now: number): Reply | undefined {
  return isArm(request) ? withArmHeaders(state, request, answer(state, request, now)) : undefined;
}

export function isArm(request: Request): boolean {
  return /^\/subscriptions\//i.test(request.path);
}

function answer(state: State, request: Request, now: number): Reply {
  const path = parsePath(request.path);
  const handler = path && routes[`${request.method} ${shape(path)}`];
  if (!path || !handler) {
    return gatewayError(404, 'InvalidResourceType', unverified(`No route for ${request.method} ${request.path}`));
  }
  const admission = admit(state, request, path, now);
  if ('status' in admission) return admission;
  const context: Context = { state, request, now, path, names: path.names.slice(1), ...admission };
  try {
    return withServiceHeaders(context, handler(context));
  } catch (error) {
    if (error instanceof BodyFault) return withServiceHeaders(context, refuseBody(context, error));
    throw error;
  }
}

function refuseBody(context: Context, fault: BodyFault): Reply {
  return fault.gatewayCode === undefined
    ? badRequest(context, unverified(fault.message))
    : gatewayError(400, fault.gatewayCode, fault.message);
}
