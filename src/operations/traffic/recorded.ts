import { Failure } from '../../failure.ts';
import type { RolloutState } from '../../rollout/model.ts';
import type { Sight } from '../../rollout/walk/ports.ts';
import { formatTraffic } from '../../spec/traffic.ts';

/** What came of ending a rollout, and in words why. */
export interface Ended {
  readonly changed: boolean;
  readonly words: string;
}

/** The rollout that the endpoint's tags tell of. @throws Failure for tags that cannot be read */
export function recordedState({ recorded }: Sight, endpoint: string): RolloutState | undefined {
  if (recorded.kind === 'none') return undefined;
  if (recorded.kind === 'state') return recorded.state;
  throw new Failure(`the state of the rollout of endpoint ${endpoint} cannot be read: ${recorded.why}`, {
    code: 'RolloutStateUnreadable',
    nextStep: recorded.base
      ? `Its recorded split is ${formatTraffic(recorded.base)}: give it to operation \`update\` as \`traffic\`.`
      : 'Give the split that you want to operation `update` as `traffic`.',
  });
}

/** What is told when every write meets somebody else's. */
export function changedMeanwhile(endpoint: string): Failure {
  return new Failure(`somebody else changed endpoint ${endpoint} at the same time`, {
    code: 'EndpointChanged',
    nextStep: `Nothing of theirs was overwritten. Look with operation \`show\` of ${endpoint}, then run again.`,
  });
}
