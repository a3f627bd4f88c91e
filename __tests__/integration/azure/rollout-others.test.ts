import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type OtherPipeline, otherPipeline } from '../../../emulator/clients/other-pipeline.ts';
import { readState } from '../../../src/rollout/state/tags.ts';
import { type Azure, type Inputs, startAzure } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';
import { IRIS_ON_BLUE, splitOf } from '../../support/live-traffic.ts';

/** As short as a rollout can be, so that each of its requests can have a run of its own. */
const ROLLOUT: Inputs = {
  operation: 'rollout',
  endpoint: 'iris',
  policy: '{steps: [50], bake: 1m, final-bake: 1m, errors: off, latency: off}',
};
const files = { 'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n' };
const seed = {
  workspaces: [
    {
      ...IRIS_ON_BLUE.workspaces[0]!,
      endpoints: [
        {
          ...IRIS_ON_BLUE.workspaces[0]!.endpoints[0]!,
          deployments: [{ name: 'blue' }, { name: 'green' }, { name: 'red' }],
        },
      ],
    },
  ],
};

type Asked = 'PUT' | 'other';

let azure: Azure;
let others: OtherPipeline;
let clock: JumpingClock;
let before: (number: number, asked: Asked) => Promise<void> | void;
let asked: Asked[];

beforeAll(async () => {
  clock = jumpingClock();
  const onRequest = async ({ method, path }: { method: string; path: string }): Promise<void> => {
    if (path.startsWith('/subscriptions/')) await before(asked.push(method === 'PUT' ? 'PUT' : 'other'), asked.at(-1)!);
  };
  // A reading that lags behind a write of somebody else is the window that docs/rollout.md tells of.
  azure = await startAzure({ seed, now: () => clock.now(), onRequest, staleReads: 0 });
  others = otherPipeline(azure);
});
afterAll(() => azure.close());

beforeEach(() => {
  anew();
});

function anew(): void {
  azure.reset();
  asked = [];
  before = () => {};
}

const run = (holder: string) => azure.run(ROLLOUT, { files, clock, holder });

async function undisturbed(): Promise<readonly Asked[]> {
  expect((await run('17.1.a')).exitCode).toBe(0);
  expect(splitOf(azure)).toEqual({ green: 100 });
  return asked;
}

/** What this project's own writes do about others: the walk itself is tested without Azure, in `__tests__/property`. */
describe('the requests of a rollout', () => {
  test('before any of them but a PUT, somebody may move traffic: it is not written over', async () => {
    const all = await undisturbed();
    const begun = all.indexOf('PUT') + 2;
    let moved = 0;
    for (let at = begun; at <= all.length; at += 1) {
      anew();
      let isMoved = false as boolean;
      before = async (number, which) => {
        if (isMoved || number < at || which === 'PUT') return;
        isMoved = true;
        await moveTraffic();
      };
      await run('17.1.a');
      if (!isMoved) continue;
      moved += 1;
      expect({ at, ...(splitOf(azure) as object) }).toEqual({ at, red: 100 });
    }
    expect(moved).toBeGreaterThan(20);
  });

  test('killed at any of them and run again, it comes to the same end', async () => {
    const all = await undisturbed();
    for (let at = 1; at <= all.length; at += 1) {
      anew();
      const { deps, result } = azure.start(ROLLOUT, { files, clock, holder: '17.1.a' });
      before = (number) => {
        if (number === at) deps.cancel();
      };
      await result;
      before = () => {};
      // What was sent may still arrive.
      await new Promise((resolve) => setTimeout(resolve, 20));
      clock.advance(3 * 3_600_000);
      const again = await run('18.1.b');
      const { status, percent, lease } = stateOfIris();
      expect({ at, code: again.exitCode, ...(splitOf(azure) as object), status, percent, lease }).toEqual({
        ...{ at, code: 0, green: 100, status: 'done', percent: 100, lease: 0 },
      });
    }
  });
});

/** Azure takes one write at a time. */
async function moveTraffic(): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await others.traffic('iris', { red: 100 }, azure.state().endpoints[0]!.tags);
      return;
    } catch (error) {
      if (tries > 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

function stateOfIris() {
  const recorded = readState(azure.state().endpoints[0]!.tags);
  if (recorded.kind !== 'state') throw new Error('no state');
  return recorded.state;
}
