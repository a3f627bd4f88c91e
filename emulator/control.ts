import { renderEndpoint } from './arm/endpoint-view.ts';
import { apiVersions } from './arm/versions.ts';
import { parseFaults } from './fault-grammar.ts';
import type { FaultRule, Rule } from './faults.ts';
import { isObject, json, parseJson } from './http.ts';
import type { JsonObject, Reply, Request } from './http.ts';
import { plant } from './seed.ts';
import { storageCredentials } from './storage.ts';
import type { StorageCredentials } from './storage.ts';
import { parseOrders } from './traffic/order.ts';
import type { TrafficOrder } from './traffic/order.ts';
import { emulatedTime, minuteOf } from './traffic/time.ts';
import type { AssetKind, Comment, Deployment, DeploymentBody, RecordedRequest, State } from './state.ts';

export const controlPath = '/_emulator/';

/** What a test may know about the emulator. A copy: nothing in it changes later. */
export interface StateView {
  readonly url: string;
  readonly subscriptionId: string;
  readonly resourceGroups: readonly string[];
  readonly workspaces: readonly { readonly name: string; readonly resourceGroup: string; readonly location: string }[];
  readonly takenNames: readonly string[];
  /** As the newest api-version shows them and without any lag, each with its `workspace` and `deployments`. */
  readonly endpoints: readonly EndpointView[];
  /** Versions of models, environments and codes, in the order in which they were made. */
  readonly assets: readonly AssetView[];
  readonly operations: readonly OperationView[];
  readonly comments: readonly Comment[];
  readonly faults: readonly Rule[];
  /** Every secret issued since the start, also those that are no longer valid. */
  readonly secrets: readonly string[];
}

export interface EndpointView extends JsonObject {
  readonly name: string;
  readonly workspace: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly properties: JsonObject;
  readonly deployments: readonly DeploymentView[];
}

export interface AssetView {
  /** The workspace's name. */
  readonly workspace: string;
  readonly kind: AssetKind;
  readonly name: string;
  readonly version: string;
  readonly properties: JsonObject;
}

export interface DeploymentView extends DeploymentBody {
  readonly name: string;
  readonly provisioningState: string;
}

export interface OperationView {
  readonly id: string;
  readonly kind: string;
  readonly endpoint: string;
  readonly deployment: string | null;
  /** `InProgress`, or how it ended. */
  readonly status: string;
}

/** The tests' own door, below `/_emulator/`. No sign-in: the server listens on the loopback address only. */
export function handleControl(state: State, request: Request, now: number): Reply {
  const route = `${request.method} ${request.path.slice(controlPath.length)}`;
  switch (route) {
    case 'GET state':
      return json(200, viewState(state));
    case 'GET requests':
      return json(200, viewRequests(state));
    case 'POST faults':
      return postFaults(state, parseJson(request.text));
    case 'POST traffic':
      return postTraffic(state, parseJson(request.text), now);
    case 'POST storage':
      return postStorage(state, parseJson(request.text));
    case 'POST reset':
      plant(state, now);
      return json(200, viewState(state));
    default:
      return json(404, {
        error: 'There are GET state, GET requests, POST faults, POST traffic, POST storage and POST reset',
      });
  }
}

export function viewState(state: State): StateView {
  const version = apiVersions.at(-1) ?? '';
  const endpoints = state.endpoints.map((endpoint) => ({
    ...renderEndpoint(state, endpoint, endpoint.body, version),
    name: endpoint.name,
    tags: endpoint.body.tags,
    workspace: endpoint.workspace.name,
    deployments: endpoint.deployments.map(viewDeployment),
  }));
  const assets = state.assets.map(({ workspace, kind, name, version, properties }) => ({
    workspace: workspace.name,
    kind,
    name,
    version,
    properties,
  }));
  const operations = state.operations.map(({ id, change, subject, done, ending }) => ({
    id,
    kind: change.kind,
    endpoint: subject.endpoint.name,
    deployment: subject.deployment?.name ?? null,
    status: done ? ending : 'InProgress',
  }));
  const { url, subscriptionId, resourceGroups, workspaces, takenNames, comments, faults, secrets } = state;
  return structuredClone({
    url,
    subscriptionId,
    resourceGroups,
    workspaces,
    takenNames,
    endpoints,
    assets,
    operations,
    comments,
    faults,
    secrets,
  });
}

function viewDeployment({ name, provisioningState, body }: Deployment): DeploymentView {
  return { name, provisioningState, ...body };
}

export function viewRequests(state: State): RecordedRequest[] {
  return structuredClone(state.requests);
}

/** Puts rules behind those that are there. */
export function addFaults(state: State, rules: readonly FaultRule[]): void {
  state.faults.push(...rules.map((rule) => ({ ...rule, seen: 0, fired: 0 })));
}

/** Sends clients to endpoints from the present minute on. */
export function addTraffic(state: State, orders: readonly TrafficOrder[], now: number): void {
  const since = minuteOf(emulatedTime(state.behaviour.pace, now));
  state.traffic.push(...orders.map((order) => ({ ...order, since })));
}

/** Lets the datastores hand out something else from now on; a reset brings back what they had at the start. */
export function handOut(state: State, credentials: StorageCredentials): void {
  state.storage = { ...state.storage, credentials };
}

function postStorage(state: State, value: unknown): Reply {
  const wanted = isObject(value) ? value['credentials'] : undefined;
  const credentials = storageCredentials.find((known) => known === wanted);
  if (!credentials) return json(400, { error: `credentials must be one of ${storageCredentials.join(', ')}` });
  handOut(state, credentials);
  return json(200, { credentials });
}

function postTraffic(state: State, value: unknown, now: number): Reply {
  try {
    addTraffic(state, parseOrders(value), now);
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
  return json(200, state.traffic);
}

function postFaults(state: State, value: unknown): Reply {
  try {
    addFaults(state, parseFaults(value));
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
  return json(200, state.faults);
}
