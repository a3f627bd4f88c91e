/** The addresses that differ from one Azure cloud to the next. */
export interface Cloud {
  readonly name: string;
  /** Azure Resource Manager, without a slash at the end. */
  readonly resourceManager: string;
  /** Microsoft Entra, without a slash at the end. */
  readonly authority: string;
  /** Whether the user named the authority, which then need not be one that Microsoft lists. */
  readonly ownAuthority: boolean;
  /** Audience of the Entra tokens that an endpoint with `aad_token` accepts. */
  readonly machineLearning: string;
  /** What the host names of storage accounts end in. */
  readonly storage: string;
  /** Audience of the GitHub ID token that is exchanged for an Entra token. */
  readonly idTokenAudience: string;
}

/**
 * Addresses of the public and the sovereign clouds.
 * Sources: azure-ai-ml `_azure_environments.py` (resource manager, authority, machine learning, storage), Azure/login `README.md`
 * (ID-token audiences).
 */
export const CLOUDS = {
  AzureCloud: {
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    machineLearning: 'https://ml.azure.com',
    storage: 'core.windows.net',
    idTokenAudience: 'api://AzureADTokenExchange',
  },
  AzureUSGovernment: {
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    machineLearning: 'https://ml.azure.us',
    storage: 'core.usgovcloudapi.net',
    idTokenAudience: 'api://AzureADTokenExchangeUSGov',
  },
  AzureChinaCloud: {
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    machineLearning: 'https://ml.azure.cn',
    storage: 'core.chinacloudapi.cn',
    idTokenAudience: 'api://AzureADTokenExchangeChina',
  },
} as const;

export type CloudName = keyof typeof CLOUDS;
