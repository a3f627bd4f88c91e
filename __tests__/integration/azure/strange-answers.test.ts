import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Azure, startAzure, writes } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const YAML = { files: { 'endpoints/iris.yml': 'name: iris\ndescription: new words\n' } };
const STRANGE = 'unexpected response; is a proxy or a login page in between?';

test.each(['plan', 'update', 'show', 'list', 'url', 'token'] as const)(
  '%s does not take a 200 without an endpoint in it for one',
  async (operation) => {
    const endpoint = operation === 'list' ? '' : 'iris';
    azure.fault({ match: { path: '/onlineEndpoints' }, times: 'always', then: { garbage: 'json' } });
    const result = await azure.run({ operation, endpoint }, YAML);
    expect(result.exitCode).toBe(1);
    expect(result.failure().message).toContain(STRANGE);
    expect(writes(result.requests)).toEqual([]);
  },
);

test('a PUT that is answered with something else is looked for, and sent again when Azure has not taken it', async () => {
  azure.fault({ match: { method: 'PUT' }, then: { garbage: 'json' } });
  const result = await azure.run({ operation: 'update', endpoint: 'iris' }, YAML);
  expect(result.exitCode).toBe(0);
  expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/iris 200', 'PUT onlineEndpoints/iris 201']);
});

test('half an answer is told as one, not as a network that is down', async () => {
  azure.fault({ match: { path: '/onlineEndpoints/iris?' }, times: 'always', then: { truncate: true } });
  const result = await azure.run({ operation: 'url', endpoint: 'iris' });
  expect(result.failure().message).toMatch(/is truncated or not JSON|ECONNRESET|was cut/);
});
