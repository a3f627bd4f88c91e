import { describe, expect, test } from '@jest/globals';
import { endpointBody, irisSeed, operationTime, pureEmulator } from './pure-emulator.ts';

const iris = '/onlineEndpoints/iris';

describe('create', () => {
  test('answers 201 with state Creating and says where to look', () => {
    const { status, body, headers } = pureEmulator().arm('PUT', iris, endpointBody);
    expect(status).toBe(201);
    expect(body.properties).toMatchObject({ provisioningState: 'Creating', scoringUri: null, swaggerUri: null });
    expect(headers['azure-asyncoperation']).toMatch(
      /\/providers\/Microsoft\.MachineLearningServices\/locations\/westeurope\/mfeOperationsStatus\/oe:[-0-9a-f]+:[-0-9a-f]+\?api-version=2024-10-01$/,
    );
    expect(headers['location']).toContain('/onlineEndpoints/iris?');
    expect(headers['x-ms-async-operation-timeout']).toBe('PT30M');
    expect(headers['retry-after']).toBeUndefined();
  });

  test('ends with the defaults and properties of the service', () => {
    const emulator = pureEmulator();
    emulator.settle('PUT', iris, endpointBody);
    const { body } = emulator.arm('GET', iris);
    expect(body).toMatchObject({
      name: 'iris',
      kind: 'Managed',
      tags: {},
      identity: { type: 'SystemAssigned', principalId: expect.any(String), tenantId: emulator.state.identity.tenantId },
      properties: {
        provisioningState: 'Succeeded',
        publicNetworkAccess: 'Enabled',
        traffic: {},
        mirrorTraffic: {},
        scoringUri: 'https://127.0.0.1:1/iris.westeurope.inference/score',
        properties: { 'azureml.onlineendpointid': body.id.toLowerCase() },
      },
    });
    expect(body.properties.properties.AzureAsyncOperationUri).toContain('/mfeOperationsStatus/oe:');
  });

  test('takes an identity in any case, and fills in its ids', () => {
    const emulator = pureEmulator();
    const id = '/subscriptions/s/resourceGroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me';
    emulator.settle('PUT', iris, { ...endpointBody, identity: { type: 'systemAssigned' } });
    expect(emulator.arm('GET', iris).body.identity.type).toBe('SystemAssigned');
    emulator.settle('PUT', iris, {
      ...endpointBody,
      identity: { type: 'UserAssigned', userAssignedIdentities: { [id]: {} } },
    });
    expect(emulator.arm('GET', iris).body.identity).toEqual({
      type: 'UserAssigned',
      principalId: '00000000-0000-0000-0000-000000000000',
      tenantId: emulator.state.identity.tenantId,
      userAssignedIdentities: { [id]: { clientId: expect.any(String), principalId: expect.any(String) } },
    });
  });

  test('with a compute is a Kubernetes endpoint', () => {
    const body = { ...endpointBody, properties: { authMode: 'Key', compute: '/subscriptions/s/computes/k8s' } };
    expect(pureEmulator().arm('PUT', iris, body).body.kind).toBe('K8S');
  });

  test('of a name held in the region is refused in the words of Azure', () => {
    const { status, body } = pureEmulator().arm('PUT', '/onlineEndpoints/taken-by-another', endpointBody);
    expect(status).toBe(400);
    expect(body.error.details[0].message).toBe(
      'There is already an endpoint with this name, Endpoint name needs to be unique within a region',
    );
  });

  test('of a name that a neighbour workspace holds is refused in the same region only', () => {
    const endpoints = [{ name: 'iris' }];
    const near = pureEmulator({ workspaces: [{ name: 'ws-emulator' }, { name: 'neighbour', endpoints }] });
    expect(near.arm('PUT', iris, endpointBody).status).toBe(400);
    const far = pureEmulator({
      workspaces: [{ name: 'ws-emulator' }, { name: 'neighbour', location: 'eastus', endpoints }],
    });
    expect(far.arm('PUT', iris, endpointBody).status).toBe(201);
  });
});

