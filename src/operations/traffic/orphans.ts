import type { Workspace } from '../../azure/connect.ts';
import { needEndpoint } from '../../azure/endpoints.ts';
import type { ShowConfig } from '../../config/config.ts';
import type { Deps } from '../../deps.ts';
import { objectAt } from '../../json.ts';
import { type LiveEndpoint, liveName } from '../../plan/live.ts';
import { holderLink, holderWords } from '../../rollout/state/holder.ts';
import type { RolloutState } from '../../rollout/model.ts';
import { readState } from '../../rollout/state/tags.ts';
import { formatTraffic } from '../../spec/traffic.ts';
import { putBack } from './put-back.ts';
import type { Claimant } from './claimant.ts';
import { limitsFromNow } from '../limits.ts';

/** How long the traffic of one endpoint may take to come back. */
const REPAIR_TIME = 10 * 60_000;

/** The rollout that the tags of an endpoint tell of, in a line; absent when there is none. */
export function rolloutWords(live: LiveEndpoint, { now }: { readonly now: number }): string | undefined {
  const recorded = readState(objectAt(live, 'tags'));
  if (recorded.kind === 'none') return undefined;
  if (recorded.kind === 'unreadable') return `unreadable: ${recorded.why}`;
  const { status, percent, base, target, reason, holder } = recorded.state;
  const orphaned = isOrphaned(recorded.state, now) ? `, but ${holderWords(holder)} no longer runs it` : '';
  const why = reason ? ` (${reason})` : '';
  return `${status} at ${percent} % from ${formatTraffic(base)} to ${formatTraffic(target)}${why}${orphaned}`;
}

/** Whether a rollout is under way that nobody runs any more: its lease was never given up and has run out. */
function isOrphaned({ status, lease }: RolloutState, now: number): boolean {
  return status === 'run' && lease <= now;
}

/**
 * Warns of a rollout whose runner died, and puts its traffic back where that was asked for.
 * @returns the endpoint as it is then, and whether its traffic was moved
 */
export async function repaired(
  connected: Workspace,
  live: LiveEndpoint,
  claim: Claimant,
  { repair }: Pick<ShowConfig, 'repair'>,
  deps: Deps,
): Promise<{ readonly live: LiveEndpoint; readonly changed: boolean }> {
  const recorded = readState(objectAt(live, 'tags'));
  const endpoint = liveName(live);
  if (recorded.kind !== 'state' || !isOrphaned(recorded.state, claim.asking().now)) return { live, changed: false };
  const { holder } = recorded.state;
  const link = holderLink(holder, deps.env);
  const who = `${holderWords(holder)}${link ? ` (${link})` : ''}`;
  if (repair === undefined) {
    const step = 'run `rollout` to resume, or `rollback`; `show` with `repair: rollback` does the latter automatically';
    deps.report.warning(
      `endpoint ${endpoint}: its rollout was abandoned: ${who} stopped without finishing it; ${step}`,
    );
    return { live, changed: false };
  }
  const workspace = (): Workspace => connected.within(limitsFromNow(deps, REPAIR_TIME));
  const scene = { workspace, endpoint, claimant: claim, deps, watch: () => {} };
  const { changed, words } = await putBack(scene, `repaired: ${holderWords(holder)} stopped without finishing it`, {
    // Somebody may have resumed it since it was read.
    onlyWhile: (state) => state.holder === holder && isOrphaned(state, claim.asking().now),
  });
  deps.report.warning(`endpoint ${endpoint}: ${who} stopped in the middle of its rollout; ${words}`);
  return { live: await needEndpoint(workspace(), endpoint), changed };
}
