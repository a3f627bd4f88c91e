import { describe, expect, test } from '@jest/globals';
import { irisSeed } from '../pure-emulator.ts';
import { endpointPath, finish, read, recordedVersion, recordingOf, statusOf } from './recording.ts';

const red = `${endpointPath}/deployments/red`;
const body = {
  tags: {},
  location: 'westeurope',
  properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS2_V2', appInsightsEnabled: false },
  sku: { name: 'Default', capacity: 1 },
};
const probe = { failureThreshold: 30, successThreshold: 1, timeout: 'PT2S', period: 'PT10S', initialDelay: 'PT10S' };

describe('test_online_endpoint_invoke.yaml: create', () => {
  test('is 201 and Updating, without probes and time limit yet', () => {
    const created = recordingOf(irisSeed).arm('PUT', red, body, recordedVersion);
    expect(created.status).toBe(201);
    expect(created.headers['azure-asyncoperation']).toContain('/mfeOperationsStatus/od:');
    expect(created.body.properties).toMatchObject({
      provisioningState: 'Updating',
      requestSettings: { maxQueueWait: 'PT0S', requestTimeout: 'PT0S', maxConcurrentRequestsPerInstance: 1 },
      livenessProbe: null,
      readinessProbe: null,
    });
  });

  test('is Updating at 0 percent until it ends', () => {
    const emulator = recordingOf(irisSeed);
    const running = statusOf(emulator, emulator.arm('PUT', red, body, recordedVersion)).body;
    expect(running).toEqual({
      id: expect.stringContaining('/mfeOperationsStatus/od:'),
      name: expect.stringMatching(/^od:/),
      startTime: expect.any(String),
      percentComplete: 0,
      status: 'Updating',
    });
  });

  test('ends with what the service fills in', () => {
    const emulator = recordingOf(irisSeed);
    const created = finish(emulator, 'PUT', red, body);
    const found = read(emulator, red).body;
    expect(Object.keys(found)).toEqual([
      'id',
      'name',
      'type',
      'properties',
      'systemData',
      'tags',
      'location',
      'kind',
      'sku',
    ]);
    expect(found).toMatchObject({
      kind: 'Managed',
      sku: { name: 'Default', tier: 'Standard', capacity: 1 },
      systemData: created.body.systemData,
      properties: {
        environmentVariables: {},
        scaleSettings: { scaleType: 'Default' },
        requestSettings: { maxQueueWait: 'PT0S', requestTimeout: 'PT5S', maxConcurrentRequestsPerInstance: 1 },
        modelMountPath: null,
        livenessProbe: probe,
        readinessProbe: probe,
        provisioningState: 'Succeeded',
      },
    });
  });
});

test('test_endpoint_properties.yaml: the service writes one property, the address of the operation', () => {
  const emulator = recordingOf(irisSeed);
  finish(emulator, 'PUT', red, body);
  const { properties } = emulator.arm('GET', red, undefined, '2023-04-01-preview').body;
  expect(properties.properties).toEqual({ AzureAsyncOperationUri: expect.stringContaining('/od:') });
  expect(properties.egressPublicNetworkAccess).toBe('Enabled');
});

test('test_online_endpoint_update.yaml: the newest is the first of the list', () => {
  const emulator = recordingOf(irisSeed);
  finish(emulator, 'PUT', red, body);
  const names = read(emulator, `${endpointPath}/deployments`).body.value.map(({ name }: { name: string }) => name);
  expect(names[0]).toBe('red');
});

test('test_online_deployment_update_nonexistent_deployment.yaml: one that never was is a 404 of the gateway', () => {
  const { status, body: refusal } = read(recordingOf(irisSeed), red);
  expect(status).toBe(404);
  expect(refusal.error).toEqual({
    code: 'ResourceNotFound',
    message: expect.stringContaining('/workspaces/ws-emulator/onlineEndpoints/iris/deployments/red'),
  });
});

describe('test_online_endpoint_mir_deployment_delete.yaml: deletion', () => {
  test('is Updating until it has Succeeded', () => {
    const emulator = recordingOf(irisSeed);
    const deleted = emulator.arm('DELETE', `${endpointPath}/deployments/green`, undefined, recordedVersion);
    expect([deleted.status, deleted.body]).toEqual([202, null]);
    expect(statusOf(emulator, deleted).body).toMatchObject({ percentComplete: 0, status: 'Updating' });
  });

  test('leaves a 404 of the service, with these words and additional information', () => {
    const emulator = recordingOf(irisSeed);
    finish(emulator, 'DELETE', `${endpointPath}/deployments/green`);
    const { status, body: refusal } = read(emulator, `${endpointPath}/deployments/green`);
    expect(status).toBe(404);
    expect(refusal.error).toEqual({
      code: 'NotFound',
      message: 'The specified resource was not found.',
      details: [
        {
          code: 'NoSuchService',
          message: expect.stringContaining('There is no service with name: green-iris in Subscription: '),
          details: [],
          additionalInfo: [],
        },
      ],
      additionalInfo: [
        { type: 'ComponentName', info: { value: 'managementfrontend' } },
        {
          type: 'Correlation',
          info: {
            value: {
              operation: expect.stringMatching(/^[0-9a-f]{32}$/),
              request: expect.stringMatching(/^[0-9a-f]{16}$/),
            },
          },
        },
        { type: 'Environment', info: { value: 'westeurope' } },
        { type: 'Location', info: { value: 'westeurope' } },
        { type: 'Time', info: { value: expect.any(String) } },
      ],
    });
  });
});
