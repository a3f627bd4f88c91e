import { settledWindow } from '../../src/rollout/minutes.ts';
import type { Minute, RolloutState, Sample } from '../../src/rollout/model.ts';
import { readState, withState } from '../../src/rollout/state/tags.ts';
import type { Move, Sight } from '../../src/rollout/walk/ports.ts';
import type { Traffic } from '../../src/spec/model.ts';
import { canonicalTraffic, weightOf } from '../../src/spec/traffic.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 0, 5, 12);
const TEAM = 'flowers';

/** A rate from 0 to 1, or one that depends on the percent of live and mirrored traffic that a deployment has. */
type Rate = number | ((weight: number) => number);

/** How the world behaves while a rollout goes on in it. */
export interface Nature {
  readonly before: Traffic;
  /** Requests to the endpoint. */
  readonly perMinute?: number;
  /** By deployment; half a percent where nothing is said. */
  readonly errors?: Readonly<Record<string, Rate>>;
  /** Milliseconds by deployment, for every percentile; 40 where nothing is said. */
  readonly latency?: Readonly<Record<string, number>>;
  readonly smokePasses?: boolean;
  /** Milliseconds that the smoke test takes. */
  readonly smokeTime?: number;
  /** Readings of the metrics that fail, by their number. */
  readonly silent?: (reading: number) => boolean;
  /** Readings of the endpoint that show what it was before its latest change, by their number. */
  readonly stale?: (reading: number) => boolean;
  /** States other than `Succeeded`, by deployment. */
  readonly unwell?: (world: World) => Readonly<Record<string, string>>;
  /** Milliseconds from the request of a write until Azure shows it. */
  readonly writeTime?: number;
}

/** What Azure keeps of an endpoint. */
interface Kept {
  readonly traffic: Traffic;
  readonly mirror: Traffic;
  readonly tags: Readonly<Record<string, string>>;
}

/** One endpoint, its clock and its past. */
export interface World {
  readonly nature: Nature;
  now: number;
  kept: Kept;
  /** What a stale reading shows. */
  older: Kept;
  /** A write that Azure works on: the endpoint is as it was until its time. */
  coming?: { readonly at: number; readonly over: number; readonly kept: Kept } | undefined;
  /** Grows with each change, whoever makes it. */
  version: number;
  /** Every split that was ever live, and who wrote it. */
  readonly past: { readonly time: number; readonly traffic: Traffic; readonly mirror: Traffic; readonly by: string }[];
  /** Writes that landed on something their writer had not seen. */
  readonly overwritten: string[];
  readings: number;
  looks: number;
  readonly said: string[];
}

export function newWorld(nature: Nature): World {
  const kept: Kept = { traffic: canonicalTraffic(nature.before), mirror: {}, tags: { team: TEAM } };
  const past = [{ time: 0, traffic: kept.traffic, mirror: {}, by: 'nobody' }];
  return {
    ...{ nature, now: START, kept, older: kept, version: 0, past },
    ...{ overwritten: [], readings: 0, looks: 0, said: [] },
  };
}

/** Somebody who does not know of rollouts. They too wait while Azure is at work. */
export function meddle(world: World, changeOf: (kept: Kept) => Partial<Kept>): void {
  world.now = Math.max(world.now, busyUntil(world));
  settle(world);
  const { traffic = world.kept.traffic, ...others } = changeOf(world.kept);
  keep(world, { ...world.kept, ...others, traffic: canonicalTraffic(traffic) });
  const { kept } = world;
  world.past.push({ time: world.now, traffic: kept.traffic, mirror: kept.mirror, by: 'somebody' });
}

export function stateOf(world: World): RolloutState | undefined {
  settle(world);
  const recorded = readState(world.kept.tags);
  return recorded.kind === 'state' ? recorded.state : undefined;
}

/** Whether the latest write ends a rollout, be it that Azure still works on it. */
export function isEnding(world: World): boolean {
  const recorded = readState((world.coming?.kept ?? world.kept).tags);
  return recorded.kind === 'state' && !['run', 'paused'].includes(recorded.state.status);
}

/** What is left when nobody is at it any more. Why it ended may be told in other words. */
export function leftIn(world: World) {
  const { status, percent, lease } = stateOf(world) ?? {};
  const { traffic, mirror, tags } = world.kept;
  return { traffic, mirror, status, percent, lease, team: tags['team'] };
}

