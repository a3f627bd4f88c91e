import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { clientSecret, gitHubIdToken, inScene } from '../support/scene.ts';

const seed: Seed = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [{ name: 'iris', properties: { traffic: { blue: 100 } }, deployments: [{ name: 'blue' }] }],
    },
  ],
};
const files = { 'request.json': '{}' };
const invoke = { operation: 'invoke', endpoint: 'iris', 'request-file': 'request.json' };

test.concurrent(
  'sign-in, Azure and scoring all go through HTTPS_PROXY',
  inScene({ seed, files }, async ({ action, azure }) => {
    await withProxy(async ({ url, tunnels }) => {
      const env = { HTTPS_PROXY: url };
      const [secret, idToken] = await Promise.all([
        action(invoke, { env: { ...clientSecret(azure), ...env } }),
        action(invoke, { env: { ...gitHubIdToken(azure), ...env } }),
      ]);
      expect([secret.exitCode, idToken.exitCode]).toEqual([0, 0]);
      expect(new Set(tunnels)).toEqual(new Set([new URL(azure.url).host]));
    });
  }),
);

test.concurrent(
  'what NO_PROXY names goes past the proxy',
  inScene({ seed, files }, async ({ action, azure }) => {
    await withProxy(async ({ url, tunnels }) => {
      const env = { ...clientSecret(azure), HTTPS_PROXY: url, NO_PROXY: '127.0.0.1' };
      expect(await action(invoke, { env })).toMatchObject({ exitCode: 0 });
      expect(tunnels).toEqual([]);
    });
  }),
);

test.concurrent(
  'a proxy that is not there is an error that names the variables',
  inScene({ seed, files }, async ({ action, azure }) => {
    const gone = await withProxy(({ url }) => Promise.resolve(url));
    const env = { ...clientSecret(azure), HTTPS_PROXY: gone };
    const { exitCode, annotations } = await action({ ...invoke, timeout: '3s' }, { env });
    expect(exitCode).toBe(1);
    expect(annotations[0]?.message).toContain('HTTPS_PROXY and NO_PROXY');
    expect(azure.requests()).toEqual([]);
  }),
);

async function withProxy<T>(use: (proxy: ConnectProxy) => Promise<T>): Promise<T> {
  const proxy = await startConnectProxy();
  try {
    return await use(proxy);
  } finally {
    await proxy.close();
  }
}
