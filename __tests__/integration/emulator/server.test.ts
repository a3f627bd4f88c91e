import { existsSync } from 'node:fs';
import { connect } from 'node:tls';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ClientAssertionCredential, ClientSecretCredential } from '@azure/identity';
import type { TokenCredential } from '@azure/identity';
import { startEmulator } from '../../../emulator/server.ts';
import type { Emulator } from '../../../emulator/server.ts';
import type { EmulatorOptions } from '../../../emulator/options.ts';
import { below, call } from './client.ts';
import type { Response } from './client.ts';

const running: Emulator[] = [];

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator({ operationTime: 20, ...options });
  running.push(emulator);
  return emulator;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
});

function credentialOptions(emulator: Emulator) {
  return {
    authorityHost: emulator.url,
    disableInstanceDiscovery: true,
    tlsOptions: { ca: emulator.ca },
    retryOptions: { maxRetries: 0 },
  };
}

function withSecret(emulator: Emulator, secret?: string): TokenCredential {
  const { AZURE_TENANT_ID = '', AZURE_CLIENT_ID = '', AZURE_CLIENT_SECRET = '' } = emulator.env;
  const chosen = secret ?? AZURE_CLIENT_SECRET;
  return new ClientSecretCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, chosen, credentialOptions(emulator));
}

function withIdToken(emulator: Emulator): TokenCredential {
  const { AZURE_TENANT_ID = '', AZURE_CLIENT_ID = '' } = emulator.env;
  const ask = () => idToken(emulator);
  return new ClientAssertionCredential(AZURE_TENANT_ID, AZURE_CLIENT_ID, ask, credentialOptions(emulator));
}

async function idToken(emulator: Emulator): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN = '' } = emulator.env;
  const url = `${ACTIONS_ID_TOKEN_REQUEST_URL}&audience=${encodeURIComponent('api://AzureADTokenExchange')}`;
  const { text } = await call(emulator, 'GET', url, { token: ACTIONS_ID_TOKEN_REQUEST_TOKEN });
  return JSON.parse(text).value;
}

async function armToken(emulator: Emulator): Promise<string> {
  const token = await withSecret(emulator).getToken('https://management.azure.com/.default');
  return token?.token ?? '';
}

async function follow(emulator: Emulator, started: Response, token: string): Promise<string> {
  for (;;) {
    const { text } = await call(emulator, 'GET', String(started.headers['azure-asyncoperation']), { token });
    const { status } = JSON.parse(text);
    if (['Succeeded', 'Failed', 'Canceled'].includes(status)) return status;
  }
}

describe("Azure's own client library", () => {
  test.each([
    ['a secret', withSecret],
    ["GitHub's ID token", withIdToken],
  ])('signs in with %s, and Resource Manager takes the token', async (_, credential) => {
    const emulator = await start();
    const token = await credential(emulator).getToken(`${emulator.url}/.default`);
    const { status, text } = await call(emulator, 'GET', below(emulator, ''), { token: token?.token ?? '' });
    expect(status).toBe(200);
    expect(JSON.parse(text).location).toBe('westeurope');
    expect(emulator.state().secrets).toContain(token?.token);
  });

  test('tells a wrong secret by the code of Entra', async () => {
    const emulator = await start();
    const credential = withSecret(emulator, 'guess');
    await expect(credential.getToken('https://management.azure.com/.default')).rejects.toThrow(/AADSTS7000215/);
  });

  test('tells an expired ID token by the code of Entra', async () => {
    const emulator = await start({ idTokenLifetime: 0 });
    await expect(withIdToken(emulator).getToken('https://management.azure.com/.default')).rejects.toThrow(
      /AADSTS700024/,
    );
  });
});

