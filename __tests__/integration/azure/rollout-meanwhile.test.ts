import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OtherPipeline, otherPipeline } from '../../../emulator/clients/other-pipeline.ts';
import type { SeedEndpoint } from '../../../emulator/seed.ts';
import type { RolloutState } from '../../../src/rollout/model.ts';
import { withState } from '../../../src/rollout/state/tags.ts';
import { armRequests, type Azure, type Inputs, type Result, startAzure, writes } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';
import { splitOf } from '../../support/live-traffic.ts';
import { stateWith } from '../../unit/rollout/states.ts';

const HOUR = 3_600_000;
const ON_THE_WAY = { blue: 75, green: 25 };

let azure: Azure;
let others: OtherPipeline;
let clock: JumpingClock;
/** What others do right before so manieth reading of the endpoint. */
let before: Record<number, () => Promise<void>>;
/** What others do right before such a request, once. */
let once: { readonly request: string; readonly act: () => Promise<void> } | undefined;

beforeEach(() => {
  clock = jumpingClock();
  before = {};
  once = undefined;
});
afterEach(() => azure.close());

async function start(endpoint: Omit<SeedEndpoint, 'name'>, more: readonly SeedEndpoint[] = []): Promise<void> {
  let readings = 0;
  const onRequest = async ({ method, path }: { method: string; path: string }): Promise<void> => {
    if (once && `${method} ${path}`.match(once.request)) {
      const { act } = once;
      once = undefined;
      await act();
    }
    if (method === 'GET' && path.endsWith('/onlineEndpoints/iris')) await before[(readings += 1)]?.();
  };
  const deployments = ['blue', 'green', 'red'].map((name) => ({ name }));
  const endpoints = [{ name: 'iris', deployments, ...endpoint }, ...more];
  const models = [{ name: 'iris', version: '3' }];
  const seed = { workspaces: [{ name: 'ws-emulator', models, endpoints }] };
  // A reading that lags behind a write of somebody else is the window that docs/rollout.md tells of.
  azure = await startAzure({ seed, now: clock.now, onRequest, staleReads: 0 });
  others = otherPipeline(azure);
}

const tagsOf = (changes: Partial<RolloutState>) => withState({}, stateWith(changes)) as Record<string, string>;
const abandoned = () => ({ since: clock.now() - 3 * HOUR, lease: clock.now() - HOUR });

describe('a repair whose rollout is gone on with between two readings', () => {
  test.each<[string, number, () => Partial<RolloutState>]>([
    ['by another run', 2, () => ({ holder: '18.1.ghijkl', lease: clock.now() + HOUR })],
    ['by the same one, which was only slow', 2, () => ({ ...abandoned(), lease: clock.now() + HOUR })],
    ['by one that has paused it', 2, () => ({ ...abandoned(), status: 'paused', lease: 0 })],
    ['by another run right before the write', 3, () => ({ holder: '18.1.ghijkl', lease: clock.now() + HOUR })],
  ])('%s, leaves it alone', async (_, reading, resumed) => {
    await start({ tags: tagsOf(abandoned()), properties: { traffic: ON_THE_WAY } });
    const tags = tagsOf(resumed());
    before[reading] = () => others.traffic('iris', ON_THE_WAY, tags);
    const result = await azure.run({ operation: 'show', endpoint: 'iris', repair: 'rollback' }, { clock });
    expect([result.exitCode, splitOf(azure)]).toEqual([0, ON_THE_WAY]);
    expect(azure.state().endpoints[0]?.tags).toEqual(tags);
    const warning = result.lines.find(({ level }) => level === 'warning')?.text;
    expect(warning).toContain('somebody else has taken it over; left alone');
    expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/iris 201']);
  });
});

