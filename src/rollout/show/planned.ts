import type { LiveTraffic } from '../judge/power.ts';
import type { Policy } from '../model.ts';
import type { Schedule } from '../schedule/schedule.ts';
import type { TrafficWords } from '../../spec/traffic-words.ts';

/** A way for traffic, before anything has moved. */
export interface PlannedRollout {
  readonly endpoint: string;
  readonly schedule: Schedule;
  readonly policy: Policy;
  /** What of its deployments and weights may be shown. */
  readonly words: TrafficWords;
  /** What one write of traffic takes, in milliseconds. */
  readonly write: number;
  /** Milliseconds. */
  readonly maxDuration: number;
  /** What the endpoint served in the last hour; absent where nobody could tell. */
  readonly load?: LiveTraffic | undefined;
  /** By deployment, as they are to be; absent for one that scales by itself or that nobody looked at. */
  readonly instances?: ReadonlyMap<string, number> | undefined;
  /** Where a rollout stands that was begun, in words. */
  readonly begun?: string | undefined;
  /** Whether traffic has moved already, so that the smoke test is behind it. */
  readonly hasMoved?: boolean;
}
