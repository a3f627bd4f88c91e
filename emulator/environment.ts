import { idTokenPath, idTokenQuery } from './github.ts';
import { cloudName, metadataPath } from './metadata.ts';
import type { State } from './state.ts';
import { minute as realMinute } from './traffic/time.ts';

/** Exactly the variables that a client needs to work against the emulator instead of Azure and GitHub. */
export function clientEnvironment(state: State, authorityFile: string): Record<string, string> {
  const workspace = state.workspaces[0];
  return {
    AZURE_SUBSCRIPTION_ID: state.subscriptionId,
    AZURE_RESOURCE_GROUP: workspace?.resourceGroup ?? state.resourceGroups[0] ?? '',
    AZURE_ML_WORKSPACE: workspace?.name ?? '',
    AZURE_TENANT_ID: state.identity.tenantId,
    AZURE_CLIENT_ID: state.identity.clientId,
    AZURE_CLIENT_SECRET: state.identity.clientSecret,
    AZURE_AUTHORITY_HOST: state.url,
    AZURE_RESOURCE_MANAGER_ENDPOINT: state.url,
    NODE_EXTRA_CA_CERTS: authorityFile,
    REQUESTS_CA_BUNDLE: authorityFile,
    ARM_CLOUD_METADATA_URL: `${state.url}${metadataPath}`,
    AZUREML_CURRENT_CLOUD: cloudName,
    GITHUB_API_URL: state.url,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${state.url}${idTokenPath}?${idTokenQuery}`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: state.identity.idTokenRequestToken,
    ...hurry(state),
  };
}

/** With its origin, so that the action's clock and the times of the metrics agree. */
function hurry({ behaviour }: State): Record<string, string> {
  const { minute, origin } = behaviour.pace;
  return minute === realMinute ? {} : { EMULATED_MINUTE_MS: `${minute}@${origin}` };
}

/** The variables as lines that a POSIX shell can source. */
export function shellExports(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}='${value.replaceAll("'", `'\\''`)}'\n`)
    .join('');
}
