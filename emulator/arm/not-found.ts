import type { Reply } from '../http.ts';
import type { Context } from './context.ts';
import { gatewayError, serviceError } from './errors.ts';
import { provider } from './path.ts';

/** Resource Manager knows nothing of the name (every recording of a first GET, such as test_online_endpoint_mir.yaml). */
export function resourceNotFound(path: string, group: string): Reply {
  const message =
    `The Resource '${provider}/${path}' under resource group '${group}' was not found. For more details please go to ` +
    'https://aka.ms/ARMResourceNotFoundFix';
  return gatewayError(404, 'ResourceNotFound', message);
}

export function endpointNotFound(context: Context): Reply {
  const { names, workspace, path } = context;
  const endpoint = names[0] ?? '';
  if (wasDeleted(context, 1)) return noSuchService(context, endpoint);
  const shown = `workspaces/${workspace.name}/onlineEndpoints/${endpoint}`;
  return resourceNotFound(shown, path.group ?? '');
}

export function deploymentNotFound(context: Context): Reply {
  const { names, workspace, path } = context;
  const [endpoint = '', deployment = ''] = names;
  if (wasDeleted(context, 2)) return noSuchService(context, `${deployment}-${endpoint}`);
  const shown = `workspaces/${workspace.name}/onlineEndpoints/${endpoint}/deployments/${deployment}`;
  return resourceNotFound(shown, path.group ?? '');
}

/** A deployment that a read does not see yet, as quoted in Azure-Samples/contoso-chat#139. */
export function deploymentNotYet(context: Context): Reply {
  const [endpoint = '', deployment = ''] = context.names;
  const workspace = context.workspace.name;
  const message = `Deployment ${deployment} not found in endpoint ${endpoint}, workspace ${workspace}`;
  return serviceError(context, 404, 'UserError', message, [], { deployment, endpoint, workspace });
}

/** An endpoint that a read does not see yet: [U], in the words for what was deleted. */
export function endpointNotYet(context: Context): Reply {
  return noSuchService(context, context.names[0] ?? '');
}

/** How `gone` names the first `count` names of a path below the workspace. */
export function graveOf(workspace: { readonly id: string }, names: readonly string[], count = names.length): string {
  return [workspace.id, ...names.slice(0, count)].join('/').toLowerCase();
}

function wasDeleted({ state, workspace, names }: Context, count: number): boolean {
  return state.gone.includes(graveOf(workspace, names, count));
}

/** Resource Manager still asks the service for what was deleted (test_online_endpoint_mir_deployment_delete.yaml). */
function noSuchService(context: Context, service: string): Reply {
  const { state, workspace } = context;
  const message =
    `There is no service with name: ${service} in Subscription: ${state.subscriptionId}, ResourceGroup: ` +
    `${workspace.resourceGroup}, Workspace: ${workspace.name}`;
  return serviceError(context, 404, 'NotFound', 'The specified resource was not found.', [
    { code: 'NoSuchService', message, details: [], additionalInfo: [] },
  ]);
}
