import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { armRequests, type Azure, IRIS, leaks, startAzure } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  const lonely = { name: 'lonely', deployments: [{ name: 'only' }] };
  azure = await startAzure({
    seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS, lonely, { name: 'empty' }] }] },
  });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const LOGS = { operation: 'logs', endpoint: 'iris', deployment: 'blue' } as const;

describe('logs', () => {
  test('is one request, and its answer text of a stranger', async () => {
    const result = await azure.run(LOGS);
    expect(result.exitCode).toBe(0);
    expect(armRequests(result.requests)).toEqual(['POST onlineEndpoints/iris/deployments/blue/getLogs 200']);
    const { answer, foreign, endpoints } = result.outcome();
    expect(answer).toContain('Instance status:');
    expect(foreign).toBe('log of inference-server, deployment blue of endpoint iris');
    expect(endpoints).toEqual([{ name: 'iris', status: 'unchanged', changed: false }]);
    expect(leaks(azure, result)).toEqual([]);
  });

  test.each([
    ['storage-initializer', /Downloaded all of it$/],
    ['Storage-Initializer', /Downloaded all of it$/],
    ['model-data-collector', /^$/],
  ])('of container %s', async (container, expected) => {
    const result = await azure.run({ ...LOGS, container });
    expect(result.outcome().answer).toMatch(expected);
  });

  test('says that a container wrote nothing', async () => {
    const result = await azure.run({ ...LOGS, container: 'model-data-collector' });
    expect(result.lines).toContainEqual({
      level: 'notice',
      text: 'log of model-data-collector, deployment blue of endpoint iris is empty',
    });
  });

  test('has as many lines as were asked for', async () => {
    const result = await azure.run({ ...LOGS, tail: '2' });
    expect(result.outcome().answer?.split('\n')).toHaveLength(2);
    expect(result.requests.find(({ path }) => path.includes('getLogs'))?.body).toEqual({
      containerType: 'InferenceServer',
      tail: 2,
    });
  });

  test('keeps what could move a cursor out of the answer', async () => {
    azure.fault({ match: { path: '/getLogs' }, then: { status: 200, body: { content: '\u001b[2Jred\u0007\nnext' } } });
    expect((await azure.run(LOGS)).outcome().answer).toBe('red\nnext');
  });

  test('takes the only deployment where none is named', async () => {
    const result = await azure.run({ operation: 'logs', endpoint: 'lonely' });
    expect(result.outcome().foreign).toContain('deployment only of endpoint lonely');
  });

  test.each([
    [{ endpoint: 'iris' }, 'endpoint iris has 2 deployments', 'Name one in `deployment`: blue, green.'],
    [{ endpoint: 'empty' }, 'endpoint empty has no deployments', 'Make one with operation `deploy`.'],
    [{ endpoint: 'nobody' }, 'endpoint nobody is not in workspace ws-emulator', 'Check the name'],
    [{ endpoint: 'iris', deployment: 'red' }, 'endpoint iris has no deployment red', 'Use one of: blue, green.'],
    [{ endpoint: 'empty', deployment: 'red' }, 'endpoint empty has no deployment red', 'It has no deployments at all.'],
    [{ endpoint: 'nobody', deployment: 'red' }, 'endpoint nobody is not in workspace ws-emulator', 'Check the name'],
  ])('of %j is an error', async (inputs, message, step) => {
    const result = await azure.run({ operation: 'logs', ...inputs });
    expect(result.exitCode).toBe(1);
    expect(result.failure().message).toBe(message);
    expect(result.failure().details.nextStep).toContain(step);
  });

  test('a reading that fails is made again', async () => {
    azure.fault({ match: { path: '/getLogs' }, times: 2, then: { status: 503 } });
    expect((await azure.run(LOGS)).exitCode).toBe(0);
  });
});
