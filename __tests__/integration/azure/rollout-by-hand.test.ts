import { afterEach, describe, expect, test } from '@jest/globals';
import type { RolloutState } from '../../../src/rollout/model.ts';
import { readState, withState } from '../../../src/rollout/state/tags.ts';
import { type Azure, type Inputs, startAzure, writes } from '../../support/azure.ts';
import { splitOf } from '../../support/live-traffic.ts';
import { stateWith } from '../../unit/rollout/states.ts';

const DONE: Partial<RolloutState> = { status: 'done', step: 4, percent: 100 };
const PAUSED: Partial<RolloutState> = { status: 'paused', reason: 'as requested by `until`' };
const ON_THE_WAY = { blue: 75, green: 25 };

let azure: Azure;
afterEach(() => azure.close());

/** An endpoint on which a rollout from blue to green has come so far. */
async function start(state: Partial<RolloutState>, traffic: object): Promise<void> {
  const tags = { team: 'flowers', ...(withState({}, stateWith(state)) as Record<string, string>) };
  const deployments = ['blue', 'green', 'red', 'grey'].map((name) => ({ name }));
  const endpoints = [{ name: 'iris', tags, properties: { traffic: traffic as Record<string, number> }, deployments }];
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints }] } });
}

async function run(inputs: Inputs, yaml = '') {
  const files = { 'endpoints/iris.yml': `name: iris\n${yaml}` };
  const result = await azure.run({ endpoint: 'iris', ...inputs }, { files, env: { GITHUB_ACTIONS: 'true' } });
  return { code: result.exitCode, split: splitOf(azure), writes: writes(result.requests).length, result };
}
const update = (traffic: string, more: Inputs = {}) => run({ operation: 'update', ...more }, `traffic: ${traffic}\n`);

function recorded() {
  const found = readState(azure.state().endpoints[0]!.tags);
  return found.kind === 'state' ? found.state : found.kind;
}

describe('once `update` has moved traffic', () => {
  test('after a rollout that went well, `rollback` undoes that and goes no further back', async () => {
    await start(DONE, { green: 100 });
    expect(await update('{red: 100}')).toMatchObject({ code: 0, split: { red: 100 }, writes: 1 });
    expect(recorded()).toMatchObject({
      ...{ status: 'done', percent: 100, lease: 0, base: { green: 100 }, target: { red: 100 } },
      reason: 'traffic was moved by hand',
    });
    expect(await run({ operation: 'promote' })).toMatchObject({ code: 0, split: { red: 100 }, writes: 0 });
    expect(await run({ operation: 'rollback' })).toMatchObject({ code: 0, split: { green: 100 }, writes: 1 });
    expect(await run({ operation: 'rollback' })).toMatchObject({ code: 0, split: { green: 100 }, writes: 0 });
  });

  test('twice, `rollback` undoes the second time', async () => {
    await start(DONE, { green: 100 });
    await update('{red: 100}');
    await update('{red: 50, grey: 50}');
    expect(await run({ operation: 'rollback' })).toMatchObject({ code: 0, split: { red: 100 } });
  });

  test.each<[string, Partial<RolloutState>]>([
    ['paused', PAUSED],
    ['held', { status: 'failed', reason: 'too many errors' }],
  ])('away from a rollout that is %s, that rollout is over', async (_, state) => {
    await start(state, ON_THE_WAY);
    expect(await update('{red: 100}')).toMatchObject({ code: 0, split: { red: 100 } });
    expect(recorded()).toMatchObject({ status: 'done', base: ON_THE_WAY, target: { red: 100 } });
  });

  test.each<[string, Partial<RolloutState>]>([
    ['paused', PAUSED],
    ['held', { status: 'failed', reason: 'too many errors' }],
  ])('back to the split before a rollout that is %s, that rollout has come back', async (_, state) => {
    await start(state, ON_THE_WAY);
    expect(await update('{blue: 100}')).toMatchObject({ code: 0, split: { blue: 100 } });
    expect(recorded()).toMatchObject({
      status: 'rolled-back',
      percent: 0,
      base: { blue: 100 },
      target: { green: 100 },
    });
    expect(await run({ operation: 'rollback' })).toMatchObject({ code: 0, split: { blue: 100 }, writes: 0 });
    const again = await run({ operation: 'rollout', policy: 'fast' }, 'traffic: {green: 100}\n');
    expect(again).toMatchObject({ code: 1, split: { blue: 100 }, writes: 0 });
  });

  test.each<[string, Partial<RolloutState>, object]>([
    ['paused', PAUSED, ON_THE_WAY],
    ['done', DONE, { green: 100 }],
  ])('away altogether, nothing is recorded any more of a rollout that is %s', async (_, state, traffic) => {
    await start(state, traffic);
    expect(await update('{}', { confirm: 'iris' })).toMatchObject({ code: 0, split: {}, writes: 1 });
    expect(azure.state().endpoints[0]?.tags).toEqual({ team: 'flowers' });
    const back = await run({ operation: 'rollback' });
    expect([back.split, back.result.outcome().answer]).toEqual([
      {},
      'iris: no rollout is recorded; there is nothing to restore',
    ]);
  });
});

test.each<[string, string]>([
  ['a mirror', 'mirror_traffic: {red: 10}\n'],
  ['other words', 'description: new words\n'],
])('a paused rollout stays paused when `update` writes %s', async (_, yaml) => {
  await start(PAUSED, ON_THE_WAY);
  expect(await run({ operation: 'update' }, yaml)).toMatchObject({ code: 0, split: ON_THE_WAY, writes: 1 });
  expect(recorded()).toEqual(stateWith(PAUSED));
});
