import { describe, expect, test } from '@jest/globals';
import { irisSeed } from '../pure-emulator.ts';
import { endpointPath, read, recordingOf, sentEndpoint } from './recording.ts';

// azure-cli's recorder leaves out the request ids, the remaining reads and `retry-after`
// (`FILTER_HEADERS` of azure-cli-testsdk), so nothing is known of these.
const common = {
  'cache-control': 'no-cache',
  expires: '-1',
  pragma: 'no-cache',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
};

const ofService = ['request-context', 'x-aml-cluster', 'x-ms-response-type', 'x-request-time'];
const remaining = 'x-ms-ratelimit-remaining-subscription';
const blue = `${endpointPath}/deployments/blue`;

test('test_online_endpoint_mir.yaml: an answer of the service', () => {
  const { status, headers } = read(recordingOf(irisSeed));
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    ...common,
    'content-type': 'application/json; charset=utf-8',
    'x-aml-cluster': 'vienna-westeurope-01',
    'x-ms-response-type': 'standard',
  });
  expect(Object.keys(headers)).toEqual(expect.arrayContaining(ofService));
});

test('test_online_endpoint_mir.yaml: a 404 of the gateway names itself, and nothing of the service', () => {
  const { status, headers } = read(recordingOf());
  expect(status).toBe(404);
  expect(headers).toMatchObject({ ...common, 'x-ms-failure-cause': 'gateway' });
  for (const name of ofService) expect(headers).not.toHaveProperty(name);
});

test('test_online_endpoint_mir_deployment_delete.yaml: a 404 of the service is an error of its own', () => {
  const emulator = recordingOf(irisSeed);
  emulator.settle('DELETE', `${endpointPath}/deployments/green`);
  const { status, headers } = read(emulator, `${endpointPath}/deployments/green`);
  expect(status).toBe(404);
  expect(headers['x-ms-response-type']).toBe('error');
  expect(headers).not.toHaveProperty('x-ms-failure-cause');
});

describe('what remains of a budget', () => {
  test.each([
    ['test_online_endpoint_update.yaml', 'PUT', endpointPath, sentEndpoint(), { writes: '1199' }],
    ['test_online_endpoint_mir.yaml', 'DELETE', endpointPath, undefined, { deletes: '14999' }],
    ['test_online_endpoint_invoke.yaml', 'POST', `${endpointPath}/listKeys`, undefined, { writes: '1199' }],
    ['test_online_endpoint_k8s_deployment_cpu.yaml', 'POST', `${blue}/getLogs`, { tail: 5000 }, { writes: '1199' }],
    ['test_online_endpoint_mir_deployment_delete.yaml', 'DELETE', blue, undefined, { deletes: '14999' }],
    [
      'test_online_endpoint_invoke.yaml',
      'PUT',
      blue,
      { location: 'westeurope', properties: { endpointComputeType: 'Managed' } },
      { 'resource-requests': '24' },
    ],
  ])('%s: %s %s', (_, method, path, body, budget) => {
    const { headers } = recordingOf(irisSeed).arm(method, path, body);
    const shown = Object.entries(headers).filter(([name]) => name.startsWith(remaining));
    expect(shown).toEqual(Object.entries(budget).map(([name, left]) => [`${remaining}-${name}`, left]));
  });
});
