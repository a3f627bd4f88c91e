import type { Position } from '../deps.ts';
import type { Traffic } from '../spec/model.ts';

/** How traffic moves, what stops it, and what happens then. Durations in milliseconds, shares and percents as named. */
export interface Policy {
  /** Percent of the way from the split before to the one wanted, rising, each above 0 and below 100; 100 comes last by itself. */
  readonly steps: readonly number[];
  /** How long each step is watched. */
  readonly bake: number;
  /** How long a step may be watched in all when evidence is thin. */
  readonly maxBake: number;
  /** How long the whole is watched at its end. */
  readonly finalBake: number;
  /** Percent of the way that is kept back during the final bake, so that there is still something to compare with. */
  readonly holdback: number;
  readonly mirror?: MirrorStage;
  readonly smoke?: Smoke;
  /** Absent when errors are not looked at. */
  readonly errors?: ErrorGate;
  /** Absent when latency is not looked at. */
  readonly latency?: LatencyGate;
  readonly onNoData: 'pause' | 'promote' | 'rollback';
  readonly onFailure: 'rollback' | 'hold';
  readonly onCancel: 'rollback' | 'hold';
  /** The preset that it started from, and the file that it was read from, as people know it. */
  readonly source: string;
  /** Where each key stands, by its path in the YAML's own words. */
  readonly positions: ReadonlyMap<string, Position>;
}

export interface MirrorStage {
  /** Percent of the live traffic that is copied, at most 50. */
  readonly percent: number;
  readonly bake: number;
}

/** Requests that are sent to the deployments by name before any of them gets more traffic. */
export interface Smoke {
  /** The request file, from the working directory. */
  readonly request: string;
  /** What a custom container serves in the place of `/score`; absent for `/score` itself. */
  readonly path?: string;
  /** How many requests count, after those that warm up. */
  readonly count: number;
  readonly warmUp: number;
  readonly expectStatus: number;
  /** In milliseconds, for each request. */
  readonly maxTime: number;
  /** What the answer has to be, by JSON pointer (RFC 6901): `/predictions/0`. */
  readonly expect: Readonly<Record<string, string | number | boolean | null>>;
  /** Absent when the answers of old and new are not compared. */
  readonly compare?: {
    /** How far two numbers may lie apart, relative to the larger one. */
    readonly tolerance: number;
    /** Share of the values that may differ by more, from 0 to 1. */
    readonly maxDifference: number;
  };
}

export interface ErrorGate {
  /** The rate of errors of the new side over that of the old one that counts as worse, above 1. */
  readonly worseThan: number;
  /** The highest rate of errors of the new side, from 0 to 1. */
  readonly maxRate: number;
  /** Requests of the new side without which nothing is passed. */
  readonly minRequests: number;
  /** Statuses that are errors: `408`, `5xx`. */
  readonly codes: readonly string[];
}

export type Percentile = 'p50' | 'p90' | 'p95' | 'p99';

export interface LatencyGate {
  readonly metric: Percentile;
  /** Above 1. */
  readonly worseThan: number;
  /** Milliseconds; absent without a limit of its own. */
  readonly maxTime?: number;
}

/** What one side did in one minute. */
export interface Sample {
  readonly requests: number;
  readonly errors: number;
  /** Milliseconds; absent where Azure told none. */
  readonly latency: Readonly<Partial<Record<Percentile, number>>>;
}

/** One minute that is settled. */
export interface Minute {
  /** Its start, in milliseconds since 1970. */
  readonly time: number;
  /** The deployments whose share grows. */
  readonly canary: Sample;
  /** The deployments whose share shrinks. */
  readonly base: Sample;
}

/** How the evidence of a bake is judged. */
export interface Verdict {
  readonly kind: 'pass' | 'fail' | 'inconclusive';
  /** Why, in one line, with the figures: `errors 4.1 % against 0.4 % (10.2 times, E = 3.1e4, 41 of 1,003)`. */
  readonly reason: string;
  readonly figures: Figures;
}

/** What a person wants to see of the evidence. */
export interface Figures {
  readonly canary: { readonly requests: number; readonly errors: number };
  readonly base: { readonly requests: number; readonly errors: number };
  /** The evidence against the new side; 100 and more is enough. */
  readonly evidence: number;
  /** Milliseconds of the metric that is looked at, over all minutes. */
  readonly latency?: { readonly metric: Percentile; readonly canary: number; readonly base: number };
  /** The highest rate of errors that the requests seen cannot rule out (95 %), from 0 to 1. */
  readonly upperBound: number;
}

export type RolloutStatus = 'run' | 'paused' | 'done' | 'rolled-back' | 'failed';

/** A rollout as the tags of the endpoint keep it. */
export interface RolloutState {
  /** Who runs it: `<run id>.<attempt>.<word>` on GitHub, else a word. */
  readonly holder: string;
  readonly status: RolloutStatus;
  /** From 1; 0 before the first. The one after the last of the policy's steps is the whole. */
  readonly step: number;
  readonly steps: number;
  /** How far traffic is on the way from `base` to `target`: it says which split the same write gave to Azure. */
  readonly percent: number;
  /** Milliseconds since 1970 at which the present split was written. Whole seconds. */
  readonly since: number;
  /** Until when nobody else may write, in milliseconds since 1970; 0 when it is given up. Whole seconds. */
  readonly lease: number;
  /** The split that is wanted. */
  readonly target: Traffic;
  /** Fingerprint of the policy. */
  readonly policy: string;
  /** First characters of the commit that asked for it; empty when unknown. */
  readonly commit: string;
  /** The split to come back to. */
  readonly base: Traffic;
  /** Why it paused, came back or failed, in one line; empty while all is well. */
  readonly reason: string;
}
