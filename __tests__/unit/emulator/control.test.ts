import { describe, expect, test } from '@jest/globals';
import { endpointBody, irisSeed, operationTime, pureEmulator, tokenRequest } from './pure-emulator.ts';

const iris = '/onlineEndpoints/iris';

test('state shows the truth, also while reads are stale', () => {
  const emulator = pureEmulator(irisSeed, { staleReads: 5 });
  emulator.arm('PUT', iris, { ...endpointBody, tags: { team: 'new' } });
  emulator.now += operationTime;
  const { body } = emulator.send('GET', '/_emulator/state');
  expect(body.endpoints).toEqual([
    expect.objectContaining({
      name: 'iris',
      workspace: 'ws-emulator',
      tags: { team: 'new' },
      deployments: [
        expect.objectContaining({ name: 'blue', provisioningState: 'Succeeded' }),
        expect.objectContaining({ name: 'green' }),
      ],
    }),
  ]);
  expect(body.operations).toEqual([
    expect.objectContaining({ kind: 'update', endpoint: 'iris', deployment: null, status: 'Succeeded' }),
  ]);
});

test('state has every secret ever issued', () => {
  const emulator = pureEmulator(irisSeed);
  const { identity } = emulator.state;
  const { primaryKey } = emulator.arm('POST', `${iris}/listKeys`).body;
  emulator.settle('POST', `${iris}/regenerateKeys`, { keyType: 'Primary' });
  emulator.send('POST', '/_emulator/reset');
  const { secrets } = emulator.send('GET', '/_emulator/state').body;
  expect(secrets).toEqual(expect.arrayContaining([identity.clientSecret, identity.idTokenRequestToken, primaryKey]));
  expect(secrets.every((secret: string) => secret.length >= 32)).toBe(true);
});

test('requests are told in order, with parsed bodies and without credentials', () => {
  const emulator = pureEmulator(irisSeed);
  emulator.fault({ match: { method: 'DELETE' }, then: { reset: true } });
  emulator.arm('PUT', iris, endpointBody);
  emulator.arm('DELETE', iris);
  const requests = emulator.send('GET', '/_emulator/requests').body;
  expect(requests.map(({ method, status }: { method: string; status: number }) => [method, status])).toEqual([
    ['POST', 200],
    ['PUT', 201],
    ['POST', 200],
    ['DELETE', 0],
  ]);
  expect(requests[1]).toEqual({
    method: 'PUT',
    path: expect.stringMatching(/\/onlineEndpoints\/iris\?api-version=2024-10-01$/),
    status: 201,
    body: endpointBody,
    time: emulator.now,
  });
  expect(requests[0].body).toBe(tokenRequest(emulator.state));
  expect(requests[3].body).toBeNull();
  expect(JSON.stringify(requests)).not.toContain('Bearer');
});

test('reset goes back to the seed and keeps the identity', () => {
  const emulator = pureEmulator(irisSeed);
  const { identity } = emulator.state;
  emulator.settle('DELETE', iris);
  emulator.fault({ then: { status: 500 } });
  const { body } = emulator.send('POST', '/_emulator/reset');
  expect(body.endpoints).toHaveLength(1);
  expect(body).toMatchObject({ operations: [], faults: [] });
  expect(emulator.state.requests).toEqual([]);
  expect(emulator.state.identity).toBe(identity);
});

describe('faults', () => {
  test('are added to those that are there', () => {
    const emulator = pureEmulator();
    emulator.send('POST', '/_emulator/faults', { body: { then: { status: 500 } } });
    const { status, body } = emulator.send('POST', '/_emulator/faults', {
      body: [{ match: { method: 'GET' }, times: 'always', then: { 'reset-after': true } }],
    });
    expect(status).toBe(200);
    expect(body).toHaveLength(2);
  });

  test.each([
    ['{', 'a fault must be an object'],
    [{}, 'then must be an object'],
    [{ then: {} }, "then must have 'delay' or one of"],
    [{ then: { status: 500, reset: true } }, 'more than one kind'],
    [{ then: { explode: true } }, "then has no 'explode'"],
    [{ then: { status: '500' } }, 'then.status has a value'],
    [{ then: { body: 'x', reset: true } }, 'need then.status'],
    [{ then: { operation: { status: 'Lost' } } }, 'then.operation has a value'],
    [{ then: { operation: { ends: 1 } } }, 'then.operation has a value'],
    [{ times: -1, then: { reset: true } }, 'times must be'],
    [{ after: 'x', then: { reset: true } }, 'after must be'],
    [{ match: { verb: 'GET' }, then: { reset: true } }, "match has no 'verb'"],
    [{ match: { method: 1 }, then: { reset: true } }, 'match.method must be a string'],
    [{ match: { path: '/(/' }, then: { reset: true } }, 'Invalid regular expression'],
  ])('like %j are refused', (body, words) => {
    const emulator = pureEmulator();
    const answer = emulator.send('POST', '/_emulator/faults', { body });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toContain(words);
    expect(emulator.state.faults).toEqual([]);
  });
});

test('there is nothing else', () => {
  expect(pureEmulator().send('DELETE', '/_emulator/state').status).toBe(404);
});
