import type { Workspace } from '../../azure/connect.ts';
import { needEndpoint } from '../../azure/endpoints.ts';
import { readMinutes } from '../../azure/metrics/read.ts';
import type { RolloutOptions } from '../../config/config.ts';
import type { Deps } from '../../deps.ts';
import { isTransient } from '../../http/errors.ts';
import { Failure, InputFaults } from '../../failure.ts';
import { objectAt } from '../../json.ts';
import { type LiveEndpoint, liveTraffic } from '../../plan/live.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import type { Policy } from '../../rollout/model.ts';
import { isUnderWay, tagsOnTheWay } from '../../rollout/state/tags.ts';
import { reasonOf } from '../../report/problem.ts';
import { rolloutMarkdown } from '../../rollout/show/summary.ts';
import type { Progress, RolloutEnding } from '../../rollout/walk/ports.ts';
import { walk } from '../../rollout/walk/walk.ts';
import { showLogs } from '../write/diagnose.ts';
import type { WithTraffic } from './by-policy.ts';
import { stageFaults } from './moving-faults.ts';
import { putBack } from './put-back.ts';
import type { Claimant } from './claimant.ts';
import { limitsFromNow } from '../limits.ts';
import { writeReport } from './report.ts';
import { type RolloutScene, rolloutPorts } from './ports.ts';

/** Of one resource. Source: Microsoft Learn, Azure Resource Manager, "Use tags to organize". */
const MOST_TAGS = 50;

/** How far back the metrics are read once before a rollout begins, in milliseconds. */
const EVIDENCE_SAMPLE = 10 * 60_000;

/** What all rollouts of a run share. */
export interface RollingOut {
  readonly connected: Workspace;
  readonly claimant: Claimant;
  readonly options: RolloutOptions;
  /** Milliseconds that a single write may take. */
  readonly timeout: number;
  readonly deps: Deps;
  /** When the run began, in milliseconds since 1970 by the clock of rollouts: `max-duration` counts from then on. */
  readonly begunAt: number;
}

/** A deadline that counts from now on: hours may have passed since the run began. */
export function freshWorkspace({ connected, deps, timeout }: Omit<RollingOut, 'begunAt'>): Workspace {
  return connected.within(limitsFromNow(deps, timeout));
}

/** A rollout that has come to an end, or to a pause. */
export interface RolledOut {
  readonly live: LiveEndpoint;
  readonly changed: boolean;
  readonly ending: RolloutEnding;
  /** For the job summary. */
  readonly markdown?: string;
  /** Path of the JSON report. */
  readonly report?: string;
}

/**
 * Moves the live traffic of an endpoint to the split of its YAML, as the policy says.
 * @throws InputFaults when the policy cannot be followed; whatever keeps it from reading or writing; the signal's reason when
 *   the job is cancelled, after what `on-cancel` says where no other step does it
 */
export async function rollOut(spec: WithTraffic, policy: Policy, rolling: RollingOut): Promise<RolledOut> {
  const { claimant, options, deps } = rolling;
  let progress: Progress | undefined;
  const scene: RolloutScene = {
    workspace: () => freshWorkspace(rolling),
    endpoint: spec.name,
    claimant,
    deps,
    watch: (now) => (progress = now),
  };
  const before = liveTraffic(await needReady(scene, spec, policy));
  const wanted = {
    target: spec.traffic,
    policy,
    commit: deps.env['GITHUB_SHA'] ?? '',
    until: options.until,
    // On a runner a new attempt or commit asks for it; on a laptop a person has just done so.
    retry: deps.env['GITHUB_ACTIONS'] !== 'true',
  };
  const limits = { pauseAt: rolling.begunAt + options.maxDuration };
  const entry = { endpoint: spec.name, what: `rollout of endpoint ${spec.name}`, onCancel: policy.onCancel };
  deps.journal.begin(entry);
  const ending = await walk(wanted, limits, rolloutPorts(scene, policy)).catch((error: unknown) =>
    cutShort(error, scene, policy),
  );
  deps.journal.end(entry);
  if (ending.isUnasked) deps.report.warning(`${spec.name}: ${ending.reason}. ${ending.nextStep}`);
  if (progress && ['rolled-back', 'failed'].includes(ending.status)) {
    for (const name of progress.schedule.canary) await showLogs(scene.workspace(), spec.name, name);
  }
  const live = await needEndpoint(scene.workspace(), spec.name);
  const report = progress && (await writeReport(progress, deps));
  return {
    live,
    changed: !sameSplit(before, liveTraffic(live)),
    ending,
    ...(progress ? { markdown: rolloutMarkdown(progress) } : {}),
    ...(report === undefined ? {} : { report }),
  };
}

