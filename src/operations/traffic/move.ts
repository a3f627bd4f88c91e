import type { Workspace } from '../../azure/connect.ts';
import type { LiveEndpoint } from '../../plan/live.ts';
import type { Policy } from '../../rollout/model.ts';
import type { RolloutEnding } from '../../rollout/walk/ports.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import type { Policies } from '../desired/policies.ts';
import { freshWorkspace, type RollingOut, rollOut } from './run-rollout.ts';
import type { EndpointPlan } from '../../plan/changes.ts';
import { hasTraffic, isRolledOut, planByPolicy, type WithTraffic } from './by-policy.ts';
import type { WriteGuards } from '../write/until-equal.ts';
import { writeEndpoint } from '../write/endpoint.ts';
import type { Applied } from '../result/written.ts';

/** The endpoint as it can be before its traffic moves. */
export function withoutTraffic(spec: EndpointSpec): EndpointSpec {
  const bare: { -readonly [Key in keyof EndpointSpec]: EndpointSpec[Key] } = { ...spec };
  delete bare.traffic;
  delete bare.mirrorTraffic;
  return bare;
}

/** Whether live traffic is as the YAML has it. A rollout that has paused is on its way. */
export function hasArrived({ status }: RolloutEnding): boolean {
  return status === 'succeeded' || status === 'unchanged';
}

/** What came of the traffic, and of the endpoint with it. */
export type Moved = Omit<Applied, 'deployed'>;

interface Moving {
  readonly policies: Policies;
  readonly rolling: RollingOut;
}

/** Live traffic has a way to go by the policy after all: nothing was written. */
class PolicyFirst extends Error {
  readonly live: LiveEndpoint;

  constructor(live: LiveEndpoint) {
    super('a policy says how this traffic moves');
    this.name = 'PolicyFirst';
    this.live = live;
  }
}

/**
 * Brings the endpoint to its YAML: its traffic by the policy, where there is one and it has a way to go. What is live may have
 * changed since it was read, so that whether it has is decided once more at the write itself.
 */
export async function moveTraffic(
  workspace: Workspace,
  spec: EndpointSpec,
  live: LiveEndpoint | undefined,
  guards: WriteGuards<EndpointPlan>,
  { policies, rolling }: Moving,
): Promise<Moved> {
  const policy = policies.get(spec.name);
  if (!policy || !hasTraffic(spec)) return writeEndpoint(workspace, spec, guards);
  const planFrom = (from: LiveEndpoint): EndpointPlan =>
    planByPolicy(spec, from, policies, { location: '', workspaceId: workspace.id });
  const byPolicy = (plan: EndpointPlan): Promise<Moved> =>
    moveByPolicy(workspace, spec, policy, plan, { ...guards, check: async () => {} }, rolling);
  if (live && isRolledOut(spec, live, policies)) {
    const plan = planFrom(live);
    await guards.check(plan, live);
    return byPolicy(plan);
  }
  const fence: typeof guards.fence = async (now) => {
    await guards.fence(now);
    if (now && isRolledOut(spec, now, policies)) throw new PolicyFirst(now);
  };
  try {
    return await writeEndpoint(workspace, spec, { ...guards, fence });
  } catch (error) {
    if (error instanceof PolicyFirst) return byPolicy(planFrom(error.live));
    throw error;
  }
}

async function moveByPolicy(
  workspace: Workspace,
  spec: WithTraffic,
  policy: Policy,
  plan: EndpointPlan,
  guards: WriteGuards<EndpointPlan>,
  rolling: RollingOut,
): Promise<Moved> {
  const bare = await writeEndpoint(workspace, withoutTraffic(spec), guards);
  const rolled = await rollOut(spec, policy, rolling);
  const changed = bare.changed || rolled.changed;
  if (!hasArrived(rolled.ending)) return { ...rolled, changed, plan, done: bare.plan };
  if (!spec.mirrorTraffic) return { ...rolled, changed, plan };
  // The YAML's own mirror comes last: while traffic moves there is none. Live traffic has arrived, and is not written again.
  const mirrored = { ...withoutTraffic(spec), mirrorTraffic: spec.mirrorTraffic };
  const done = await writeEndpoint(freshWorkspace(rolling), mirrored, guards);
  return { ...rolled, live: done.live, changed: changed || done.changed, plan };
}
