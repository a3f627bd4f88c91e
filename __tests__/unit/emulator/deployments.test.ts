import { describe, expect, test } from '@jest/globals';
import { endpointBody, irisSeed, operationTime, pureEmulator } from './pure-emulator.ts';

const iris = '/onlineEndpoints/iris';
const red = `${iris}/deployments/red`;
const body = {
  location: 'westeurope',
  sku: { name: 'Default', capacity: 2 },
  properties: { endpointComputeType: 'Managed' },
};

describe('create', () => {
  test('answers 201 and ends with the defaults of the service', () => {
    const emulator = pureEmulator(irisSeed);
    const { status, body: created, headers } = emulator.settle('PUT', red, body);
    expect(status).toBe(201);
    expect(created.properties.provisioningState).toBe('Updating');
    expect(headers['azure-asyncoperation']).toContain('/mfeOperationsStatus/od:');
    expect(headers['x-ms-ratelimit-remaining-subscription-resource-requests']).toBe('24');
    expect(emulator.arm('GET', red).body).toMatchObject({
      name: 'red',
      kind: 'Managed',
      sku: { name: 'Default', tier: 'Standard', capacity: 2 },
      properties: {
        provisioningState: 'Succeeded',
        egressPublicNetworkAccess: 'Enabled',
        requestSettings: { requestTimeout: 'PT5S' },
        readinessProbe: { failureThreshold: 30, period: 'PT10S' },
      },
    });
    expect(emulator.arm('GET', `${iris}/deployments`).body.value).toHaveLength(3);
  });

  test.each([
    ['without location', { properties: body.properties }],
    ['without properties', { location: 'westeurope' }],
    ['without a compute type', { location: 'westeurope', properties: {} }],
    ['of the wrong kind', { location: 'westeurope', properties: { endpointComputeType: 'Kubernetes' } }],
    ['with half an instance', { ...body, sku: { name: 'Default', capacity: 0.5 } }],
    ['with text for a sku', { ...body, sku: 'Default' }],
  ])('%s is refused', (_, faulty) => {
    expect(pureEmulator(irisSeed).arm('PUT', red, faulty).status).toBe(400);
  });

  test('under a faulty name is refused', () => {
    expect(pureEmulator(irisSeed).arm('PUT', `${iris}/deployments/r`, body).status).toBe(400);
  });

  test('waits for the endpoint: 409 in the words of Azure', () => {
    const emulator = pureEmulator(irisSeed);
    emulator.arm('PUT', iris, endpointBody);
    const { status, body: refusal } = emulator.arm('PUT', red, body);
    expect(status).toBe(409);
    expect(refusal.error.message).toBe(
      'Cannot create a deployment in endpoint iris because it is in Updating provisioning state.',
    );
  });

  test('needs an endpoint', () => {
    expect(pureEmulator().arm('PUT', red, body).status).toBe(404);
  });

  test('may be 404 for a while after its success', () => {
    const emulator = pureEmulator(irisSeed, { hiddenReads: 1 });
    emulator.arm('PUT', red, body);
    emulator.now += operationTime;
    const { status, body: refusal } = emulator.arm('GET', red);
    expect(status).toBe(404);
    expect(refusal.error).toMatchObject({
      code: 'UserError',
      message: 'Deployment red not found in endpoint iris, workspace ws-emulator',
    });
    expect(emulator.arm('GET', red).status).toBe(200);
  });
});

describe('update', () => {
  test('by PUT replaces', () => {
    const emulator = pureEmulator(irisSeed);
    emulator.settle('PUT', `${iris}/deployments/blue`, { ...body, tags: { a: 'b' } });
    expect(emulator.arm('GET', `${iris}/deployments/blue`).body).toMatchObject({
      tags: { a: 'b' },
      sku: { capacity: 2 },
    });
  });

  test('by PATCH changes tags and sku', () => {
    const emulator = pureEmulator(irisSeed);
    const { status } = emulator.settle('PATCH', `${iris}/deployments/blue`, { sku: { capacity: 3 }, tags: { a: 'b' } });
    expect(status).toBe(202);
    expect(emulator.arm('GET', `${iris}/deployments/blue`).body).toMatchObject({
      tags: { a: 'b' },
      sku: { capacity: 3 },
    });
  });

  test('while an operation runs is 409', () => {
    const emulator = pureEmulator(irisSeed);
    emulator.arm('PUT', `${iris}/deployments/blue`, body);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      expect(emulator.arm(method, `${iris}/deployments/blue`, body).status).toBe(409);
    }
  });

  test('of nothing is 404', () => {
    expect(pureEmulator(irisSeed).arm('PATCH', red, {}).status).toBe(404);
  });
});

describe('delete', () => {
  test('ends with 404', () => {
    const emulator = pureEmulator(irisSeed);
    expect(emulator.settle('DELETE', `${iris}/deployments/green`).status).toBe(202);
    expect(emulator.arm('GET', `${iris}/deployments/green`).status).toBe(404);
    expect(emulator.arm('GET', iris).status).toBe(200);
  });

  test.each([
    ['live', { traffic: { blue: 100 } }, 'blue'],
    ['mirrored', { traffic: { blue: 100 }, mirrorTraffic: { green: 10 } }, 'green'],
  ])('of one with %s traffic is refused', (_, properties, name) => {
    const deployments = [{ name: 'blue' }, { name: 'green' }];
    const emulator = pureEmulator({
      workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris', properties, deployments }] }],
    });
    const { status, body: refusal } = emulator.arm('DELETE', `${iris}/deployments/${name}`);
    expect(status).toBe(400);
    expect(refusal.error.details[0].message).toContain('[U]');
  });

  test('of nothing is 204', () => {
    expect(pureEmulator(irisSeed).arm('DELETE', red).status).toBe(204);
  });
});

test.each([
  ['2022-05-01', ['egressPublicNetworkAccess', 'dataCollector', 'startupProbe']],
  ['2022-10-01', ['dataCollector', 'startupProbe']],
  ['2023-04-01', ['startupProbe']],
  ['2024-10-01', []],
])('api-version %s does not show %j', (version, lost) => {
  const properties = { egressPublicNetworkAccess: 'Enabled', dataCollector: {}, startupProbe: {} };
  const deployments = [{ name: 'blue', properties }];
  const emulator = pureEmulator({ workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris', deployments }] }] });
  const shown = emulator.arm('GET', `${iris}/deployments/blue`, undefined, version).body.properties;
  expect(Object.keys(properties).filter((name) => !(name in shown))).toEqual(lost);
});
