import { describe, expect, test } from '@jest/globals';
import { endpointBody, irisSeed, operationTime, pureEmulator } from './pure-emulator.ts';
import type { Answer, PureEmulator } from './pure-emulator.ts';

const iris = '/onlineEndpoints/iris';

function follow(emulator: PureEmulator, started: Answer, header: string): Answer {
  const target = (started.headers[header] ?? '').replace(emulator.state.url, '');
  return emulator.send('GET', target, { headers: { authorization: `Bearer ${emulator.token()}` } });
}

test.each([
  ['PUT', {}, endpointBody, 'Creating'],
  ['PUT', irisSeed, endpointBody, 'Updating'],
  ['DELETE', irisSeed, undefined, 'Deleting'],
])('%s shows its own word until it has Succeeded', (method, seed, body, word) => {
  const emulator = pureEmulator(seed);
  const started = emulator.arm(method, iris, body);
  expect(follow(emulator, started, 'azure-asyncoperation').body).toEqual({
    id: expect.stringContaining('/mfeOperationsStatus/oe:'),
    name: expect.stringMatching(/^oe:/),
    startTime: '2026-01-01T00:00:00.000Z',
    percentComplete: 0,
    status: word,
  });
  emulator.now += operationTime;
  expect(follow(emulator, started, 'azure-asyncoperation').body).toMatchObject({
    endTime: '2026-01-01T00:00:01.000Z',
    percentComplete: 100,
    status: 'Succeeded',
  });
});

test('regenerateKeys is InProgress', () => {
  const emulator = pureEmulator(irisSeed);
  const started = emulator.arm('POST', `${iris}/regenerateKeys`, { keyType: 'Primary' });
  expect(follow(emulator, started, 'azure-asyncoperation').body.status).toBe('InProgress');
});

test('the result is 202 while it runs, 204 afterwards', () => {
  const emulator = pureEmulator(irisSeed);
  const started = emulator.arm('DELETE', iris);
  expect(follow(emulator, started, 'location').status).toBe(202);
  emulator.now += operationTime;
  expect(follow(emulator, started, 'location').status).toBe(204);
});

test.each(['mfeOperationsStatus', 'mfeOperationResults'])('%s of an unknown operation is 404', (kind) => {
  const emulator = pureEmulator();
  const scope = `/subscriptions/${emulator.state.subscriptionId}/providers/Microsoft.MachineLearningServices`;
  const target = `${scope}/locations/westeurope/${kind}/oe:x:y?api-version=2024-10-01`;
  expect(emulator.send('GET', target, { headers: { authorization: `Bearer ${emulator.token()}` } }).status).toBe(404);
});

describe.each(['Failed', 'Canceled'] as const)('an operation that ends %s', (status) => {
  test('leaves a created endpoint without scoring URI', () => {
    const emulator = pureEmulator();
    emulator.fault({ match: { method: 'PUT' }, then: { operation: { status } } });
    const started = emulator.arm('PUT', iris, endpointBody);
    emulator.now += operationTime;
    expect(follow(emulator, started, 'azure-asyncoperation').body).toMatchObject({
      status,
      error: { code: expect.any(String) },
    });
    expect(emulator.arm('GET', iris).body.properties).toMatchObject({ provisioningState: status, scoringUri: null });
  });

  test('leaves an updated endpoint as it was, and writable', () => {
    const emulator = pureEmulator(irisSeed);
    emulator.fault({ match: { method: 'PUT' }, then: { operation: { status } } });
    emulator.arm('PUT', iris, { ...endpointBody, tags: {} });
    emulator.now += operationTime;
    expect(emulator.arm('GET', iris).body).toMatchObject({
      tags: { team: 'ml' },
      properties: { provisioningState: status },
    });
    expect(emulator.arm('PUT', iris, endpointBody).status).toBe(201);
  });
});
