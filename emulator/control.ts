import { renderEndpoint } from './arm/endpoint-view.ts';
import { apiVersions } from './arm/versions.ts';
import { parseFaults } from './fault-grammar.ts';
import type { FaultRule, Rule } from './faults.ts';
import { json, parseJson } from './http.ts';
import type { JsonObject, Reply, Request } from './http.ts';
import { plant } from './seed.ts';
import type { Comment, Deployment, DeploymentBody, RecordedRequest, State } from './state.ts';

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
    case 'POST reset':
      plant(state, now);
      return json(200, viewState(state));
    default:
      return json(404, { error: 'There are GET state, GET requests, POST faults and POST reset' });
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

function postFaults(state: State, value: unknown): Reply {
  try {
    addFaults(state, parseFaults(value));
  } catch (error) {
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
  return json(200, state.faults);
}
