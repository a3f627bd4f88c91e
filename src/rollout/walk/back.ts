import type { RolloutState } from '../model.ts';
import { carriedMirror } from '../schedule/mirror.ts';
import type { Move, Ports, Sight } from './ports.ts';

/** How long the states of the old deployments are waited for: traffic has to come back whether they are told or not. */
const PATIENCE = 10_000;

/** The recorded split in one write, and no mirror of the rollout's own. @param now milliseconds since 1970 */
export function wayBack(state: RolloutState, { mirror }: Sight, reason: string, now: number): Move {
  const back: RolloutState = { ...state, status: 'rolled-back', percent: 0, since: now, lease: 0, reason };
  return { traffic: state.base, mirror: carriedMirror(mirror, state), state: back };
}

/**
 * Puts the recorded split back in one write, and ends the mirror of the rollout with it. It needs neither metrics nor GitHub.
 * @throws Conflict when somebody else has changed the endpoint
 */
export function goBack(state: RolloutState, sight: Sight, reason: string, ports: Ports): Promise<Sight> {
  return ports.write(wayBack(state, sight, reason, ports.asking().now), sight);
}

/** What of the recorded split cannot serve any more, in words. What Azure does not tell is no reason to stay. */
export async function lostBase({ base }: RolloutState, ports: Ports): Promise<string | undefined> {
  try {
    const [lost] = await ports.unwell(Object.keys(base), PATIENCE);
    return lost && `deployment ${lost[0]} of the split before is ${lost[1]}`;
  } catch (error) {
    if (ports.cancelled()) throw error;
    return undefined;
  }
}
