import type { Story } from './deployment-failures.ts';
import type { Rule } from './faults.ts';
import type { JsonObject } from './http.ts';
import { draw, guidOf } from './randomness.ts';
import type { Randomness } from './randomness.ts';
import type { Quota, Seed } from './seed.ts';
import { storageOf } from './storage.ts';
import type { Storage, StorageOptions } from './storage.ts';
import type { Load } from './traffic/load.ts';
import type { Pace } from './traffic/time.ts';

/** Everything the emulator knows. Plain data; the handlers change it in place and nothing else does. */
export interface State {
  /** Where the emulator answers, without a final slash. */
  readonly url: string;
  readonly behaviour: Behaviour;
  readonly identity: ClientIdentity;
  readonly seed: Seed;
  readonly randomness: Randomness;
  /** Every secret issued since the start, also those that are no longer valid. */
  readonly secrets: string[];
  subscriptionId: string;
  resourceGroups: string[];
  workspaces: Workspace[];
  /** Endpoint names that somebody outside this subscription holds, in every region. */
  takenNames: string[];
  endpoints: Endpoint[];
  /** Versions of models, environments, codes and data, in the order in which they were made. */
  assets: AssetVersion[];
  /** The account behind the datastores. */
  storage: Storage;
  /** Containers that a handler has promised; whoever runs the emulator makes them before its answer goes out. */
  promisedContainers: string[];
  /** By family of virtual machines; one that is not here has the usual limit. */
  quotas: Readonly<Record<string, Quota>>;
  /** What was deleted: a 404 for it has other words than one for what never was. */
  gone: string[];
  operations: Operation[];
  /** Comments of pull requests on GitHub. */
  comments: Comment[];
  faults: Rule[];
  /** What clients send, the latest order last. */
  traffic: Load[];
  requests: RecordedRequest[];
}

export interface Comment {
  readonly id: number;
  /** Number of the pull request. */
  readonly issue: number;
  body: string;
}

/** How the emulator behaves. Times are in milliseconds. */
export interface Behaviour {
  /** The length of each long-running operation. */
  readonly operationTime: number;
  /** The length of a deployment's operations, where it differs. */
  readonly deploymentTime: number | undefined;
  /** Whether an endpoint takes one write of a deployment at a time, as some regions of Azure do (azure-sdk-for-net#36961). */
  readonly serialDeployments: boolean;
  readonly storage: StorageOptions;
  /** How fast the time of traffic and metrics runs. All else goes by real time. */
  readonly pace: Pace;
  /** How many reads still show the old tags and traffic after an update has succeeded. */
  readonly staleReads: number;
  /** How many reads still answer 404 after a create has succeeded. */
  readonly hiddenReads: number;
  /** Endpoints or deployments on one page of a list. */
  readonly pageSize: number;
  readonly idTokenLifetime: number;
  readonly accessTokenLifetime: number;
  /** The life of a token of `POST …/token`. */
  readonly amlTokenLifetime: number;
  /** Role actions that the client lacks, such as `Microsoft.MachineLearningServices/workspaces/read`; a star is any text. */
  readonly denied: readonly string[];
}

/** Who may sign in. Made once; the environment of every client names it, so a reset keeps it. */
export interface ClientIdentity {
  readonly tenantId: string;
  readonly clientId: string;
  readonly objectId: string;
  readonly clientSecret: string;
  readonly idTokenRequestToken: string;
}

export interface Workspace {
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly id: string;
  readonly createdAt: number;
}

export type AssetKind = 'models' | 'environments' | 'codes' | 'data';

export interface AssetVersion {
  readonly workspace: Workspace;
  readonly kind: AssetKind;
  readonly name: string;
  readonly version: string;
  properties: JsonObject;
  readonly createdAt: number;
  modifiedAt: number;
}

export type ProvisioningState = 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed' | 'Canceled';

