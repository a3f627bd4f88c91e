import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { openRun } from '../../support/asset-scene.ts';
import { armRequests, type Azure, IRIS, leaks, startAzure, until } from '../../support/azure.ts';

const NAMES = Array.from({ length: 7 }, (_, index) => `rose-${index}`);

let azure: Azure;
beforeAll(async () => {
  const model = '/subscriptions/s/resourceGroups/r/providers/x/workspaces/w/models/iris/versions/1';
  const blue = {
    name: 'blue',
    sku: { name: 'Default', capacity: 2 },
    properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2', model },
  };
  const endpoints = [{ ...IRIS, deployments: [blue, { name: 'green' }] }, ...NAMES.map((name) => ({ name }))];
  azure = await startAzure({ pageSize: 3, seed: { workspaces: [{ name: 'ws-emulator', endpoints }] } });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const FILES = Object.fromEntries(
  ['iris', ...NAMES, 'new'].map((name) => [`endpoints/${name}.yml`, `name: ${name}\ntags: {owner: ml}\n`]),
);

describe('show', () => {
  test('of an endpoint whose deployments cannot be read is an error, and keeps no other from being shown', async () => {
    const then = { status: 400, body: { error: { code: 'BadRequest', message: 'no list today' } } };
    azure.fault({ match: { path: '/rose-1/deployments' }, times: 'always', then });
    const result = await azure.run({ operation: 'show', endpoint: 'rose-1,rose-2' });
    expect(result.exitCode).toBe(1);
    const { answer, endpoints } = result.outcome();
    expect(answer).toMatch(/rose-1[^]*deployments +unknown[^]*rose-2[^]*deployments +none/);
    expect(endpoints.map(({ name, deployments }) => [name, deployments])).toEqual([
      ['rose-1', undefined],
      ['rose-2', []],
    ]);
    expect(result.lines.filter(({ level }) => level === 'error')[0]!.text).toContain('rose-1');
  });
});

describe('the workspace', () => {
  test('is asked for once, and whoever gives up first takes the answer from nobody', async () => {
    const { workspace } = await openRun(azure);
    const hasty = new AbortController();
    azure.fault({ match: { path: '/workspaces/ws-emulator?' }, then: { delay: 300 } });
    const first = workspace.within({ ...workspace.limits, signal: hasty.signal }).describe();
    const second = workspace.describe();
    setTimeout(() => hasty.abort(new Error('given up')), 100);
    await expect(first).rejects.toThrow('given up');
    expect(await second).toMatchObject({ status: 200 });
    expect(await workspace.describe()).toBe(await second);
    expect(armRequests(azure.requests())).toHaveLength(1);
  });
});

describe('list', () => {
  test('reads every page', async () => {
    const result = await azure.run({ operation: 'list' });
    expect(result.outcome().endpoints.map(({ name }) => name)).toEqual(['iris', ...NAMES]);
    const requests = armRequests(result.requests);
    expect(requests.slice(0, 3)).toEqual(Array<string>(3).fill('GET onlineEndpoints 200'));
    const each = ['iris', ...NAMES].map((name) => `GET onlineEndpoints/${name}/deployments 200`);
    expect(requests.slice(3).toSorted()).toEqual(each.toSorted());
  });

  test('tells of each deployment, in a table of their own', async () => {
    const { answer } = (await azure.run({ operation: 'list', endpoint: 'iris' })).outcome();
    expect(answer).toMatch(
      /^endpoint +state +traffic +mirror +scoring URL\niris +Succeeded +blue=100 +green=10 +https:/,
    );
    expect(answer).toMatch(
      /\n\ndeployment +state +model +environment +instances +traffic +mirror +age\niris\/blue +Succeeded +iris:1 +Standard_DS3_v2 × 2 +100 % +0 % +0 min\niris\/green/,
    );
  });

  test.each([
    ['rose-*', NAMES],
    ['rose-1, IRIS', ['iris', 'rose-1']],
    ['nobody', []],
  ])('of %j', async (endpoint, names) => {
    const result = await azure.run({ operation: 'list', endpoint });
    expect(result.outcome().endpoints.map(({ name }) => name)).toEqual(names);
  });

  test('a page that fails is asked for again', async () => {
    azure.fault({ match: { path: 'skip=3' }, times: 2, then: { reset: true } });
    const result = await azure.run({ operation: 'list' });
    expect(result.outcome().endpoints).toHaveLength(8);
  });

  test('a next page on another host is not asked for', async () => {
    const body = { value: [], nextLink: 'https://evil.example/subscriptions' };
    azure.fault({ match: { path: 'onlineEndpoints?' }, then: { status: 200, body } });
    const result = await azure.run({ operation: 'list' });
    expect(result.exitCode).toBe(1);
    expect(result.failure().message).toContain('Azure pointed to https://evil.example');
  });
});

describe('plan', () => {
  test('of many endpoints lists them, and does not ask for each', async () => {
    const result = await azure.run({ operation: 'plan' }, { files: FILES });
    expect(result.exitCode).toBe(0);
    expect(result.outcome().plans?.map(({ name, action }) => [name, action])).toEqual([
      ['iris', 'update'],
      ['new', 'create'],
      ...NAMES.map((name) => [name, 'update']),
    ]);
    expect(armRequests(result.requests)).toEqual(Array<string>(3).fill('GET onlineEndpoints 200'));
    expect(leaks(azure, result)).toEqual([]);
  });

  test('of one endpoint asks for that one', async () => {
    const result = await azure.run({ operation: 'plan', endpoint: 'iris' }, { files: FILES });
    expect(armRequests(result.requests)).toEqual(['GET onlineEndpoints/iris 200']);
    expect(result.outcome().outputs).toMatchObject({ changed: 'true' });
  });

  test.each([
    ['true', 3],
    ['false', 0],
  ])('with fail-on-drift %s', async (drift, exitCode) => {
    const inputs = { operation: 'plan', endpoint: 'iris', 'fail-on-drift': drift } as const;
    expect((await azure.run(inputs, { files: FILES })).exitCode).toBe(exitCode);
    const same = { 'endpoints/iris.yml': 'name: iris\n' };
    expect((await azure.run(inputs, { files: same })).exitCode).toBe(0);
  });

  test('tells before the merge what Azure would refuse after it', async () => {
    const files = {
      'endpoints/iris.yml': 'name: iris\ntraffic: {purple: 100}\n',
      'endpoints/new.yml': 'name: new\ntraffic: {blue: 100}\n',
    };
    const result = await azure.run({ operation: 'plan' }, { files });
    expect(result.exitCode).toBe(2);
    const errors = result.lines.filter(({ level }) => level === 'error');
    expect(errors.map(({ at }) => at?.file)).toEqual(['endpoints/iris.yml', 'endpoints/new.yml']);
  });
});

describe('show and url', () => {
  test('url asks Azure once', async () => {
    const result = await azure.run({ operation: 'url', endpoint: 'iris' });
    expect(result.outcome().answer).toBe(`${azure.url}/iris.westeurope.inference/score`);
    expect(armRequests(result.requests)).toEqual(['GET onlineEndpoints/iris 200']);
  });

  test('url of an endpoint that is just being made', async () => {
    azure.fault({ match: { method: 'PUT' }, then: { operation: { takes: 100 } } });
    const other = azure.run({ operation: 'create', endpoint: 'new' }, { files: FILES });
    await until(() => azure.state().operations.length > 0);
    const result = await azure.run({ operation: 'url', endpoint: 'new' });
    expect(result.failure().message).toBe('endpoint new has no scoring URL; it is Creating');
    await other;
  });

  test('show of an endpoint with its deployments', async () => {
    const { answer } = (await azure.run({ operation: 'show', endpoint: 'iris' })).outcome();
    expect(answer).toContain('traffic         blue=100');
    expect(answer).toMatch(/\nblue +Succeeded +iris:1 +Standard_DS3_v2 × 2 +100 % +0 % +0 min\n/);
    expect(answer).toMatch(/\ngreen +Succeeded +default × 1 +0 % +10 % +0 min$/);
    expect(answer).toContain('auth_mode       key');
  });

  test.each(['nobody', 'not_a_name', 'iris,nobody', 'rose-*,nobody'])('show of %j is an error', async (endpoint) => {
    const result = await azure.run({ operation: 'show', endpoint });
    expect(result.exitCode).toBe(1);
    expect(result.failure().message).toMatch(/^endpoint (nobody|not_a_name) is not in workspace ws-emulator$/);
  });

  test.each([
    ['rose-*', NAMES],
    ['IRIS,iris,iris*', ['iris']],
    ['nobody*', []],
  ])('show of %j', async (endpoint, names) => {
    const result = await azure.run({ operation: 'show', endpoint });
    expect(
      result
        .outcome()
        .endpoints.map(({ name }) => name)
        .toSorted(),
    ).toEqual(names);
  });
});

test('list tells of every deployment, also of many endpoints', async () => {
  const endpoints = Array.from({ length: 26 }, (_, index) => ({
    name: `rose-${index}`,
    deployments: [{ name: 'blue' }],
  }));
  const many = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints }] } });
  try {
    const result = await many.run({ operation: 'list' });
    expect(result.outcome().answer?.match(/^rose-\d+\/blue /gm)).toHaveLength(26);
  } finally {
    await many.close();
  }
});
