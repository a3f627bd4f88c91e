import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../src/json.ts';
import type { Change } from '../../../../src/plan/changes.ts';
import { planDeployment } from '../../../../src/plan/deployment/changes.ts';
import { planJson, planLines } from '../../../../src/plan/show.ts';
import type { DeploymentSpec } from '../../../../src/spec/deployment/model.ts';
import { AROUND, ASSETS, live, named, plan, spec, WORKSPACE } from './deployments.ts';

const model = { how: 'latest', name: 'iris' } as const;
const code = { how: 'inline', source: { content: { local: './src' } } } as const;
const environment = { how: 'version', name: 'sklearn', version: '3' } as const;

describe('the words of a plan are those of the YAML', () => {
  const has = live({ description: 'old', properties: { mine: '1' } }, { tags: { Owner: 'a' } });
  test.each<[JsonObject, Change]>([
    [{ properties: { description: 'new' } }, { path: 'description', from: 'old', to: 'new' }],
    [{ properties: { description: '' } }, { path: 'description', from: 'old' }],
    [
      { properties: { instanceType: 'Standard_F4s' } },
      { path: 'instance_type', from: 'Standard_DS3_v2', to: 'Standard_F4s' },
    ],
    [{ sku: { capacity: 3 } }, { path: 'instance_count', from: 2, to: 3 }],
    [{ properties: { appInsightsEnabled: true } }, { path: 'app_insights_enabled', from: false, to: true }],
    [
      { properties: { egressPublicNetworkAccess: 'Disabled' } },
      { path: 'egress_public_network_access', from: 'enabled', to: 'disabled' },
    ],
    [{ properties: { livenessProbe: { period: 'PT1M' } } }, { path: 'liveness_probe.period', from: 10, to: 60 }],
    [{ properties: { startupProbe: { period: 'PT1M' } } }, { path: 'startup_probe.period', to: 60 }],
    [
      { properties: { requestSettings: { requestTimeout: 'PT1M30S' } } },
      { path: 'request_settings.request_timeout_ms', from: 5000, to: 90_000 },
    ],
    [{ tags: { owner: 'b' } }, { path: 'tags.Owner', from: 'a', to: 'b' }],
    [{ tags: { owner: null } }, { path: 'tags.Owner', from: 'a' }],
    [{ tags: { empty: '' } }, { path: 'tags.empty', to: '' }],
    [{ properties: { properties: { mine: '2' } } }, { path: 'properties.mine', from: '1', to: '2' }],
    [{ properties: { environmentVariables: { MODE: 'fast' } } }, { path: 'environment_variables.MODE', to: 'fast' }],
    [
      { properties: { dataCollector: { collections: { request: { dataCollectionMode: 'Enabled' } } } } },
      { path: 'data_collector.collections.request.enabled', to: 'true' },
    ],
  ])('%j', (body, expected) => {
    expect(plan(spec(body), has).changes).toEqual([expected]);
  });

  test('a new deployment shows what its YAML names', () => {
    const wants = spec(
      { sku: { capacity: 1 }, properties: { instanceType: 'Standard_DS3_v2' } },
      { model, code, environment },
    );
    expect(plan(wants, undefined, ASSETS)).toMatchObject({
      endpoint: 'iris',
      name: 'blue',
      action: 'create',
      changes: [
        { path: 'model', to: 'iris:7 (latest)' },
        { path: 'code_configuration.code', to: './src (content 1a2b)' },
        { path: 'environment', to: 'sklearn:3' },
        { path: 'type', to: 'managed' },
        { path: 'instance_type', to: 'Standard_DS3_v2' },
        { path: 'instance_count', to: 1 },
      ],
    });
  });
});