/** What endpoints and deployments have in common: a body that reads may lag behind. */
export interface Resource<Body> {
  readonly name: string;
  body: Body;
  /** What the running operation makes of it. */
  next: Body | undefined;
  /** Whether an operation on it ever succeeded. Until then it has no scoring URI. */
  ready: boolean;
  provisioningState: ProvisioningState;
  /** The operation that last changed it. */
  operationUri: string;
  readonly createdAt: number;
  modifiedAt: number;
  /** What the next `reads` reads see instead; without a body they see nothing. */
  lag: { readonly body: Body | undefined; reads: number } | undefined;
}

export interface Endpoint extends Resource<EndpointBody> {
  readonly workspace: Workspace;
  readonly principalId: string;
  readonly keys: { Primary: string; Secondary: string };
  deployments: Deployment[];
  /** Running totals of the weighted choice between deployments. */
  balance: Record<string, number>;
  /** Every split that was live, the latest last. */
  splits: Split[];
  /** Requests that reached a deployment. */
  readonly calls: Call[];
}

export interface Split {
  /** When it became live: real milliseconds since 1970. */
  readonly time: number;
  readonly traffic: Weights;
  readonly mirrorTraffic: Weights;
}

export interface Call {
  /** Real milliseconds since 1970. */
  readonly time: number;
  readonly deployment: string;
  readonly status: number;
}

export interface EndpointBody {
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly identity: ResourceIdentity;
  readonly properties: {
    readonly authMode: AuthMode;
    readonly description: string | null;
    readonly compute: string | null;
    readonly publicNetworkAccess: string;
    readonly traffic: Weights;
    readonly mirrorTraffic: Weights;
    readonly properties: Readonly<Record<string, string>>;
  };
}

export type AuthMode = 'Key' | 'AMLToken' | 'AADToken';

/** Percent by deployment. */
export type Weights = Readonly<Record<string, number>>;

export interface ResourceIdentity {
  readonly type: string;
  /** Resource ids of user-assigned identities. */
  readonly userAssigned: readonly string[];
}

export interface Deployment extends Resource<DeploymentBody> {
  story: Story;
}

export interface DeploymentBody {
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sku: { readonly name: string; readonly tier: string; readonly capacity: number };
  readonly properties: JsonObject;
  /** `properties.properties`. */
  readonly bag: Readonly<Record<string, string>>;
}

/** A long-running operation. It ends when it is looked at after `endsAt`. */
export interface Operation {
  /** `oe:` or `od:`, the workspace's id and a GUID. */
  readonly id: string;
  readonly location: string;
  readonly subject: { readonly endpoint: Endpoint; readonly deployment?: Deployment };
  readonly change: Change;
  readonly startedAt: number;
  /** `undefined` for one that never ends. */
  endsAt: number | undefined;
  ending: 'Succeeded' | 'Failed' | 'Canceled';
  error: JsonObject | undefined;
  /** How many reads lag behind its success. */
  lag: number;
  done: boolean;
}

export type Change =
  | { readonly kind: 'create' | 'update' | 'delete' }
  | { readonly kind: 'keys'; readonly keyType: 'Primary' | 'Secondary'; readonly value: string };

/** A request that was answered, as `GET /_emulator/requests` tells it. */
export interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** 0 when the connection was cut without an answer. */
  readonly status: number;
  /** Parsed when it is JSON; `null` when there was none. */
  readonly body: unknown;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** A state without resources: an identity that may sign in, and its secrets. */
export function emptyState(url: string, entropy: string, behaviour: Behaviour, seed: Seed): State {
  const randomness: Randomness = { entropy, drawn: 0 };
  const identity: ClientIdentity = {
    tenantId: guidOf('tenant'),
    clientId: guidOf('client'),
    objectId: guidOf('object'),
    clientSecret: draw(randomness),
    idTokenRequestToken: draw(randomness),
  };
  return {
    url,
    behaviour,
    identity,
    seed,
    randomness,
    secrets: [identity.clientSecret, identity.idTokenRequestToken],
    subscriptionId: '',
    resourceGroups: [],
    workspaces: [],
    takenNames: [],
    endpoints: [],
    assets: [],
    storage: storageOf({}, ''),
    promisedContainers: [],
    quotas: {},
    gone: [],
    operations: [],
    comments: [],
    faults: [],
    traffic: [],
    requests: [],
  };
}
