import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { armRequests, type Azure, type Result, startAzure, writes } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure({
    seed: {
      workspaces: [
        {
          name: 'ws-emulator',
          endpoints: [{ name: 'iris' }],
          environments: [{ name: 'sklearn', version: '1' }],
          models: [{ name: 'iris', version: '1' }],
        },
      ],
      quotas: { standardDSv2Family: { limit: 10 } },
    },
  });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const GOOD = { model: 'azureml:iris:1', environment: 'azureml:sklearn:1', instance_type: 'Standard_DS3_v2' };

function yaml(name: string, keys: Partial<typeof GOOD>, more = ''): string {
  const lines = Object.entries({ ...GOOD, ...keys }).map(([key, value]) => `${key}: ${value}\n`);
  return `name: ${name}\n${lines.join('')}${more}`;
}

function faultsOf(result: Result): string[] {
  return result.lines.filter(({ level }) => level === 'error').map(({ text }) => text);
}

describe('the faults of a deployment come out at once', () => {
  const FILES = {
    'endpoints/iris.yml': 'name: iris\n',
    'endpoints/iris/deployments/blue.yml': yaml('blue', {
      model: 'azureml:iris:7',
      environment: 'azureml:sklern:1',
      instance_type: 'Standard_DS3v2',
    }),
  };

  test.each(['plan', 'apply', 'deploy'])('those of its assets and those of its size: %s', async (operation) => {
    const result = await azure.run({ operation, endpoint: 'iris' }, { files: FILES });
    expect(faultsOf(result)).toEqual([
      expect.stringContaining('model iris has no version 7'),
      expect.stringContaining('did you mean sklearn?'),
      expect.stringContaining('did you mean Standard_DS3_v2?'),
    ]);
    expect([result.exitCode, writes(result.requests)]).toEqual([2, []]);
  });

  test('at their values, as the faults that need no Azure', async () => {
    const result = await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files: FILES });
    const errors = result.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ at }) => [at?.line, at?.column])).toEqual([
      [2, 8],
      [3, 14],
      [4, 16],
    ]);
  });

  test('one whose assets are faulty counts in the quota of its family', async () => {
    const files = {
      'endpoints/iris/deployments/blue.yml': yaml('blue', { model: 'azureml:iris:7' }),
      'endpoints/iris/deployments/green.yml': yaml('green', {}),
    };
    expect(faultsOf(await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files }))).toEqual([
      expect.stringContaining('model iris has no version 7'),
      expect.stringContaining('blue, green need 16 cores of standardDSv2Family'),
    ]);
  });

  test('a collection whose data asset is missing does not hide the size', async () => {
    const collector = 'data_collector: {collections: {request: {enabled: true, data: azureml:answers:4}}}\n';
    const files = {
      'endpoints/iris/deployments/blue.yml': yaml('blue', { instance_type: 'Standard_DS3v2' }, collector),
    };
    expect(faultsOf(await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files }))).toEqual([
      expect.stringContaining('there is no data asset answers'),
      expect.stringContaining('did you mean Standard_DS3_v2?'),
    ]);
  });

  test('a plan shows none that cannot be written', async () => {
    const result = await azure.run({ operation: 'plan', endpoint: 'iris' }, { files: FILES });
    expect(result.outcome().answer).not.toContain('blue');
  });
});

describe('a key that the api-version does not know', () => {
  const PROBE = 'startup_probe: {period: 5}\n';
  const files = {
    'endpoints/iris.yml': 'name: iris\n',
    'endpoints/iris/deployments/blue.yml': yaml('blue', { instance_type: 'Standard_DS2_v2' }, PROBE),
    'endpoints/iris/deployments/green.yml': yaml('green', { environment: 'sklearn' }, PROBE),
  };
  const inputs = { endpoint: 'iris', 'api-version': '2023-04-01' };

  test.each(['plan', 'apply', 'deploy'])(
    'is told with the faults of other files, before any request: %s',
    async (operation) => {
      const result = await azure.run({ ...inputs, operation }, { files });
      expect(faultsOf(result)).toEqual([
        expect.stringContaining('startup_probe is in Azure since API version 2024-10-01'),
        expect.stringContaining('environment sklearn is not a reference'),
      ]);
      expect([result.exitCode, result.requests]).toEqual([2, []]);
      expect(result.lines.find(({ level }) => level === 'error')).toMatchObject({
        at: { file: 'endpoints/iris/deployments/blue.yml', line: 5, column: 1 },
      });
    },
  );

  test('is taken by validate, which asks no Azure, and by a newer one', async () => {
    const right = Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('green.yml')));
    expect((await azure.run({ operation: 'validate', endpoint: 'iris' }, { files: right })).exitCode).toBe(0);
    const newer = { ...inputs, operation: 'plan', 'api-version': '2024-10-01' };
    expect((await azure.run(newer, { files: right })).exitCode).toBe(0);
  });
});

describe('deploy', () => {
  const deployments = (...endpoints: readonly string[]) =>
    Object.fromEntries(
      endpoints.map((name) => [
        `endpoints/${name}/deployments/blue.yml`,
        yaml('blue', { instance_type: 'Standard_DS2_v2' }),
      ]),
    );

  test('names all endpoints that are not there', async () => {
    const files = deployments('nope1', 'nope2');
    const result = await azure.run({ operation: 'deploy', endpoint: 'nope1,nope2' }, { files });
    expect(result.failure().message).toBe('endpoints nope1, nope2 are not in workspace ws-emulator');
    expect([result.exitCode, writes(result.requests)]).toEqual([1, []]);
  });

  test('tells with them what is wrong with the deployments', async () => {
    const files = {
      ...deployments('nope2'),
      'endpoints/nope1/deployments/blue.yml': yaml('blue', { environment: 'azureml:sklern:1' }),
    };
    const result = await azure.run({ operation: 'deploy', endpoint: 'nope1,nope2' }, { files });
    expect(faultsOf(result)).toEqual([
      'endpoints nope1, nope2 are not in workspace ws-emulator',
      expect.stringContaining('did you mean sklearn?'),
      expect.stringContaining('standardDSv2Family'),
    ]);
  });

  test('reads them side by side, as many as the run may', async () => {
    azure.fault({ match: { path: 'nope1' }, times: 'always', then: { delay: 200 } });
    const read = async (limit: string): Promise<string[]> => {
      const inputs = { operation: 'deploy', endpoint: 'nope1,nope2', 'max-concurrency': limit };
      const { requests } = await azure.run(inputs, { files: deployments('nope1', 'nope2') });
      return armRequests(requests).slice(0, 2);
    };
    // That the workspace is there is looked up after the first 404.
    expect(await read('1')).not.toContain('GET onlineEndpoints/nope2 404');
    expect(await read('2')).toEqual(['GET onlineEndpoints/nope1 404', 'GET onlineEndpoints/nope2 404']);
  });
});
