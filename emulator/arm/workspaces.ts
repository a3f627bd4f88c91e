import { json } from '../http.ts';
import type { Reply } from '../http.ts';
import type { Context } from './context.ts';
import { workspaceId } from './endpoint-view.ts';
import { provider } from './path.ts';

/** `GET` of a workspace; clients read its `location`. */
export function getWorkspace({ state, workspace }: Context): Reply {
  const { name, location, id } = workspace;
  return json(200, {
    id: workspaceId(state, workspace),
    name,
    type: `${provider}/workspaces`,
    location,
    tags: {},
    identity: { type: 'SystemAssigned', principalId: id, tenantId: state.identity.tenantId },
    kind: 'Default',
    properties: {
      friendlyName: name,
      workspaceId: id,
      provisioningState: 'Succeeded',
      publicNetworkAccess: 'Enabled',
      discoveryUrl: `${state.url}/discovery`,
      mlFlowTrackingUri: `azureml://${location}.api.azureml.ms/mlflow/v1.0${workspaceId(state, workspace)}`,
      v1LegacyMode: false,
    },
  });
}
