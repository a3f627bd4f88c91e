import { setTimeout as sleep } from 'node:timers/promises';
import type { Emulator } from '../server.ts';
import { callHttps, type HttpsAnswer } from './https.ts';

/** Another pipeline, which makes deployments (and, for tests, endpoints) by direct calls of Azure Resource Manager. */
export interface OtherPipeline {
  endpoint(name: string, properties?: object): Promise<void>;
  deployment(endpoint: string, name: string): Promise<void>;
  /** Sets the live traffic, as somebody at the portal would. */
  traffic(
    endpoint: string,
    traffic: Readonly<Record<string, number>>,
    tags?: Readonly<Record<string, unknown>>,
  ): Promise<void>;
}

export function otherPipeline(emulator: Emulator): OtherPipeline {
  const put = async (path: string, properties: object, tags: object = {}): Promise<void> => {
    const token = await signIn(emulator);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const url = `${emulator.url}${workspacePath(emulator)}${path}?api-version=2024-10-01`;
    const body = JSON.stringify({ location: 'westeurope', identity: { type: 'SystemAssigned' }, tags, properties });
    const answer = succeeded(await callHttps(emulator, { method: 'PUT', url, headers, body }));
    const operation = String(answer.headers['azure-asyncoperation']);
    for (let state = 'started'; state !== 'Succeeded'; state = await stateOf(operation, headers)) await sleep(20);
  };
  const stateOf = async (url: string, headers: Record<string, string>): Promise<string> => {
    const { text } = succeeded(await callHttps(emulator, { url, headers }));
    return (JSON.parse(text) as { status: string }).status;
  };
  return {
    endpoint: (name, properties = {}) => put(`/onlineEndpoints/${name}`, { authMode: 'Key', ...properties }),
    deployment: (endpoint, name) =>
      put(`/onlineEndpoints/${endpoint}/deployments/${name}`, { endpointComputeType: 'Managed' }),
    traffic: (endpoint, traffic, tags) => put(`/onlineEndpoints/${endpoint}`, { authMode: 'Key', traffic }, tags),
  };
}

function workspacePath({ env }: Emulator): string {
  return (
    `/subscriptions/${env['AZURE_SUBSCRIPTION_ID']}/resourceGroups/${env['AZURE_RESOURCE_GROUP']}` +
    `/providers/Microsoft.MachineLearningServices/workspaces/${env['AZURE_ML_WORKSPACE']}`
  );
}

async function signIn(emulator: Emulator): Promise<string> {
  const { env, url } = emulator;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: env['AZURE_CLIENT_ID'] ?? '',
    client_secret: env['AZURE_CLIENT_SECRET'] ?? '',
    scope: 'https://management.azure.com/.default',
  });
  const { text } = succeeded(
    await callHttps(emulator, {
      method: 'POST',
      url: `${url}/${env['AZURE_TENANT_ID']}/oauth2/v2.0/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    }),
  );
  return (JSON.parse(text) as { access_token: string }).access_token;
}

function succeeded(answer: HttpsAnswer): HttpsAnswer {
  if (answer.status >= 300) throw new Error(`the emulator answered ${answer.status}: ${answer.text}`);
  return answer;
}
