import type { Workspace } from '../../azure/connect.ts';
import { objectAt } from '../../json.ts';
import { type LiveEndpoint, liveTraffic } from '../../plan/live.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { isUnderWay } from '../../rollout/state/tags.ts';
import type { Ending } from '../../rollout/walk/ports.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import type { Policies } from '../desired/policies.ts';
import { freshWorkspace, hasTraffic, type RollingOut, rollOut, type WithTraffic } from './run-rollout.ts';
import type { EndpointPlan } from '../../plan/changes.ts';
import type { WriteGuards } from '../write/until-equal.ts';
import { writeEndpoint } from '../write/endpoint.ts';
import type { Applied } from '../result/written.ts';

/** Whether the endpoint's traffic moves step by step, or is on its way already. */
export function isRolledOut(spec: EndpointSpec, live: LiveEndpoint, policies: Policies): spec is WithTraffic {
  if (!policies.has(spec.name) || !hasTraffic(spec)) return false;
  return isUnderWay(objectAt(live, 'tags')) || !sameSplit(liveTraffic(live), spec.traffic);
}

/** The endpoint as it can be before its traffic moves. */
export function withoutTraffic(spec: EndpointSpec): EndpointSpec {
  const bare: { -readonly [Key in keyof EndpointSpec]: EndpointSpec[Key] } = { ...spec };
  delete bare.traffic;
  delete bare.mirrorTraffic;
  return bare;
}

/** Whether live traffic is as the YAML has it. A rollout that has paused is on its way. */
export function hasArrived({ status }: Ending): boolean {
  return status === 'succeeded' || status === 'unchanged';
}

/** What came of the traffic, and of the endpoint with it. */
export type Moved = Omit<Applied, 'plan' | 'deployed'>;

/** Brings the endpoint to its YAML: its traffic by the policy, where there is one and it has a way to go. */
export async function moveTraffic(
  workspace: Workspace,
  spec: EndpointSpec,
  live: LiveEndpoint,
  guards: WriteGuards<EndpointPlan>,
  { policies, rolling }: { readonly policies: Policies; readonly rolling: RollingOut },
): Promise<Moved> {
  if (!isRolledOut(spec, live, policies)) return writeEndpoint(workspace, spec, guards);
  const bare = await writeEndpoint(workspace, withoutTraffic(spec), guards);
  const rolled = await rollOut(spec, policies.get(spec.name)!, rolling);
  if (!hasArrived(rolled.ending)) return { ...rolled, changed: bare.changed || rolled.changed, done: bare.plan };
  if (!spec.mirrorTraffic) return { ...rolled, changed: bare.changed || rolled.changed };
  // The YAML's own mirror comes last: while traffic moves there is none.
  const done = await writeEndpoint(freshWorkspace(rolling), spec, guards);
  return { ...rolled, live: done.live, changed: true };
}
