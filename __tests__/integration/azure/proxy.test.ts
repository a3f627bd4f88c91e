import { afterEach, expect, test } from '@jest/globals';
import { startAzure } from '../../support/azure.ts';
import { startConnectProxy } from '../../support/connect-proxy.ts';

afterEach(() => {
  delete process.env['HTTPS_PROXY'];
});

test('HTTPS_PROXY carries the sign-in, ARM and the scoring URL alike', async () => {
  const azure = await startAzure();
  const proxy = await startConnectProxy();
  process.env['HTTPS_PROXY'] = proxy.url;
  const inputs = { operation: 'invoke', endpoint: 'iris', 'request-file': 'r.json' } as const;
  const result = await azure.run(inputs, { files: { 'r.json': '{}' } });
  expect(result.exitCode).toBe(0);
  expect(new Set(proxy.tunnels)).toEqual(new Set([new URL(azure.url).host]));
  expect(result.requests.length).toBeGreaterThanOrEqual(4);
  await proxy.close();
  await azure.close();
});
