import type { JsonObject } from '../http.ts';
import type { Endpoint, EndpointBody, State } from '../state.ts';
import { renderIdentity } from './identity.ts';
import { provider } from './path.ts';
import { systemData } from './reading.ts';
import { knownTo } from './versions.ts';

/** What ARM shows of an endpoint, as far as anything here reads it. */
export interface EndpointJson extends JsonObject {
  readonly properties: JsonObject;
}

/** An endpoint with a body, current or not, as an api-version shows it. */
export function renderEndpoint(state: State, endpoint: Endpoint, body: EndpointBody, version: string): EndpointJson {
  const { name, principalId, provisioningState, ready } = endpoint;
  const id = endpointId(state, endpoint);
  return {
    id,
    name,
    type: `${provider}/workspaces/onlineEndpoints`,
    properties: knownTo(version, {
      ...body.properties,
      properties: {
        ...body.properties.properties,
        'azureml.onlineendpointid': id.toLowerCase(),
        AzureAsyncOperationUri: endpoint.operationUri,
      },
      provisioningState,
      scoringUri: ready ? `${dataPlane(state, endpoint)}/score` : null,
      swaggerUri: ready ? `${dataPlane(state, endpoint)}/swagger.json` : null,
    }),
    systemData: systemData(endpoint, state.identity.clientId),
    tags: body.tags,
    location: body.location,
    kind: isManaged(body) ? 'Managed' : 'K8S',
    identity: renderIdentity(body.identity, principalId, state.identity.tenantId),
  };
}

export function endpointId(state: State, { workspace, name }: Endpoint): string {
  return `${workspaceId(state, workspace)}/onlineEndpoints/${name}`;
}

export function workspaceId(
  state: State,
  workspace: { readonly resourceGroup: string; readonly name: string },
): string {
  const group = `/subscriptions/${state.subscriptionId}/resourceGroups/${workspace.resourceGroup}`;
  return `${group}/providers/${provider}/workspaces/${workspace.name}`;
}

/** An endpoint with a compute is served by Kubernetes. */
export function isManaged(body: EndpointBody): boolean {
  return body.properties.compute === null;
}

// Azure puts endpoint and region into the host, which a server on one loopback address cannot: they go into the path.
// A cluster has one address for all its endpoints, so its paths are Azure's own (test_online_endpoint_k8s.yaml).
function dataPlane(state: State, { name, workspace, body }: Endpoint): string {
  if (!isManaged(body)) return `${state.url}/api/v1/endpoint/${name}`;
  return `${state.url}/${name}.${workspace.location}.inference`;
}