describe('a faulty body', () => {
  const properties = { authMode: 'Key' };

  test.each([
    ['that is not JSON', '{', 'InvalidRequestContent'],
    ['without location', { properties }, 'LocationRequired'],
    ['without properties', { location: 'westeurope' }, 'BadRequest'],
    ['in another region', { location: 'eastus', properties }, 'BadRequest'],
    ['without authMode', { location: 'westeurope', properties: {} }, 'BadRequest'],
    ['with an unknown authMode', { location: 'westeurope', properties: { authMode: 'Password' } }, 'BadRequest'],
    ['with tags that are no strings', { ...endpointBody, tags: { count: 1 } }, 'BadRequest'],
    ['with a list of tags', { ...endpointBody, tags: ['a'] }, 'BadRequest'],
    ['with an unknown identity', { ...endpointBody, identity: { type: 'Mine' } }, 'BadRequest'],
    ['with no user-assigned identity', { ...endpointBody, identity: { type: 'UserAssigned' } }, 'BadRequest'],
    ['with text for traffic', { ...endpointBody, properties: { ...properties, traffic: 'blue=100' } }, 'BadRequest'],
    [
      'with a description of the wrong type',
      { ...endpointBody, properties: { ...properties, description: 1 } },
      'BadRequest',
    ],
    [
      'with an unknown public access',
      { ...endpointBody, properties: { ...properties, publicNetworkAccess: 'Maybe' } },
      'BadRequest',
    ],
    [
      'with AADToken on Kubernetes',
      { ...endpointBody, properties: { authMode: 'AADToken', compute: '/computes/k8s' } },
      'BadRequest',
    ],
  ])('%s is refused', (_, body, code) => {
    const answer = pureEmulator().arm('PUT', iris, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(code);
    if (code === 'BadRequest') expect(answer.body.error.details[0].message).toMatch(/ \[U\]$/);
  });

  test.each(['ab', 'a'.repeat(33), '1iris', 'iris-', 'ir_is'])('under the name %s is refused', (name) => {
    expect(pureEmulator().arm('PUT', `/onlineEndpoints/${name}`, endpointBody).status).toBe(400);
  });
});

describe('update', () => {
  test('answers 201 with the old body, and shows it until the operation ends', () => {
    const emulator = pureEmulator(irisSeed, { staleReads: 0 });
    const { status, body } = emulator.arm('PUT', iris, { ...endpointBody, tags: { team: 'new' } });
    expect(status).toBe(201);
    expect(body).toMatchObject({ tags: { team: 'ml' }, properties: { provisioningState: 'Updating' } });
    emulator.now += operationTime - 1;
    expect(emulator.arm('GET', iris).body).toMatchObject({ tags: { team: 'ml' } });
    emulator.now += 1;
    expect(emulator.arm('GET', iris).body).toMatchObject({
      tags: { team: 'new' },
      properties: { provisioningState: 'Succeeded' },
    });
  });

  test('replaces: what the body leaves out is gone', () => {
    const emulator = pureEmulator(irisSeed);
    emulator.settle('PUT', iris, endpointBody);
    expect(emulator.arm('GET', iris).body).toMatchObject({ tags: {}, properties: { traffic: {}, description: null } });
  });

  test.each([0, 1, 3])('leaves %i stale reads behind', (staleReads) => {
    const emulator = pureEmulator(irisSeed, { staleReads });
    emulator.arm('PUT', iris, { ...endpointBody, tags: { team: 'new' } });
    emulator.now += operationTime;
    const seen = Array.from({ length: staleReads + 1 }, () => emulator.arm('GET', iris).body.tags.team);
    expect(seen).toEqual([...Array<string>(staleReads).fill('ml'), 'new']);
  });

  test('cannot remove or alter what the service wrote', () => {
    const emulator = pureEmulator(irisSeed);
    const before = emulator.arm('GET', iris).body.properties.properties['azureml.onlineendpointid'];
    emulator.settle('PUT', iris, {
      ...endpointBody,
      properties: { authMode: 'Key', properties: { 'azureml.onlineendpointid': 'mine', owner: 'me' } },
    });
    expect(emulator.arm('GET', iris).body.properties.properties).toMatchObject({
      'azureml.onlineendpointid': before,
      owner: 'me',
    });
  });

  test('while an operation runs is 409', () => {
    const emulator = pureEmulator(irisSeed);
    emulator.arm('PUT', iris, endpointBody);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const { status, body } = emulator.arm(method, iris, endpointBody);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/because it is in Updating provisioning state\.$/);
    }
  });

  test('cannot change the compute', () => {
    const body = { ...endpointBody, properties: { authMode: 'Key', compute: '/computes/k8s' } };
    expect(pureEmulator(irisSeed).arm('PUT', iris, body).status).toBe(400);
  });

  test('by PATCH changes tags and identity alone', () => {
    const emulator = pureEmulator(irisSeed);
    const { status } = emulator.settle('PATCH', iris, { tags: { a: 'b' }, properties: { traffic: {} } });
    expect(status).toBe(202);
    expect(emulator.arm('GET', iris).body).toMatchObject({ tags: { a: 'b' }, properties: { traffic: { blue: 100 } } });
  });
});

describe('old api-versions', () => {
  const body = {
    ...endpointBody,
    properties: { authMode: 'Key', traffic: { blue: 100 }, mirrorTraffic: { green: 10 } },
  };

  test.each(['2022-05-01', '2022-10-01'])('%s loses mirror traffic on write and on read', (version) => {
    const emulator = pureEmulator(irisSeed, { staleReads: 0 });
    emulator.settle('PUT', iris, body);
    expect(emulator.arm('GET', iris).body.properties.mirrorTraffic).toEqual({ green: 10 });
    expect(emulator.arm('GET', iris, undefined, version).body.properties).not.toHaveProperty('mirrorTraffic');
    emulator.arm('PUT', iris, body, version);
    emulator.now += operationTime;
    expect(emulator.arm('GET', iris).body.properties.mirrorTraffic).toEqual({});
  });

  test.each(['2022-02-01-preview', '2022-10-01-preview', '2023-04-01'])('%s keeps it', (version) => {
    const emulator = pureEmulator(irisSeed, { staleReads: 0 });
    emulator.arm('PUT', iris, body, version);
    emulator.now += operationTime;
    expect(emulator.arm('GET', iris, undefined, version).body.properties.mirrorTraffic).toEqual({ green: 10 });
  });
});

