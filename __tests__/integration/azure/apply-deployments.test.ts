import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { summaryMarkdown } from '../../../src/report/summary.ts';
import { armRequests, type Azure, type Inputs, leaks, startAzure, writes } from '../../support/azure.ts';

const MODEL = { name: 'iris-model', version: '3' };
const ENVIRONMENT = { name: 'sklearn', version: '7' };
const SEED = {
  workspaces: [{ name: 'ws-emulator', models: [MODEL], environments: [ENVIRONMENT], endpoints: [] }],
};

const deployment = (name: string, lines = '') =>
  `name: ${name}\nmodel: azureml:iris-model:3\nenvironment: azureml:sklearn:7\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n${lines}`;

const FILES = {
  'endpoints/iris.yml': 'name: iris\nauth_mode: key\ntraffic: {blue: 90, green: 10}\n',
  'endpoints/iris/deployments/blue.yml': deployment('blue'),
  'endpoints/iris/deployments/green.yml': deployment('green', 'liveness_probe: {initial_delay: 20}\n'),
};
const APPLY: Inputs = { operation: 'apply', endpoint: 'iris' };

function withoutGreen(files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.endsWith('/green.yml')));
}

let azure: Azure;

beforeEach(async () => {
  azure = await startAzure({ seed: SEED });
});

afterEach(() => azure.close());

const live = () => azure.state().endpoints.find(({ name }) => name === 'iris');
const traffic = () => live()?.properties['traffic'];

function failStartUp(name: string): void {
  const path = `/deployments/${name}`;
  azure.fault({ match: { method: 'PUT', path }, then: { deployment: 'start-up' } });
}