/** What Azure would refuse in the midst of the rollout is found out before it. */
async function needReady(scene: RolloutScene, spec: WithTraffic, policy: Policy): Promise<LiveEndpoint> {
  const live = await needEndpoint(scene.workspace(), spec.name);
  // One that is under way has its mirror behind it, or its own split as the one to start from.
  if (isUnderWay(objectAt(live, 'tags'))) return live;
  const faults = stageFaults(spec, live, policy);
  if (faults.length > 0) throw new InputFaults(faults);
  const base = liveTraffic(live);
  if (sameSplit(base, spec.traffic)) return live;
  const tags = tagsOnTheWay(objectAt(live, 'tags'), base, spec.traffic);
  if (tags > MOST_TAGS) {
    throw new Failure(`endpoint ${spec.name} would have ${tags} tags, of which Azure takes ${MOST_TAGS}`, {
      code: 'TooManyTags',
      nextStep: `A rollout keeps its state in tags. Take ${tags - MOST_TAGS} of the others away.`,
    });
  }
  await needEvidence(scene, spec, policy);
  return live;
}

/** Whether there will be any evidence: no traffic moves while nobody can watch it. */
async function needEvidence({ workspace, claimant }: RolloutScene, spec: WithTraffic, policy: Policy): Promise<void> {
  if (!policy.errors && !policy.latency) return;
  const now = claimant.clock.now();
  const sides = { canary: Object.keys(spec.traffic), base: [] };
  const look = (): Promise<unknown> =>
    readMinutes(workspace(), { endpoint: spec.name, sides, since: now - EVIDENCE_SAMPLE, now, codes: [] });
  try {
    // One silence takes all the time of a look.
    await look().catch((error: unknown) => (isTransient(error) ? look() : Promise.reject(error as Error)));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(`the rollout of ${spec.name} has not begun: ${error.message}`, {
      ...error.details,
      cause: error,
    });
  }
}

/**
 * A rollout that ends before its time leaves a split that nobody watches: what `on-cancel` says is done at once. Only a
 * cancelled job has no time for it; its post step does it, which finds the journal open.
 */
async function cutShort(error: unknown, scene: RolloutScene, { onCancel }: Policy): Promise<never> {
  const { deps, endpoint } = scene;
  const tell = (what: string): void => deps.report.warning(`${endpoint}: the rollout was interrupted; ${what}`);
  if (onCancel === 'hold') tell('traffic stays where it is, as `on-cancel: hold` says');
  const signal = deps.signal.aborted ? deps.secondWind?.() : deps.signal;
  if (onCancel === 'rollback' && !signal) tell('the post step of this action restores its traffic');
  if (onCancel === 'hold' || !signal) throw error;
  tell(`restoring its traffic.${deps.secondWind ? ' Ctrl-C leaves it as it is.' : ''}`);
  const again = { ...deps, signal, onlyOwn: true as const };
  const workspace = (): Workspace => scene.workspace().within(limitsFromNow(again, 5 * 60_000));
  try {
    const { words } = await putBack({ ...scene, workspace, deps: again }, 'interrupted');
    deps.report.info(`${endpoint}: ${words}`);
    deps.journal.end({ endpoint, what: `rollout of endpoint ${endpoint}` });
  } catch (failed) {
    deps.report.warning(`${endpoint}: its traffic could not be restored: ${reasonOf(failed)}`);
  }
  throw error;
}

/** Why a rollout did not end well; `undefined` when it did. */
export function failureOf(
  endpoint: string,
  { status, reason, nextStep, table = [] }: RolloutEnding,
): Failure | undefined {
  if (['succeeded', 'unchanged', 'paused'].includes(status)) return undefined;
  const rows = table.map(
    ({ deployment, recorded, wanted, live }) => `${deployment}: recorded ${recorded}, wanted ${wanted}, live ${live}`,
  );
  const code = { 'rolled-back': 'RolledBack', superseded: 'RolloutSuperseded' }[status as string] ?? 'RolloutFailed';
  const words = [reason, ...rows].join('; ');
  return new Failure(`${endpoint}: ${words}`, { code, nextStep });
}
