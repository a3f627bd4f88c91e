import { BodyFault } from './arm/body-fault.ts';
import type { Context } from './arm/context.ts';
import { addAsset } from './arm/assets.ts';
import { parseAsset } from './arm/asset-body.ts';
import { parseDeployment } from './arm/deployment-body.ts';
import { parseEndpoint } from './arm/endpoint-body.ts';
import { isManaged } from './arm/endpoint-view.ts';
import { checkName } from './arm/names.ts';
import { newDeployment, newEndpoint } from './arm/new-resources.ts';
import { faultOfTraffic } from './arm/traffic.ts';
import { apiVersions } from './arm/versions.ts';
import { failureNames } from './deployment-failures.ts';
import type { FailureName } from './deployment-failures.ts';
import type { JsonObject } from './http.ts';
import { draw, guidOf } from './randomness.ts';
import type { AssetKind, Endpoint, Resource, State, Workspace } from './state.ts';
import { storageOf } from './storage.ts';
import type { StorageOptions } from './storage.ts';
import { defaultLimit, vmFamilies } from './vm-sizes.ts';

/** What is there at the start. Endpoints and deployments are written as ARM writes them, with names of their own. */
export interface Seed {
  readonly subscriptionId?: string;
  readonly resourceGroups?: readonly string[];
  readonly workspaces?: readonly SeedWorkspace[];
  /** Endpoint names that somebody else holds in every region. */
  readonly takenNames?: readonly string[];
  /** Over the options of the same name. */
  readonly storage?: StorageOptions;
  /** vCPUs by family of virtual machines, such as `standardDSv2Family`. */
  readonly quotas?: Readonly<Record<string, Partial<Quota>>>;
}

export interface Quota {
  /** 300 unless told. */
  readonly limit: number;
  /** What others use; the deployments here come on top. */
  readonly used: number;
}

export interface SeedWorkspace {
  readonly name: string;
  /** The first resource group unless told. */
  readonly resourceGroup?: string;
  readonly location?: string;
  readonly models?: readonly SeedAsset[];
  readonly environments?: readonly SeedAsset[];
  readonly codes?: readonly SeedAsset[];
  readonly data?: readonly SeedAsset[];
  readonly endpoints?: readonly SeedEndpoint[];
}

/** In ARM's words; its content is made up unless told. */
export interface SeedAsset {
  readonly name: string;
  /** `1` unless told. */
  readonly version?: string;
  readonly properties?: JsonObject;
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
  /** Makes it `Failed`; the container's logs say why. */
  readonly failure?: FailureName;
  /** Lines that the user's own code has written. */
  readonly log?: readonly string[];
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
  state.assets = [];
  state.quotas = quotasOf(state.seed);
  state.storage = storageOf({ ...state.behaviour.storage, ...state.seed.storage }, spareKey(state));
  state.gone = [];
  state.operations = [];
  state.comments = [];
  state.faults = [];
  state.traffic = [];
  state.requests = [];
  for (const workspace of workspaces) plantWorkspace(state, workspace, now);
}

function plantWorkspace(state: State, seed: SeedWorkspace, now: number): void {
  const { name, location = 'westeurope' } = seed;
  const resourceGroup = seed.resourceGroup ?? state.resourceGroups[0] ?? '';
  const id = guidOf(`workspace ${resourceGroup} ${name}`);
  const workspace = { name, resourceGroup, location, id, createdAt: now };
  state.workspaces.push(workspace);
  for (const kind of kinds) for (const asset of seed[kind] ?? []) plantAsset(state, workspace, kind, asset, now);
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

const kinds = ['models', 'environments', 'codes', 'data'] as const;

function plantAsset(state: State, workspace: Workspace, kind: AssetKind, seed: SeedAsset, now: number): void {
  const { name, version = '1' } = seed;
  const place = `azureml://datastores/workspaceblobstore/paths/LocalUpload/${name}/${version}`;
  const content = {
    models: { modelUri: place },
    codes: { codeUri: place },
    data: { dataUri: place },
    environments: seed.properties?.['build'] === undefined ? { image: `emulator/${name}:${version}` } : {},
  };
  try {
    const properties = parseAsset(kind, JSON.stringify({ properties: { ...content[kind], ...seed.properties } }));
    addAsset(state, { workspace, kind, name, version, properties, createdAt: now, modifiedAt: now });
  } catch (error) {
    if (error instanceof BodyFault) throw new Error(`seed, ${kind} ${name}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A key that is good for nothing but to be handed out. */
function spareKey(state: State): string {
  return Buffer.from(draw(state.randomness), 'hex').toString('base64');
}

function quotasOf({ quotas = {} }: Seed): Readonly<Record<string, Quota>> {
  const unknown = Object.keys(quotas).find((family) => !vmFamilies.includes(family));
  if (unknown !== undefined)
    throw new Error(`seed, quotas: no family '${unknown}'; there are ${vmFamilies.join(', ')}`);
  return Object.fromEntries(
    Object.entries(quotas).map(([family, quota]) => [family, { limit: defaultLimit, used: 0, ...quota }]),
  );
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
  const { name, properties = {}, failure, log = [], ...rest } = seed;
  checkName(name);
  checkStory(failure, log);
  const { workspace } = endpoint;
  const endpointComputeType = isManaged(endpoint.body) ? 'Managed' : 'Kubernetes';
  const content = { ...rest, location: workspace.location, properties: { endpointComputeType, ...properties } };
  const body = parseDeployment(contextOf(state, workspace, JSON.stringify(content), now));
  const deployment = newDeployment(name.toLowerCase(), body, now);
  const settled = failure === undefined ? ready(deployment) : { ...deployment, provisioningState: 'Failed' as const };
  endpoint.deployments.push({ ...settled, story: { failure, log } });
}

function checkStory(failure: unknown, log: unknown): void {
  if (failure !== undefined && !failureNames.some((known) => known === failure)) {
    throw new BodyFault(`failure must be one of ${failureNames.join(', ')}`);
  }
  if (!Array.isArray(log) || log.some((line) => typeof line !== 'string'))
    throw new BodyFault('log must be lines of text');
}

function ready<Kind extends Resource<unknown>>(resource: Kind): Kind {
  return { ...resource, ready: true, provisioningState: 'Succeeded' };
}

function contextOf(state: State, workspace: Workspace, text: string, now: number): Context {
  const request = { method: 'PUT', target: '', path: '', query: new URLSearchParams(), headers: {}, text };
  const path = { subscription: state.subscriptionId, group: workspace.resourceGroup, types: [], names: [] };
  return { state, request, now, path, workspace, names: [], version: apiVersions.at(-1) ?? '' };
}
