import { empty, json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import { drawGuid } from '../randomness.ts';
import type { Behaviour, Change, Deployment, Endpoint, Operation, Resource, State } from '../state.ts';
import type { Context } from './context.ts';
import { serviceError } from './errors.ts';
import { graveOf } from './not-found.ts';
import { provider } from './path.ts';

/** Starts a long-running operation on an endpoint or one of its deployments, and marks it as busy. */
export function startOperation(
  context: Context,
  subject: { endpoint: Endpoint; deployment?: Deployment },
  change: Change,
): Operation {
  const { state, now, workspace } = context;
  const operation: Operation = {
    id: `${subject.deployment ? 'od' : 'oe'}:${workspace.id}:${drawGuid(state.randomness)}`,
    location: workspace.location,
    subject,
    change,
    startedAt: now,
    endsAt: now + lengthOf(state.behaviour, subject),
    ending: 'Succeeded',
    error: undefined,
    lag: lagAfter(change, state.behaviour),
    done: false,
  };
  state.operations.push(operation);
  const resource = subject.deployment ?? subject.endpoint;
  if (change.kind !== 'keys') {
    const create = subject.deployment ? 'Updating' : 'Creating';
    resource.provisioningState = ({ create, update: 'Updating', delete: 'Deleting' } as const)[change.kind];
    resource.operationUri = statusUri(context, operation);
    resource.modifiedAt = now;
    resource.lag = undefined;
  }
  return operation;
}

function lengthOf({ operationTime, deploymentTime }: Behaviour, { deployment }: Operation['subject']): number {
  return deployment ? (deploymentTime ?? operationTime) : operationTime;
}

/** A deletion is seen at once, unless a fault says otherwise. */
function lagAfter({ kind }: Change, { hiddenReads, staleReads }: Behaviour): number {
  if (kind === 'delete') return 0;
  return kind === 'create' ? hiddenReads : staleReads;
}

/** Ends every operation whose time is up, in the order in which they end. */
export function advance(state: State, now: number): void {
  const due = state.operations.filter(({ done, endsAt }) => !done && endsAt !== undefined && endsAt <= now);
  due.sort((one, other) => (one.endsAt ?? 0) - (other.endsAt ?? 0));
  for (const operation of due) end(state, operation);
}

/**
 * The headers by which a client follows an operation (test_online_endpoint_update.yaml). Whether `retry-after` is among
 * them is [U]: the recorder leaves it out.
 */
export function operationHeaders(context: Context, operation: Operation, location?: string): Record<string, string> {
  return {
    'azure-asyncoperation': statusUri(context, operation),
    location: location ?? uri(context, 'mfeOperationResults', operation),
    'x-ms-async-operation-timeout': 'PT30M',
  };
}

/**
 * `GET …/mfeOperationsStatus/{id}`: 200 for a failed one too. A deployment's is `Updating` all the time, also while it is
 * created or deleted (test_online_endpoint_mir_deployment_delete.yaml); the words for an endpoint's are [U].
 */
export function operationStatus(context: Context): Reply {
  const operation = findOperation(context);
  if (!operation) return operationNotFound(context);
  const { id, startedAt, endsAt, done, ending, error } = operation;
  return json(200, {
    ...(done && error ? { error } : {}),
    id: context.request.path,
    name: id,
    startTime: new Date(startedAt).toISOString(),
    ...(done && endsAt !== undefined ? { endTime: new Date(endsAt).toISOString() } : {}),
    percentComplete: done ? 100 : 0,
    status: done ? ending : progressWord(operation),
  });
}

/** `GET …/mfeOperationResults/{id}`: 202 while it runs, 204 afterwards. [U] */
export function operationResult(context: Context): Reply {
  const operation = findOperation(context);
  if (!operation) return operationNotFound(context);
  if (!operation.done) return json(202, null, operationHeaders(context, operation));
  if (operation.error) return json(400, { error: operation.error });
  return empty(204);
}

/** The error of an operation that ends badly without a reason of its own. */
export function defaultError(ending: 'Failed' | 'Canceled'): JsonObject {
  return ending === 'Canceled'
    ? { code: 'OperationCanceled', message: 'The operation was canceled. [U]', details: [], additionalInfo: [] }
    : { code: 'InternalServerError', message: 'An internal error occurred. [U]', details: [], additionalInfo: [] };
}

function end(state: State, operation: Operation): void {
  operation.done = true;
  const { subject, change, ending } = operation;
  const { endpoint, deployment } = subject;
  if (ending !== 'Succeeded') operation.error ??= defaultError(ending);
  if (change.kind === 'keys') {
    if (ending === 'Succeeded') endpoint.keys[change.keyType] = change.value;
  } else if (change.kind === 'delete' && ending === 'Succeeded') {
    remove(state, endpoint, deployment);
  } else if (deployment) {
    settle(deployment, operation);
  } else {
    settle(endpoint, operation);
    endpoint.modifiedAt = operation.endsAt ?? endpoint.modifiedAt;
    endpoint.balance = {};
    const { traffic, mirrorTraffic } = endpoint.body.properties;
    endpoint.splits.push({ time: operation.endsAt ?? endpoint.modifiedAt, traffic, mirrorTraffic });
  }
}

function settle<Body>(resource: Resource<Body>, { change, ending, lag }: Operation): void {
  const { body, next } = resource;
  resource.provisioningState = ending;
  resource.next = undefined;
  if (ending !== 'Succeeded') return;
  resource.ready = true;
  resource.body = next ?? body;
  resource.lag = lag > 0 ? { reads: lag, body: change.kind === 'create' ? undefined : body } : undefined;
}

function remove(state: State, endpoint: Endpoint, deployment: Deployment | undefined): void {
  const names = deployment ? [endpoint.name, deployment.name] : [endpoint.name];
  state.gone.push(graveOf(endpoint.workspace, names));
  // For those who go on seeing it.
  (deployment ?? endpoint).provisioningState = 'Succeeded';
  if (deployment) endpoint.deployments = endpoint.deployments.filter((other) => other !== deployment);
  else state.endpoints = state.endpoints.filter((other) => other !== endpoint);
}

/** What was deleted, for as long as reads lag behind that. Each one brings the truth nearer. */
export function ghostOf(
  { state }: Context,
  isIt: (subject: Operation['subject']) => boolean,
): Operation['subject'] | undefined {
  const deletion = state.operations.find(
    ({ done, ending, change, lag, subject }) =>
      done && ending === 'Succeeded' && change.kind === 'delete' && lag > 0 && isIt(subject),
  );
  if (deletion) deletion.lag -= 1;
  return deletion?.subject;
}

function progressWord({ change, subject }: Operation): string {
  if (subject.deployment) return 'Updating';
  return { create: 'Creating', update: 'Updating', delete: 'Deleting', keys: 'InProgress' }[change.kind];
}

function findOperation({ state, names }: Context): Operation | undefined {
  return state.operations.find(({ id }) => id === names[0]);
}

function operationNotFound(context: Context): Reply {
  return serviceError(context, 404, 'NotFound', 'The specified operation was not found. [U]');
}

function statusUri(context: Context, operation: Operation): string {
  return uri(context, 'mfeOperationsStatus', operation);
}

function uri({ state, version }: Context, kind: string, { id, location }: Operation): string {
  const scope = `/subscriptions/${state.subscriptionId}/providers/${provider}/locations/${location}`;
  return `${state.url}${scope}/${kind}/${id}?api-version=${version}`;
}
