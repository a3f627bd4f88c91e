import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { withState } from '../../../src/rollout/state/tags.ts';
import { type Azure, type Result, startAzure } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';
import { IRIS_ON_BLUE, serve, splitOf } from '../../support/live-traffic.ts';
import { stateWith } from '../../unit/rollout/states.ts';

const MINUTE = 60_000;

let azure: Azure;
let clock: JumpingClock;
let begin: number;

beforeEach(async () => {
  clock = jumpingClock();
  azure = await startAzure({ seed: IRIS_ON_BLUE, now: clock.now });
  serve(azure, { blue: 0, green: 0 });
});
afterEach(() => azure.close());

/** From now on Azure never comes to rest. */
function keepUpdating(tags: object, traffic: object): void {
  begin = clock.now();
  const body = { name: 'iris', tags, properties: { provisioningState: 'Updating', traffic } };
  azure.fault({
    match: { method: 'GET', path: '/onlineEndpoints/iris?' },
    times: 'always',
    then: { status: 200, body },
  });
  clock.onSleep = () => {
    if (clock.now() - begin > 60 * MINUTE) throw new Error('it waits for ever');
  };
}

const minutes = () => (clock.now() - begin) / MINUTE;
const said = ({ lines }: Result, level: string) => lines.filter((line) => line.level === level).map(({ text }) => text);
const heartbeats = (result: Result) =>
  said(result, 'info').filter((line) => line.includes('before its traffic is restored: Updating'));
const REPAIR: unknown = expect.stringContaining('--traffic "blue=100 green=0"');

test('a rollout that fails since Azure never comes to rest restores traffic no longer than it says', async () => {
  clock.onSleep = () => {
    const { tags, properties } = azure.state().endpoints[0]!;
    if (JSON.stringify(splitOf(azure)) === '{"blue":90,"green":10}')
      keepUpdating(tags, properties['traffic'] as object);
  };
  const files = { 'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n' };
  const policy = '{steps: [10], bake: 2m, errors: off, latency: off}';
  const inputs = { operation: 'rollout', endpoint: 'iris', policy, timeout: '2m' } as const;
  const result = await azure.run(inputs, { files, clock });
  expect(result.exitCode).toBe(1);
  expect(heartbeats(result).length).toBeGreaterThan(15);
  expect(said(result, 'warning')).toEqual([
    'iris: the rollout was interrupted; restoring its traffic.',
    REPAIR,
    expect.stringMatching(/its traffic could not be restored: .* timed out after 5 min/),
  ]);
  expect(minutes()).toBeLessThan(15);
});

describe('the post step of a cancelled job, while Azure never comes to rest,', () => {
  async function cleanUp(tags: object, traffic: object): Promise<Result> {
    keepUpdating(tags, traffic);
    const run = azure.start(
      { operation: 'rollback', endpoint: 'iris', timeout: '4m' },
      { clock, holder: '17.1.abcdef' },
    );
    Object.assign(run.deps, { onlyOwn: true });
    return run.result;
  }
  const own = () => withState({}, stateWith({ lease: clock.now() + 20 * MINUTE }));
  const othersTags = withState({}, stateWith({ holder: '18.1.ghijkl' }));

  test('ends at the deadline, and says what a person can do', async () => {
    const result = await cleanUp(own(), { blue: 75, green: 25 });
    expect(result.failure()).toMatchObject({ details: { code: 'Timeout' } });
    expect(minutes()).toBeCloseTo(4, 1);
    expect(heartbeats(result).length).toBeGreaterThan(10);
    expect(said(result, 'warning')).toEqual([REPAIR]);
  });

  test.each<[string, () => object, object]>([
    ['nothing of its own is there', () => ({}), { blue: 100 }],
    ['somebody else has taken it over', () => othersTags, { blue: 75, green: 25 }],
    ['somebody else has moved traffic', own, { red: 100 }],
  ])('advises nothing where %s', async (_, tags, traffic) => {
    const result = await cleanUp(tags(), traffic);
    expect([result.exitCode, said(result, 'warning')]).toEqual([1, []]);
  });
});
