import type { LimitFunction } from 'p-limit';
import type { Workspace } from '../../azure/connect.ts';
import { listDeployments } from '../../azure/deployments.ts';
import { recentLoad } from '../../azure/metrics/read.ts';
import type { RolloutOptions } from '../../config/config.ts';
import type { Fault } from '../../failure.ts';
import { objectAt } from '../../json.ts';
import { instanceCount } from '../../plan/deployment/live.ts';
import { type LiveEndpoint, liveName, liveTraffic } from '../../plan/live.ts';
import { reasonOf } from '../../report/problem.ts';
import type { Section } from '../../report/outcome.ts';
import { markdownText } from '../../table.ts';
import { decide } from '../../rollout/decide.ts';
import type { LiveTraffic } from '../../rollout/judge/power.ts';
import type { Policy } from '../../rollout/model.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { type Schedule, scheduleOf, type Step } from '../../rollout/schedule/schedule.ts';
import { atOnceLine, plannedLines, plannedMarkdown } from '../../rollout/show/plan.ts';
import type { PlannedRollout } from '../../rollout/show/planned.ts';
import { readState } from '../../rollout/state/tags.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import { trafficTotal } from '../../spec/traffic.ts';
import { publicWords } from '../../spec/traffic-words.ts';
import type { Claimant } from '../traffic/claimant.ts';
import { hasTraffic, isRolledOut, type WithTraffic } from '../traffic/by-policy.ts';
import { movingFaults } from '../traffic/moving-faults.ts';
import type { Policies } from '../desired/policies.ts';
import type { Whole } from './endpoints.ts';

/** What one write of traffic takes: 10 to 20 seconds in recorded traffic. */
const WRITE = 20_000;

interface Surroundings {
  readonly live: ReadonlyMap<string, LiveEndpoint>;
  /** Of endpoints whose deployments have files. */
  readonly whole: ReadonlyMap<string, Whole>;
  readonly policies: Policies;
  readonly options: RolloutOptions;
  readonly claim: Claimant;
  readonly limit: LimitFunction;
}

interface PlannedRollouts {
  readonly lines: readonly string[];
  /** The same for the job summary. */
  readonly sections: readonly Section[];
  readonly faults: readonly Fault[];
}

/** How the traffic of endpoints would move, and what speaks against it. */
export async function planRollouts(
  workspace: Workspace,
  specs: readonly EndpointSpec[],
  around: Surroundings,
): Promise<PlannedRollouts> {
  const all = await around.limit.map(specs, async (spec): Promise<PlannedRollouts> => {
    const present = around.live.get(spec.name);
    const policy = around.policies.get(spec.name);
    const faults = movingFaults(spec, present, around.policies, around.options);
    if (faults.length > 0) return { ...NOTHING, faults };
    if (!present || !hasTraffic(spec)) return NOTHING;
    if (!policy) return atOnce(spec, present);
    return isRolledOut(spec, present, around.policies) ? planOne(workspace, spec, present, policy, around) : NOTHING;
  });
  return {
    lines: all.flatMap(({ lines }) => lines),
    sections: all.flatMap(({ sections }) => sections),
    faults: all.flatMap(({ faults }) => faults),
  };
}

const NOTHING: PlannedRollouts = { lines: [], sections: [], faults: [] };

function atOnce(spec: WithTraffic, live: LiveEndpoint): PlannedRollouts {
  const before = liveTraffic(live);
  if (trafficTotal(before) === 0 || sameSplit(before, spec.traffic)) return NOTHING;
  const line = atOnceLine(spec.name, before, spec.traffic, publicWords(spec));
  return { ...NOTHING, lines: [`  ${line}`], sections: [{ about: spec.name, markdown: markdownText(line) }] };
}

