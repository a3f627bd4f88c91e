import type { Env } from '../../deps.ts';
import { holderLink, holderWords, isOver } from './holder.ts';
import type { RecordedState } from './tags.ts';

/** Somebody else runs a rollout on the endpoint. */
export interface Lock {
  readonly holder: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** The page of its run. */
  readonly link?: string;
  /** Who, until when, and where to look. One line. */
  readonly reason: string;
}

/** Who asks, when, and under which name. */
export interface Asking {
  readonly me: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly env: Env;
}

/**
 * Whoever keeps this process from writing to an endpoint: the rule for every write, also those that move no traffic. Only
 * `rollback` writes all the same. It is a lease, not a mutex: see "Two runs at once" in docs/rollout.md.
 * @returns nothing when this process may write
 */
export function lockOf(recorded: RecordedState, { me, now, env }: Asking): Lock | undefined {
  if (recorded.kind === 'none') return undefined;
  const { holder, lease } = recorded.kind === 'state' ? recorded.state : recorded;
  if (lease <= now || holder === me || isOver(holder, me)) return undefined;
  const link = holderLink(holder, env);
  const who = `${holderWords(holder)}${link ? `, ${link},` : ''}`;
  const reason = `${who} is running a rollout on this endpoint and holds the lock until ${utc(lease)}`;
  return { holder, until: lease, ...(link ? { link } : {}), reason };
}

function utc(time: number): string {
  return `${new Date(time).toISOString().slice(11, 16)} UTC`;
}
