import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Azure, type Inputs, startAzure } from '../../support/azure.ts';
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

describe('when somebody else writes while a refused write waits', () => {
  const busy = { status: 409, body: { error: { code: 'Conflict', message: 'Another operation is in progress' } } };
  const throttled = { status: 429, headers: { 'retry-after': '20' }, body: { error: { code: 'TooManyRequests' } } };

  /** Runs, and lets `meanwhile` happen during the first long pause. */
  async function during(inputs: Inputs, yaml: string, meanwhile: () => Promise<void>) {
    const { deps, result } = azure.start(inputs, { files: { 'endpoints/iris.yml': yaml } });
    const sleep = deps.clock.sleep.bind(deps.clock);
    let happened = false;
    deps.clock.sleep = async (milliseconds, signal) => {
      if (milliseconds >= 5_000 && !happened) {
        happened = true;
        await meanwhile();
      }
      await sleep(milliseconds, signal);
    };
    return result;
  }

  test.each([
    ['throttled', throttled],
    ['busy', busy],
  ])('a PUT that was %s starts over from what is live by then', async (_, then) => {
    azure.fault({ match: { method: 'PUT' }, then });
    const yaml = 'name: iris\ntags: {owner: ml}\n';
    const result = await during({ operation: 'apply', endpoint: 'iris' }, yaml, () =>
      others.traffic('iris', { green: 100 }),
    );
    expect(result.exitCode).toBe(0);
    expect(iris().properties.traffic).toEqual({ green: 100 });
    expect(iris().tags).toMatchObject({ owner: 'ml' });
  });

  test('a deletion that was busy asks again what would be lost', async () => {
    await others.traffic('iris', {});
    azure.fault({ match: { method: 'DELETE' }, then: busy });
    const result = await during({ operation: 'delete', endpoint: 'iris' }, '', () =>
      others.traffic('iris', { green: 100 }),
    );
    expect(result.failure().details.code).toBe('ConfirmationNeeded');
    expect(iris().properties.traffic).toEqual({ green: 100 });
  });
});
