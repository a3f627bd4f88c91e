import { describe, expect, test } from '@jest/globals';
import type { FaultRule } from '../../../emulator/faults.ts';
import { endpointBody, irisSeed, operationTime, pureEmulator } from './pure-emulator.ts';

const iris = '/onlineEndpoints/iris';

describe('which request', () => {
  const then = { status: 503 };

  test.each<[string, FaultRule, number[]]>([
    ['the first one unless told', { then }, [503, 200, 200]],
    ['as many as told', { times: 2, then }, [503, 503, 200]],
    ['all of them', { times: 'always', then }, [503, 503, 503]],
    ['after some', { after: 1, then }, [200, 503, 200]],
    ['by part of the path', { match: { path: 'onlineendpoints/IRIS?' }, then }, [503, 200, 200]],
    ['by expression', { match: { path: '/iris\\?api-version=\\d{4}/' }, then }, [503, 200, 200]],
    ['by another path', { match: { path: '/deployments' }, then }, [200, 200, 200]],
    ['by method', { match: { method: 'get' }, then }, [503, 200, 200]],
    ['by another method', { match: { method: 'PUT' }, then }, [200, 200, 200]],
    ['by operation', { match: { operation: 'onlineEndpoints/read' }, then }, [503, 200, 200]],
    ['by another operation', { match: { operation: 'deployments/read' }, then }, [200, 200, 200]],
  ])('%s', (_, rule, statuses) => {
    const emulator = pureEmulator(irisSeed);
    emulator.token();
    const headers = { authorization: `Bearer ${emulator.token()}` };
    emulator.fault(rule);
    const target = `/subscriptions/${emulator.state.subscriptionId}/resourceGroups/rg-emulator/providers/Microsoft.MachineLearningServices/workspaces/ws-emulator${iris}?api-version=2024-10-01`;
    expect(statuses.map(() => emulator.send('GET', target, { headers }).status)).toEqual(statuses);
  });

  test('rules apply in the order in which they came', () => {
    const emulator = pureEmulator(irisSeed);
    const match = { path: iris };
    emulator.fault({ match, then: { status: 500 } });
    emulator.fault({ match, then: { status: 503 } });
    expect([0, 1, 2].map(() => emulator.arm('GET', iris).status)).toEqual([500, 503, 200]);
  });
});

describe('what goes wrong', () => {
  function befallen(then: FaultRule['then'], method = 'PUT') {
    const emulator = pureEmulator(irisSeed);
    emulator.fault({ match: { path: iris }, then });
    return { emulator, answer: emulator.arm(method, iris, method === 'PUT' ? endpointBody : undefined) };
  }

  test('status with JSON and headers, not performed', () => {
    const { emulator, answer } = befallen({
      status: 429,
      body: { error: { code: 'TooManyRequests' } },
      headers: { 'retry-after': '7' },
    });
    expect(answer.status).toBe(429);
    expect(answer.body.error.code).toBe('TooManyRequests');
    expect(answer.headers).toMatchObject({ 'retry-after': '7', 'x-ms-request-id': expect.any(String) });
    expect(emulator.state.operations).toHaveLength(0);
  });

  test.each([
    ['<html>Bad gateway</html>', 'text/html; charset=utf-8'],
    ['upstream failed', 'text/plain; charset=utf-8'],
  ])('status with the text %s', (body, type) => {
    const { answer } = befallen({ status: 502, body });
    expect(answer.outcome.reply).toMatchObject({ body, headers: { 'content-type': type } });
  });

  test.each([
    ['reset', { reset: true } as const, 'cut', 0],
    ['reset-after', { 'reset-after': true } as const, 'cut', 1],
    ['hang', { hang: true } as const, 'hanging', 0],
    ['truncate', { truncate: true } as const, 'cut in the middle', 1],
  ])('%s', (_, then, connection, operations) => {
    const { emulator, answer } = befallen(then);
    expect(answer.outcome.connection).toBe(connection);
    expect(emulator.state.operations).toHaveLength(operations);
  });

  test('delay, alone or beside another', () => {
    expect(befallen({ delay: 50 }).answer).toMatchObject({ status: 201, outcome: { delay: 50 } });
    expect(befallen({ delay: 50, status: 503 }).answer).toMatchObject({ status: 503, outcome: { delay: 50 } });
  });

  test('garbage', () => {
    expect(befallen({ garbage: true }).answer.body).toContain('<html>');
    expect(befallen({ garbage: 'json' }).answer.body).toEqual({ unexpected: ['answer'] });
  });

  test('expire-token', () => {
    const { answer } = befallen({ 'expire-token': true }, 'GET');
    expect(answer).toMatchObject({ status: 401, body: { error: { code: 'ExpiredAuthenticationToken' } } });
  });

  test('deny', () => {
    const { answer } = befallen({ deny: true });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'AuthorizationFailed' } } });
    expect(answer.body.error.message).toContain('onlineEndpoints/write');
  });

  test('an operation that fails with an error of its own', () => {
    const error = { code: 'OutOfQuota', message: 'Not enough quota' };
    const { emulator } = befallen({ operation: { error } });
    emulator.now += operationTime;
    emulator.arm('GET', iris);
    expect(emulator.state.operations[0]).toMatchObject({ done: true, ending: 'Failed', error });
  });

  test('an operation that never ends', () => {
    const { emulator } = befallen({ operation: { never: true } });
    emulator.now += 365 * 24 * 60 * 60_000;
    expect(emulator.arm('GET', iris).body.properties.provisioningState).toBe('Updating');
  });

  test('an operation that takes longer', () => {
    const { emulator } = befallen({ operation: { takes: 3 * operationTime } });
    emulator.now += 2 * operationTime;
    expect(emulator.arm('GET', iris).body.properties.provisioningState).toBe('Updating');
    emulator.now += operationTime;
    expect(emulator.arm('GET', iris).body.properties.provisioningState).toBe('Succeeded');
  });

  test('stale reads', () => {
    const { emulator } = befallen({ stale: 4 });
    emulator.now += operationTime;
    const seen = Array.from({ length: 5 }, () => Object.keys(emulator.arm('GET', iris).body.tags).length);
    expect(seen).toEqual([1, 1, 1, 1, 0]);
  });

  test('stale reads of what is deleted', () => {
    const { emulator } = befallen({ stale: 2 }, 'DELETE');
    emulator.now += operationTime;
    const seen = [1, 2, 3].map(() => emulator.arm('GET', iris));
    expect(seen.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect(seen[0]!.body.properties.provisioningState).toBe('Succeeded');
  });
});
