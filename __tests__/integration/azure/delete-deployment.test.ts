import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultRule } from '../../../emulator/faults.ts';
import { armRequests, type Azure, IRIS, leaks, startAzure, until, writes } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  const iris = { ...IRIS, deployments: [{ name: 'blue' }, { name: 'green' }, { name: 'old' }] };
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [iris] }] } });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const DELETE = { operation: 'delete', endpoint: 'iris', deployment: 'old', timeout: '10m' } as const;
const PATH = 'onlineEndpoints/iris/deployments/old';
const SENT = { method: 'DELETE', path: PATH };
const GET = { method: 'GET', path: `${PATH}?` };
const ACCEPTED = `DELETE ${PATH} 202`;
const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris');
const names = () => iris()?.deployments.map(({ name }) => name);

describe('delete of a deployment', () => {
  test('waits until it is gone, and leaves all else as it was', async () => {
    const before = iris()?.properties;
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(result.outcome()).toMatchObject({
      endpoints: [{ name: 'iris', status: 'succeeded', changed: true }],
      answer: 'iris: deleted deployment old',
    });
    expect(names()).toEqual(['blue', 'green']);
    expect(iris()?.properties['traffic']).toEqual(before?.['traffic']);
    expect(writes(result.requests)).toEqual([ACCEPTED]);
    expect(result.deps.journal.open()).toEqual([]);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('finds nothing to do the second time, and says so', async () => {
    await azure.run(DELETE);
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(result.outcome().endpoints).toMatchObject([{ status: 'unchanged', changed: false }]);
    expect(result.lines).toContainEqual({
      level: 'notice',
      text: 'deployment old is not in endpoint iris; there is nothing to delete',
    });
    expect(writes(result.requests)).toEqual([]);
  });

  test.each([
    ['blue', 'deployment blue of endpoint iris has 100 % of the live traffic (blue=100) and is not deleted'],
    ['GREEN', 'deployment green of endpoint iris has 10 % of the mirrored traffic (green=10) and is not deleted'],
  ])('%s, which has traffic, is refused with the split', async (deployment, message) => {
    const result = await azure.run({ ...DELETE, deployment, confirm: 'iris' });
    expect(result.exitCode).toBe(1);
    expect(result.failure().message).toBe(message);
    expect(result.failure().details).toMatchObject({ code: 'DeploymentHasTraffic' });
    expect(writes(result.requests)).toEqual([]);
    expect(names()).toHaveLength(3);
  });

  test('traffic that comes between the two readings stops it', async () => {
    const body = {
      name: 'iris',
      properties: { provisioningState: 'Succeeded', traffic: { blue: 90, old: 10 } },
    };
    azure.fault({ match: { method: 'GET', path: 'onlineEndpoints/iris?' }, after: 1, then: { status: 200, body } });
    const result = await azure.run(DELETE);
    expect(result.failure().message).toContain('old of endpoint iris has 10 % of the live traffic (blue=90 old=10)');
    expect(writes(result.requests)).toEqual([]);
  });

  test('of an endpoint that is not there is nothing to do', async () => {
    const result = await azure.run({ ...DELETE, endpoint: 'nobody' });
    expect(result.exitCode).toBe(0);
    expect(result.outcome().answer).toBe('nobody: nothing to delete');
  });
});

describe('the deletion of a deployment in bad weather', () => {
  const passing: readonly (readonly [string, FaultRule, readonly string[]])[] = [
    ['cut before', { match: SENT, then: { reset: true } }, [`DELETE ${PATH} 0`, ACCEPTED]],
    ['cut after', { match: SENT, then: { 'reset-after': true } }, [`DELETE ${PATH} 0`]],
    ['500', { match: SENT, then: { status: 500 } }, [`DELETE ${PATH} 500`, ACCEPTED]],
    ['409', { match: SENT, then: { status: 409 } }, [`DELETE ${PATH} 409`, ACCEPTED]],
    ['a long operation', { match: SENT, then: { operation: { takes: 60 } } }, [ACCEPTED]],
    ['a read that fails', { match: GET, times: 2, then: { status: 503 } }, [ACCEPTED]],
    ['a poll that fails', { match: { path: 'mfeOperationsStatus' }, times: 3, then: { reset: true } }, [ACCEPTED]],
  ];

  test.each(passing)('%s', async (_, rule, expected) => {
    azure.fault(rule);
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(names()).toEqual(['blue', 'green']);
    expect(writes(result.requests)).toEqual(expected);
    expect(azure.state().operations.filter(({ kind }) => kind === 'delete')).toHaveLength(1);
    expect(result.deps.journal.open()).toEqual([]);
  });

  test('an endpoint that is being changed is waited for, without asking for what Azure would refuse', async () => {
    azure.fault({ match: { method: 'PUT', path: 'iris?' }, then: { operation: { takes: 80 } } });
    const files = { 'endpoints/iris.yml': 'name: iris\ndescription: x\n' };
    const other = azure.run({ operation: 'update', endpoint: 'iris' }, { files });
    await until(() => azure.state().operations.length > 0);
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(armRequests(result.requests).filter((request) => request.startsWith('DELETE'))).toEqual([ACCEPTED]);
    await other;
  });

  test('one that Azure fails to delete is an error with its words', async () => {
    const message = "Can't delete deployment [old] with non-zero traffic weight, Current traffic [10].";
    const error = { code: 'InferencingClientCallFailed', message };
    azure.fault({ match: SENT, then: { operation: { status: 'Failed', error } } });
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(1);
    expect(result.failure().message).toContain(message);
    expect(result.failure().details.code).toBe('InferencingClientCallFailed');
    expect(result.deps.journal.open()).toEqual([]);
  });
});