describe('what is no difference', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['what the YAML does not name', {}, live()],
    [
      'a duration in another spelling',
      { livenessProbe: { period: 'PT1M30S' } },
      live({ livenessProbe: { period: 'PT90S' } }),
    ],
    ['the case of an instance type', { instanceType: 'STANDARD_ds3_V2' }, live()],
    ['the case of a word', { egressPublicNetworkAccess: 'Enabled' }, live({ egressPublicNetworkAccess: 'enabled' })],
    ['no description and an empty one', { description: '' }, live({ description: null })],
    [
      "Azure's own settings of a collection",
      { dataCollector: { collections: { request: { dataCollectionMode: 'Enabled' } } } },
      live({
        dataCollector: {
          collections: { request: { dataCollectionMode: 'enabled', samplingRate: 1, clientId: null } },
          rollingRate: 'Hour',
        },
      }),
    ],
  ])('%s', (_, properties, has) => {
    expect(plan(named(properties), has)).toMatchObject({ action: 'none', changes: [] });
  });

  test('the tier of the sku, and a tag of a rollout', () => {
    const has = live({}, { tags: { 'aml-rollout.step': '1' } });
    expect(plan(spec({ sku: { capacity: 2 }, tags: { 'aml-rollout.step': '9' } }), has).changes).toEqual([]);
  });

  test.each([
    [
      { cpu: '0.5', memory: '0.5Gi' },
      { cpu: '500m', memory: '0.500Gi', gpu: null },
    ],
    [{ memory: '1Gi' }, { memory: '1024Mi' }],
    [{ cpu: '0.7' }, { cpu: '700m' }],
  ])('an amount of a resource in another spelling: %j', (wanted, shown) => {
    const requests = (containerResourceRequests: JsonObject): JsonObject => ({
      containerResourceRequirements: { containerResourceRequests },
    });
    const has = live({ endpointComputeType: 'Kubernetes', ...requests(shown) });
    expect(plan(named(requests(wanted), { kind: 'kubernetes' }), has).changes).toEqual([]);
  });

  test('the number of instances of what scales by itself', () => {
    const scaleSettings = { scaleType: 'TargetUtilization', minInstances: 1 };
    const has = live({ endpointComputeType: 'Kubernetes', scaleSettings }, { sku: undefined });
    const wants = spec({ sku: { capacity: 3 }, properties: { scaleSettings } }, { kind: 'kubernetes' });
    expect(plan(wants, has).changes).toEqual([]);
  });
});

test('the number of instances is compared where Azure shows it, whatever scales them', () => {
  const scaleSettings = { scaleType: 'TargetUtilization', minInstances: 1 };
  const has = live({ endpointComputeType: 'Kubernetes', scaleSettings });
  const { changes } = plan(spec({ sku: { capacity: 3 } }, { kind: 'kubernetes' }), has);
  expect(changes).toEqual([{ path: 'instance_count', from: 2, to: 3 }]);
});

describe('the number of instances can be left to what scales them', () => {
  const keeping = { ...AROUND, keepCapacity: true };
  const wants = spec({ sku: { capacity: 5 } });

  test('of a live deployment', () => {
    const kept = planDeployment(wants, live(), {}, keeping);
    expect(kept).toMatchObject({ action: 'none', changes: [], body: { sku: { name: 'Default', capacity: 2 } } });
  });

  test('not of a new one', () => {
    expect(planDeployment(wants, undefined, {}, keeping).body).toMatchObject({ sku: { name: 'Default', capacity: 5 } });
  });
});

describe('a deployment that Azure gave up on', () => {
  test.each(['Failed', 'Canceled', 'failed'])('%s is written again', (provisioningState) => {
    expect(plan(spec(), live({ provisioningState }))).toMatchObject({
      action: 'update',
      changes: [{ path: 'provisioning_state', from: provisioningState, to: 'Succeeded' }],
    });
  });

  test.each(['Succeeded', 'Updating', 'Scaling', 'Unheard'])('%s is not', (provisioningState) => {
    expect(plan(spec(), live({ provisioningState })).action).toBe('none');
  });
});

