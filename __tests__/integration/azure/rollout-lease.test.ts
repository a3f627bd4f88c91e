import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { otherPipeline } from '../../../emulator/clients/other-pipeline.ts';
import { type Azure, type Inputs, startAzure, writes } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';

const models = [{ name: 'iris', version: '3' }];
const seedOf = (traffic: Record<string, number>) => ({
  workspaces: [
    {
      name: 'ws-emulator',
      models,
      endpoints: [
        { name: 'iris', properties: { traffic }, deployments: [{ name: 'blue' }, { name: 'green' }, { name: 'old' }] },
      ],
    },
  ],
});
const FILES = {
  'endpoints/iris.yml': 'name: iris\ndescription: new words\ntraffic: {green: 100}\n',
  'red.yml': 'name: red\nmodel: azureml:iris:3\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n',
};
const GITHUB = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r' };
const ROLLOUT: Inputs = { operation: 'rollout', endpoint: 'iris', policy: 'fast' };

let azure: Azure;
let clock: JumpingClock;

const start = async (traffic: Record<string, number>) => {
  clock = jumpingClock();
  azure = await startAzure({ seed: seedOf(traffic), now: clock.now });
  azure.traffic({ endpoint: 'iris', rpm: 600 });
};
const split = () => azure.state().endpoints[0]?.properties['traffic'];
const by = (holder: string) => ({ files: FILES, clock, holder, env: GITHUB });

/** A rollout whose process dies while green has a tenth, with its lease still alive. */
async function dieAtATenth(): Promise<void> {
  const run = azure.start(ROLLOUT, by('17.1.abcdef'));
  clock.onSleep = () => {
    if (JSON.stringify(split()) === '{"blue":90,"green":10}') run.deps.cancel();
  };
  await run.result;
  clock.onSleep = () => {};
  expect(split()).toEqual({ blue: 90, green: 10 });
}

beforeEach(() => start({ blue: 100 }));
afterEach(() => azure.close());

describe('while somebody else holds the endpoint', () => {
  test.each<[string, Inputs]>([
    ['update', { operation: 'update', endpoint: 'iris' }],
    ['update with set', { operation: 'update', endpoint: 'iris', set: 'tags.owner=ml' }],
    ['apply', { operation: 'apply', endpoint: 'iris' }],
    ['apply with a policy', { operation: 'apply', endpoint: 'iris', policy: 'fast' }],
    ['rollout', ROLLOUT],
    ['promote', { operation: 'promote', endpoint: 'iris' }],
    ['deploy', { operation: 'deploy', endpoint: 'iris', deployments: 'red.yml' }],
    ['delete of a deployment', { operation: 'delete', endpoint: 'iris', deployment: 'old' }],
    ['delete', { operation: 'delete', endpoint: 'iris', confirm: 'iris' }],
    ['regenerate-keys', { operation: 'regenerate-keys', endpoint: 'iris' }],
  ])('%s stops, names the holder and its run, and writes nothing', async (_, inputs) => {
    await dieAtATenth();
    const result = await azure.run(inputs, by('18.1.ghijkl'));
    expect(result.exitCode).toBe(1);
    expect(writes(result.requests)).toEqual([]);
    const said = result.deps.report.texts().join('\n');
    expect(said).toContain('run 17 (attempt 1)');
    expect(said).toContain('https://github.com/o/r/actions/runs/17');
    expect(split()).toEqual({ blue: 90, green: 10 });
  });

  test('rollback takes over', async () => {
    await dieAtATenth();
    const result = await azure.run({ operation: 'rollback', endpoint: 'iris' }, by('18.1.ghijkl'));
    expect(result.exitCode).toBe(0);
    expect(result.outcome().answer).toBe('iris: blue=100 is live again');
    expect(split()).toEqual({ blue: 100 });
  });

  test('what a cancelled job left is not put back by its post step once somebody else has taken it over', async () => {
    await dieAtATenth();
    clock.advance(2 * 3_600_000);
    await azure.run({ ...ROLLOUT, until: '10' }, by('18.1.ghijkl'));
    expect(split()).toEqual({ blue: 90, green: 10 });
    const { deps, result } = azure.start({ operation: 'rollback', endpoint: 'iris' }, by('17.1.abcdef'));
    Object.assign(deps, { onlyOwn: true });
    expect((await result).outcome().answer).toContain('left alone');
    expect(split()).toEqual({ blue: 90, green: 10 });
  });
});

