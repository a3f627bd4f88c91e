import { empty, json } from '../http.ts';
import type { Reply } from '../http.ts';
import type { Deployment, DeploymentBody, Endpoint, Operation } from '../state.ts';
import type { Context } from './context.ts';
import { parseDeployment, parseSku } from './deployment-body.ts';
import { renderDeployment } from './deployment-view.ts';
import { missingReference } from './deployment-references.ts';
import { isManaged } from './endpoint-view.ts';
import { findEndpoint } from './endpoints.ts';
import { badRequest, busy, inferencingRefusal, unverified } from './errors.ts';
import { liveDeletionError } from './live-deletion.ts';
import { checkName } from './names.ts';
import { newDeployment } from './new-resources.ts';
import { deploymentNotFound, deploymentNotYet, endpointNotFound } from './not-found.ts';
import { ghostOf, operationHeaders, startOperation } from './operations.ts';
import { page } from './paging.ts';
import { sameName } from './path.ts';
import { faultOfSize } from './quotas.ts';
import { isBusy, observe, peek } from './reading.ts';
import { parseStrings } from './strings.ts';
import { parseContent } from './tracked-body.ts';
import { weightOf } from './traffic.ts';

/** Deployments of one endpoint (how-to-manage-quotas); the words are [U]. */
const mostDeployments = 20;

export function getDeployment(context: Context): Reply {
  const { endpoint, deployment: present } = findDeployment(context);
  if (!endpoint) return endpointNotFound(context);
  const deployment = present ?? ghost(context, endpoint);
  if (!deployment) return deploymentNotFound(context);
  const body = observe(deployment);
  return body ? json(200, renderDeployment(context, endpoint, deployment, body)) : deploymentNotYet(context);
}

/** The newest first (test_online_endpoint_update.yaml). */
export function listDeployments(context: Context): Reply {
  const endpoint = findEndpoint(context);
  if (!endpoint) return endpointNotFound(context);
  const views = endpoint.deployments.toReversed().flatMap((deployment) => {
    const body = peek(deployment);
    return body ? [renderDeployment(context, endpoint, deployment, body)] : [];
  });
  return page(context, views);
}

export function putDeployment(context: Context): Reply {
  const body = parseDeployment(context);
  const { endpoint, deployment } = findDeployment(context);
  if (!endpoint) return endpointNotFound(context);
  const refusal = refuseWrite(context, endpoint, deployment);
  if (refusal) return refusal;
  if (isManaged(endpoint.body) !== (body.properties['endpointComputeType'] === 'Managed')) {
    return badRequest(context, unverified('properties.endpointComputeType does not fit the endpoint'));
  }
  const fault = faultOfContent(context, body, deployment);
  if (fault) return fault;
  if (!deployment && endpoint.deployments.length >= mostDeployments) {
    return badRequest(context, unverified(`Endpoint '${endpoint.name}' has ${mostDeployments} deployments already`));
  }
  return deployment ? replace(context, endpoint, deployment, body) : create(context, endpoint, body);
}

export function patchDeployment(context: Context): Reply {
  const { endpoint, deployment } = findDeployment(context);
  if (!endpoint) return endpointNotFound(context);
  if (!deployment) return deploymentNotFound(context);
  const content = parseContent(context.request.text);
  const refusal = refuseWrite(context, endpoint, deployment);
  if (refusal) return refusal;
  const { body } = deployment;
  deployment.next = {
    ...body,
    tags: 'tags' in content ? parseStrings(content['tags'], 'tags') : body.tags,
    sku: parseSku(content['sku'], body.sku.capacity),
  };
  const operation = startOperation(context, { endpoint, deployment }, { kind: 'update' });
  return json(202, renderDeployment(context, endpoint, deployment, body), operationHeaders(context, operation));
}

/**
 * One that still has traffic is refused (docs, how-to-safely-rollout-online-endpoints): on Kubernetes by an operation that
 * fails, elsewhere by a status and words that are [U].
 */
