import { afterEach, expect, test } from '@jest/globals';
import { startAzure } from '../../support/azure.ts';
import { startConnectProxy } from '../../support/connect-proxy.ts';

afterEach(() => {
  delete process.env['HTTPS_PROXY'];
  delete process.env['NO_PROXY'];
});

// The pipeline reads NO_PROXY once a process, so this has a file of its own.
test('NO_PROXY leads past the proxy', async () => {
  const azure = await startAzure();
  const proxy = await startConnectProxy();
  process.env['HTTPS_PROXY'] = proxy.url;
  process.env['NO_PROXY'] = 'example.com,127.0.0.1';
  expect((await azure.run({ operation: 'url', endpoint: 'iris' })).exitCode).toBe(0);
  expect(proxy.tunnels).toEqual([]);
  await proxy.close();
  await azure.close();
});
