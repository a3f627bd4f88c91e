import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Wanted } from '../../src/rollout/decide.ts';
import { settledWindow } from '../../src/rollout/minutes.ts';
import type { Minute, RolloutState, Sample } from '../../src/rollout/model.ts';
import { readState, withState } from '../../src/rollout/state.ts';
import { Conflict, type Ending, type Move, type Ports, type Sight } from '../../src/rollout/walk/ports.ts';
import { walk } from '../../src/rollout/walk/walk.ts';
import type { Traffic } from '../../src/spec/model.ts';
import { canonicalTraffic, weightOf } from '../../src/spec/traffic.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 12);

/** How the world behaves while a rollout goes on in it. */
export interface Nature {
  readonly before: Traffic;
  readonly perMinute?: number;
  /** Of the new side and of the old, from 0 to 1. */
  readonly errors?: { readonly canary: number; readonly base: number };
  readonly smokePasses?: boolean;
  /** Readings of the metrics that fail, by their number. */
  readonly silent?: (reading: number) => boolean;
}

/** One endpoint, its clock and its past. */
export interface World {
  readonly nature: Nature;
  now: number;
  traffic: Traffic;
  mirror: Traffic;
  tags: Record<string, string>;
  /** Every state that was ever live. */
  readonly past: { readonly time: number; readonly traffic: Traffic; readonly mirror: Traffic }[];
  readings: number;
  readonly said: string[];
}

export function newWorld(nature: Nature): World {
  const traffic = canonicalTraffic(nature.before);
  const past = [{ time: 0, traffic, mirror: {} }];
  return { nature, now: START, traffic, mirror: {}, tags: { team: 'flowers' }, past, readings: 0, said: [] };
}

/** Somebody who does not know of rollouts. */
export function meddle(world: World, traffic: Traffic): void {
  world.traffic = canonicalTraffic(traffic);
  world.past.push({ time: world.now, traffic: world.traffic, mirror: world.mirror });
}

export function stateOf(world: World): RolloutState | undefined {
  const recorded = readState(world.tags);
  return recorded.kind === 'state' ? recorded.state : undefined;
}

/** The process is gone: nothing of it runs any more. */
export class Killed extends Error {}

export interface Process {
  readonly holder: string;
  /** The number of the call in whose midst it dies, and whether what it asked for was done all the same. */
  readonly dies?: { readonly at: number; readonly afterwards: boolean };
  /** Called before each call; lets another process go first. */
  readonly turn?: () => Promise<void>;
  readonly sleeps?: (until: number) => Promise<void>;
}

/** Runs a rollout in the world. @returns how it ended; `killed` when it died; and how many calls it made */
export async function run(
  world: World,
  wanted: Wanted,
  process: Process,
  maxDuration = 330 * MINUTE,
): Promise<{ ending: Ending | 'killed'; calls: number }> {
  let calls = 0;
  let isDead = false;
  const call = async <T>(work: () => T): Promise<T> => {
    await process.turn?.();
    if (isDead) throw new Killed();
    calls += 1;
    const { dies } = process;
    const isLast = calls === dies?.at;
    isDead = isLast;
    if (isLast && !dies.afterwards) throw new Killed();
    const result = work();
    if (isLast) throw new Killed();
    return result;
  };
  const ports = portsOf(world, process, call, () => isDead);
  try {
    const ending = await walk(wanted, { pauseAt: world.now + maxDuration }, ports);
    return { ending, calls };
  } catch (error) {
    if (error instanceof Killed) return { ending: 'killed', calls };
    throw error;
  }
}

type Call = <T>(work: () => T) => Promise<T>;