describe('apply with deployments', () => {
  test('makes the endpoint, then its deployments, then moves traffic', async () => {
    const result = await azure.run(APPLY, { files: FILES });
    expect(result.exitCode).toBe(0);
    const sent = writes(result.requests);
    expect(sent[0]).toBe('PUT onlineEndpoints/iris 201');
    expect(sent.slice(1, 3).sort()).toEqual([
      'PUT onlineEndpoints/iris/deployments/blue 201',
      'PUT onlineEndpoints/iris/deployments/green 201',
    ]);
    expect(sent.slice(3)).toEqual(['PUT onlineEndpoints/iris 201']);
    expect(traffic()).toEqual({ blue: 90, green: 10 });
    expect(result.outcome().answer).toBe('iris: created\niris/blue: created\niris/green: created');
    expect(leaks(azure, result)).toEqual([]);
  });

  test('sends nothing when nothing differs, and asks for two things only', async () => {
    await azure.run(APPLY, { files: FILES });
    const again = await azure.run(APPLY, { files: FILES });
    expect(armRequests(again.requests)).toEqual([
      'GET onlineEndpoints/iris 200',
      'GET onlineEndpoints/iris/deployments 200',
    ]);
    expect(again.outcome().endpoints).toMatchObject([{ status: 'unchanged', changed: false }]);
  });

  test('updates only the deployment that differs', async () => {
    await azure.run(APPLY, { files: FILES });
    const files = { ...FILES, 'endpoints/iris/deployments/green.yml': deployment('green', 'tags: {owner: ml}\n') };
    const result = await azure.run(APPLY, { files });
    expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/iris/deployments/green 201']);
    expect(result.outcome().answer).toBe('iris: no change\niris/blue: no change\niris/green: updated');
  });

  test('finds out all that cannot work before it writes anything', async () => {
    const files = {
      ...FILES,
      'endpoints/iris/deployments/blue.yml': deployment('blue').replace('iris-model:3', 'iris-model:4'),
      'endpoints/iris/deployments/green.yml': deployment('green').replace('Standard_DS3_v2', 'Standard_DS3_v9'),
    };
    const result = await azure.run(APPLY, { files });
    expect(result.exitCode).toBe(2);
    expect(writes(result.requests)).toEqual([]);
    const places = result.lines.filter(({ level }) => level === 'error').map(({ at }) => [at?.file, at?.line]);
    expect(places).toEqual([
      ['endpoints/iris/deployments/blue.yml', 2],
      ['endpoints/iris/deployments/green.yml', 4],
    ]);
  });

  test('leaves traffic as it is when a deployment fails, and mends it by running again', async () => {
    const before = { ...FILES, 'endpoints/iris.yml': 'name: iris\ntraffic: {blue: 100}\n' };
    const blueAlone = withoutGreen(before);
    await azure.run(APPLY, { files: blueAlone });
    failStartUp('green');
    const failed = await azure.run(APPLY, { files: FILES });
    expect(failed.exitCode).toBe(1);
    expect(traffic()).toEqual({ blue: 100 });
    expect(failed.outcome().endpoints).toMatchObject([{ name: 'iris', status: 'failed' }]);
    expect(failed.outcome().answer).toBe('iris: no change\niris/blue: no change\niris/green: failed (start-up)');
    const summary = summaryMarkdown('apply', failed.outcome());
    expect(summary).toContain('❌ create of deployment green of endpoint iris failed');
    expect(summary).toMatch(/\| blue \| Succeeded \| iris-model:3 \|.*\| 100 % \|/);
    expect(summary).toMatch(/\| green \| failed &#40;start-up&#41; \|.*\| 0 % \|/);
    expect(summary).not.toMatch(/updated|created/);
    expect(failed.lines.some(({ level }) => level === 'foreign')).toBe(true);
    const again = await azure.run(APPLY, { files: FILES });
    expect(again.exitCode).toBe(0);
    expect(traffic()).toEqual({ blue: 90, green: 10 });
  });

  test('deletes a new deployment that failed when told to, and nothing else', async () => {
    failStartUp('green');
    const result = await azure.run({ ...APPLY, 'delete-failed': 'true' }, { files: FILES });
    expect(result.exitCode).toBe(1);
    expect(live()?.deployments.map(({ name }) => name)).toEqual(['blue']);
  });

  test('says that nothing is served when no traffic is asked for', async () => {
    const files = { ...FILES, 'endpoints/iris.yml': 'name: iris\n' };
    const result = await azure.run(APPLY, { files });
    expect(result.exitCode).toBe(0);
    const notice = result.lines.find(({ level }) => level === 'notice');
    expect(notice?.text).toContain('traffic: {blue: 100}');
  });

  test('leaves the number of instances to whatever scales them', async () => {
    await azure.run(APPLY, { files: FILES });
    const more = Object.fromEntries(
      Object.entries(FILES).map(([path, text]) => [path, text.replace('instance_count: 1', 'instance_count: 2')]),
    );
    const kept = await azure.run({ ...APPLY, 'keep-capacity': 'true' }, { files: more });
    expect(writes(kept.requests)).toEqual([]);
    expect(writes((await azure.run(APPLY, { files: more })).requests)).toHaveLength(2);
  });

  test('prunes what no file describes, but never what has traffic', async () => {
    await azure.run(APPLY, { files: FILES });
    const files = { ...FILES, 'endpoints/iris.yml': 'name: iris\ntraffic: {blue: 100}\n' };
    const blueAlone = withoutGreen(files);
    const kept = await azure.run(APPLY, { files: blueAlone });
    expect(kept.exitCode).toBe(0);
    expect(live()?.deployments).toHaveLength(2);
    const planned = await azure.run({ operation: 'plan', endpoint: 'iris', prune: 'true' }, { files: blueAlone });
    expect(planned.outcome().answer).toContain('- iris/green: will be deleted');
    const pruned = await azure.run({ ...APPLY, prune: 'true' }, { files: blueAlone });
    expect(pruned.outcome().answer).toContain('iris/green: deleted');
    expect(live()?.deployments.map(({ name }) => name)).toEqual(['blue']);
  });
});

describe('a deployment whose requests are collected', () => {
  test('has its data assets registered, once', async () => {
    const collected = deployment(
      'blue',
      "data_collector:\n  collections:\n    model_inputs: {enabled: 'True'}\n    model_outputs: {enabled: 'True', data: {name: answers, version: '2'}}\n",
    );
    const files = { 'endpoints/iris.yml': 'name: iris\n', 'endpoints/iris/deployments/blue.yml': collected };
    const first = await azure.run(APPLY, { files });
    expect(first.deps.report.texts().join('\n')).not.toContain('error');
    expect(writes(first.requests).filter((request) => request.includes(' data/'))).toEqual([
      'PUT data/iris-blue-model_inputs/versions/1 201',
      'PUT data/answers/versions/2 201',
    ]);
    const again = await azure.run(APPLY, { files });
    expect(armRequests(again.requests)).toHaveLength(2);
    expect(again.outcome().endpoints).toMatchObject([{ status: 'unchanged' }]);
  });

  test('is refused where its data asset is somewhere else than the file says', async () => {
    const to = (path: string) => {
      const data = `{name: kept, version: '1', path: 'azureml://datastores/workspaceblobstore/paths/${path}'}`;
      const lines = `data_collector: {collections: {model_inputs: {enabled: 'True', data: ${data}}}}\n`;
      return { 'endpoints/iris.yml': 'name: iris\n', 'endpoints/iris/deployments/blue.yml': deployment('blue', lines) };
    };
    expect((await azure.run(APPLY, { files: to('a') })).exitCode).toBe(0);
    const same = await azure.run(APPLY, { files: to('a') });
    expect(same.outcome().endpoints).toMatchObject([{ status: 'unchanged' }]);
    const moved = await azure.run(APPLY, { files: to('b') });
    expect(moved.exitCode).toBe(2);
    expect(moved.deps.report.texts().join('\n')).toMatch(
      /data asset kept:1 is registered with different content, .* give its `data` another `version` \(1 when absent\) or `name`$/m,
    );
  });

  const LONG = 'azureml://subscriptions/a-subscription/resourcegroups/a-group/workspaces/ws-emulator';
  test.each([
    ['the long form of its address', `${LONG}/datastores/workspaceblobstore`, 0],
    ['another address', 'azureml://datastores/of-somebody-else', 2],
  ])('takes one that is there with %s as it should', async (_, datastore, exitCode) => {
    const { AZURE_SUBSCRIPTION_ID: subscription = '', AZURE_RESOURCE_GROUP: group = '' } = azure.env;
    const begin = datastore.replace('a-subscription', subscription).replace('a-group', group);
    const dataUri = `${begin}/paths/modelDataCollector/iris/blue/model_inputs/`;
    const data = [{ name: 'iris-blue-model_inputs', version: '1', properties: { dataUri } }];
    await azure.close();
    azure = await startAzure({ seed: { workspaces: [{ ...SEED.workspaces[0]!, data }] } });
    const collected = deployment('blue', "data_collector: {collections: {model_inputs: {enabled: 'True'}}}\n");
    const files = { 'endpoints/iris.yml': 'name: iris\n', 'endpoints/iris/deployments/blue.yml': collected };
    const result = await azure.run(APPLY, { files });
    expect(result.exitCode).toBe(exitCode);
    expect(writes(result.requests).filter((request) => request.includes(' data/'))).toEqual([]);
  });
});

describe('deploy', () => {
  test('needs the endpoint, and gives a new deployment no traffic', async () => {
    const missing = await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files: FILES });
    expect(missing.failure().message).toContain('endpoint iris is not in workspace');
    await azure.run({ operation: 'create', endpoint: 'iris' }, { files: { 'endpoints/iris.yml': 'name: iris\n' } });
    const result = await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files: FILES });
    expect(result.exitCode).toBe(0);
    expect(writes(result.requests)).toHaveLength(2);
    expect(traffic()).toEqual({});
  });

  test('takes one deployment, and files from anywhere', async () => {
    await azure.run({ operation: 'create', endpoint: 'iris' }, { files: { 'endpoints/iris.yml': 'name: iris\n' } });
    const files = { 'experiments/a/deploy.yml': deployment('red'), 'experiments/b/deploy.yml': deployment('pink') };
    const inputs: Inputs = { operation: 'deploy', endpoint: 'iris', deployments: 'experiments/*/deploy.yml' };
    const result = await azure.run({ ...inputs, deployment: 'pink' }, { files });
    expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/iris/deployments/pink 201']);
    const unknown = await azure.run({ ...inputs, deployment: 'pinc' }, { files });
    expect(unknown.exitCode).toBe(2);
    expect(unknown.deps.report.texts().join('\n')).toContain('did you mean pink?');
  });

  test('says where files would be when there are none', async () => {
    const result = await azure.run({ operation: 'deploy', endpoint: 'iris' }, { files: {} });
    expect(result.exitCode).toBe(2);
    expect(result.deps.report.texts().join('\n')).toContain('endpoints/iris/deployments/<name>.yml');
  });
});
