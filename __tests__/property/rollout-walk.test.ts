import { describe, expect, jest, test } from '@jest/globals';
import type { Wanted } from '../../src/rollout/decide.ts';
import type { Policy } from '../../src/rollout/model.ts';
import { presetPolicy } from '../../src/rollout/policy-presets.ts';
import { trafficTotal } from '../../src/spec/traffic.ts';
import { type Nature, newWorld, meddle, run, stateOf, turns, type World } from '../support/rollout-world.ts';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const SMOKE = {
  ...{ request: 'r.json', count: 1, warmUp: 0, expectStatus: 200, maxTime: 1_000, expect: {} },
} satisfies Policy['smoke'];

const fast = presetPolicy('fast');
const POLICIES: Readonly<Record<string, Policy>> = {
  fast,
  standard: presetPolicy('standard'),
  'blue-green': presetPolicy('blue-green'),
  'with a smoke test and a mirror': { ...fast, smoke: SMOKE, mirror: { percent: 20, bake: 5 * MINUTE } },
  'that holds some back': { ...fast, holdback: 5 },
  'that holds when it fails': { ...fast, onFailure: 'hold' },
};
const NATURES: Readonly<Record<string, Nature>> = {
  well: { before: { blue: 100 } },
  'too many errors': { before: { blue: 100 }, errors: { canary: 0.2, base: 0.005 } },
  'a smoke test that fails': { before: { blue: 100 }, smokePasses: false },
  'three deployments': { before: { blue: 60, red: 40 } },
  'nothing live before': { before: {} },
  'hardly a request': { before: { blue: 100 }, perMinute: 3 },
};

const wantedOf = (policy: Policy, more: Partial<Wanted> = {}): Wanted => ({
  target: { green: 100 },
  policy,
  commit: 'abcdef0',
  retry: false,
  ...more,
});

/** What is left when nobody is at it any more. Why it ended may be told in other words. */
function leftIn(world: World) {
  const { status, percent, lease } = stateOf(world) ?? {};
  return { traffic: world.traffic, mirror: world.mirror, status, percent, lease };
}

function expectSound(world: World): void {
  expect(world.past.filter(({ traffic }) => ![0, 100].includes(trafficTotal(traffic)))).toEqual([]);
  expect(world.tags['team']).toBe('flowers');
}

describe('killed in the midst of any call and run again, it comes to the same end', () => {
  let schedules = 0;

  for (const [policyName, policy] of Object.entries(POLICIES)) {
    test.each(Object.entries(NATURES))(`the policy ${policyName}: %s`, async (_, nature) => {
      const quiet = newWorld(nature);
      const { calls } = await run(quiet, wantedOf(policy), { holder: 'only' });
      expectSound(quiet);
      expect(quiet.mirror).toEqual({});
      const step = Math.max(1, Math.floor(calls / 10));
      for (let at = 1; at <= calls; at += step) {
        for (const afterwards of [false, true]) {
          const world = newWorld(nature);
          const { ending } = await run(world, wantedOf(policy), { holder: 'first', dies: { at, afterwards } });
          expect(ending).toBe('killed');
          // Nobody comes before the lease has run out.
          world.now += 120 * MINUTE;
          await run(world, wantedOf(policy), { holder: 'second' });
          expectSound(world);
          expect({ at, afterwards, ...leftIn(world) }).toEqual({ at, afterwards, ...leftIn(quiet) });
          schedules += 1;
        }
      }
    });
  }

  test('in at least 500 schedules', () => {
    expect(schedules).toBeGreaterThanOrEqual(500);
  });
});

describe('two at once', () => {
  /** A small generator (Lehmer, 1951), so that each interleaving can be had again. */
  const generator = (seed: number) => {
    let value = seed * 16_807 + 1;
    return () => (value = (value * 48_271) % 2_147_483_647);
  };

  test('one wins in each of 500 interleavings, and nothing foreign is overwritten', async () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const world = newWorld({ before: { blue: 100 } });
      const both = turns(world, generator(seed));
      const targets = seed % 2 === 0 ? [{ green: 100 }, { green: 100 }] : [{ green: 100 }, { red: 100 }];
      const endings = await Promise.all(
        targets.map(async (target, who) => {
          const taking = both.join(who);
          const wanted = wantedOf(fast, { target, commit: `commit${who}` });
          const { ending } = await run(world, wanted, { holder: `p${who}`, ...taking });
          await both.leave();
          return ending as Exclude<typeof ending, 'killed'>;
        }),
      );
      const statuses = endings.map(({ status }) => status).sort();
      expect({ seed, statuses }).toEqual({ seed, statuses: ['succeeded', 'superseded'] });
      const winner = endings.findIndex(({ status }) => status === 'succeeded');
      expect({ seed, traffic: world.traffic }).toEqual({ seed, traffic: targets[winner] });
      expectSound(world);
    }
  });

  test('somebody who moves traffic by hand stops it, and keeps what they did', async () => {
    const quiet = newWorld({ before: { blue: 100 } });
    const { calls } = await run(quiet, wantedOf(fast), { holder: 'only' });
    for (let at = 1; at < calls; at += 1) {
      const world = newWorld({ before: { blue: 100 } });
      let count = 0;
      const turn = async (): Promise<void> => {
        if ((count += 1) === at) meddle(world, { red: 100 });
      };
      const { ending } = await run(world, wantedOf(fast), { holder: 'only', turn });
      const status = ending === 'killed' ? ending : ending.status;
      // Before it has begun, what is live is where it starts from.
      if (at > 2)
        expect({ at, status, traffic: world.traffic }).toEqual({ at, status: 'superseded', traffic: { red: 100 } });
      expectSound(world);
    }
  });
});