describe('a rollout that nobody runs any more', () => {
  test('is found by show, and put back when asked for', async () => {
    await dieAtATenth();
    const early = await azure.run({ operation: 'show', endpoint: 'iris', repair: 'rollback' }, by('19.1.x'));
    expect(early.lines.filter(({ level }) => level === 'warning')).toEqual([]);
    clock.advance(2 * 3_600_000);
    const seen = await azure.run({ operation: 'show', endpoint: 'iris' }, by('19.1.x'));
    expect(seen.lines.find(({ level }) => level === 'warning')?.text).toContain('its rollout was abandoned: ');
    expect(split()).toEqual({ blue: 90, green: 10 });
    const repaired = await azure.run({ operation: 'show', endpoint: '*', repair: 'rollback' }, by('19.1.x'));
    expect(repaired.exitCode).toBe(0);
    expect(split()).toEqual({ blue: 100 });
  });

  test('is over once somebody has moved traffic with update: nothing is put back over that', async () => {
    await dieAtATenth();
    clock.advance(2 * 3_600_000);
    const update = { operation: 'update', endpoint: 'iris', traffic: 'old=100' } as const;
    expect((await azure.run(update, by('b'))).exitCode).toBe(0);
    const repair = await azure.run({ operation: 'show', endpoint: 'iris', repair: 'rollback' }, by('c'));
    expect(repair.lines.filter(({ level }) => level === 'warning')).toEqual([]);
    expect(split()).toEqual({ old: 100 });
    const again = await azure.run(ROLLOUT, by('18.1.d'));
    expect([again.exitCode, split()]).toEqual([0, { green: 100 }]);
  });

  test('whose traffic somebody has moved with another tool is left to them', async () => {
    await dieAtATenth();
    clock.advance(2 * 3_600_000);
    await otherPipeline(azure).traffic('iris', { old: 100 }, azure.state().endpoints[0]!.tags);
    const repair = await azure.run({ operation: 'show', endpoint: 'iris', repair: 'rollback' }, by('c'));
    expect(repair.deps.report.texts().join('\n')).toContain('somebody else has moved traffic to old=100; left alone');
    expect(split()).toEqual({ old: 100 });
  });

  test('is gone on with by running it again', async () => {
    await dieAtATenth();
    clock.advance(2 * 3_600_000);
    const result = await azure.run(ROLLOUT, by('20.1.y'));
    expect(result.outcome().endpoints).toMatchObject([{ status: 'succeeded' }]);
    expect(split()).toEqual({ green: 100 });
  });
});

describe('by hand', () => {
  test('promote ends it at once, and both do nothing where nothing is recorded', async () => {
    for (const operation of ['promote', 'rollback'] as const) {
      const nothing = await azure.run({ operation, endpoint: 'iris' }, by('a'));
      expect([nothing.exitCode, writes(nothing.requests)]).toEqual([0, []]);
      expect(nothing.lines.some(({ level }) => level === 'notice')).toBe(true);
    }
    await azure.run({ ...ROLLOUT, until: '10' }, by('a'));
    const promoted = await azure.run({ operation: 'promote', endpoint: 'iris' }, by('b'));
    expect(promoted.exitCode).toBe(0);
    expect(split()).toEqual({ green: 100 });
    const back = await azure.run({ operation: 'rollback', endpoint: 'iris' }, by('b'));
    expect(back.exitCode).toBe(0);
    expect(split()).toEqual({ blue: 100 });
  });

  test('rollback never goes to a deployment that is no longer well, nor waits for one to tell', async () => {
    const deployments = { method: 'GET', path: '/onlineEndpoints/iris/deployments?' };
    await azure.run({ ...ROLLOUT, until: '10' }, by('a'));
    const lost = { value: [{ name: 'green', properties: { provisioningState: 'Succeeded' } }] };
    azure.fault({ match: deployments, times: 1, then: { status: 200, body: lost } });
    azure.fault({ match: { method: 'GET', path: '/deployments/blue?' }, times: 1, then: { status: 404 } });
    const refused = await azure.run({ operation: 'rollback', endpoint: 'iris' }, by('b'));
    expect([refused.exitCode, writes(refused.requests)]).toEqual([1, []]);
    expect(refused.failure()).toMatchObject({ details: { code: 'RollbackImpossible' } });
    expect(refused.failure().message).toContain('deployment blue of the split before is gone');
    azure.fault({ match: deployments, times: 'always', then: { status: 503 } });
    const back = await azure.run({ operation: 'rollback', endpoint: 'iris' }, by('b'));
    expect([back.exitCode, split()]).toEqual([0, { blue: 100 }]);
  });

  test('going back to nothing takes the endpoint off the air, and has to be confirmed', async () => {
    await azure.close();
    await start({});
    const first = await azure.run(ROLLOUT, by('a'));
    expect(first.exitCode).toBe(0);
    const refused = await azure.run({ operation: 'rollback', endpoint: 'iris' }, by('b'));
    expect(refused.failure().details.code).toBe('ConfirmationNeeded');
    expect(split()).toEqual({ green: 100 });
    const done = await azure.run({ operation: 'rollback', endpoint: 'iris', confirm: 'iris' }, by('b'));
    expect(done.exitCode).toBe(0);
    expect(split()).toEqual({});
  });
});

