import type { AzureTarget } from '../../config/config.ts';
import type { Clock, Deps } from '../../deps.ts';
import { rolloutClock } from '../../emulated-clock.ts';
import { Failure } from '../../failure.ts';
import { objectAt } from '../../json.ts';
import { type LiveEndpoint, liveName } from '../../plan/live.ts';
import { type Asking, lockOf } from '../../rollout/state/lock.ts';
import { readState, type RecordedState } from '../../rollout/state/tags.ts';

/** This process as one that may write, by the clock of rollouts. */
export interface Claimant {
  readonly clock: Clock;
  asking(): Asking;
  /** @throws Failure while somebody else runs a rollout on the endpoint */
  refuseHeld(live: LiveEndpoint | undefined): void;
  /** The same for what the tags of an endpoint tell. @throws Failure */
  refuseLocked(endpoint: string, recorded: RecordedState): void;
}

export function claimant(deps: Deps, target: AzureTarget): Claimant {
  const clock = rolloutClock(deps, target);
  const asking = (): Asking => ({ me: deps.holder, now: clock.now(), env: deps.env });
  const refuseLocked = (endpoint: string, recorded: RecordedState): void => {
    const lock = lockOf(recorded, asking());
    if (!lock) return;
    throw new Failure(`endpoint ${endpoint} is locked: ${lock.reason}`, {
      code: 'RolloutUnderWay',
      nextStep: 'Wait for it, or stop it with `rollback`, the only operation that may take over.',
    });
  };
  return {
    clock,
    asking,
    refuseLocked,
    refuseHeld(live) {
      if (live) refuseLocked(liveName(live), readState(objectAt(live, 'tags')));
    },
  };
}
