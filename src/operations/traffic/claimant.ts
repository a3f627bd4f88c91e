import type { AzureTarget } from '../../config/config.ts';
import type { Clock, Deps } from '../../deps.ts';
import { rolloutClock } from '../../emulated-clock.ts';
import { Failure } from '../../failure.ts';
import { objectAt } from '../../json.ts';
import { type LiveEndpoint, liveName } from '../../plan/live.ts';
import { type Asking, lockOf } from '../../rollout/state/lock.ts';
import { readState } from '../../rollout/state/tags.ts';

/** This process as one that may write, by the clock of rollouts. */
export interface Claimant {
  readonly clock: Clock;
  asking(): Asking;
  /** @throws Failure while somebody else runs a rollout on the endpoint */
  refuseHeld(live: LiveEndpoint | undefined): void;
}

export function claimant(deps: Deps, target: AzureTarget): Claimant {
  const clock = rolloutClock(deps, target);
  const asking = (): Asking => ({ me: deps.holder, now: clock.now(), env: deps.env });
  return {
    clock,
    asking,
    refuseHeld(live) {
      const lock = live && lockOf(readState(objectAt(live, 'tags')), asking());
      if (!lock) return;
      throw new Failure(`endpoint ${liveName(live)} is not written to: ${lock.reason}`, {
        code: 'RolloutUnderWay',
        nextStep: 'Wait for it, or stop it with operation `rollback`, which alone may take over.',
      });
    },
  };
}