describe('an apply by a policy, whose traffic somebody moves while it is at work,', () => {
  const POLICY = '{steps: [50], bake: 1m, final-bake: 1m, errors: off, latency: off}';
  const STEPS = [{ blue: 50, green: 50 }, { green: 100 }];
  const deployment = 'model: azureml:iris:3\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n';
  const files = {
    'endpoints/iris.yml': 'name: iris\ndescription: new words\ntraffic: {green: 100}\n',
    'endpoints/iris/rollout.yml': POLICY,
  };
  const green = { 'endpoints/iris/deployments/green.yml': `name: green\n${deployment}` };
  const white = { 'endpoints/iris/deployments/white.yml': `name: white\n${deployment}` };
  const apply = (all: Readonly<Record<string, string>>, more: Inputs = {}) =>
    azure.run({ operation: 'apply', endpoint: 'iris', ...more }, { files: all, clock });
  /** Each split of iris that was written, without those that only repeat the one before. */
  const splits = ({ requests }: Result): unknown[] => {
    const puts = requests.filter(({ method, path }) => method === 'PUT' && path.includes('/onlineEndpoints/iris?'));
    const texts = puts.map(({ body }) =>
      JSON.stringify((body as { properties: { traffic: unknown } }).properties.traffic),
    );
    return texts.filter((text, index) => text !== texts[index - 1]).map((text) => JSON.parse(text) as unknown);
  };
  const toBlue = (): Promise<void> => others.traffic('iris', { blue: 100 });

  test('goes by the policy after its deployments, and leaves what traffic may come back to', async () => {
    await start({ properties: { traffic: { green: 100 } } });
    once = { request: 'PUT .*/deployments/white', act: toBlue };
    const result = await apply({ ...files, ...green, ...white }, { prune: 'true' });
    expect(result.exitCode).toBe(0);
    expect(splits(result)).toEqual([{ green: 100 }, { blue: 100 }, ...STEPS]);
    expect(result.outcome().endpoints).toMatchObject([{ status: 'succeeded', changed: true }]);
    expect(
      azure
        .state()
        .endpoints[0]?.deployments.map(({ name }) => name)
        .toSorted(),
    ).toEqual(['blue', 'green', 'white']);
  });

  test('goes by the policy where no deployment has a file', async () => {
    await start({ properties: { traffic: { green: 100 } } });
    before[2] = toBlue;
    const result = await apply(files);
    expect(result.exitCode).toBe(0);
    expect(splits(result)).toEqual([{ blue: 100 }, ...STEPS]);
    expect(result.outcome().plans?.[0]?.changes.map(({ path }) => path)).toContain('traffic.green');
    expect(armRequests((await apply(files)).requests)).toEqual(['GET onlineEndpoints/iris 200']);
  });

  test('and not in vain where there is no policy', async () => {
    await start({ properties: { traffic: { green: 100 } } });
    before[1] = toBlue;
    const result = await apply(files, { policy: 'none' });
    expect(splits(result)).toEqual([{ blue: 100 }, { green: 100 }]);
  });

  test('does not call unchanged what it looked at before another endpoint took its time', async () => {
    const traffic = { green: 100 };
    await start({ properties: { traffic, description: 'new words' } }, [
      { name: 'aster', properties: { traffic: { blue: 100 } }, deployments: [{ name: 'blue' }, { name: 'green' }] },
    ]);
    const all = {
      ...files,
      ...green,
      'endpoints/aster.yml': 'name: aster\ntraffic: {green: 100}\n',
      'endpoints/aster/rollout.yml': POLICY,
    };
    await apply(all);
    expect(azure.state().endpoints.find(({ name }) => name === 'iris')?.properties['traffic']).toEqual(traffic);
    once = { request: 'PUT .*/onlineEndpoints/aster', act: toBlue };
    const result = await apply(all, { endpoint: 'aster,iris', 'max-concurrency': '1' });
    expect(result.exitCode).toBe(0);
    expect(splits(result)).toEqual([{ blue: 100 }, ...STEPS]);
    expect(result.outcome().endpoints).toMatchObject([{ name: 'aster' }, { name: 'iris', status: 'succeeded' }]);
  });

  test('leaves to them what they move right after the rollout, and still mirrors', async () => {
    await start({ properties: { traffic: { blue: 100 } } });
    let readings = 0;
    const move = async (): Promise<void> => {
      const { tags } = azure.state().endpoints[0]!;
      // Its own write is read back once, and then the endpoint for the report.
      const isNext = tags['aml-rollout']?.includes('st=done') && (readings += 1) === 3;
      if (isNext) await others.traffic('iris', { blue: 50, green: 50 }, tags);
      else once = { request: 'GET .*/onlineEndpoints/iris$', act: move };
    };
    once = { request: 'GET .*/onlineEndpoints/iris$', act: move };
    const yaml = `${files['endpoints/iris.yml']}mirror_traffic: {red: 10}\n`;
    const result = await apply({ ...files, 'endpoints/iris.yml': yaml });
    expect(result.exitCode).toBe(0);
    expect(azure.state().endpoints[0]?.properties).toMatchObject({
      traffic: { blue: 50, green: 50 },
      mirrorTraffic: { red: 10 },
    });
  });
});
