import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type OtherPipeline, otherPipeline } from '../../../emulator/clients/other-pipeline.ts';
import type { SeedEndpoint } from '../../../emulator/seed.ts';
import type { RolloutState } from '../../../src/rollout/model.ts';
import { withState } from '../../../src/rollout/state/tags.ts';
import { type Azure, startAzure, writes } from '../../support/azure.ts';
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

beforeEach(() => {
  clock = jumpingClock();
  before = {};
});
afterEach(() => azure.close());

async function start(endpoint: Omit<SeedEndpoint, 'name'>): Promise<void> {
  let readings = 0;
  const onRequest = async ({ method, path }: { method: string; path: string }): Promise<void> => {
    if (method === 'GET' && path.endsWith('/onlineEndpoints/iris')) await before[(readings += 1)]?.();
  };
  const deployments = ['blue', 'green', 'red'].map((name) => ({ name }));
  const endpoints = [{ name: 'iris', deployments, ...endpoint }];
  const seed = { workspaces: [{ name: 'ws-emulator', endpoints }] };
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