describe('delete', () => {
  test('takes the deployments along and is 404 afterwards', () => {
    const emulator = pureEmulator(irisSeed);
    const { status, body, headers } = emulator.arm('DELETE', iris);
    expect(status).toBe(202);
    expect(body).toBeNull();
    expect(headers['location']).toContain('/mfeOperationResults/');
    expect(emulator.arm('GET', iris).body.properties.provisioningState).toBe('Deleting');
    emulator.now += operationTime;
    expect(emulator.arm('GET', iris).status).toBe(404);
    expect(emulator.arm('GET', `${iris}/deployments/blue`).status).toBe(404);
  });

  test('of nothing is 204', () => {
    expect(pureEmulator().arm('DELETE', iris).status).toBe(204);
  });
});

describe('read', () => {
  test('of what was deleted is 404 from the service', () => {
    const emulator = pureEmulator(irisSeed);
    emulator.settle('DELETE', iris);
    const { status, body } = emulator.arm('GET', iris);
    expect(status).toBe(404);
    expect(body.error).toMatchObject({
      code: 'NotFound',
      message: 'The specified resource was not found.',
      details: [{ code: 'NoSuchService' }],
    });
    expect(body.error.additionalInfo.map(({ type }: { type: string }) => type)).toEqual(
      expect.arrayContaining(['ComponentName', 'Correlation', 'Environment', 'Location', 'Time']),
    );
  });

  test('of a fresh endpoint may be 404 for a while', () => {
    const emulator = pureEmulator({}, { hiddenReads: 2 });
    emulator.arm('PUT', iris, endpointBody);
    emulator.now += operationTime;
    expect([0, 1, 2].map(() => emulator.arm('GET', iris).status)).toEqual([404, 404, 200]);
  });

  test('of all comes in pages, the newest first', () => {
    const endpoints = ['one', 'two', 'three', 'four', 'five'].map((name) => ({ name: `${name}-endpoint` }));
    const emulator = pureEmulator({ workspaces: [{ name: 'ws-emulator', endpoints }] }, { pageSize: 2 });
    const names: string[] = [];
    let next: string | undefined = '/onlineEndpoints';
    while (next !== undefined) {
      const { body } = emulator.arm('GET', next);
      names.push(...body.value.map(({ name }: { name: string }) => name));
      next = body.nextLink && `/onlineEndpoints?$skip=${new URL(body.nextLink).searchParams.get('$skip')}`;
    }
    expect(names).toEqual(endpoints.map(({ name }) => name).toReversed());
    expect(emulator.arm('GET', '/onlineEndpoints?count=1').body.value).toHaveLength(1);
  });

  describe('of all may ask for some', () => {
    const emulator = pureEmulator();
    const put = (name: string, named: object): void => {
      emulator.now += 1000;
      emulator.settle('PUT', `/onlineEndpoints/${name}`, { ...endpointBody, ...named });
    };
    put('first', { tags: { owner: 'ml', cost: '42' } });
    put('second', { tags: { owner: 'web' } });
    const { properties } = endpointBody;
    put('third', { properties: { ...properties, properties: { a: 'b' } } });
    put('on-aks', { properties: { ...properties, compute: 'aks' } });
    put('first', { tags: { owner: 'ml', cost: '42' } });

    test.each([
      ['', ['on-aks', 'third', 'second', 'first']],
      ['name=SECOND', ['second']],
      ['name=nobody', []],
      ['computeType=Kubernetes', ['on-aks']],
      ['computeType=managed', ['third', 'second', 'first']],
      ['tags=owner', ['second', 'first']],
      ['tags=owner=ml,cost=42', ['first']],
      ['tags=owner=web,cost', []],
      ['properties=a=b', ['third']],
      ['orderBy=CreatedAtAsc', ['first', 'second', 'third', 'on-aks']],
      ['orderBy=UpdatedAtDesc', ['first', 'on-aks', 'third', 'second']],
      ['orderBy=UpdatedAtAsc', ['second', 'third', 'on-aks', 'first']],
    ])('%s', (query, names) => {
      const { body } = emulator.arm('GET', `/onlineEndpoints?${query}`);
      expect(body.value.map(({ name }: { name: string }) => name)).toEqual(names);
    });

    test('and is refused in words that are not known', () => {
      expect(emulator.arm('GET', '/onlineEndpoints?orderBy=Name').status).toBe(400);
      expect(emulator.arm('GET', '/onlineEndpoints?computeType=Batch').status).toBe(400);
    });
  });

  test('of a workspace tells its location', () => {
    expect(pureEmulator().arm('GET', '').body).toMatchObject({ name: 'ws-emulator', location: 'westeurope' });
  });
});
