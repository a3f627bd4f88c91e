import type { Workspace } from '../../azure/connect.ts';
import { isTransient } from '../../http/errors.ts';
import { startWait } from '../../http/wait.ts';
import { Failure } from '../../failure.ts';
import { needEndpoint } from '../../azure/endpoints.ts';
import { isSettled, provisioningState } from '../../plan/live.ts';
import { reached } from '../../rollout/decide.ts';
import type { RolloutState } from '../../rollout/model.ts';
import { carriedMirror } from '../../rollout/schedule/mirror.ts';
import { isBegun } from '../../rollout/state/tags.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { goBack, lostBase } from '../../rollout/walk/back.ts';
import { Conflict, type Ports, type Sight } from '../../rollout/walk/ports.ts';
import { reasonOf } from '../../report/problem.ts';
import { formatTraffic, weightOf } from '../../spec/traffic.ts';
import { type RolloutScene, rolloutPorts, sightOf } from './ports.ts';
import { changedMeanwhile, type Ended, recordedState } from './recorded.ts';

const MOST_TRIES = 5;
/** How long an Azure that does not answer is asked again, in milliseconds, and how long between. */
const STUBBORN = 10 * 60_000;
const AGAIN = 5_000;

export interface PutBackRules {
  /** Called before the write; throws to stop it. */
  readonly check?: (state: RolloutState, sight: Sight) => Promise<void>;
  /**
   * Set where no person has asked for it: whether the rollout, as it is read right before the write, is still the one to put
   * back. Then what somebody has moved meanwhile stays, too.
   */
  readonly onlyWhile?: (state: RolloutState) => boolean;
}

/**
 * Puts the recorded split back in one write, whoever runs the rollout: it alone may take over. It needs neither metrics nor
 * GitHub.
 * @throws Failure when there is nothing to come back to
 */
export async function putBack(scene: RolloutScene, reason: string, rules: PutBackRules = {}): Promise<Ended> {
  const { endpoint, deps, workspace } = scene;
  const { clock, report, signal } = deps;
  // Asked for once: each may bring a deadline that begins anew.
  const looking = workspace();
  const until = Math.min(clock.now() + STUBBORN, looking.limits.deadline) - AGAIN;
  let seen: Found | undefined;
  const remember = (found: Found | undefined): void => {
    seen = found;
  };
  for (let conflicts = 0; ;) {
    try {
      return await putBackOnce(scene, looking, reason, rules, remember);
    } catch (error) {
      // Whoever runs the rollout may have written just now; what counts is to come back.
      if (error instanceof Conflict && (conflicts += 1) < MOST_TRIES) continue;
      if (isTransient(error) && clock.now() < until) {
        report.info(`${endpoint}: its traffic is not restored yet (${reasonOf(error)}); retrying`);
        await clock.sleep(AGAIN, signal);
        continue;
      }
      const failure = error instanceof Conflict ? changedMeanwhile(endpoint) : error;
      if (seen && mayNeedRepair(failure)) tellRepair(scene, seen, failure);
      throw failure;
    }
  }
}

async function putBackOnce(
  scene: RolloutScene,
  looking: Workspace,
  reason: string,
  { check, onlyWhile = onlyOwnOf(scene) }: PutBackRules,
  remember: (found: Found | undefined) => void,
): Promise<Ended> {
  const { endpoint, deps } = scene;
  const ports = rolloutPorts(scene);
  const leave = (words: string): Ended => ({ changed: false, words });
  const sight = deps.onlyOwn ? await settledSight(scene, looking, remember) : await ports.read();
  const state = recordedState(sight, endpoint);
  if (!state) return leave('no rollout is recorded; there is nothing to restore');
  if (onlyWhile && !onlyWhile(state))
    return leave('the rollout has ended, or somebody else has taken it over; left alone');
  if (isBack(sight, state)) return leave(`${formatTraffic(state.base)} is live already`);
  if (onlyWhile && !isOnTheWay(sight, state))
    return leave(`somebody else has moved traffic to ${formatTraffic(sight.traffic)}; left alone`);
  remember({ sight, state });
  await needBase(ports, state);
  await check?.(state, sight);
  await goBack(state, sight, reason, ports);
  return { changed: true, words: `${formatTraffic(state.base)} is live again` };
}

