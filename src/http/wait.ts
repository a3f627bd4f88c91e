import { formatDuration } from '../duration.ts';
import type { Clock, Limits, Report } from '../deps.ts';
import { Failure } from '../failure.ts';

/** Milliseconds between two lines of a wait. */
export const HEARTBEAT = 15_000;

/** A wait for Azure that a person can follow: a line every 15 seconds, a deadline, an end on cancel. */
export interface Wait {
  /** Milliseconds since the wait began. */
  elapsed(): number;
  /** Milliseconds until the deadline. */
  left(): number;
  /**
   * Waits until it is time to look again: as long as Azure asked for, else one second, and five once two minutes have
   * passed.
   * @throws Failure when the deadline passes first; the signal's reason when the job is cancelled
   */
  pause(state: string, asked?: number): Promise<void>;
  done(): void;
}

interface Waiter {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly report: Pick<Report, 'info'>;
}

export function startWait({ clock, limits, report }: Waiter, what: string): Wait {
  const begin = clock.now();
  let lastLine = begin;
  const elapsed = (): number => clock.now() - begin;
  const heartbeat = (state: string): void => {
    if (clock.now() - lastLine < HEARTBEAT) return;
    lastLine = clock.now();
    report.info(`${what}: ${state} (${formatDuration(elapsed())})`);
  };
  return {
    elapsed,
    left: () => limits.deadline - clock.now(),
    done: () => report.info(`${what}: done after ${formatDuration(elapsed())}`),
    async pause(state, asked) {
      heartbeat(state);
      const end = clock.now() + (asked ?? (elapsed() < 120_000 ? 1_000 : 5_000));
      if (clock.now() >= limits.deadline) throw timedOut(what, state, elapsed());
      // A long pause is cut into pieces, so that the heartbeat goes on and the deadline holds.
      while (clock.now() < end && clock.now() < limits.deadline) {
        const beat = lastLine + HEARTBEAT;
        await clock.sleep(Math.max(1, Math.min(end, limits.deadline, beat) - clock.now()), limits.signal);
        heartbeat(state);
      }
    },
  };
}

function timedOut(what: string, state: string, elapsed: number): Failure {
  return new Failure(`${what}: timed out after ${formatDuration(elapsed)} (last state: ${state})`, {
    code: 'Timeout',
    nextStep: 'Any operation that was started continues in Azure. Run again to pick it up, or give a longer `timeout`.',
  });
}
