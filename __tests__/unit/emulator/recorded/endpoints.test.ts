import { describe, expect, test } from '@jest/globals';
import { irisSeed, operationTime } from '../pure-emulator.ts';
import { endpointPath, finish, read, recordedVersion, recordingOf, sentEndpoint, statusOf } from './recording.ts';

const someTags = { endpointkey1: 'newval1', dummy: 'dummy' };

test('test_online_endpoint_mir.yaml: the first GET is a 404 of the gateway', () => {
  expect(read(recordingOf()).body).toEqual({
    error: {
      code: 'ResourceNotFound',
      message:
        "The Resource 'Microsoft.MachineLearningServices/workspaces/ws-emulator/onlineEndpoints/iris' under resource group " +
        "'rg-emulator' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix",
    },
  });
});

describe('test_online_endpoint_mir.yaml: create', () => {
  const emulator = recordingOf();
  const created = finish(emulator, 'PUT', endpointPath, sentEndpoint({ tags: someTags }, { description: 'words' }));

  test('is 201, with the operation in two places', () => {
    expect(created.status).toBe(201);
    const operation = created.headers['azure-asyncoperation'] ?? '';
    expect(operation).toMatch(/\/locations\/westeurope\/mfeOperationsStatus\/oe:[-0-9a-f]+:[-0-9a-f]+\?api-version=/);
    expect(created.body.properties.properties.AzureAsyncOperationUri).toBe(operation);
    expect(created.headers['location']).toMatch(/\/onlineEndpoints\/iris\?api-version=2022-02-01-preview$/);
    expect(created.headers['x-ms-async-operation-timeout']).toBe('PT30M');
  });

  test('shows these fields in this order, and no other', () => {
    expect(Object.keys(created.body)).toEqual([
      'id',
      'name',
      'type',
      'properties',
      'systemData',
      'tags',
      'location',
      'kind',
      'identity',
    ]);
    expect(Object.keys(created.body.properties).toSorted()).toEqual([
      'authMode',
      'compute',
      'description',
      'mirrorTraffic',
      'properties',
      'provisioningState',
      'publicNetworkAccess',
      'scoringUri',
      'swaggerUri',
      'traffic',
    ]);
    expect(Object.keys(created.body.systemData)).toEqual(['createdAt', 'createdBy', 'lastModifiedAt']);
    expect(Object.keys(created.body.identity)).toEqual(['type', 'principalId', 'tenantId']);
  });

  test('shows what it fills in', () => {
    expect(created.body).toMatchObject({
      kind: 'Managed',
      properties: {
        compute: null,
        provisioningState: 'Creating',
        publicNetworkAccess: 'Enabled',
        scoringUri: null,
        swaggerUri: null,
      },
    });
  });

  test('ends with the operation, the scoring URI and a later lastModifiedAt', () => {
    const { body } = statusOf(emulator, created);
    expect(body).toEqual({
      id: expect.stringContaining(body.name),
      name: expect.stringMatching(/^oe:/),
      startTime: expect.any(String),
      endTime: expect.any(String),
      percentComplete: 100,
      status: 'Succeeded',
    });
    const { properties, systemData } = read(emulator).body;
    expect(properties).toMatchObject({
      provisioningState: 'Succeeded',
      scoringUri: expect.stringMatching(/score$/),
      swaggerUri: expect.stringMatching(/swagger\.json$/),
    });
    expect(systemData.lastModifiedAt > created.body.systemData.lastModifiedAt).toBe(true);
    expect(systemData.createdAt).toBe(created.body.systemData.createdAt);
  });
});

test('test_online_endpoint_invoke.yaml: no description is shown as null', () => {
  const { body } = finish(recordingOf(), 'PUT', endpointPath, sentEndpoint());
  expect(body.properties.description).toBeNull();
});

test('test_online_endpoint_update.yaml: an update is 201 with the old body, and true once it has succeeded', () => {
  const emulator = recordingOf(irisSeed);
  const change = sentEndpoint({ tags: { endpointkey1: 'value1' } }, { authMode: 'Key', traffic: { green: 100 } });
  const { status, body } = finish(emulator, 'PUT', endpointPath, change);
  expect(status).toBe(201);
  expect(body).toMatchObject({
    tags: { team: 'ml' },
    properties: { provisioningState: 'Updating', traffic: { blue: 100 } },
  });
  expect(body.properties.scoringUri).toMatch(/score$/);
  expect(read(emulator).body).toMatchObject({
    tags: { endpointkey1: 'value1' },
    properties: { provisioningState: 'Succeeded', traffic: { green: 100 } },
  });
});

test('test_online_endpoint_update_with_incomplete_file.yaml: a PUT removes tags, keeps description and authMode', () => {
  const emulator = recordingOf();
  finish(emulator, 'PUT', endpointPath, sentEndpoint({ tags: someTags }, { description: 'words' }));
  const { status } = finish(emulator, 'PUT', endpointPath, sentEndpoint({}, { authMode: 'Key' }));
  expect(status).toBe(201);
  expect(read(emulator).body).toMatchObject({
    tags: {},
    properties: { authMode: 'AMLToken', description: 'words', provisioningState: 'Succeeded' },
  });
});

test('test_endpoint_create_with_uai.yaml: an identity assigned by the user', () => {
  const id = '/subscriptions/s/resourceGroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me';
  const identity = { type: 'UserAssigned', userAssignedIdentities: { [id]: {} } };
  expect(finish(recordingOf(), 'PUT', endpointPath, sentEndpoint({ identity })).body.identity).toEqual({
    type: 'UserAssigned',
    principalId: '00000000-0000-0000-0000-000000000000',
    tenantId: expect.any(String),
    userAssignedIdentities: { [id]: { principalId: expect.any(String), clientId: expect.any(String) } },
  });
});

test('test_online_endpoint_list.yaml: a list is one page, the newest first', () => {
  const emulator = recordingOf(irisSeed);
  emulator.now += operationTime;
  finish(emulator, 'PUT', '/onlineEndpoints/younger', sentEndpoint());
  const { status, body } = read(emulator, '/onlineEndpoints');
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['value']);
  expect(body.value.map(({ name }: { name: string }) => name)).toEqual(['younger', 'iris']);
});

test('test_online_endpoint_traffic_update.yaml: a deletion is 202 with `null` and two addresses', () => {
  const { status, body, headers, outcome } = recordingOf(irisSeed).arm(
    'DELETE',
    endpointPath,
    undefined,
    recordedVersion,
  );
  expect(status).toBe(202);
  expect(body).toBeNull();
  expect(outcome.reply?.body).toBe('null');
  expect(headers['x-ms-async-operation-timeout']).toBe('PT30M');
  const operation = /oe:[^?]+/.exec(headers['azure-asyncoperation'] ?? '')?.[0] ?? '';
  expect(headers['location']).toContain(`/mfeOperationResults/${operation}`);
});