describe('assets', () => {
  const wants = spec({}, { model, code, environment });
  const ids = (from: string) => ({
    model: `${from}/models/iris/versions/7`,
    codeConfiguration: { codeId: `${from}/codes/1a2b/versions/1`, scoringScript: 'score.py' },
    environmentId: `${from}/environments/sklearn/versions/3`,
  });

  test('compare without case, and in the spelling of az ml', () => {
    const has = live(ids(`azureml:${WORKSPACE.toUpperCase()}`));
    expect(plan(wants, has, ASSETS)).toMatchObject({ action: 'none', changes: [] });
  });

  test('show names, and what the YAML said of the new one', () => {
    const has = live({ ...ids(WORKSPACE), model: `${WORKSPACE}/models/iris/versions/6` });
    const { changes, body } = plan(wants, has, ASSETS);
    expect(changes).toEqual([{ path: 'model', from: 'iris:6', to: 'iris:7 (latest)' }]);
    expect(body).toMatchObject({ properties: ids(WORKSPACE) });
  });

  test('of one name in two places show the place', () => {
    const elsewhere = `azureml://registries/shared/environments/sklearn/versions/3`;
    const has = live({ ...ids(WORKSPACE), environmentId: elsewhere });
    expect(plan(wants, has, ASSETS).changes).toEqual([{ path: 'environment', from: elsewhere, to: 'sklearn:3' }]);
  });

  test('that the YAML does not name are carried', () => {
    const { changes, body } = plan(spec(), live(ids(WORKSPACE)));
    expect(changes).toEqual([]);
    expect(body).toMatchObject({ properties: ids(WORKSPACE) });
  });

  test('of collections are compared like the others', () => {
    const data = (version: number) => `${WORKSPACE}/data/iris-blue-request/versions/${version}`;
    const collections = (dataId?: string) => ({
      dataCollector: { collections: { request: { dataCollectionMode: 'Enabled', ...(dataId ? { dataId } : {}) } } },
    });
    const source = { name: 'iris-blue-request', version: '2', uri: 'azureml://datastores/d/paths/p', isWritten: true };
    const collecting = named(collections(), { collected: { request: { how: 'inline', source } } });
    const assets = { collected: { request: { id: data(2), shown: 'iris-blue-request:2' } } };
    const hidden = {
      ...collecting,
      collected: { request: { how: 'version', name: 'iris-blue-request', version: '2' } as const },
      placeholders: new Map([['data_collector.collections.request.data', 'azureml:{{DATA}}']]),
    };
    expect(plan(hidden, undefined, assets).changes).toContainEqual(
      expect.objectContaining({ placeholder: 'azureml:{{DATA}}' }),
    );
    const { changes, body } = plan(collecting, live(collections(data(1))), assets);
    expect(changes).toEqual([
      {
        path: 'data_collector.collections.request.data',
        from: 'iris-blue-request:1',
        to: 'iris-blue-request:2',
      },
    ]);
    expect(body['properties']).toMatchObject(collections(data(2)));
    expect(plan(collecting, live(collections(data(2).toUpperCase())), assets).changes).toEqual([]);
    expect(() => plan(collecting, live())).toThrow('data of collection request of iris/blue is not resolved');
  });

  test('that nobody resolved are a mistake of the caller', () => {
    expect(() => plan(wants, live(), {})).toThrow('of iris/blue is not resolved');
  });
});

describe('environment variables', () => {
  const variables = (environmentVariables: JsonObject): JsonObject => ({ environmentVariables });

  test('show no value that is live', () => {
    const has = live(variables({ KEY: 'hunter2', OTHER: 'hunter3', SAME: 'x' }));
    const { changes, body } = plan(named(variables({ KEY: 'plain', SAME: 'x' })), has);
    expect(changes).toEqual([
      { path: 'environment_variables.KEY', from: '(set)', to: 'plain' },
      { path: 'environment_variables.OTHER', from: '(set)' },
    ]);
    expect(body).toMatchObject({ properties: { environmentVariables: { KEY: 'plain', SAME: 'x' } } });
  });

  test('that Azure set are neither compared nor sent', () => {
    const script = { codeConfiguration: { codeId: 'c', scoringScript: 'score.py' } };
    const azures = {
      AML_APP_ROOT: '/var/azureml-app/onlinescoring',
      AZUREML_ENTRY_SCRIPT: 'score.py',
      AZUREML_MODEL_DIR: '/var/azureml-app/azureml-models/iris/6',
    };
    const has = live({ ...variables({ ...azures, MODE: 'fast' }), ...script });
    for (const wants of [named(variables({ MODE: 'fast' })), spec()]) {
      const { changes, body } = plan(wants, has);
      expect(changes).toEqual([]);
      expect(body['properties']).toMatchObject(variables({ MODE: 'fast' }));
    }
    const own = { AZUREML_ENTRY_SCRIPT: 'other.py', AZUREML_MODEL_DIR: '/mine' };
    expect(plan(spec(), live({ ...variables(own), ...script })).body['properties']).toMatchObject(variables(own));
    const same = named(variables(azures));
    expect(plan(same, has).changes).toEqual([{ path: 'environment_variables.MODE', from: '(set)' }]);
  });
});