async function planOne(
  workspace: Workspace,
  spec: WithTraffic,
  live: LiveEndpoint,
  policy: Policy,
  { whole, options, claim }: Surroundings,
): Promise<PlannedRollouts> {
  const way = wayOf(spec, live, policy, options.until, claim);
  if (typeof way === 'string') {
    const markdown = `**${markdownText(spec.name)}**: ${markdownText(way)}`;
    return { ...NOTHING, lines: [`  ${spec.name}: ${way}`], sections: [{ about: spec.name, markdown }] };
  }
  const { canary, compared } = way.schedule;
  const planned: PlannedRollout = {
    endpoint: spec.name,
    ...way,
    words: publicWords(spec),
    write: WRITE,
    maxDuration: options.maxDuration,
    load: await loadOf(workspace, spec.name, [...canary, ...compared], policy, claim),
    instances: await instancesOf(workspace, spec.name, whole.get(spec.name)),
  };
  const sections = [{ about: spec.name, markdown: plannedMarkdown(planned) }];
  return { ...NOTHING, lines: plannedLines(planned), sections };
}

type Way = Pick<PlannedRollout, 'schedule' | 'policy' | 'begun' | 'hasMoved'>;

/** What a rollout would do now; words where it would move nothing. */
function wayOf(
  spec: WithTraffic,
  live: LiveEndpoint,
  policy: Policy,
  until: number | undefined,
  claim: Claimant,
): Way | string {
  const asking = claim.asking();
  const commit = asking.env['GITHUB_SHA'] ?? '';
  const target = spec.traffic;
  const retry = asking.env['GITHUB_ACTIONS'] !== 'true';
  const wanted = { target, policy, commit, until, retry, words: publicWords(spec) };
  const decision = decide(wanted, liveTraffic(live), readState(objectAt(live, 'tags')), asking);
  const { reason: begun, nextStep } = decision;
  switch (decision.kind) {
    case 'start':
      return { schedule: decision.schedule, policy };
    case 'superseding':
      return { schedule: scheduleOf(decision.base, target, policy, { until }), policy, begun };
    case 'final':
    case 'resume': {
      if (!decision.step) return { schedule: decision.schedule, policy, begun };
      return { schedule: remaining(decision.schedule, decision.step), policy, begun, hasMoved: true };
    }
    default:
      return nextStep === undefined ? begun : `${begun}. ${nextStep}`;
  }
}

/** The schedule from a step on; mirror and smoke test are behind it. */
function remaining({ base, target, canary, compared, steps, pauseAfter }: Schedule, from: Step): Schedule {
  const before = from.number - 1;
  const left = steps.slice(before).map((step) => ({ ...step, number: step.number - before }));
  const pause = pauseAfter === undefined ? {} : { pauseAfter: pauseAfter - before };
  return { base, target, canary, compared, steps: left, ...pause };
}

/** Of the deployments as they are to be. */
async function instancesOf(
  workspace: Workspace,
  endpoint: string,
  whole: Whole | undefined,
): Promise<Map<string, number>> {
  const present = whole?.prepared.present ?? (await listDeployments(workspace, endpoint));
  const planned = whole?.prepared.deployments ?? [];
  const counts = [
    ...present.map((live) => [liveName(live), instanceCount(live)] as const),
    ...planned.map(({ spec, plan }) => [spec.name, instanceCount(plan.body)] as const),
  ];
  return new Map(counts.flatMap(([name, count]) => (count === undefined ? [] : [[name, count] as const])));
}

/** A plan without metrics is a plan all the same. */
async function loadOf(
  workspace: Workspace,
  endpoint: string,
  deployments: readonly string[],
  { errors }: Policy,
  claim: Claimant,
): Promise<LiveTraffic | undefined> {
  if (!errors) return undefined;
  try {
    const found = await recentLoad(workspace, endpoint, deployments, claim.clock.now(), errors.codes);
    return { perMinute: found.requestsPerMinute, errorRate: found.errorRate ?? 0 };
  } catch (error) {
    workspace.limits.signal.throwIfAborted();
    workspace.report.info(`the load of ${endpoint} is not known: ${reasonOf(error)}`);
    return undefined;
  }
}
