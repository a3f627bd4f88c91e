import type { RolloutOptions } from '../../config/config.ts';
import type { Fault } from '../../failure.ts';
import { objectAt } from '../../json.ts';
import { kindOfEndpoint } from '../../plan/deployment/refusals.ts';
import { type LiveEndpoint, liveMirrorTraffic, liveTraffic } from '../../plan/live.ts';
import type { Policy } from '../../rollout/model.ts';
import { mirrorFaults } from '../../rollout/schedule/mirror.ts';
import { targetProblem } from '../../rollout/schedule/schedule.ts';
import { sameSplit } from '../../rollout/schedule/split.ts';
import { isUnderWay } from '../../rollout/state/tags.ts';
import type { EndpointSpec } from '../../spec/model.ts';
import { publicWords } from '../../spec/traffic-words.ts';
import { type Policies, policyAdvice } from '../desired/policies.ts';
import { hasTraffic, isRolledOut, type WithTraffic } from './by-policy.ts';

/**
 * Why traffic cannot move as it is asked to, which is known before anything is sent.
 * @param live what Azure has, or `undefined` when the endpoint is not there
 */
export function movingFaults(
  spec: EndpointSpec,
  live: LiveEndpoint | undefined,
  policies: Policies,
  { until }: Pick<RolloutOptions, 'until'>,
): Fault[] {
  if (!hasTraffic(spec)) return [];
  const policy = policies.get(spec.name);
  if (policy) return live && isRolledOut(spec, live, policies) ? policyFaults(spec, live, policy) : [];
  const isThere = live !== undefined && sameSplit(liveTraffic(live), spec.traffic);
  return until === undefined || isThere ? [] : [withoutPause(spec)];
}

/** The place of the line that names the traffic. */
function placeOf({ positions, file }: EndpointSpec): Partial<Fault> {
  return positions.get('traffic') ?? { file };
}

function withoutPause(spec: WithTraffic): Fault {
  const why = 'its traffic would move at once and not pause as `until` says';
  return {
    ...placeOf(spec),
    message: `endpoint ${spec.name} has no rollout policy, so that ${why}; ${policyAdvice(spec)}`,
  };
}

function policyFaults(spec: WithTraffic, live: LiveEndpoint, policy: Policy): Fault[] {
  const problem = targetProblem(spec.traffic);
  return [
    ...(problem === undefined ? [] : [{ ...placeOf(spec), message: problem }]),
    ...stageFaults(spec, live, policy),
  ];
}

/** Why the mirror stage of a policy cannot be had. A rollout under way has it behind it. */
export function stageFaults(spec: WithTraffic, live: LiveEndpoint, policy: Policy): Fault[] {
  if (isUnderWay(objectAt(live, 'tags'))) return [];
  return mirrorFaults(policy, {
    kind: kindOfEndpoint(live),
    base: liveTraffic(live),
    target: spec.traffic,
    ownMirror: spec.mirrorTraffic,
    liveMirror: liveMirrorTraffic(live),
    words: publicWords(spec),
  });
}