describe('what it remembers', () => {
  const bad: Nature = { before: { blue: 100 }, errors: { canary: 0.2, base: 0.005 } };

  test('what came back is not tried again by itself, but by another commit', async () => {
    const world = newWorld(bad);
    const first = await run(world, wantedOf(fast), { holder: 'a' });
    expect(first.ending).toMatchObject({ status: 'rolled-back' });
    const again = await run(world, wantedOf(fast), { holder: 'b' });
    expect(again.ending).toMatchObject({ status: 'failed' });
    expect(world.traffic).toEqual({ blue: 100 });
    const mended = await run(world, wantedOf(fast, { commit: '1234567' }), { holder: 'c' });
    expect(mended.ending).toMatchObject({ status: 'rolled-back' });
  });

  test('it pauses where it is told to, and goes on with its gates', async () => {
    const world = newWorld({ before: { blue: 100 } });
    const first = await run(world, wantedOf(fast, { until: 10 }), { holder: 'a' });
    expect(first.ending).toMatchObject({ status: 'paused' });
    expect(world.traffic).toEqual({ blue: 90, green: 10 });
    expect(stateOf(world)?.lease).toBe(0);
    const second = await run(world, wantedOf(fast), { holder: 'b' });
    expect(second.ending).toMatchObject({ status: 'succeeded' });
    expect(world.traffic).toEqual({ green: 100 });
  });

  test('it pauses before its time is up', async () => {
    const world = newWorld({ before: { blue: 100 } });
    const { ending } = await run(world, wantedOf(fast), { holder: 'a' }, 15 * MINUTE);
    expect(ending).toMatchObject({ status: 'paused', reason: expect.stringContaining('max-duration') });
    expect(stateOf(world)).toMatchObject({ status: 'paused', lease: 0 });
  });

  test('it pauses when the metrics are silent five times in a row, and not before', async () => {
    const silent = newWorld({ before: { blue: 100 }, silent: () => true });
    expect((await run(silent, wantedOf(fast), { holder: 'a' })).ending).toMatchObject({ status: 'paused' });
    expect(silent.readings).toBe(5);
    const stuttering = newWorld({ before: { blue: 100 }, silent: (reading) => reading % 3 === 1 });
    expect((await run(stuttering, wantedOf(fast), { holder: 'a' })).ending).toMatchObject({ status: 'succeeded' });
  });

  test('it does not go back into an old side that is unwell too', async () => {
    const world = newWorld({ before: { blue: 100 }, errors: { canary: 0.5, base: 0.3 } });
    const { ending } = await run(world, wantedOf(fast), { holder: 'a' });
    expect(ending).toMatchObject({ status: 'failed', reason: expect.stringContaining('unwell too') });
    expect(world.traffic).toEqual({ blue: 90, green: 10 });
  });

  test.each([
    ['pause', 'paused', { blue: 90, green: 10 }],
    ['rollback', 'rolled-back', { blue: 100 }],
    ['promote', 'succeeded', { green: 100 }],
  ] as const)('without evidence it does what `on-no-data: %s` says', async (onNoData, status, traffic) => {
    const world = newWorld({ before: { blue: 100 }, perMinute: 3 });
    const { ending } = await run(world, wantedOf({ ...fast, onNoData }), { holder: 'a' });
    expect(ending).toMatchObject({ status });
    expect(world.traffic).toEqual(traffic);
  });

  test('another target goes back first, and then on its own way', async () => {
    const world = newWorld({ before: { blue: 100 } });
    await run(world, wantedOf(fast, { until: 10 }), { holder: 'a' });
    const { ending } = await run(world, wantedOf(fast, { target: { red: 100 }, commit: '1234567' }), { holder: 'b' });
    expect(ending).toMatchObject({ status: 'succeeded' });
    const splits = world.past.map(({ traffic }) => JSON.stringify(traffic));
    expect(splits.lastIndexOf('{"blue":100}')).toBeLessThan(splits.indexOf('{"blue":90,"red":10}'));
    expect(world.traffic).toEqual({ red: 100 });
  });

  test('its lease outlasts each bake by a quarter of an hour', async () => {
    const world = newWorld({ before: { blue: 100 } });
    const left: number[] = [];
    const turn = async (): Promise<void> => {
      const state = stateOf(world);
      if (state?.status === 'run') left.push(state.lease - world.now);
    };
    await run(world, wantedOf(presetPolicy('standard')), { holder: 'a', turn });
    expect(Math.min(...left)).toBeGreaterThanOrEqual(14 * MINUTE);
  });
});
