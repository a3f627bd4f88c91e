import type { Traffic } from '../../spec/model.ts';
import type { Difference, Wanted } from '../decide.ts';
import type { Minute, RolloutState, Verdict } from '../model.ts';
import type { Schedule, Step } from '../schedule/schedule.ts';
import type { SmokeResult } from '../smoke/result.ts';
import type { Asking } from '../state/lock.ts';
import type { RecordedState } from '../state/tags.ts';

/** An endpoint at one moment, as far as a rollout looks at it. */
export interface Sight {
  readonly traffic: Traffic;
  readonly mirror: Traffic;
  readonly recorded: RecordedState;
  /** Equal as long as nobody has changed what a write of ours would overwrite. */
  readonly fingerprint: string;
}

/** What one write makes of an endpoint: all of it in one PUT. */
export interface Move {
  readonly traffic: Traffic;
  readonly mirror: Traffic;
  readonly state: RolloutState;
}

/** Somebody else has changed the endpoint. Nothing was written over it. */
export class Conflict extends Error {
  readonly sight: Sight;

  constructor(sight: Sight) {
    super('somebody else has changed the endpoint');
    this.name = 'Conflict';
    this.sight = sight;
  }
}

/** All that a rollout needs of the world. Every wait and every request ends when the job is cancelled. */
export interface Ports {
  readonly endpoint: string;
  /** Whether the job was cancelled, so that whatever fails now fails because of that. */
  cancelled(): boolean;
  asking(): Asking;
  /** By the clock of the rollout. */
  sleep(milliseconds: number): Promise<void>;
  read(): Promise<Sight>;
  /**
   * Writes, and reads until Azure shows it.
   * @throws Conflict when the endpoint is no longer what `seen` was
   */
  write(move: Move, seen: Sight): Promise<Sight>;
  /**
   * The states of those deployments that cannot serve: gone, failed, cancelled or being deleted.
   * @param patience how long to wait for the answer, in milliseconds
   */
  unwell(deployments: readonly string[], patience?: number): Promise<ReadonlyMap<string, string>>;
  /** The settled minutes after `since`, as far as they were settled at `until`. In milliseconds since 1970. */
  minutes(sides: Pick<Schedule, 'canary' | 'compared'>, since: number, until: number): Promise<readonly Minute[]>;
  smoke(schedule: Schedule): Promise<SmokeResult>;
  /** One line a minute, and a picture of the whole. */
  tell(progress: Progress): Promise<void>;
  say(line: string): void;
}

/** How a rollout came out. */
export interface RolloutEnding {
  readonly status: 'unchanged' | 'succeeded' | 'paused' | 'rolled-back' | 'superseded' | 'failed';
  /** One line. */
  readonly reason: string;
  /** One thing to do. A sentence. */
  readonly nextStep?: string;
  /** Set where it paused although nobody asked for a pause: it has not failed, and somebody has to look at it. */
  readonly isUnasked?: true;
  /** Who wrote what, where somebody else moved traffic. */
  readonly table?: readonly Difference[];
}

/** A part of a rollout, begun and perhaps ended. Times in milliseconds since 1970. */
export interface Stage {
  readonly kind: 'smoke' | 'mirror' | 'step';
  readonly step?: Step;
  readonly from: number;
  readonly to?: number;
  readonly minutes: readonly Minute[];
  readonly verdict?: Verdict;
}

/** A rollout as it stands, for people. */
export interface Progress {
  readonly endpoint: string;
  readonly wanted: Wanted;
  readonly schedule: Schedule;
  readonly stages: readonly Stage[];
  readonly smoke?: SmokeResult;
  readonly now: number;
  readonly ending?: RolloutEnding;
}

/** What `walk` is asked for besides what Git wants. */
export interface WalkLimits {
  /** Milliseconds since 1970 by the clock of the rollout at which to pause. */
  readonly pauseAt: number;
}
