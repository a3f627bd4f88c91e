import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Process } from './rollout-process.ts';
import type { World } from './rollout-world.ts';

/** A small generator (Lehmer, 1951), so that everything that is left to chance can be had again. */
export function chance(seed: number): (below: number) => number {
  let value = (seed * 16_807 + 1) % 2_147_483_647;
  return (below) => (value = (value * 48_271) % 2_147_483_647) % below;
}

/** Lets processes take turns, each at its next call, as `order` says; sleeping ones wake by the common clock. */
export function turns(world: World, order: (below: number) => number) {
  const waiting: { readonly until: number; readonly go: () => void }[] = [];
  let alive = 0;
  const next = (): void => {
    if (waiting.length < alive || waiting.length === 0) return;
    const first = Math.min(...waiting.map(({ until }) => until));
    world.now = Math.max(world.now, first);
    const ready = waiting.filter(({ until }) => until <= world.now);
    const chosen = ready[order(ready.length)]!;
    waiting.splice(waiting.indexOf(chosen), 1);
    chosen.go();
  };
  const wait = (until: number): Promise<void> =>
    new Promise((go) => {
      waiting.push({ until, go });
      next();
    });
  return {
    join(): Pick<Process, 'turn' | 'sleeps'> {
      alive += 1;
      return { turn: () => wait(0), sleeps: wait };
    },
    async leave(): Promise<void> {
      alive -= 1;
      await nextTurn();
      next();
    },
  };
}
