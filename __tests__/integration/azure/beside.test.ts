import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { armRequests, type Azure, startAzure, until } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure({ staleReads: 0 });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const yaml = (lines: string) => ({ files: { 'endpoints/iris.yml': `name: iris\n${lines}` } });
// The clock jumps, so the deadline lies far ahead of what a busy machine needs.
const UPDATE = { operation: 'update', endpoint: 'iris', timeout: '99h' } as const;
const PUT = { method: 'PUT', path: 'onlineEndpoints/' };
const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris')!;

describe('a second run beside this one', () => {
  test('both changes arrive, and neither takes the other away', async () => {
    azure.fault({ match: PUT, then: { operation: { takes: 400 } } });
    const runs = await Promise.all([
      azure.run(UPDATE, yaml('tags: {one: "1"}\n')),
      azure.run(UPDATE, yaml('description: two\n')),
    ]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(iris().tags).toMatchObject({ one: '1', team: 'flowers' });
    expect(iris().properties).toMatchObject({ description: 'two', traffic: { blue: 100 } });
  });

  test('what another run changed while a person thought about it is kept', async () => {
    const { deps, result } = azure.start(UPDATE, {
      ...yaml('traffic: {}\n'),
      confirm: async () => {
        deps.clock.advance(60_000);
        await azure.run(UPDATE, yaml('tags: {one: "1"}\n'));
        return true;
      },
    });
    expect((await result).exitCode).toBe(0);
    expect(iris().tags).toMatchObject({ one: '1' });
    expect(iris().properties['traffic']).toEqual({});
  });

  test('an endpoint that another run is at work on is waited for before anything is sent', async () => {
    azure.fault({ match: PUT, then: { operation: { takes: 60 } } });
    const other = azure.run(UPDATE, yaml('tags: {one: "1"}\n'));
    await until(() => azure.state().operations.length > 0);
    const result = await azure.run(UPDATE, yaml('description: two\n'));
    expect(result.exitCode).toBe(0);
    expect(armRequests(result.requests)).not.toContain('PUT onlineEndpoints/iris 409');
    expect((await other).exitCode).toBe(0);
    expect(iris().tags).toMatchObject({ one: '1' });
  });

  test('two that delete the same endpoint both find it gone', async () => {
    azure.fault({ match: { method: 'DELETE' }, then: { operation: { takes: 60 } } });
    const inputs = { operation: 'delete', endpoint: 'iris', confirm: 'iris' } as const;
    const runs = await Promise.all([azure.run(inputs), azure.run(inputs)]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect(azure.state().endpoints).toEqual([]);
    expect(azure.state().operations.filter(({ kind }) => kind === 'delete')).toHaveLength(1);
  });
});
