import { describe, expect, test } from '@jest/globals';
import { irisSeed, pureEmulator } from './pure-emulator.ts';
import type { Answer, PureEmulator } from './pure-emulator.ts';

const score = '/iris.westeurope.inference/score';

function call(emulator: PureEmulator, token: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return emulator.send('POST', score, {
    body: { data: [1] },
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
}

function withTraffic(traffic: Readonly<Record<string, number>>, authMode = 'Key'): PureEmulator {
  const deployments = [{ name: 'blue' }, { name: 'green' }];
  const endpoints = [{ name: 'iris', properties: { authMode, traffic }, deployments }];
  return pureEmulator({ workspaces: [{ name: 'ws-emulator', endpoints }] });
}

function keyOf(emulator: PureEmulator): string {
  return emulator.arm('POST', '/onlineEndpoints/iris/listKeys').body.primaryKey;
}

describe('an answer', () => {
  test('names the deployment and echoes the request', () => {
    const emulator = pureEmulator(irisSeed);
    const { status, body, headers } = call(emulator, keyOf(emulator));
    expect(status).toBe(200);
    expect(body).toEqual({ endpoint: 'iris', deployment: 'blue', request: { data: [1] } });
    expect(headers).toMatchObject({ 'azureml-model-deployment': 'blue', 'x-request-id': expect.any(String) });
  });

  test.each([
    [{ blue: 90, green: 10 }, 90],
    [{ blue: 50, green: 50 }, 50],
    [{ blue: 1, green: 99 }, 1],
  ])('comes from the deployments as %j says, exactly, in any 100 calls', (traffic, share) => {
    const emulator = withTraffic(traffic);
    const key = keyOf(emulator);
    const answers = Array.from({ length: 137 }, () => call(emulator, key).body.deployment);
    for (const first of [0, 20, 37]) {
      expect(answers.slice(first, first + 100).filter((name) => name === 'blue')).toHaveLength(share);
    }
  });

  test('comes from the deployment that the header names, whatever its weight', () => {
    const emulator = pureEmulator(irisSeed);
    const { body } = call(emulator, keyOf(emulator), { 'azureml-model-deployment': 'green' });
    expect(body.deployment).toBe('green');
  });
});

describe('a refusal', () => {
  test('401 without a credential', () => {
    expect(pureEmulator(irisSeed).send('POST', score).status).toBe(401);
  });

  test('401 with a wrong key', () => {
    expect(call(pureEmulator(irisSeed), 'guess').status).toBe(401);
  });

  test('404 when no deployment has weight', () => {
    const emulator = withTraffic({});
    expect(call(emulator, keyOf(emulator)).status).toBe(404);
  });

  test('404 when the header names a deployment that is not there', () => {
    const emulator = pureEmulator(irisSeed);
    expect(call(emulator, keyOf(emulator), { 'azureml-model-deployment': 'red' }).status).toBe(404);
  });

  test('404 at an endpoint that is not there', () => {
    expect(call(pureEmulator(), 'guess').status).toBe(404);
  });
});

describe('a custom container', () => {
  const route = '/v1/models/half_plus_two:predict';
  const served = { path: route, port: 8501 };
  const environments = [
    { name: 'tfserving', version: '1', properties: { inferenceConfig: { scoringRoute: served } } },
    { name: 'sklearn' },
  ];

  function serving(environmentId: string | undefined, compute?: string): PureEmulator {
    const kind = compute === undefined ? {} : { compute };
    const properties = environmentId === undefined ? {} : { environmentId };
    const iris = {
      name: 'iris',
      properties: { traffic: { blue: 100 }, ...kind },
      deployments: [{ name: 'blue', properties }, { name: 'green' }],
    };
    return pureEmulator({ workspaces: [{ name: 'ws-emulator', environments, endpoints: [iris] }] });
  }

  function post(emulator: PureEmulator, target: string, deployment = 'blue'): Answer {
    const headers = { authorization: `Bearer ${keyOf(emulator)}`, 'azureml-model-deployment': deployment };
    return emulator.send('POST', target, { body: { instances: [1] }, headers });
  }

  const group = '/subscriptions/S/resourceGroups/rg-emulator/providers/Microsoft.MachineLearningServices';
  const base = '/iris.westeurope.inference';

  test.each([
    'azureml:tfserving:1',
    `${group}/workspaces/ws-emulator/environments/tfserving/versions/1`,
    `azureml:${group}/workspaces/ws-emulator/environments/tfserving/labels/latest`,
  ])('of environment %s serves its own route and /score, with a query or without', (environmentId) => {
    const emulator = serving(environmentId);
    for (const path of [route, `${route}?verbose=true`, '/score']) {
      expect(post(emulator, `${base}${path}`)).toMatchObject({ status: 200, body: { deployment: 'blue' } });
    }
  });

  test.each([
    ['nothing else', 'azureml:tfserving:1', `${base}/v1/models/other:predict`, 'blue'],
    ['no route of another deployment', 'azureml:tfserving:1', `${base}${route}`, 'green'],
    ['no longer route', 'azureml:tfserving:1', `${base}${route}/x`, 'blue'],
    ['no route where its environment has none', 'azureml:sklearn:1', `${base}${route}`, 'blue'],
    ['no route where it has no environment', undefined, `${base}${route}`, 'blue'],
    [
      'no route of an environment elsewhere',
      'azureml://registries/r/environments/e/versions/1',
      `${base}${route}`,
      'blue',
    ],
  ])('serves %s: the front end makes a 424 of its 404', (_, environmentId, target, deployment) => {
    const { status, headers } = post(serving(environmentId), target, deployment);
    expect(status).toBe(424);
    expect(headers).toMatchObject({
      'ms-azureml-model-error-statuscode': '404',
      'azureml-model-deployment': deployment,
    });
  });

  test('on Kubernetes serves its route behind the prefix of its endpoint, and hands a 404 on', () => {
    const emulator = serving('azureml:tfserving:1', `${group}/workspaces/ws-emulator/computes/aks`);
    expect(post(emulator, `/api/v1/endpoint/iris${route}`).status).toBe(200);
    expect(post(emulator, '/api/v1/endpoint/iris/score').status).toBe(200);
    expect(post(emulator, '/api/v1/endpoint/iris/other').status).toBe(404);
    expect(post(emulator, route).status).toBe(404);
  });

  test('is called with a key, whatever the path is', () => {
    const emulator = serving('azureml:tfserving:1');
    for (const path of [route, '/other']) expect(emulator.send('POST', `${base}${path}`).status).toBe(401);
  });
});

describe('modes', () => {
  test('AMLToken takes a token of the endpoint until it expires', () => {
    const emulator = withTraffic({ blue: 100 }, 'AMLToken');
    const { accessToken } = emulator.arm('POST', '/onlineEndpoints/iris/token').body;
    expect(call(emulator, accessToken).status).toBe(200);
    expect(call(emulator, emulator.token('https://ml.azure.com')).status).toBe(401);
    emulator.now += 24 * 60 * 60_000;
    expect(call(emulator, accessToken).status).toBe(401);
  });

  test('AADToken takes a token for https://ml.azure.com', () => {
    const emulator = withTraffic({ blue: 100 }, 'AADToken');
    expect(call(emulator, emulator.token('https://ml.azure.com')).status).toBe(200);
    expect(call(emulator, emulator.token()).status).toBe(401);
  });
});

test('the contract is served beside it', () => {
  const emulator = pureEmulator(irisSeed);
  const headers = { authorization: `Bearer ${keyOf(emulator)}` };
  const { body } = emulator.send('GET', '/iris.westeurope.inference/swagger.json', { headers });
  expect(body.paths).toHaveProperty(['/score']);
});
