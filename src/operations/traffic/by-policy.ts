import { objectAt } from '../../json.ts';
import { type EndpointPlan, planEndpoint } from '../../plan/changes.ts';
import type { Surroundings } from '../../plan/desired.ts';
import { type LiveEndpoint, liveMirrorTraffic, liveTraffic } from '../../plan/live.ts';
import { carriedMirror } from '../../rollout/schedule/mirror.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { isUnderWay } from '../../rollout/state/tags.ts';
import type { EndpointSpec, Traffic } from '../../spec/model.ts';
import type { Policies } from '../desired/policies.ts';

export type WithTraffic = EndpointSpec & { readonly traffic: Traffic };

export function hasTraffic(spec: EndpointSpec): spec is WithTraffic {
  return spec.traffic !== undefined;
}

/** Whether the endpoint's traffic moves step by step, or is on its way already. */
export function isRolledOut(spec: EndpointSpec, live: LiveEndpoint, policies: Policies): spec is WithTraffic {
  if (!policies.has(spec.name) || !hasTraffic(spec)) return false;
  return isUnderWay(objectAt(live, 'tags')) || !sameSplit(liveTraffic(live), spec.traffic);
}

/**
 * What would change of an endpoint whose traffic moves by its policy, where there is one: a rollout ends the mirror of what
 * gets live traffic, which a write at once would carry.
 */
export function planByPolicy(
  spec: EndpointSpec,
  live: LiveEndpoint | undefined,
  policies: Policies,
  around: Surroundings,
): EndpointPlan {
  if (!live || !isRolledOut(spec, live, policies)) return planEndpoint(spec, live, around);
  const ends = { base: liveTraffic(live), target: spec.traffic };
  const mirrorTraffic = spec.mirrorTraffic ?? carriedMirror(liveMirrorTraffic(live), ends);
  return planEndpoint({ ...spec, mirrorTraffic }, live, around);
}
