import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withState } from '../../../src/rollout/state/tags.ts';
import { type Azure, type Inputs, startAzure, writes } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';
import { serve, splitOf } from '../../support/live-traffic.ts';
import { stateWith } from '../../unit/rollout/states.ts';

const HOUR = 3_600_000;
const LIST = { method: 'GET', path: '/onlineEndpoints/iris/deployments?' };
const BLUE = { method: 'GET', path: '/onlineEndpoints/iris/deployments/blue?' };
const NOT_FOUND = {
  status: 404,
  body: { error: { code: 'NotFound', message: 'The specified resource was not found.' } },
};
const GREEN_ONLY = {
  status: 200,
  body: { value: [{ name: 'green', properties: { provisioningState: 'Succeeded' } }] },
};
const files = { 'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n' };

let azure: Azure;
let clock: JumpingClock;

beforeEach(async () => {
  clock = jumpingClock();
  const state = stateWith({ since: clock.now() - 3 * HOUR, lease: clock.now() - HOUR });
  const iris = {
    name: 'iris',
    tags: withState({}, state) as Record<string, string>,
    properties: { traffic: { blue: 75, green: 25 } },
    deployments: [{ name: 'blue' }, { name: 'green' }],
  };
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [iris] }] }, now: clock.now });
  serve(azure, { blue: 0, green: 0 });
});
afterEach(() => azure.close());

const run = (inputs: Inputs) => azure.run({ endpoint: 'iris', ...inputs }, { files, clock, holder: '17.1.abcdef' });

describe('one list that lacks a deployment is no proof that it is gone', () => {
  const ways: readonly [string, Inputs][] = [
    ['rollback', { operation: 'rollback' }],
    ['repair', { operation: 'show', repair: 'rollback' }],
  ];
  test.each(ways)('%s goes on where the list answers 404', async (_, inputs) => {
    azure.fault({ match: LIST, then: NOT_FOUND });
    expect([(await run(inputs)).exitCode, splitOf(azure)]).toEqual([0, { blue: 100 }]);
  });

  test.each(ways)('%s goes on where the list is short', async (_, inputs) => {
    azure.fault({ match: LIST, then: GREEN_ONLY });
    expect([(await run(inputs)).exitCode, splitOf(azure)]).toEqual([0, { blue: 100 }]);
  });

  test.each(ways)('%s writes nothing where Azure does not know the deployment itself either', async (_, inputs) => {
    azure.fault({ match: LIST, then: NOT_FOUND });
    azure.fault({ match: BLUE, then: NOT_FOUND });
    const result = await run(inputs);
    expect([result.exitCode, writes(result.requests), splitOf(azure)]).toEqual([1, [], { blue: 75, green: 25 }]);
  });

  test('nor does it bring a rollout back that is on its way', async () => {
    azure.fault({ match: LIST, after: 1, then: NOT_FOUND });
    const policy = '{steps: [25], bake: 2m, final-bake: 2m, errors: off, latency: off}';
    const result = await run({ operation: 'rollout', policy });
    expect([result.exitCode, splitOf(azure)]).toEqual([0, { green: 100 }]);
  });
});
