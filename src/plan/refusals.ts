import type { Fault } from '../failure.ts';
import type { EndpointSpec } from '../spec/model.ts';
import { trafficTotal, weightOf } from '../spec/traffic.ts';
import { publicWords } from '../spec/traffic-words.ts';
import type { EndpointPlan } from './changes.ts';
import { shown } from './show.ts';
import {
  type LiveDeployment,
  type LiveEndpoint,
  liveMirrorTraffic,
  liveName,
  liveTraffic,
  provisioningState,
} from './live.ts';

/**
 * What Azure would refuse, or should not be asked to do: known from the plan alone.
 * Source: Microsoft Learn, "Safe rollout for online endpoints" and "CLI (v2) online endpoint YAML schema".
 */
export function refusals(spec: EndpointSpec, plan: EndpointPlan): Fault[] {
  if (plan.action !== 'update') return [];
  return [...computeFaults(spec, plan), ...mirrorFaults(spec, plan)];
}

function computeFaults(spec: EndpointSpec, plan: EndpointPlan): Fault[] {
  return plan.changes
    .filter(({ path }) => path === 'compute')
    .map(({ from, to, placeholder }) => ({
      ...spec.positions.get('compute'),
      message:
        from === undefined || to === undefined
          ? 'Azure cannot turn a managed endpoint into a Kubernetes one; delete it first, or give it another name'
          : `Azure cannot move an endpoint from ${placeholder ?? shown(from)} to another compute; delete it first`,
    }));
}

/**
 * A deployment has live or mirrored traffic, never both. A YAML that names both is refused when it is read; here it names one
 * of them, and the write would carry the other.
 */
function mirrorFaults(spec: EndpointSpec, { body }: EndpointPlan): Fault[] {
  if (!spec.traffic === !spec.mirrorTraffic) return [];
  const [traffic, mirror] = [liveTraffic(body), liveMirrorTraffic(body)];
  const key = spec.traffic ? 'traffic' : 'mirror_traffic';
  const both = Object.keys(mirror).filter((name) => weightOf(traffic, name) > 0);
  return both.map((name) => {
    const path = `${key}.${name}`;
    const [has, nextStep] = spec.traffic
      ? [`still mirrors (${weightOf(mirror, name)} %)`, 'write mirror_traffic: {} to end that']
      : [`has live traffic (${weightOf(traffic, name)} %)`, 'write traffic without it'];
    const message = `${key} names deployment ${publicWords(spec).name(name)}, which ${has}; a deployment has one or the other: ${nextStep}`;
    return { ...(spec.positions.get(path) ?? spec.positions.get(key)), message };
  });
}

/** Whether the plan gives weight to deployments, so that they have to be looked up. */
export function movesTraffic(plan: EndpointPlan): boolean {
  return plan.changes.some(({ path, to }) => /^(mirror_)?traffic\./.test(path) && to !== undefined);
}

/**
 * Traffic to deployments that do not exist, or that have failed, each at its line.
 * @param coming names of deployments that the same run writes before it moves traffic
 */
export function deploymentFaults(
  spec: EndpointSpec,
  plan: EndpointPlan,
  deployments: readonly LiveDeployment[],
  coming: readonly string[] = [],
): Fault[] {
  const states = new Map(deployments.map((deployment) => [liveName(deployment), provisioningState(deployment)]));
  for (const name of coming) states.set(name, 'Succeeded');
  const present = [...states.keys()].sort().map(publicWords(spec).name);
  const exist = present.length > 0 ? `the endpoint has ${present.join(', ')}` : 'the endpoint has none';
  const written = new Map([...spec.names].map(([path, shownPath]) => [shownPath, path]));
  return plan.changes.flatMap(({ path: shownPath, to }) => {
    const path = written.get(shownPath) ?? shownPath;
    const [, key, name] = /^((?:mirror_)?traffic)\.(.+)$/.exec(path) ?? [];
    if (!key || !name || to === undefined) return [];
    const state = states.get(name);
    const at = spec.positions.get(path) ?? spec.positions.get(key);
    const shownName = shownPath.slice(key.length + 1);
    if (state === undefined) {
      const hint = plan.action === 'create' ? `; comment ${key} out until it does` : '';
      return [{ ...at, message: `${key} names deployment ${shownName}, which does not exist (${exist})${hint}` }];
    }
    if (state.toLowerCase() !== 'failed' && state.toLowerCase() !== 'deleting') return [];
    return [{ ...at, message: `${key} names deployment ${shownName}, which is ${state} and cannot serve` }];
  });
}

/** Says what would be lost when a live endpoint ends up without any traffic; `undefined` when nothing would be. */
export function trafficLoss(spec: EndpointSpec, live: LiveEndpoint | undefined): string | undefined {
  const before = live ? liveTraffic(live) : {};
  if (!spec.traffic || trafficTotal(spec.traffic) > 0 || trafficTotal(before) === 0) return undefined;
  return publicWords(spec).split(before);
}