function portsOf(world: World, process: Process, call: Call, isDead: () => boolean): Ports {
  return {
    endpoint: 'iris',
    cancelled: isDead,
    asking: () => ({ me: process.holder, now: world.now, env: {} }),
    sleep: (milliseconds) =>
      process.sleeps
        ? process.sleeps(world.now + milliseconds)
        : call(() => {
            world.now += milliseconds;
          }),
    read: () => call(() => sightOf(world)),
    write: (move, seen) => call(() => write(world, move, seen)),
    unwell: () => call(() => new Map()),
    minutes: (sides, since, until) =>
      call(() => {
        world.readings += 1;
        if (world.nature.silent?.(world.readings)) throw new Error('503');
        return minutesOf(world, sides, since, until);
      }),
    smoke: () =>
      call(() => {
        const passed = world.nature.smokePasses ?? true;
        return { passed, reason: passed ? 'smoke: all well' : 'smoke: green: answered 500', reports: [], probes: [] };
      }),
    tell: async () => {},
    say: (line) => world.said.push(`${process.holder}: ${line}`),
  };
}

function sightOf({ traffic, mirror, tags }: World): Sight {
  const fingerprint = JSON.stringify([traffic, mirror, tags]);
  return { traffic, mirror, recorded: readState(tags), fingerprint };
}

function write(world: World, { traffic, mirror, state }: Move, seen: Sight): Sight {
  if (sightOf(world).fingerprint !== seen.fingerprint) throw new Conflict(sightOf(world));
  world.traffic = canonicalTraffic(traffic);
  world.mirror = canonicalTraffic(mirror);
  world.tags = withState(world.tags, state) as Record<string, string>;
  world.past.push({ time: world.now, traffic: world.traffic, mirror: world.mirror });
  // A write takes a while, as it does in Azure.
  world.now += 15_000;
  return sightOf(world);
}

function minutesOf(
  world: World,
  sides: { readonly canary: readonly string[]; readonly compared: readonly string[] },
  since: number,
  until: number,
): Minute[] {
  const { start, end } = settledWindow(since, until);
  const { perMinute = 600, errors = { canary: 0.005, base: 0.005 } } = world.nature;
  const minutes: Minute[] = [];
  for (let time = start; time < end; time += MINUTE) {
    const then = world.past.findLast((each) => each.time <= time) ?? world.past[0]!;
    const side = (names: readonly string[], rate: number): Sample => {
      const share = names.reduce((all, name) => all + weightOf(then.traffic, name) + weightOf(then.mirror, name), 0);
      const requests = Math.round((perMinute * share) / 100);
      // As many as the rate says over all minutes, however few they are in each.
      const upTo = (count: number): number => Math.floor(count * requests * rate);
      const index = Math.floor(time / MINUTE) % 10_000;
      const count = upTo(index + 1) - upTo(index);
      return { requests, errors: count, latency: { p50: 40, p90: 60, p95: 70, p99: 90 } };
    };
    minutes.push({ time, canary: side(sides.canary, errors.canary), base: side(sides.compared, errors.base) });
  }
  return minutes;
}

/** Lets two processes take turns, each at its next call, as the numbers say; sleeping ones wake by the common clock. */
export function turns(world: World, order: () => number) {
  const waiting: { readonly who: number; readonly until: number; readonly go: () => void }[] = [];
  let alive = 0;
  const next = (): void => {
    if (waiting.length < alive || waiting.length === 0) return;
    const awake = waiting.filter(({ until }) => until <= world.now);
    if (awake.length === 0) world.now = Math.min(...waiting.map(({ until }) => until));
    const ready = waiting.filter(({ until }) => until <= world.now);
    const chosen = ready[order() % ready.length]!;
    waiting.splice(waiting.indexOf(chosen), 1);
    chosen.go();
  };
  const wait = (who: number, until: number): Promise<void> =>
    new Promise((go) => {
      waiting.push({ who, until, go });
      next();
    });
  return {
    join(who: number): Pick<Process, 'turn' | 'sleeps'> {
      alive += 1;
      return { turn: () => wait(who, 0), sleeps: (until) => wait(who, until) };
    },
    async leave(): Promise<void> {
      alive -= 1;
      await nextTurn();
      next();
    },
  };
}
