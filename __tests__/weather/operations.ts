import type { Match } from '../../emulator/faults.ts';

/** The columns of the table: what the operation is called, and what of it where it has two sides. */
export const OPERATIONS = [
  'plan',
  'create',
  'update',
  'apply',
  'deploy',
  'rollout',
  'promote',
  'rollback',
  'show',
  'show with repair',
  'list',
  'url',
  'token',
  'invoke',
  'logs',
  'regenerate-keys',
  'delete',
  'delete deployment',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/**
 * The requests of a run, by what they are for. `evidence` is the look at the metrics before a rollout, `metrics` the one
 * that watches it; `read-back` is the first that can show what a write did.
 */
export const PLACES = [
  'id-token',
  'sign-in',
  'read',
  'secret',
  'evidence',
  'write',
  'poll',
  'read-back',
  'metrics',
  'score',
] as const;
export type Place = (typeof PLACES)[number];

/** Where trouble strikes: a request, once so many of its kind have passed. */
export interface Spot extends Match {
  readonly after?: number;
}
