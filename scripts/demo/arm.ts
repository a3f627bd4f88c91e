import { request } from 'node:https';
import type { Emulator } from '../../emulator/server.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One request to the emulator, trusted by its own authority. */
export function call(
  emulator: Emulator,
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, ca: emulator.ca, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text })).on('error', reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** Makes a deployment the way any other client of ARM does, and waits until it serves. */
export async function deployByArm(emulator: Emulator, endpoint: string, deployment: string): Promise<void> {
  const { AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP, AZURE_ML_WORKSPACE } = emulator.env;
  const url =
    `${emulator.url}/subscriptions/${AZURE_SUBSCRIPTION_ID}/resourceGroups/${AZURE_RESOURCE_GROUP}` +
    `/providers/Microsoft.MachineLearningServices/workspaces/${AZURE_ML_WORKSPACE}` +
    `/onlineEndpoints/${endpoint}/deployments/${deployment}?api-version=2024-10-01`;
  const headers = { authorization: `Bearer ${await armToken(emulator)}`, 'content-type': 'application/json' };
  const body = {
    location: 'westeurope',
    sku: { name: 'Default', capacity: 1 },
    properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2' },
  };
  const put = await call(emulator, 'PUT', url, headers, JSON.stringify(body));
  if (put.status > 201) throw new Error(`PUT of deployment ${deployment}: ${put.status} ${put.body}`);
  for (;;) {
    const { body: text } = await call(emulator, 'GET', url, headers);
    const { provisioningState } = (JSON.parse(text) as { properties: { provisioningState: string } }).properties;
    if (provisioningState === 'Succeeded') return;
    if (provisioningState === 'Failed') throw new Error(`deployment ${deployment} failed`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function armToken(emulator: Emulator): Promise<string> {
  const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET } = emulator.env;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: AZURE_CLIENT_ID!,
    client_secret: AZURE_CLIENT_SECRET!,
    scope: 'https://management.azure.com/.default',
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const { body } = await call(
    emulator,
    'POST',
    `${emulator.url}/${AZURE_TENANT_ID}/oauth2/v2.0/token`,
    headers,
    String(form),
  );
  return (JSON.parse(body) as { access_token: string }).access_token;
}