/** What a process cleans up behind itself is its own rollout, whatever has become of the lease. */
function onlyOwnOf({ deps: { onlyOwn, holder } }: RolloutScene): PutBackRules['onlyWhile'] {
  return onlyOwn && ((state) => state.holder === holder && isBegun(state));
}

/** How long a write that was cut short may take until it shows, and one that never does; between two looks. */
const LANDING = 10_000;
const NEVER_LANDING = 60_000;
const LOOK = 3_000;

/**
 * What this process has left. A write that it had sent may still be on its way: only when the endpoint is at rest, and two
 * looks agree, does it count that nothing of ours is there.
 * @throws Failure when it is not at rest by the deadline
 */
async function settledSight(
  { endpoint, deps }: RolloutScene,
  looking: Workspace,
  remember: (found: Found | undefined) => void,
): Promise<Sight> {
  const { holder, journal } = deps;
  const wait = startWait(looking, `waiting for endpoint ${endpoint} before its traffic is restored`);
  const isWriting = journal.open().some((entry) => entry.endpoint === endpoint && entry.onCancel === undefined);
  for (let before: string | undefined; ;) {
    const live = await needEndpoint(looking, endpoint);
    const sight = sightOf(live);
    const state = sight.recorded.kind === 'state' ? sight.recorded.state : undefined;
    const isOurs = state?.holder === holder;
    remember(isOurs && isBegun(state) && isOnTheWay(sight, state) ? { sight, state } : undefined);
    const isAtRest = isSettled(provisioningState(live));
    const patience = !isWriting ? 0 : isOurs ? LANDING : NEVER_LANDING;
    const isSure = isAtRest && (sight.fingerprint === before || (isOurs && !isWriting));
    if (isSure && wait.elapsed() >= patience) return sight;
    before = isAtRest ? sight.fingerprint : undefined;
    await wait.pause(isAtRest ? 'making sure that it is at rest' : provisioningState(live), LOOK);
  }
}

/** Whether live traffic is as the rollout left it. */
function isOnTheWay({ traffic }: Sight, state: RolloutState): boolean {
  return sameSplit(traffic, reached(state)) || sameSplit(traffic, state.base);
}

interface Found {
  readonly sight: Sight;
  readonly state: RolloutState;
}

/** What was refused for a reason has its own next step. */
function mayNeedRepair(failure: unknown): boolean {
  return !(failure instanceof Failure) || !['ConfirmationNeeded', 'RollbackImpossible'].includes(failure.details.code!);
}

/** What a person can do without this action, who may have nothing else at hand. */
function tellRepair({ workspace, endpoint, deps }: RolloutScene, { sight, state }: Found, error: unknown): void {
  const { traffic } = sight;
  const { base } = state;
  const { resourceGroup, workspaceName } = workspace().target;
  const gone = Object.keys(traffic).filter((name) => weightOf(base, name) === 0);
  const split = [...Object.entries(base), ...gone.map((name) => [name, 0])].map((pair) => pair.join('=')).join(' ');
  const az = `az ml online-endpoint update --name ${endpoint} --traffic "${split}"`;
  deps.report.warning(
    `endpoint ${endpoint}: its traffic could not be restored (${reasonOf(error)}). Operation \`rollback\` tries again; ` +
      `without this action: ${az} --resource-group ${resourceGroup} --workspace-name ${workspaceName}`,
  );
}

function isBack({ traffic, mirror }: Sight, state: RolloutState): boolean {
  const isEnded = ['rolled-back', 'done', 'failed'].includes(state.status);
  return isEnded && sameSplit(traffic, state.base) && sameSplit(mirror, carriedMirror(mirror, state));
}

/** What traffic is to come back to has to be there, and well. @throws Failure */
async function needBase(ports: Ports, state: RolloutState): Promise<void> {
  const lost = await lostBase(state, ports);
  if (lost === undefined) return;
  throw new Failure(`${formatTraffic(state.base)} cannot be restored on endpoint ${ports.endpoint}: ${lost}`, {
    code: 'RollbackImpossible',
    nextStep: 'Traffic stays where it is. Make the deployment again, or move traffic with `update`.',
  });
}