test('a time limit of 0 that Azure shows is neither compared nor sent', () => {
  const has = live({ requestSettings: { requestTimeout: 'PT0S', maxQueueWait: 'PT0S' }, livenessProbe: null });
  const { changes, body } = plan(spec(), has);
  expect(changes).toEqual([]);
  expect(body['properties']).toMatchObject({ requestSettings: { maxQueueWait: 'PT0S' } });
  expect(body).not.toHaveProperty('properties.requestSettings.requestTimeout');
  expect(plan(named({ requestSettings: { requestTimeout: 'PT5S' } }), has).changes).toEqual([
    { path: 'request_settings.request_timeout_ms', to: 5000 },
  ]);
});

describe('placeholders', () => {
  const secret = 'hunter2';
  const wants: DeploymentSpec = spec(
    { tags: { owner: secret }, properties: { description: secret, environmentVariables: { KEY: secret } } },
    {
      model,
      placeholders: new Map([
        ['description', '{{WORDS}}'],
        ['tags.owner', '${{ env.OWNER }}'],
        ['environment_variables.KEY', '{{KEY}}'],
        ['model', 'azureml:{{MODEL}}@latest'],
      ]),
    },
  );
  const assets = { model: { id: 'azureml://hunter2', shown: `${secret}:7` } };
  const has = live(
    { description: `${secret}!`, environmentVariables: { KEY: 'old' } },
    { tags: { Owner: 'hunter2?' } },
  );

  test('stand in place of both values', () => {
    const found = plan(wants, has, assets);
    expect(found.changes.map(({ path, placeholder }) => [path, placeholder])).toEqual([
      ['model', 'azureml:{{MODEL}}@latest'],
      ['description', '{{WORDS}}'],
      ['tags.Owner', '${{ env.OWNER }}'],
      ['environment_variables.KEY', '{{KEY}}'],
    ]);
    const endpoint = { name: 'iris', action: 'none', changes: [], body: {}, deployments: [found] } as const;
    expect(`${planLines(endpoint).join('\n')}${planJson([endpoint])}`).not.toContain(secret);
  });

  describe('of an asset that the YAML describes', () => {
    const described = { how: 'inline', source: { type: 'custom_model', content: { local: 'model' } } } as const;
    const resolved = { model: { id: `${WORKSPACE}/models/mymodel/versions/2`, shown: 'mymodel:2 (new) from model' } };
    const liveModel = (name: string, version = '1') =>
      live({ model: `${WORKSPACE}/models/${name}/versions/${version}` });
    const before = (at: string, value: string, has: JsonObject) => {
      const marks = { placeholders: new Map([[at, '{{X}}']]), secrets: new Map([[at, [value]]]) };
      return plan(spec({}, { model: described, ...marks }), has, resolved).changes;
    };

    test.each(['model.path', 'model.tags.commit', 'model.description'])('%s does not hide the change', (at) => {
      expect(before(at, secret, liveModel('mymodel'))).toEqual([
        { path: 'model', from: 'mymodel:1', to: 'mymodel:2 (new) from model' },
      ]);
      expect(before(at, '', liveModel('mymodel'))).toMatchObject([{ from: 'mymodel:1' }]);
    });

    test.each([
      ['model.path', 'MyModel', 'mymodel'],
      ['model.tags.commit', 'hunter2', 'has-HUNTER2-in-it'],
      // Of a name that nobody chose only the beginning is shown, which may be that of a secret.
      ['model.tags.commit', '0123456789'.repeat(4), '0123456789'.repeat(4)],
      ['model.name', 'hunter2', 'hunter1'],
      ['model.version', '2', 'mymodel'],
    ])('%s with %s keeps the live model %s from being shown', (at, value, name) => {
      expect(before(at, value, liveModel(name))).toEqual([
        { path: 'model', from: '(set)', to: 'mymodel:2 (new) from model' },
      ]);
    });

    test('that is live in place of a reference hides nothing else', () => {
      const values = new Map([['model.path', [WORKSPACE.split('/')[2]!]]]);
      const { changes } = plan(spec({}, { model: described, secrets: values }), liveModel('iri'), resolved);
      expect(changes).toMatchObject([{ from: 'iri:1' }]);
    });
  });
});
