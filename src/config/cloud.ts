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
  /** Audience of the GitHub ID token that is exchanged for an Entra token. */
  readonly idTokenAudience: string;
}

/**
 * Addresses of the public and the sovereign clouds.
 * Sources: azure-ai-ml `_azure_environments.py` (resource manager, authority, machine learning), Azure/login `README.md`
 * (ID-token audiences).
 */
export const CLOUDS = {
  AzureCloud: {
    resourceManager: 'https://management.azure.com',
    authority: 'https://login.microsoftonline.com',
    machineLearning: 'https://ml.azure.com',
    idTokenAudience: 'api://AzureADTokenExchange',
  },
  AzureUSGovernment: {
    resourceManager: 'https://management.usgovcloudapi.net',
    authority: 'https://login.microsoftonline.us',
    machineLearning: 'https://ml.azure.us',
    idTokenAudience: 'api://AzureADTokenExchangeUSGov',
  },
  AzureChinaCloud: {
    resourceManager: 'https://management.chinacloudapi.cn',
    authority: 'https://login.chinacloudapi.cn',
    machineLearning: 'https://ml.azure.cn',
    idTokenAudience: 'api://AzureADTokenExchangeChina',
  },
} as const;

export type CloudName = keyof typeof CLOUDS;
