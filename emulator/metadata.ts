import { json } from './http.ts';
import type { Reply, Request } from './http.ts';
import type { State } from './state.ts';
import { storageSuffix } from './storage.ts';

/** The name of the emulated cloud. It must not be one of Azure's own: azure-ai-ml has those built in. */
export const cloudName = 'AzureEmulator';

/** Where clients read which clouds there are, as `ARM_CLOUD_METADATA_URL` names it. */
export const metadataPath = '/metadata/endpoints?api-version=2022-09-01';

/**
 * `GET /metadata/endpoints`: the clouds that this Resource Manager knows, as an array since api-version 2019-05-01.
 * The fields are those that azure-ai-ml (`_azure_environments.py`) and azure-cli (`cloud.py`) read. `portal` keeps the
 * public cloud's host because azure-ai-ml derives the audience `https://ml.azure.com` from its top-level domain.
 */
export function handleMetadata(state: State, request: Request): Reply | undefined {
  if (request.method !== 'GET' || request.path.toLowerCase() !== '/metadata/endpoints') return undefined;
  const cloud = {
    name: cloudName,
    portal: 'https://portal.azure.com/',
    authentication: {
      loginEndpoint: state.url,
      audiences: [state.url, 'https://management.core.windows.net/', 'https://management.azure.com/'],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    resourceManager: state.url,
    graph: 'https://graph.windows.net/',
    graphAudience: 'https://graph.windows.net/',
    microsoftGraphResourceId: 'https://graph.microsoft.com/',
    media: 'https://rest.media.azure.net',
    batch: 'https://batch.core.windows.net/',
    gallery: 'https://gallery.azure.com/',
    logAnalyticsResourceId: 'https://api.loganalytics.io',
    suffixes: {
      storage: storageSuffix(state.storage),
      keyVaultDns: 'vault.azure.net',
      acrLoginServer: 'azurecr.io',
      sqlServerHostname: 'database.windows.net',
    },
  };
  return json(200, [cloud]);
}
