import type { Workspace } from '../../azure/connect.ts';
import { getDeployment, listDeployments } from '../../azure/deployments.ts';
import { needEndpoint, putEndpoint } from '../../azure/endpoints.ts';
import { lookAhead } from '../../azure/look-ahead.ts';
import { readMinutes } from '../../azure/metrics/read.ts';
import type { Deps } from '../../deps.ts';
import { isTransient } from '../../http/errors.ts';
import { type JsonObject, objectAt } from '../../json.ts';
import type { EndpointPlan } from '../../plan/changes.ts';
import { type LiveEndpoint, liveMirrorTraffic, liveName, liveTraffic, provisioningState } from '../../plan/live.ts';
import { planSplit } from '../../plan/split.ts';
import { endpointFingerprint } from '../../rollout/state/fingerprint.ts';
import type { Probe } from '../../rollout/minutes.ts';
import type { Policy } from '../../rollout/model.ts';
import { minuteLine } from '../../rollout/show/line.ts';
import { rolloutMarkdown } from '../../rollout/show/summary.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { readState, withState } from '../../rollout/state/tags.ts';
import { Conflict, type Move, type Ports, type Progress, type Sight } from '../../rollout/walk/ports.ts';
import type { Claimant } from './claimant.ts';
import { smokeTest } from './smoke-test.ts';
import { type Subject, writeUntilEqual } from '../write/until-equal.ts';

/** How long a reading that contradicts the one before is doubted: GETs lag behind writes (azure-dev issue 3881). */
const DOUBT = 3_000;
const MOST_DOUBTS = 5;
/** How long a write is tried while Azure does not answer, in milliseconds: less than the margin of a lease. */
const STUBBORN = 5 * 60_000;

export interface RolloutScene {
  /** A workspace whose limits begin now: a rollout outlives those of one operation. */
  readonly workspace: () => Workspace;
  readonly endpoint: string;
  readonly claimant: Claimant;
  readonly deps: Deps;
  /** Told of how the rollout stands. */
  readonly watch: (progress: Progress) => void;
}

/** A rollout's view of Azure. @param policy absent where a split is only put back or finished */
export function rolloutPorts({ workspace, endpoint, claimant, deps, watch }: RolloutScene, policy?: Policy): Ports {
  const { clock } = claimant;
  const probes: Probe[] = [];
  const read = async (): Promise<Sight> => sightOf(await needEndpoint(workspace(), endpoint));
  return {
    endpoint,
    read,
    cancelled: () => deps.signal.aborted,
    asking: () => claimant.asking(),
    sleep: (milliseconds) => clock.sleep(milliseconds, deps.signal),
    say: (line) => deps.report.info(`${endpoint}: ${line}`),
    write: (move, seen) => write(workspace(), endpoint, move, seen, deps),
    unwell: (names, patience) => unwellOf(lookAhead(workspace(), patience), endpoint, names),
    minutes: (sides, since, until) =>
      readMinutes(workspace(), {
        endpoint,
        sides: { canary: sides.canary, base: sides.compared },
        since,
        now: until,
        codes: policy?.errors?.codes ?? [],
        probes,
      }),
    async smoke(schedule) {
      const sides = { canary: schedule.canary, base: schedule.compared[0] };
      const live = await needEndpoint(workspace(), endpoint);
      const time = (): number => clock.now();
      const result = await smokeTest(workspace(), live, sides, policy!.smoke!, { files: deps.files, time });
      probes.push(...result.probes);
      return result;
    },
    async tell(progress) {
      watch(progress);
      const line = minuteLine(progress);
      if (line && !progress.ending) deps.report.info(`${endpoint}: ${line}`);
      await deps.report.draft(endpoint, rolloutMarkdown(progress));
    },
  };
}

/** Those that cannot serve, with their states. One that the list lacks is asked for itself before it counts as gone. */
async function unwellOf(
  workspace: Workspace,
  endpoint: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const listed = new Map((await listDeployments(workspace, endpoint)).map((each) => [liveName(each), each]));
  const found = await Promise.all(
    names.map(async (name) => {
      const live = listed.get(name) ?? (await getDeployment(workspace, endpoint, name));
      return [name, live ? provisioningState(live) : 'gone'] as const;
    }),
  );
  return new Map(found.filter(([, state]) => /^(gone|failed|cancell?ed|deleting)$/i.test(state)));
}

/**
 * Traffic, mirror and tags in one PUT. The endpoint is compared right before, also when a write has to be sent again: only
 * what was seen may be written over.
 */
async function write(workspace: Workspace, endpoint: string, move: Move, seen: Sight, deps: Deps): Promise<Sight> {
  const { clock, limits } = workspace;
  const until = Math.min(clock.now() + STUBBORN, limits.deadline) - DOUBT;
  for (let doubts = 0; ;) {
    try {
      const { live } = await writeUntilEqual(workspace, subjectOf(workspace, endpoint, move, seen), {
        journal: deps.journal,
        check: async () => {},
        fence: (now = {}) => {
          const sight = sightOf(now);
          if (sight.fingerprint !== seen.fingerprint) throw new Conflict(sight);
        },
      });
      return sightOf(live);
    } catch (error) {
      const isDoubted = error instanceof Conflict && (doubts += 1) <= MOST_DOUBTS;
      if (!isDoubted && !(isTransient(error) && clock.now() < until)) throw error;
      await clock.sleep(DOUBT, limits.signal);
    }
  }
}

function subjectOf(workspace: Workspace, endpoint: string, move: Move, seen: Sight): Subject<EndpointPlan> {
  const { traffic, mirror, state } = move;
  const isOnlyState = sameSplit(traffic, seen.traffic) && sameSplit(mirror, seen.mirror);
  return {
    title: isOnlyState ? `rollout state of endpoint ${endpoint}` : `traffic of endpoint ${endpoint}`,
    endpoint,
    read: () => needEndpoint(workspace, endpoint),
    plan: (live) => {
      const present = objectAt(live ?? {}, 'tags');
      const wanted = withState(present, state);
      const gone = Object.keys(present).filter((name) => !Object.hasOwn(wanted, name));
      const tags = { ...texts(wanted), ...Object.fromEntries(gone.map((name) => [name, null])) };
      return planSplit(live ?? {}, { traffic, mirrorTraffic: mirror, tags });
    },
    put: (body) => putEndpoint(workspace, endpoint, body),
  };
}

function texts(tags: JsonObject): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === 'string'));
}

export function sightOf(live: LiveEndpoint): Sight {
  return {
    traffic: liveTraffic(live),
    mirror: liveMirrorTraffic(live),
    recorded: readState(objectAt(live, 'tags')),
    fingerprint: endpointFingerprint(live),
  };
}
