import type { Workspace } from '../azure/connect.ts';
import { recentLoad } from '../azure/metrics.ts';
import type { RolloutOptions } from '../config/config.ts';
import type { Fault } from '../failure.ts';
import { kindOfEndpoint } from '../plan/deployment/refusals.ts';
import { type LiveEndpoint, liveTraffic } from '../plan/live.ts';
import { reasonOf } from '../report/problem.ts';
import type { Policy } from '../rollout/model.ts';
import { mirrorFaults } from '../rollout/schedule-mirror.ts';
import { durationOf } from '../rollout/schedule-time.ts';
import { scheduleOf, targetProblem } from '../rollout/schedule.ts';
import type { LiveTraffic } from '../rollout/judge/power.ts';
import { plannedLines } from '../rollout/show/plan.ts';
import type { EndpointSpec } from '../spec/model.ts';
import type { Claimant } from './lease.ts';
import { isRolledOut } from './move-traffic.ts';
import type { Policies } from './policies.ts';
import type { WithTraffic } from './roll-out.ts';

/** What one write of traffic takes: 10 to 20 seconds in recorded traffic. */
const WRITE = 20_000;

/** How the traffic of endpoints with a policy would move, and what speaks against it. */
export async function planRollouts(
  workspace: Workspace,
  specs: readonly EndpointSpec[],
  live: ReadonlyMap<string, LiveEndpoint>,
  policies: Policies,
  { options, claim }: { readonly options: RolloutOptions; readonly claim: Claimant },
): Promise<{ lines: string[]; faults: Fault[] }> {
  const lines: string[] = [];
  const faults: Fault[] = [];
  for (const spec of specs) {
    const present = live.get(spec.name);
    if (!present || !isRolledOut(spec, present, policies)) continue;
    const policy = policies.get(spec.name)!;
    faults.push(...faultsOf(spec, present, policy));
    if (faults.length > 0) continue;
    const schedule = scheduleOf(liveTraffic(present), spec.traffic, policy, { until: options.until });
    const load = await loadOf(workspace, spec.name, [...schedule.canary, ...schedule.compared], policy, claim);
    const planned = { endpoint: spec.name, schedule, policy, load };
    const duration = durationOf(schedule, WRITE);
    lines.push(...plannedLines({ ...planned, duration, maxDuration: options.maxDuration }));
  }
  return { lines, faults };
}

function faultsOf(spec: WithTraffic, live: LiveEndpoint, policy: Policy): Fault[] {
  const problem = targetProblem(spec.traffic);
  const place = { kind: kindOfEndpoint(live), base: liveTraffic(live), target: spec.traffic };
  return [
    ...(problem === undefined ? [] : [{ ...spec.positions.get('traffic'), message: problem }]),
    ...mirrorFaults(policy, { ...place, ownMirror: spec.mirrorTraffic }),
  ];
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
