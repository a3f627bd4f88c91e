import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';
import type { Deployment, DeploymentBody, Endpoint } from '../state.ts';
import type { Context } from './context.ts';
import { withDefaults } from './deployment-defaults.ts';
import { endpointId } from './endpoint-view.ts';
import { provider } from './path.ts';
import { systemData } from './reading.ts';
import { knownTo } from './versions.ts';

/** A deployment with a body, current or not, as the request's api-version shows it. */
export function renderDeployment(
  { state, version }: Context,
  endpoint: Endpoint,
  deployment: Deployment,
  body: DeploymentBody,
): JsonObject {
  const { name, provisioningState, operationUri, ready } = deployment;
  const id = `${endpointId(state, endpoint)}/deployments/${name}`;
  const shown = { ...withDefaults(body.properties, ready), provisioningState };
  return {
    id,
    name,
    type: `${provider}/workspaces/onlineEndpoints/deployments`,
    properties: knownTo(version, { ...shown, properties: { ...body.bag, AzureAsyncOperationUri: operationUri } }),
    systemData: systemData(deployment, state.identity.clientId),
    tags: body.tags,
    location: body.location,
    kind: body.properties['endpointComputeType'] === 'Managed' ? 'Managed' : 'K8S',
    ...(hasSku(shown) ? { sku: body.sku } : {}),
  };
}

/** One that scales by itself has no capacity to show (test_online_endpoint_k8s_deployment_cpu.yaml). */
function hasSku({ scaleSettings }: JsonObject): boolean {
  return !isObject(scaleSettings) || scaleSettings['scaleType'] !== 'TargetUtilization';
}
