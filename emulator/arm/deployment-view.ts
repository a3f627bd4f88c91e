import type { JsonObject } from '../http.ts';
import type { Deployment, DeploymentBody, Endpoint } from '../state.ts';
import type { Context } from './context.ts';
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
  const { name, provisioningState, operationUri } = deployment;
  const id = `${endpointId(state, endpoint)}/deployments/${name}`;
  return {
    id,
    name,
    type: `${provider}/workspaces/onlineEndpoints/deployments`,
    kind: body.properties['endpointComputeType'] === 'Managed' ? 'Managed' : 'K8S',
    location: body.location,
    tags: body.tags,
    sku: body.sku,
    properties: knownTo(version, {
      ...body.properties,
      properties: { ...body.bag, 'azureml.onlinedeploymentid': id.toLowerCase(), AzureAsyncOperationUri: operationUri },
      provisioningState,
    }),
    systemData: systemData(deployment, state.identity.clientId),
  };
}
