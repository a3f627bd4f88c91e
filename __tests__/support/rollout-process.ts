import type { Wanted } from '../../src/rollout/decide.ts';
import { readState, withState } from '../../src/rollout/state/tags.ts';
import {
  Conflict,
  type Move,
  type Ports,
  type Progress,
  type RolloutEnding,
  type Sight,
} from '../../src/rollout/walk/ports.ts';
import { walk } from '../../src/rollout/walk/walk.ts';
import { isAsLeft } from '../../src/rollout/walk/walking.ts';
import { accept, busyUntil, look, minutesIn, truth, type World } from './rollout-world.ts';

const MINUTE = 60_000;

/** The process is gone: nothing of it runs any more. */
class Killed extends Error {}

/** One thing that a process asks of the world, with its number from 1. */
export type Asked = 'sleep' | 'read' | 'compare' | 'put' | 'read back' | 'unwell' | 'minutes' | 'smoke' | 'tell';

export interface Process {
  readonly holder: string;
  /** The number of the call in whose midst it dies, and whether what it asked for was done all the same. */
  readonly dies?: { readonly at: number; readonly afterwards: boolean };
  /** Called before each call; lets others go first. */
  readonly turn?: (number: number, asked: Asked) => Promise<void> | void;
  /** Where time is shared with another process. */
  readonly sleeps?: (until: number) => Promise<void>;
  readonly tells?: (progress: Progress) => void;
}

export interface Ran {
  readonly ending: RolloutEnding | 'killed';
  /** What it asked for, in order. */
  readonly asked: readonly Asked[];
}

/** Runs a rollout in the world, each of its awaits a numbered call. */
export async function run(world: World, wanted: Wanted, process: Process, maxDuration = 330 * MINUTE): Promise<Ran> {
  const asked: Asked[] = [];
  const fate = { isDead: false };
  const call: Call = async (what, work) => {
    const number = asked.push(what);
    await process.turn?.(number, what);
    if (fate.isDead) throw new Killed();
    const { dies } = process;
    fate.isDead = number === dies?.at;
    if (fate.isDead && !dies?.afterwards) throw new Killed();
    const result = await work();
    if (fate.isDead) throw new Killed();
    return result;
  };
  try {
    const ending = await walk(wanted, { pauseAt: world.now + maxDuration }, portsOf(world, process, call));
    return { ending: fate.isDead ? 'killed' : ending, asked };
  } catch (error) {
    if (error instanceof Killed) return { ending: 'killed', asked };
    throw error;
  }
}

/** The ending of one that must not have been killed. */
export async function ended(...run_: Parameters<typeof run>): Promise<RolloutEnding> {
  const { ending } = await run(...run_);
  if (ending === 'killed') throw new Error('it was killed');
  return ending;
}

type Call = <T>(what: Asked, work: () => T | Promise<T>) => Promise<T>;

function portsOf(world: World, process: Process, call: Call): Ports {
  const { nature } = world;
  const until = async (time: number): Promise<void> => {
    if (process.sleeps) await process.sleeps(time);
    else world.now = Math.max(world.now, time);
  };
  const sleep = (milliseconds: number): Promise<void> => call('sleep', () => until(world.now + milliseconds));
  return {
    endpoint: 'iris',
    cancelled: () => false,
    asking: () => ({ me: process.holder, now: world.now, env: ENV }),
    sleep,
    read: () => call('read', () => look(world)),
    write: (move, seen) => write(world, process, call, sleep, move, seen),
    unwell: (names) =>
      call('unwell', () => {
        const states = Object.entries(nature.unwell?.(world) ?? {});
        return new Map(states.filter(([name]) => names.includes(name)));
      }),
    minutes: (sides, since, to) =>
      call('minutes', () => {
        world.readings += 1;
        if (nature.silent?.(world.readings)) throw new Error('503');
        return minutesIn(world, sides, since, to);
      }),
    smoke: () =>
      call('smoke', async () => {
        await until(world.now + (nature.smokeTime ?? 1_000));
        const passed = nature.smokePasses ?? true;
        return { passed, reason: passed ? 'smoke: all well' : 'smoke: green: answered 500', reports: [], probes: [] };
      }),
    tell: (progress) => call('tell', () => process.tells?.(progress)),
    say: (line) => world.said.push(`${process.holder}: ${line}`),
  };
}

const ENV = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r' };

/** As the port to Azure writes: compares, sends, waits, and reads what came of it. Azure takes one write at a time. */
async function write(
  world: World,
  { holder }: Process,
  call: Call,
  sleep: Ports['sleep'],
  move: Move,
  seen: Sight,
): Promise<Sight> {
  for (;;) {
    const before = await call('compare', () => {
      if (busyUntil(world) > 0) return undefined;
      if (truth(world).fingerprint !== seen.fingerprint) throw new Conflict(truth(world));
      return { version: world.version, tags: world.kept.tags };
    });
    const isTaken =
      before !== undefined &&
      (await call('put', () => {
        if (busyUntil(world) > 0) return false;
        accept(world, move, before, holder);
        return true;
      }));
    await sleep(Math.max(1, busyUntil(world) - world.now));
    if (!isTaken) continue;
    return call('read back', () => {
      const sight = truth(world);
      const recorded = readState(withState({}, move.state));
      if (isAsLeft(sight, { ...sight, traffic: move.traffic, mirror: move.mirror, recorded })) return sight;
      throw new Conflict(sight);
    });
  }
}
