import { carriedMirror } from '../../rollout/schedule/mirror.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { Conflict } from '../../rollout/walk/ports.ts';
import { formatTraffic } from '../../spec/traffic.ts';
import { type RolloutScene, rolloutPorts } from './ports.ts';
import { changedMeanwhile, type Ended, recordedState } from './recorded.ts';

/**
 * Writes the split that is wanted at once, without gates.
 * @throws Failure while somebody else runs the rollout, and when somebody else writes at the same time
 */
export async function promoteNow(scene: RolloutScene): Promise<Ended> {
  const ports = rolloutPorts(scene);
  const sight = await ports.read();
  scene.claimant.refuseLocked(scene.endpoint, sight.recorded);
  const state = recordedState(sight, scene.endpoint);
  if (!state) return { changed: false, words: 'no rollout is recorded; there is nothing to promote' };
  const mirror = carriedMirror(sight.mirror, state);
  const isThere = sameSplit(sight.traffic, state.target) && sameSplit(sight.mirror, mirror);
  if (isThere && state.status === 'done') {
    return { changed: false, words: `${formatTraffic(state.target)} is live already` };
  }
  const now = ports.asking().now;
  const done = { ...state, status: 'done', percent: 100, since: now, lease: 0, reason: 'promoted by hand' } as const;
  try {
    await ports.write({ traffic: state.target, mirror, state: done }, sight);
  } catch (error) {
    throw error instanceof Conflict ? changedMeanwhile(scene.endpoint) : error;
  }
  return { changed: true, words: `${formatTraffic(state.target)} is live` };
}
