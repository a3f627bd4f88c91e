import { describe, expect, jest, test } from '@jest/globals';
import type { Wanted } from '../../src/rollout/decide.ts';
import { type Asked, run } from '../support/rollout-process.ts';
import {
  expectSound,
  leaseWatch,
  MINUTE,
  NATURES,
  type NatureName,
  POLICIES,
  type PolicyName,
  wantedOf,
} from '../support/rollout-scenes.ts';
import { chance } from '../support/rollout-turns.ts';
import { isEnding, leftIn, type Nature, newWorld, type World } from '../support/rollout-world.ts';

jest.setTimeout(300_000);

/** How the next process comes: as another attempt of the same run at once, or as another run when the lease has run out. */
type Coming = 'at once' | 'later';

const FIRST = '17.1.a';

/** Nobody comes before the lease has run out, unless it is the same run. */
function nextHolder(world: World, coming: Coming, holder: string): string {
  const [run = 0, attempt = 0] = holder.split('.').map(Number);
  if (coming === 'at once') return `${run}.${attempt + 1}.b`;
  world.now += 180 * MINUTE;
  return `${run + 1}.1.b`;
}

/** What is left when nobody killed it. */
async function undisturbed(nature: Nature, wanted: Wanted) {
  const world = newWorld(nature);
  const lease = leaseWatch(world, FIRST);
  const { ending, asked } = await run(world, wanted, { holder: FIRST, turn: lease.turn });
  expectSound(world, wanted);
  expect(world.kept.mirror).toEqual({});
  expect(lease.least()).toBeGreaterThan(5 * MINUTE);
  return { left: leftIn(world), asked, ending };
}

/** Of a long rollout not every call, but so many of them, evenly: its minutes are much alike. */
const MOST_MOMENTS = 60;

const changesWorld = (asked: Asked): boolean => ['sleep', 'put', 'smoke'].includes(asked);

describe('killed before or in the midst of a call and run again, it comes to the same end', () => {
  let schedules = 0;

  test.each<[PolicyName, NatureName, number]>([
    ['fast', 'well', 100],
    ['fast', 'too many errors', 100],
    ['fast', 'errors from half on', 100],
    ['fast', 'three deployments', 10],
    ['fast', 'live already', 30],
    ['fast', 'nothing live before', 100],
    ['fast', 'hardly a request', 100],
    ['fast', 'no metrics', 100],
    ['fast', 'stale readings', 10],
    ['fast', 'both unwell', 100],
    ['standard', 'slow', 100],
    ['blue-green', 'slow', 100],
    ['blue-green', 'nothing live before, and errors', 100],
    ['smoke and mirror', 'well', 10],
    ['smoke and mirror', 'too many errors', 100],
    ['smoke and mirror', 'smoke fails', 100],
    ['smoke and mirror', 'no metrics', 100],
    ['held back', 'well', 100],
    ['on-failure: hold', 'errors from half on', 100],
    ['on-no-data: promote', 'hardly a request', 50],
    ['on-no-data: rollback', 'hardly a request', 100],
    ['no gates', 'three deployments', 100],
  ])('calls of %s: %s, until %d %%', async (policy, natureName, until) => {
    const nature = NATURES[natureName];
    const wanted = wantedOf(POLICIES[policy], { until });
    const { left, asked } = await undisturbed(nature, wanted);
    const stride = Math.ceil(asked.length / MOST_MOMENTS);
    for (const coming of ['at once', 'later'] as const) {
      for (let at = coming === 'later' ? 1 : stride; at <= asked.length; at += stride) {
        // What changes nothing is the same before and after.
        for (const afterwards of changesWorld(asked[at - 1]!) ? [false, true] : [false]) {
          const world = newWorld(nature);
          const { ending } = await run(world, wanted, { holder: FIRST, dies: { at, afterwards } });
          expect(ending).toBe('killed');
          const again = await run(world, wanted, { holder: nextHolder(world, coming, FIRST) });
          expect(again.ending).not.toBe('killed');
          // A write of the dead that was still on its way has landed by then.
          world.now += MINUTE;
          expectSound(world, wanted);
          const where = { coming, at, call: asked[at - 1], afterwards };
          expect({ ...where, ...leftIn(world) }).toEqual({ ...where, ...left });
          schedules += 1;
        }
      }
    }
  });

  test('in more than 2,000 schedules', () => {
    expect(schedules).toBeGreaterThan(2_000);
  });
});

describe('killed up to three times in a row at random', () => {
  const policies = Object.keys(POLICIES) as PolicyName[];
  const natures = Object.keys(NATURES) as NatureName[];

  test('it comes to the same end in each of 500 seeded schedules', async () => {
    const endings = new Map<string, number>();
    for (let seed = 1; seed <= 500; seed += 1) {
      const random = chance(seed);
      const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
      const policy = pick(policies);
      const natureName = pick(natures);
      const nature = NATURES[natureName];
      const until = pick([undefined, undefined, 10, 25, 60]);
      const wanted = wantedOf(POLICIES[policy], { until, target: pick([{ green: 100 }, { green: 70, red: 30 }]) });
      const { left, asked, ending } = await undisturbed(nature, wanted);
      const world = newWorld(nature);
      let holder = FIRST;
      for (let deaths = 1 + random(3); deaths > 0; deaths -= 1) {
        await run(world, wanted, { holder, dies: { at: 1 + random(asked.length), afterwards: random(2) === 1 } });
        // Where it was over, another attempt is a person who asks for the same again, with evidence of its own.
        holder = nextHolder(world, isEnding(world) ? 'later' : pick(['at once', 'later']), holder);
      }
      const lease = leaseWatch(world, holder);
      await run(world, wanted, { holder, turn: lease.turn });
      world.now += MINUTE;
      expectSound(world, wanted);
      const where = { seed, policy, natureName, until };
      expect({ ...where, ...leftIn(world) }).toEqual({ ...where, ...left });
      expect(lease.least()).toBeGreaterThan(5 * MINUTE);
      const status = ending === 'killed' ? ending : ending.status;
      endings.set(status, (endings.get(status) ?? 0) + 1);
    }
    // Each way out was taken, none of them rarely.
    expect([...endings.keys()].sort()).toEqual(['failed', 'paused', 'rolled-back', 'succeeded']);
    expect(Math.min(...endings.values())).toBeGreaterThan(25);
  });
});
