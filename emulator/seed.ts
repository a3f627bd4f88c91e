import { BodyFault } from './arm/body-fault.ts';
import type { Context } from './arm/context.ts';
import { parseDeployment } from './arm/deployment-body.ts';
import { parseEndpoint } from './arm/endpoint-body.ts';
import { isManaged } from './arm/endpoint-view.ts';
import { checkName } from './arm/names.ts';
import { newDeployment, newEndpoint } from './arm/new-resources.ts';
import { faultOfTraffic } from './arm/traffic.ts';
import { apiVersions } from './arm/versions.ts';
import type { JsonObject } from './http.ts';
import { guidOf } from './randomness.ts';
import type { Endpoint, Resource, State, Workspace } from './state.ts';

/** What is there at the start. Endpoints and deployments are written as ARM writes them, with names of their own. */
export interface Seed {
  readonly subscriptionId?: string;
  readonly resourceGroups?: readonly string[];
  readonly workspaces?: readonly SeedWorkspace[];
  /** Endpoint names that somebody else holds in every region. */
  readonly takenNames?: readonly string[];
}

export interface SeedWorkspace {
  readonly name: string;
  /** The first resource group unless told. */
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly endpoints?: readonly SeedEndpoint[];
}

export interface SeedEndpoint {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly identity?: JsonObject;
  /** `authMode` is `Key` unless told. */
  readonly properties?: JsonObject;
  readonly deployments?: readonly SeedDeployment[];
}

export interface SeedDeployment {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly sku?: JsonObject;
  readonly properties?: JsonObject;
}

const defaults = {
  subscriptionId: guidOf('subscription'),
  resourceGroups: ['rg-emulator'],
  workspaces: [{ name: 'ws-emulator' }],
  takenNames: ['taken-by-another'],
} satisfies Seed;

/** Empties the state and fills it from its seed. Identity and secrets stay: clients hold them. */
export function plant(state: State, now: number): void {
  const { subscriptionId, resourceGroups, workspaces, takenNames } = { ...defaults, ...state.seed };
  state.subscriptionId = subscriptionId;
  state.resourceGroups = [...resourceGroups];
  state.takenNames = [...takenNames];
  state.workspaces = [];
  state.endpoints = [];
  state.gone = [];
  state.operations = [];
  state.comments = [];
  state.faults = [];
  state.requests = [];
  for (const workspace of workspaces) plantWorkspace(state, workspace, now);
}

function plantWorkspace(state: State, seed: SeedWorkspace, now: number): void {
  const { name, location = 'westeurope' } = seed;
  const resourceGroup = seed.resourceGroup ?? state.resourceGroups[0] ?? '';
  const workspace = { name, resourceGroup, location, id: guidOf(`workspace ${resourceGroup} ${name}`) };
  state.workspaces.push(workspace);
  for (const endpoint of seed.endpoints ?? []) {
    try {
      plantEndpoint(state, workspace, endpoint, now);
    } catch (error) {
      if (error instanceof BodyFault)
        throw new Error(`seed, endpoint ${endpoint.name}: ${error.message}`, { cause: error });
      throw error;
    }
  }
}

function plantEndpoint(state: State, workspace: Workspace, seed: SeedEndpoint, now: number): void {
  const { name, deployments = [], properties = {}, ...rest } = seed;
  checkName(name);
  const text = JSON.stringify({
    ...rest,
    location: workspace.location,
    properties: { authMode: 'Key', ...properties },
  });
  const body = parseEndpoint(contextOf(state, workspace, text, now));
  const endpoint = ready(newEndpoint(state, workspace, name.toLowerCase(), body, now));
  for (const deployment of deployments) plantDeployment(state, endpoint, deployment, now);
  const { traffic, mirrorTraffic } = body.properties;
  const fault = faultOfTraffic(traffic, mirrorTraffic, endpoint.deployments, isManaged(body));
  if (fault !== undefined) throw new BodyFault(fault);
  state.endpoints.push(endpoint);
}

function plantDeployment(state: State, endpoint: Endpoint, seed: SeedDeployment, now: number): void {
  const { name, properties = {}, ...rest } = seed;
  checkName(name);
  const { workspace } = endpoint;
  const endpointComputeType = isManaged(endpoint.body) ? 'Managed' : 'Kubernetes';
  const content = { ...rest, location: workspace.location, properties: { endpointComputeType, ...properties } };
  const body = parseDeployment(contextOf(state, workspace, JSON.stringify(content), now));
  endpoint.deployments.push(ready(newDeployment(name.toLowerCase(), body, now)));
}

function ready<Kind extends Resource<unknown>>(resource: Kind): Kind {
  return { ...resource, ready: true, provisioningState: 'Succeeded' };
}

function contextOf(state: State, workspace: Workspace, text: string, now: number): Context {
  const request = { method: 'PUT', target: '', path: '', query: new URLSearchParams(), headers: {}, text };
  const path = { subscription: state.subscriptionId, group: workspace.resourceGroup, types: [], names: [] };
  return { state, request, now, path, workspace, names: [], version: apiVersions.at(-1) ?? '' };
}
