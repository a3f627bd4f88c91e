import type { JsonObject } from '../http.ts';
import { drawGuid } from '../randomness.ts';
import type { Deployment, Endpoint, Operation } from '../state.ts';
import type { Context } from './context.ts';

/**
 * Why the deletion of a Kubernetes deployment that has traffic ends `Failed`: Azure takes the request with 202, and the
 * operation gives the reason (test_online_endpoint_k8s_deployment_cpu.yaml).
 */
export function liveDeletionError(
  { state, workspace }: Context,
  endpoint: Endpoint,
  deployment: Deployment,
  { id, startedAt, endsAt }: Operation,
): JsonObject {
  const code = 'InferencingClientCallFailed';
  const percent = endpoint.body.properties.traffic[deployment.name] ?? 0;
  const words =
    `Can't delete deployment [${deployment.name}] with non-zero traffic weight, Current traffic [${percent}]. Remove the ` +
    `traffic for this deployment on endpoint [${endpoint.name}] and try again`;
  const message = `"${words}"`;
  const service = `workspaces/${workspace.name}/services/${deployment.name}-${endpoint.name}`;
  const info = {
    id: id.split(':').at(-1),
    operationType: 'AmlArcService',
    state: 'Failed',
    createdTime: new Date(startedAt).toISOString(),
    endTime: new Date(endsAt ?? startedAt).toISOString(),
    error: { code, statusCode: 400, message, details: [] },
    resourceLocation:
      `/api/subscriptions/${state.subscriptionId}/resourceGroups/${workspace.resourceGroup}/providers/` +
      `Microsoft.MachineLearningServices/${service}`,
    operationLog: '',
    parentRequestId: drawGuid(state.randomness),
  };
  return { code, message, details: [], additionalInfo: [{ type: 'MmsOperation', info }] };
}
