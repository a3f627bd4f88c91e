import { describe, expect, test } from '@jest/globals';
import type { Wanted } from '../../src/rollout/decide.ts';
import { type Asked, ended, run } from '../support/rollout-process.ts';
import { expectSound, MINUTE, NATURES, POLICIES, wantedOf } from '../support/rollout-scenes.ts';
import { chance, turns } from '../support/rollout-turns.ts';
import { leftIn, meddle, newWorld, stateOf, type World } from '../support/rollout-world.ts';

const { fast } = POLICIES;

/** Runs all of them in one world, each call of each at its turn. */
async function together(world: World, wanted: readonly Wanted[], order: (below: number) => number) {
  const all = turns(world, order);
  return Promise.all(
    wanted.map(async (each, who) => {
      const ending = await ended(world, each, { holder: `${17 + who}.1.a`, ...all.join() });
      await all.leave();
      return ending;
    }),
  );
}

describe('two at once', () => {
  test.each([
    ['to the same split', [{ green: 100 }, { green: 100 }]],
    ['to different splits', [{ green: 100 }, { red: 100 }]],
  ])('%s: one wins in each of 250 interleavings, and nothing foreign is overwritten', async (_, targets) => {
    const first = [0, 0];
    for (let seed = 1; seed <= 250; seed += 1) {
      const world = newWorld(NATURES.well);
      const wanted = targets.map((target, who) => wantedOf(fast, { target, commit: `commit${who}` }));
      const endings = await together(world, wanted, chance(seed));
      const statuses = endings.map(({ status }) => status).sort();
      expect({ seed, statuses }).toEqual({ seed, statuses: ['succeeded', 'superseded'] });
      const winner = endings.findIndex(({ status }) => status === 'succeeded');
      const loser = endings[1 - winner]!;
      expect(loser.reason).toContain(
        `run ${17 + winner} (attempt 1), https://github.com/o/r/actions/runs/${17 + winner}`,
      );
      expect({ seed, traffic: world.kept.traffic }).toEqual({ seed, traffic: targets[winner] });
      expect(new Set(world.past.slice(1).map(({ by }) => by))).toEqual(new Set([`${17 + winner}.1.a`]));
      expectSound(world, ...wanted);
      first[winner]! += 1;
    }
    // Either of them, as it happens.
    expect(Math.min(...first)).toBeGreaterThan(50);
  });
});

/**
 * All but the milliseconds between a comparison and its PUT: Azure knows no condition for a write, so that what is done by hand just
 * then is lost, as `docs/rollout.md` says.
 */
const moments = (asked: readonly Asked[]): number[] =>
  asked.flatMap((each, index) => (each === 'put' ? [] : [index + 1]));

describe('somebody who does not know of rollouts', () => {
  /** Runs a rollout, with something done by hand before its call of that number. */
  async function meddled(at: number, change: Parameters<typeof meddle>[1]) {
    const world = newWorld(NATURES.well);
    const turn = (number: number): void => {
      if (number === at) meddle(world, change);
    };
    const ending = await ended(world, wantedOf(fast), { holder: '17.1.a', turn });
    world.now += MINUTE;
    return { world, ending };
  }

  test('and moves traffic, at whatever moment, stops it and keeps what they did', async () => {
    const quiet = await run(newWorld(NATURES.well), wantedOf(fast), { holder: '17.1.a' });
    const begun = quiet.asked.indexOf('read back') + 1;
    const over = quiet.asked.lastIndexOf('read back');
    for (const at of moments(quiet.asked).filter((moment) => moment > begun && moment <= over)) {
      const { world, ending } = await meddled(at, () => ({ traffic: { red: 100 } }));
      const { status } = ending;
      // Azure takes one write at a time: what is done by hand in the midst of one of ours comes after it.
      expect({ at, status, ...world.kept.traffic }).toEqual({ at, status: 'superseded', red: 100 });
      expect(world.overwritten).toEqual([]);
    }
  });

  test('and changes a tag, at whatever moment, neither stops it nor loses the tag', async () => {
    const quiet = newWorld(NATURES.well);
    const { asked } = await run(quiet, wantedOf(fast), { holder: '17.1.a' });
    for (const at of moments(asked)) {
      const { world, ending } = await meddled(at, ({ tags }) => ({ tags: { ...tags, cost: 'ours' } }));
      expect({ at, status: ending.status }).toEqual({ at, status: 'succeeded' });
      expect({ at, cost: world.kept.tags['cost'], ...leftIn(world) }).toEqual({ at, cost: 'ours', ...leftIn(quiet) });
      expect(stateOf(world)?.status).toBe('done');
      expectSound(world, wantedOf(fast));
    }
  });
});
