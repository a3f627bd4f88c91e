import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Azure, startAzure } from '../../support/azure.ts';
import { type OtherPipeline, otherPipeline } from '../../../emulator/clients/other-pipeline.ts';

let azure: Azure;
let others: OtherPipeline;

beforeAll(async () => {
  azure = await startAzure({ staleReads: 1 });
  others = otherPipeline(azure);
});

afterAll(() => azure.close());

beforeEach(() => azure.reset());

const iris = () =>
  azure.state().endpoints.find(({ name }) => name === 'iris') as unknown as {
    tags: Record<string, string>;
    properties: { traffic: Record<string, number> };
  };

describe('when the first reading is stale', () => {
  test('a write carries the traffic that somebody else has just set', async () => {
    await others.traffic('iris', { green: 100 });
    const result = await azure.run(
      { operation: 'apply', endpoint: 'iris' },
      { files: { 'endpoints/iris.yml': 'name: iris\ntags: {owner: ml}\n' } },
    );
    expect(result.exitCode).toBe(0);
    expect(iris().properties.traffic).toEqual({ green: 100 });
    expect(iris().tags).toMatchObject({ owner: 'ml' });
  });

  test('an endpoint that got its traffic a moment ago is not deleted unasked', async () => {
    await others.traffic('iris', {});
    await others.traffic('iris', { green: 100 });
    const result = await azure.run({ operation: 'delete', endpoint: 'iris' });
    expect(result.failure().details.code).toBe('ConfirmationNeeded');
    expect(result.failure().message).toContain('green=100');
    expect(iris().properties.traffic).toEqual({ green: 100 });
  });
});
