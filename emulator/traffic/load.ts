import { sameName } from '../arm/path.ts';
import type { Percentile, Phase, TrafficOrder } from './order.ts';
import { minute } from './time.ts';

/** An order at work. */
export interface Load extends TrafficOrder {
  /** The start of its minute 0: emulated milliseconds since 1970. */
  readonly since: number;
}

/** A phase with everything told. */
export interface Manner {
  readonly errorRate: number;
  readonly statusCode: number;
  readonly latencyMs: Readonly<Record<Percentile, number>>;
  readonly answer: Phase['answer'];
}

const quick: Readonly<Record<Percentile, number>> = { p50: 40, p90: 60, p95: 80, p99: 120 };

/** The load of a minute: that of the last order before it. The first order tells of the time before it, too. */
export function loadAt(loads: readonly Load[], endpoint: string, time: number): Load | undefined {
  const own = loads.filter((load) => sameName(load.endpoint, endpoint));
  return own.findLast(({ since }) => since <= time) ?? own[0];
}

/** How a deployment does in the minute of a time. */
export function mannerOf(load: Load | undefined, deployment: string, time: number): Manner {
  const [, phases = []] = Object.entries(load?.deployments ?? {}).find(([name]) => sameName(name, deployment)) ?? [];
  const index = Math.floor((time - (load?.since ?? 0)) / minute);
  const list = Array.isArray(phases) ? (phases as readonly Phase[]) : [phases as Phase];
  const phase = list.find(({ from = -Infinity, until = Infinity }) => from <= index && index < until);
  return {
    errorRate: phase?.errorRate ?? 0,
    statusCode: phase?.statusCode ?? 424,
    latencyMs: { ...quick, ...phase?.latencyMs },
    answer: phase?.answer,
  };
}
