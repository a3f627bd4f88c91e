import type { Traffic } from '../../spec/model.ts';
import { trafficTotal } from '../../spec/traffic.ts';
import type { RolloutState } from '../model.ts';
import { sameSplit } from '../schedule/split.ts';

/**
 * What is recorded once a person has moved traffic at once, past the rollout that was recorded: that move, so that `rollback`
 * undoes it and nothing older. Back to the split before a rollout that has not arrived, it is the rollback of that one.
 * @returns nothing when no traffic is left, which is no end of a rollout
 */
export function movedByHand(
  state: RolloutState,
  move: { readonly from: Traffic; readonly to: Traffic; readonly now: number },
): RolloutState | undefined {
  if (trafficTotal(move.to) === 0) return undefined;
  const ended = { ...state, since: move.now, lease: 0, reason: 'traffic was moved by hand' };
  if (state.status !== 'done' && sameSplit(move.to, state.base)) return { ...ended, status: 'rolled-back', percent: 0 };
  return { ...ended, status: 'done', step: state.steps, percent: 100, base: move.from, target: move.to };
}