/** What can be seen of the endpoint now; sometimes what could be seen before. */
export function look(world: World): Sight {
  settle(world);
  world.looks += 1;
  return sightOf(world.nature.stale?.(world.looks) ? world.older : world.kept);
}

/** As it is in truth. */
export function truth(world: World): Sight {
  settle(world);
  return sightOf(world.kept);
}

/** Until when Azure takes no write; 0 when it takes one. */
export function busyUntil(world: World): number {
  settle(world);
  return world.coming?.at ?? 0;
}

/** Azure takes a write, and will be done with it after a while. @param seen what the writer has compared with */
export function accept(
  world: World,
  { traffic, mirror, state }: Move,
  seen: Pick<World, 'version'> & Pick<Kept, 'tags'>,
  by: string,
): void {
  const tags = withState(seen.tags, state) as Record<string, string>;
  const kept = { traffic: canonicalTraffic(traffic), mirror: canonicalTraffic(mirror), tags };
  if (seen.version !== world.version) world.overwritten.push(`${by} at ${new Date(world.now).toISOString()}`);
  world.coming = { at: world.now + (world.nature.writeTime ?? 15_000), over: world.version, kept };
  world.past.push({ time: world.coming.at, traffic: kept.traffic, mirror: kept.mirror, by });
}

/** Lets what Azure works on be done when it is time. */
function settle(world: World): void {
  const { coming } = world;
  if (!coming || coming.at > world.now) return;
  world.coming = undefined;
  if (coming.over !== world.version) world.overwritten.push(`in the midst of a write`);
  keep(world, coming.kept);
}

function keep(world: World, kept: Kept): void {
  world.older = world.kept;
  world.kept = kept;
  world.version += 1;
}

function sightOf({ traffic, mirror, tags }: Kept): Sight {
  return { traffic, mirror, recorded: readState(tags), fingerprint: JSON.stringify([traffic, mirror, tags]) };
}

/** The settled minutes of both sides, with errors as even as whole ones can be. */
export function minutesIn(
  world: World,
  sides: { readonly canary: readonly string[]; readonly compared: readonly string[] },
  since: number,
  until: number,
): Minute[] {
  const { start, end } = settledWindow(since, until);
  // A day at most is read.
  const first = Math.max(start, end - 1440 * MINUTE);
  const minutes: Minute[] = [];
  for (let time = first; time < end; time += MINUTE) {
    const then = world.past.findLast((each) => each.time <= time) ?? world.past[0]!;
    const side = (names: readonly string[]): Sample => added(names.map((name) => sampleOf(world, name, then, time)));
    const minute = { time, canary: side(sides.canary), base: side(sides.compared) };
    if (minute.canary.requests + minute.base.requests > 0) minutes.push(minute);
  }
  return minutes;
}

function sampleOf({ nature }: World, name: string, then: World['past'][number], time: number): Sample {
  const { perMinute = 600, errors = {}, latency = {} } = nature;
  const weight = weightOf(then.traffic, name) + weightOf(then.mirror, name);
  const rate = errors[name] ?? 0.005;
  const served = evenly((perMinute * weight) / 100, time);
  const took = latency[name] ?? 40;
  return {
    requests: served,
    errors: Math.min(served, evenly(served * (typeof rate === 'number' ? rate : rate(weight)), time)),
    latency: served > 0 ? { p50: took, p90: took, p95: took, p99: took } : {},
  };
}

/** So many whole ones in this minute that over all minutes there are as many as the rate says. */
function evenly(rate: number, time: number): number {
  const index = Math.floor(time / MINUTE) % 100_000;
  return Math.floor((index + 1) * rate) - Math.floor(index * rate);
}

function added(samples: readonly Sample[]): Sample {
  const requests = samples.reduce((sum, sample) => sum + sample.requests, 0);
  const errors = samples.reduce((sum, sample) => sum + sample.errors, 0);
  const slowest = Math.max(0, ...samples.map(({ latency }) => latency.p50 ?? 0));
  return {
    requests,
    errors,
    latency: slowest > 0 ? { p50: slowest, p90: slowest, p95: slowest, p99: slowest } : {},
  };
}