export function deleteDeployment(context: Context): Reply {
  const { endpoint, deployment } = findDeployment(context);
  if (!endpoint || !deployment) return empty(204);
  if (isBusy(deployment)) return busyDeployment(context, deployment);
  const { traffic, mirrorTraffic } = endpoint.body.properties;
  if (weightOf(traffic, deployment.name) > 0 || weightOf(mirrorTraffic, deployment.name) > 0) {
    if (!isManaged(endpoint.body)) return failLater(context, endpoint, deployment);
    const message = `Cannot delete deployment '${deployment.name}' because it has live or mirror traffic allocated`;
    return badRequest(context, unverified(message));
  }
  const operation = startOperation(context, { endpoint, deployment }, { kind: 'delete' });
  return json(202, null, operationHeaders(context, operation));
}

function ghost(context: Context, endpoint: Endpoint): Deployment | undefined {
  const name = context.names[1] ?? '';
  return ghostOf(
    context,
    (subject) =>
      subject.endpoint === endpoint && subject.deployment !== undefined && sameName(subject.deployment.name, name),
  )?.deployment;
}

function failLater(context: Context, endpoint: Endpoint, deployment: Deployment): Reply {
  const operation = startOperation(context, { endpoint, deployment }, { kind: 'delete' });
  operation.ending = 'Failed';
  operation.error = liveDeletionError(context, endpoint, deployment, operation);
  return json(202, null, operationHeaders(context, operation));
}

function create(context: Context, endpoint: Endpoint, body: DeploymentBody): Reply {
  const name = (context.names[1] ?? '').toLowerCase();
  checkName(name);
  const deployment = newDeployment(name, body, context.now);
  endpoint.deployments.push(deployment);
  return accepted(context, endpoint, deployment, startOperation(context, { endpoint, deployment }, { kind: 'create' }));
}

function replace(context: Context, endpoint: Endpoint, deployment: Deployment, body: DeploymentBody): Reply {
  deployment.next = body;
  deployment.story = { failure: undefined, log: [] };
  return accepted(context, endpoint, deployment, startOperation(context, { endpoint, deployment }, { kind: 'update' }));
}

function accepted(context: Context, endpoint: Endpoint, deployment: Deployment, operation: Operation): Reply {
  const location = `${context.state.url}${context.request.path}?api-version=${context.version}`;
  const body = renderDeployment(context, endpoint, deployment, deployment.body);
  return json(201, body, operationHeaders(context, operation, location));
}

/** What cannot be deployed: a size or quota that does not suffice, or references to what is not there. */
function faultOfContent(context: Context, body: DeploymentBody, before: Deployment | undefined): Reply | undefined {
  const { properties, sku } = body;
  const isManagedOne = properties['endpointComputeType'] === 'Managed';
  const size = isManagedOne ? faultOfSize(context, properties['instanceType'], sku.capacity, before) : undefined;
  if (size !== undefined) return inferencingRefusal(context, { VmSize: [size] });
  const missing = missingReference(context, properties);
  return missing === undefined ? undefined : badRequest(context, unverified(missing));
}

function refuseWrite(context: Context, endpoint: Endpoint, deployment: Deployment | undefined): Reply | undefined {
  if (isBusy(endpoint)) {
    return busy(context, `create a deployment in endpoint ${endpoint.name}`, endpoint.provisioningState);
  }
  if (deployment && isBusy(deployment)) return busyDeployment(context, deployment);
  const isTaken = context.state.behaviour.serialDeployments && endpoint.deployments.some(isBusy);
  return isTaken ? busy(context, `create a deployment in endpoint ${endpoint.name}`, 'Updating') : undefined;
}

function busyDeployment(context: Context, { name, provisioningState }: Deployment): Reply {
  return busy(context, `change deployment ${name}`, provisioningState);
}

export function findDeployment(context: Context): {
  endpoint: Endpoint | undefined;
  deployment: Deployment | undefined;
} {
  const endpoint = findEndpoint(context);
  const name = context.names[1] ?? '';
  return { endpoint, deployment: endpoint?.deployments.find((candidate) => sameName(candidate.name, name)) };
}
