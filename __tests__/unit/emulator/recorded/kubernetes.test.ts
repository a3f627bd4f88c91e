import { describe, expect, test } from '@jest/globals';
import { clusterSeed, endpointPath, finish, read, recordingOf, sentEndpoint, statusOf } from './recording.ts';

const blue = `${endpointPath}/deployments/blue`;

test('test_online_endpoint_k8s.yaml: an endpoint with a compute is of kind K8S', () => {
  const compute = '/subscriptions/s/resourceGroups/r/providers/p/workspaces/w/computes/inferencecompute';
  const { body } = finish(recordingOf(), 'PUT', endpointPath, sentEndpoint({}, { authMode: 'Key', compute }));
  expect(body).toMatchObject({
    kind: 'K8S',
    properties: { compute, mirrorTraffic: {}, publicNetworkAccess: 'Enabled' },
  });
});

test('test_online_endpoint_k8s.yaml: its scoring URI is a path of the cluster', () => {
  const { properties } = read(recordingOf(clusterSeed)).body;
  expect(new URL(properties.scoringUri).pathname).toBe('/api/v1/endpoint/iris/score');
  expect(new URL(properties.swaggerUri).pathname).toBe('/api/v1/endpoint/iris/swagger.json');
});

describe('test_online_endpoint_k8s_deployment_cpu.yaml', () => {
  test('a deployment that scales by itself shows no sku', () => {
    const { body } = read(recordingOf(clusterSeed), blue);
    expect(body).not.toHaveProperty('sku');
    expect(body).toMatchObject({
      kind: 'K8S',
      properties: {
        scaleSettings: {
          scaleType: 'TargetUtilization',
          pollingInterval: 'PT1S',
          targetUtilizationPercentage: 70,
          minInstances: 1,
          maxInstances: 1,
        },
        requestSettings: { maxQueueWait: 'PT0.5S', requestTimeout: 'PT0S', maxConcurrentRequestsPerInstance: 1 },
        containerResourceRequirements: { containerResourceRequests: { cpu: '0.1', memory: '0.500Gi', gpu: null } },
      },
    });
  });

  test('the deletion of one with traffic is taken, and its operation fails with the reason', () => {
    const emulator = recordingOf(clusterSeed);
    const deleted = finish(emulator, 'DELETE', blue);
    expect([deleted.status, deleted.body]).toEqual([202, null]);
    const { status, body } = statusOf(emulator, deleted);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['error', 'id', 'name', 'startTime', 'endTime', 'percentComplete', 'status']);
    expect(body).toMatchObject({ percentComplete: 100, status: 'Failed' });
    const message =
      '"Can\'t delete deployment [blue] with non-zero traffic weight, Current traffic [100]. Remove the traffic for this ' +
      'deployment on endpoint [iris] and try again"';
    expect(body.error).toEqual({
      code: 'InferencingClientCallFailed',
      message,
      details: [],
      additionalInfo: [
        {
          type: 'MmsOperation',
          info: {
            id: expect.any(String),
            operationType: 'AmlArcService',
            state: 'Failed',
            createdTime: expect.any(String),
            endTime: expect.any(String),
            error: { code: 'InferencingClientCallFailed', statusCode: 400, message, details: [] },
            resourceLocation: expect.stringMatching(/\/services\/blue-iris$/),
            operationLog: '',
            parentRequestId: expect.any(String),
          },
        },
      ],
    });
  });

  test('afterwards the deployment is Failed, and its traffic as before', () => {
    const emulator = recordingOf(clusterSeed);
    finish(emulator, 'DELETE', blue);
    expect(read(emulator, blue).body.properties.provisioningState).toBe('Failed');
    expect(read(emulator).body.properties).toMatchObject({ provisioningState: 'Succeeded', traffic: { blue: 100 } });
  });

  test('without traffic it can be deleted', () => {
    const emulator = recordingOf(clusterSeed);
    const { compute } = clusterSeed.workspaces[0]!.endpoints[0]!.properties;
    finish(emulator, 'PUT', endpointPath, sentEndpoint({}, { authMode: 'Key', compute }));
    const deleted = finish(emulator, 'DELETE', blue);
    expect(statusOf(emulator, deleted).body.status).toBe('Succeeded');
  });

  test('logs are one text', () => {
    const { status, body } = recordingOf(clusterSeed).arm('POST', `${blue}/getLogs`, { tail: 5000 });
    expect(status).toBe(200);
    expect(body).toEqual({ content: expect.any(String) });
  });
});