test('update says that it passes a policy over', async () => {
  const files = {
    'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n',
    'endpoints/iris/rollout.yml': 'preset: fast\n',
  };
  const result = await azure.run({ operation: 'update', endpoint: 'iris' }, { files, clock });
  expect(split()).toEqual({ green: 100 });
  const notices = result.lines.filter(({ level }) => level === 'notice').map(({ text }) => text);
  expect(notices).toEqual([expect.stringMatching(/^iris: `update` moves its traffic at once; .*rollout policy$/)]);
});

describe('apply with a policy', () => {
  test('writes the endpoint, makes the deployment, and then moves traffic step by step', async () => {
    const files = {
      'endpoints/iris.yml': 'name: iris\ndescription: new words\ntraffic: {red: 100}\n',
      'endpoints/iris/deployments/red.yml': FILES['red.yml'],
      'endpoints/iris/rollout.yml': 'preset: fast\n',
    };
    const apply: Inputs = { operation: 'apply', endpoint: 'iris' };
    const result = await azure.run(apply, { files, clock });
    expect(result.deps.report.texts().filter((text) => text.startsWith('error'))).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(split()).toEqual({ red: 100 });
    const splits = writes(result.requests).filter((request) => request.includes('onlineEndpoints/iris '));
    expect(splits.length).toBeGreaterThanOrEqual(5);
    const again = await azure.run(apply, { files, clock });
    expect(writes(again.requests)).toEqual([]);
  });
  const PRUNING = {
    'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\nmirror_traffic: {red: 10}\n',
    'endpoints/iris/deployments/green.yml': FILES['red.yml'].replace('red', 'green'),
    'endpoints/iris/deployments/red.yml': FILES['red.yml'],
    'endpoints/iris/rollout.yml': 'preset: standard\n',
  };
  const PRUNE: Inputs = { operation: 'apply', endpoint: 'iris', prune: 'true' };
  const names = () => azure.state().endpoints[0]!.deployments.map(({ name }) => name);

  test('mirrors and prunes after a rollout that took longer than any single wait may', async () => {
    const result = await azure.run({ ...PRUNE, timeout: '20m' }, { files: PRUNING, clock });
    expect(result.exitCode).toBe(0);
    expect(azure.state().endpoints[0]!.properties).toMatchObject({
      traffic: { green: 100 },
      mirrorTraffic: { red: 10 },
    });
    // What traffic may have to come back to stays until another run.
    expect(names()).toEqual(['blue', 'green', 'red']);
    await azure.run(PRUNE, { files: PRUNING, clock });
    expect(names()).toEqual(['green', 'red']);
  });

  test('prunes nothing while the rollout is paused', async () => {
    const result = await azure.run({ ...PRUNE, until: '25' }, { files: PRUNING, clock });
    expect(result.outcome().endpoints).toMatchObject([{ status: 'paused' }]);
    expect(names()).toEqual(['blue', 'green', 'old', 'red']);
  });
});
