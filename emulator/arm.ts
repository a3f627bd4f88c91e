import { getAsset, getContainer, listAssets, listContainers, putAsset } from './arm/assets.ts';
import { BodyFault } from './arm/body-fault.ts';
import type { Context } from './arm/context.ts';
import { getDatastore, listDatastores, listSecrets, startPendingUpload } from './arm/datastores.ts';
import { deleteDeployment, getDeployment, listDeployments, patchDeployment, putDeployment } from './arm/deployments.ts';
import { deleteEndpoint, getEndpoint, listEndpoints, patchEndpoint, putEndpoint } from './arm/endpoints.ts';
import { badRequest, gatewayError, unverified } from './arm/errors.ts';
import { admit } from './arm/gateway.ts';
import { withArmHeaders, withServiceHeaders } from './arm/headers.ts';
import { getToken, listKeys, regenerateKeys } from './arm/keys.ts';
import { getLogs } from './arm/logs.ts';
import { getMetrics } from './arm/metrics.ts';
import { operationResult, operationStatus } from './arm/operations.ts';
import { metrics, parsePath, shape } from './arm/path.ts';
import { listQuotas, listUsages, listVmSizes } from './arm/quotas.ts';
import { getWorkspace } from './arm/workspaces.ts';
import type { Reply, Request } from './http.ts';
import type { AssetKind, State } from './state.ts';

type Routes = Readonly<Record<string, (context: Context) => Reply>>;

const routes: Routes = {
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
  'GET workspaces/*/datastores': listDatastores,
  'GET workspaces/*/datastores/*': getDatastore,
  'POST workspaces/*/datastores/*/listSecrets': listSecrets,
  'POST workspaces/*/codes/*/versions/*/startPendingUpload': startPendingUpload,
  ...assetRoutes('models'),
  ...assetRoutes('environments'),
  ...assetRoutes('codes'),
  ...assetRoutes('data'),
  [`GET workspaces/*/onlineEndpoints/*/${metrics}`]: getMetrics,
  'GET locations/*/usages': listUsages,
  'GET locations/*/quotas': listQuotas,
  'GET locations/*/vmSizes': listVmSizes,
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

function assetRoutes(kind: AssetKind): Routes {
  return {
    [`GET workspaces/*/${kind}`]: listContainers,
    [`GET workspaces/*/${kind}/*`]: getContainer,
    [`GET workspaces/*/${kind}/*/versions`]: listAssets,
    [`GET workspaces/*/${kind}/*/versions/*`]: getAsset,
    [`PUT workspaces/*/${kind}/*/versions/*`]: putAsset,
  };
}

function refuseBody(context: Context, fault: BodyFault): Reply {
  return fault.gatewayCode === undefined
    ? badRequest(context, unverified(fault.message))
    : gatewayError(400, fault.gatewayCode, fault.message);
}
