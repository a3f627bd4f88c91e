import type { Fault } from '../../failure.ts';
import { objectAt, textAt } from '../../json.ts';
import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import { placeOf } from '../../spec/deployment/place.ts';
import { MOST_DEPLOYMENTS } from '../../spec/limits.ts';
import { formatTraffic, weightOf } from '../../spec/traffic.ts';
import type { Change, ResourcePlan } from '../changes.ts';
import { type LiveDeployment, type LiveEndpoint, liveMirrorTraffic, liveName, liveTraffic } from '../live.ts';
import { shown } from '../show.ts';

type Kind = DeploymentSpec['kind'];

/** What Azure would refuse, or would take and not do: known from the plan of a deployment alone. */
export function deploymentRefusals(spec: DeploymentSpec, plan: ResourcePlan): Fault[] {
  if (plan.action !== 'update') return [];
  return plan.changes.flatMap((change) => {
    const message = refusalOf(change, spec);
    return message === undefined ? [] : [{ ...placeOf(spec, change.path, 'name'), message }];
  });
}

function refusalOf({ path, from, to, placeholder }: Change, { kind }: DeploymentSpec): string | undefined {
  if (path === 'type') {
    return `Azure cannot turn a ${kind === 'managed' ? 'Kubernetes' : 'managed'} deployment into a ${kindWord(kind)} one; delete it first, or give it another name`;
  }
  if (path !== 'instance_type' || kind !== 'kubernetes' || from === undefined || to === undefined) return undefined;
  const wanted = placeholder ?? shown(to);
  return `a Kubernetes deployment goes on with the instance_type it was made with, and ${wanted} would not take effect (Azure/AML-Kubernetes issue 247); give the deployment another name and move the traffic to it`;
}

/** A deployment that does not fit its endpoint. @param kind of the endpoint, live or as its YAML has it */
export function kindFaults(spec: DeploymentSpec, kind: Kind): Fault[] {
  if (spec.kind === kind) return [];
  const message = `the deployment is ${kindWord(spec.kind)}, but endpoint ${spec.endpoint} is ${kindWord(kind)}; write type: ${kind}`;
  return [{ ...placeOf(spec, 'type', 'name'), message }];
}

/** An endpoint with a compute is served by Kubernetes. */
export function kindOfEndpoint(live: LiveEndpoint): Kind {
  return textAt(objectAt(live, 'properties'), 'compute') === undefined ? 'managed' : 'kubernetes';
}

/**
 * Deployments that are too many for their endpoint.
 * @param specs those of its YAML files, each name once
 * @param live those that it has
 */
export function crowdFaults(specs: readonly DeploymentSpec[], live: readonly LiveDeployment[]): Fault[] {
  const present = new Set(live.map(liveName));
  const coming = specs.filter(({ name }) => !present.has(name));
  const room = Math.max(0, MOST_DEPLOYMENTS - present.size);
  const total = present.size + coming.length;
  return coming.slice(room).map((spec) => ({
    ...placeOf(spec, 'name'),
    message: `endpoint ${spec.endpoint} would have ${total} deployments, and Azure takes ${MOST_DEPLOYMENTS} at most; delete some first`,
  }));
}

/**
 * Why a deployment must not be deleted, with the split: Azure refuses it while it has live or mirrored traffic.
 * @returns nothing when it may go
 */
export function deletionRefusal(endpoint: LiveEndpoint, deployment: string): string | undefined {
  const name = deployment.toLowerCase();
  const parts = [
    { what: 'live traffic', split: liveTraffic(endpoint) },
    { what: 'mirrored traffic', split: liveMirrorTraffic(endpoint) },
  ].filter(({ split }) => weightOf(split, name) > 0);
  if (parts.length === 0) return undefined;
  const has = parts.map(({ what, split }) => `${weightOf(split, name)} % of the ${what} (${formatTraffic(split)})`);
  return `deployment ${name} of endpoint ${liveName(endpoint)} has ${has.join(' and ')}`;
}

function kindWord(kind: Kind): string {
  return kind === 'managed' ? 'managed' : 'Kubernetes';
}
