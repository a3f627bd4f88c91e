import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Azure, leaks, startAzure, writes } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const yaml = (lines: string) => ({ files: { 'endpoints/iris.yml': `name: iris\n${lines}` } });
const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris')!;

describe('update', () => {
  test('keeps all that the YAML does not name', async () => {
    const before = iris();
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, yaml('description: new words\n'));
    expect(result.exitCode).toBe(0);
    const after = iris();
    expect(after.properties['description']).toBe('new words');
    expect(after.properties['traffic']).toEqual({ blue: 100 });
    expect(after.properties['mirrorTraffic']).toEqual({ green: 10 });
    expect(after.tags).toEqual(before.tags);
    expect(after.properties['properties']).toMatchObject({ costCentre: '42' });
    expect(after['identity']).toEqual(before['identity']);
    expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/iris 201']);
    expect(leaks(azure, result)).toEqual([]);
  });
});
