import { describe, expect, test } from '@jest/globals';
import { clientEnvironment, shellExports } from '../../../emulator/environment.ts';
import { parseSeed } from '../../../emulator/seed-file.ts';
import { pureEmulator } from './pure-emulator.ts';

describe('a seed', () => {
  const seed = parseSeed({
    subscriptionId: 'sub',
    resourceGroups: ['one', 'two'],
    takenNames: ['gone'],
    workspaces: [
      {
        name: 'first',
        location: 'eastus',
        endpoints: [
          {
            name: 'Iris',
            tags: { a: 'b' },
            properties: { authMode: 'AMLToken', traffic: { blue: 100 } },
            deployments: [{ name: 'blue', sku: { capacity: 3 } }],
          },
        ],
      },
      { name: 'second', resourceGroup: 'two' },
    ],
  });

  test('is there at the start', () => {
    const { state } = pureEmulator(seed);
    expect(state).toMatchObject({ subscriptionId: 'sub', resourceGroups: ['one', 'two'], takenNames: ['gone'] });
    expect(state.workspaces).toMatchObject([
      { name: 'first', resourceGroup: 'one', location: 'eastus' },
      { name: 'second', resourceGroup: 'two', location: 'westeurope' },
    ]);
    expect(state.endpoints).toMatchObject([
      {
        name: 'iris',
        ready: true,
        provisioningState: 'Succeeded',
        body: { tags: { a: 'b' }, properties: { authMode: 'AMLToken' } },
        deployments: [{ name: 'blue', body: { sku: { capacity: 3 } } }],
      },
    ]);
  });

  test('tells clients where its first workspace is', () => {
    expect(clientEnvironment(pureEmulator(seed).state, 'ca.pem')).toMatchObject({
      AZURE_SUBSCRIPTION_ID: 'sub',
      AZURE_RESOURCE_GROUP: 'one',
      AZURE_ML_WORKSPACE: 'first',
    });
  });

  test.each([
    ['x', 'seed must hold JSON objects'],
    [{ endpoints: [] }, "seed has no 'endpoints'"],
    [{ takenNames: 'x' }, 'takenNames must be a list of names'],
    [{ workspaces: {} }, 'workspaces must be a list'],
    [{ workspaces: [{}] }, 'each of workspaces needs a name'],
    [{ workspaces: [{ name: 'w', endpoints: [{ name: 'e', traffic: {} }] }] }, "endpoints has no 'traffic'"],
    [{ workspaces: [{ name: 'w', models: [{ name: 'm', uri: '' }] }] }, "models has no 'uri'"],
    [{ workspaces: [{ name: 'w', codes: {} }] }, 'codes must be a list'],
    [{ storage: { uri: 'x' } }, 'storage has url, container, credentials, key'],
    [{ storage: 'x' }, 'storage must be an object'],
    [{ quotas: { standardDSv2Family: 5 } }, 'quotas.standardDSv2Family'],
    [{ quotas: { standardDSv2Family: { limit: 'x' } } }, 'quotas.standardDSv2Family'],
    [{ quotas: [] }, 'quotas must be an object'],
  ])('like %j is refused', (value, words) => {
    expect(() => parseSeed(value)).toThrow(words);
  });

  test.each([
    [{ name: 'x' }, 'seed, endpoint x: The name'],
    [
      { name: 'iris', properties: { traffic: { blue: 100 } } },
      "seed, endpoint iris: The traffic names deployment 'blue'",
    ],
    [{ name: 'iris', properties: { authMode: 'None' } }, 'seed, endpoint iris: properties.authMode'],
    [{ name: 'iris', deployments: [{ name: 'red', failure: 'none' as 'probe' }] }, 'failure must be one of quota'],
    [{ name: 'iris', deployments: [{ name: 'red', log: 'text' as unknown as string[] }] }, 'log must be lines'],
  ])('with the endpoint %j is refused', (endpoint, words) => {
    expect(() => pureEmulator({ workspaces: [{ name: 'w', endpoints: [endpoint] }] })).toThrow(words);
  });
});

describe('models, environments and codes', () => {
  test('get a version and content where the seed has none', () => {
    const properties = { build: { contextUri: 'azureml://context' } };
    const emulator = pureEmulator({
      workspaces: [
        { name: 'w', models: [{ name: 'm' }], codes: [{ name: 'c', version: '7' }] },
        { name: 'v', environments: [{ name: 'e' }, { name: 'built', properties }] },
      ],
    });
    const told = emulator.state.assets.map(({ workspace, kind, name, version }) => [
      workspace.name,
      kind,
      name,
      version,
    ]);
    expect(told).toEqual([
      ['w', 'models', 'm', '1'],
      ['w', 'codes', 'c', '7'],
      ['v', 'environments', 'e', '1'],
      ['v', 'environments', 'built', '1'],
    ]);
    expect(emulator.state.assets.map(({ properties }) => properties['image'])).toEqual([
      undefined,
      undefined,
      'emulator/e:1',
      undefined,
    ]);
  });

  test('that are faulty are refused, by name', () => {
    const models = [{ name: 'm', properties: { modelUri: 5 } }];
    expect(() => pureEmulator({ workspaces: [{ name: 'w', models }] })).toThrow('seed, models m: properties.modelUri');
  });
});

test('the environment has exactly the variables that a client needs', () => {
  expect(Object.keys(clientEnvironment(pureEmulator().state, 'ca.pem'))).toEqual([
    'AZURE_SUBSCRIPTION_ID',
    'AZURE_RESOURCE_GROUP',
    'AZURE_ML_WORKSPACE',
    'AZURE_TENANT_ID',
    'AZURE_CLIENT_ID',
    'AZURE_CLIENT_SECRET',
    'AZURE_AUTHORITY_HOST',
    'AZURE_RESOURCE_MANAGER_ENDPOINT',
    'NODE_EXTRA_CA_CERTS',
    'REQUESTS_CA_BUNDLE',
    'ARM_CLOUD_METADATA_URL',
    'AZUREML_CURRENT_CLOUD',
    'GITHUB_API_URL',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  ]);
});

test('a shell can source it whatever a value holds', () => {
  expect(shellExports({ A: "it's $HOME & `x`" })).toBe("export A='it'\\''s $HOME & `x`'\n");
});
