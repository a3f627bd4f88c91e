import type { RolloutState } from '../model.ts';
import type { Ports, Sight } from './ports.ts';

/**
 * Puts the recorded split back in one write, the mirror with it. It needs neither metrics nor GitHub.
 * @throws Conflict when somebody else has changed the endpoint
 */
export function goBack(state: RolloutState, sight: Sight, reason: string, ports: Ports): Promise<Sight> {
  const { now } = ports.asking();
  const back: RolloutState = { ...state, status: 'rolled-back', percent: 0, since: now, lease: 0, reason };
  return ports.write({ traffic: state.base, mirror: {}, state: back }, sight);
}