test('an endpoint lives from its creation to its end', async () => {
  const emulator = await start();
  const token = await armToken(emulator);
  const iris = below(emulator, '/onlineEndpoints/iris');
  const put = (path: string, body: unknown) => call(emulator, 'PUT', path, { token, body });
  const endpoint = { location: 'westeurope', properties: { authMode: 'Key' } };
  const blue = { location: 'westeurope', properties: { endpointComputeType: 'Managed' } };

  expect(await follow(emulator, await put(iris, endpoint), token)).toBe('Succeeded');
  const deployed = await put(below(emulator, '/onlineEndpoints/iris/deployments/blue'), blue);
  expect(await follow(emulator, deployed, token)).toBe('Succeeded');
  const properties = { authMode: 'Key', traffic: { blue: 100 } };
  expect(await follow(emulator, await put(iris, { ...endpoint, properties }), token)).toBe('Succeeded');

  const { scoringUri } = JSON.parse((await call(emulator, 'GET', iris, { token })).text).properties;
  const keys = await call(emulator, 'POST', below(emulator, '/onlineEndpoints/iris/listKeys'), { token });
  const { primaryKey } = JSON.parse(keys.text);
  const scored = await call(emulator, 'POST', scoringUri, { token: primaryKey, body: { data: [1] } });
  expect(JSON.parse(scored.text)).toEqual({ endpoint: 'iris', deployment: 'blue', request: { data: [1] } });

  expect(await follow(emulator, await call(emulator, 'DELETE', iris, { token }), token)).toBe('Succeeded');
  expect((await call(emulator, 'GET', iris, { token })).status).toBe(404);
  expect(emulator.state().endpoints).toEqual([]);
});

describe('faults on the wire', () => {
  test.each([
    ['reset', { reset: true } as const, 0],
    ['reset-after', { 'reset-after': true } as const, 1],
    ['truncate', { truncate: true } as const, 1],
  ])('%s cuts the connection', async (_, then, operations) => {
    const emulator = await start();
    const token = await armToken(emulator);
    emulator.fault({ match: { method: 'PUT' }, then });
    const body = { location: 'westeurope', properties: { authMode: 'Key' } };
    const answer = call(emulator, 'PUT', below(emulator, '/onlineEndpoints/iris'), { token, body });
    await expect(answer).rejects.toThrow(/socket hang up|ECONNRESET|aborted/);
    expect(emulator.state().operations).toHaveLength(operations);
  });

  test('hang keeps it open', async () => {
    const emulator = await start();
    emulator.fault({ then: { hang: true } });
    await expect(call(emulator, 'GET', '/metadata/endpoints', { timeout: 100 })).rejects.toThrow('timeout');
  });

  test('delay and latency add up', async () => {
    const emulator = await start({ latency: 40 });
    emulator.fault({ then: { delay: 60 } });
    const before = performance.now();
    await call(emulator, 'GET', '/metadata/endpoints');
    expect(performance.now() - before).toBeGreaterThanOrEqual(95);
  });

  test('come in over the control door too', async () => {
    const emulator = await start();
    await call(emulator, 'POST', '/_emulator/faults', { body: { then: { status: 503, body: 'busy' } } });
    expect(await call(emulator, 'GET', '/metadata/endpoints')).toMatchObject({ status: 503, text: 'busy' });
    expect(emulator.requests()).toMatchObject([{ method: 'GET', path: '/metadata/endpoints', status: 503 }]);
    emulator.reset();
    expect(emulator.requests()).toEqual([]);
  });
});

describe('the server', () => {
  test('shows a certificate for 127.0.0.1 and localhost that its authority signed', async () => {
    const emulator = await start();
    const port = Number(new URL(emulator.url).port);
    for (const host of ['127.0.0.1', 'localhost']) {
      const isTrusted = await new Promise((resolve, reject) => {
        const socket = connect({
          host: '127.0.0.1',
          port,
          ca: emulator.ca,
          servername: host === 'localhost' ? host : '',
        });
        socket.on('secureConnect', () => resolve(socket.authorized && socket.destroy()));
        socket.on('error', reject);
      });
      expect(isTrusted).toBeTruthy();
    }
  });

  test('closes at once, also with a request that hangs, and removes its file', async () => {
    const emulator = await start();
    emulator.fault({ then: { hang: true } });
    const hanging = expect(call(emulator, 'GET', '/metadata/endpoints')).rejects.toThrow();
    while (emulator.requests().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await emulator.close();
    await hanging;
    expect(existsSync(emulator.caFile)).toBe(false);
  });

  test('does not start with a faulty seed or on a taken port', async () => {
    await expect(start({ seed: { workspaces: [{ name: 'w', endpoints: [{ name: 'x' }] }] } })).rejects.toThrow(/^seed/);
    const emulator = await start();
    await expect(start({ port: Number(new URL(emulator.url).port) })).rejects.toThrow(/EADDRINUSE/);
  });
});
