import type { SpecRequest } from '../spec/model.ts';
import type { Cloud } from './cloud.ts';
import type { Container } from './containers.ts';

/** Which workspace, and how to get there. */
export interface AzureTarget {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly workspaceName: string;
  readonly tenantId: string | undefined;
  readonly clientId: string | undefined;
  readonly cloud: Cloud;
  readonly apiVersion: string;
}

export type KeyName = 'primary' | 'secondary';

interface OnAzure {
  readonly azure: AzureTarget;
}

/** An operation on exactly one endpoint, named in lower case. */
interface OnOneEndpoint extends OnAzure {
  readonly endpoint: string;
}

interface Desired {
  readonly request: SpecRequest;
}

interface Waiting {
  /** Milliseconds, per endpoint. */
  readonly timeout: number;
}

interface Deploying {
  /** Files of deployments: paths or globs; empty for those in the folder of each endpoint. */
  readonly deployments: readonly string[];
  /** Whether live deployments keep their number of instances. */
  readonly keepCapacity: boolean;
}

/** `validate` checks the endpoints' files; nothing else is read. */
export interface ValidateConfig extends Desired {
  readonly operation: 'validate';
  /** Files of deployments: paths or globs. */
  readonly deployments: readonly string[];
  /** The input `policy`. */
  readonly policy: string;
}

/** How traffic may move step by step. */
export interface RolloutOptions {
  /** The input `policy`: a preset, a path, inline YAML, `none`, or empty for the file of the endpoint. */
  readonly policy: string;
  /** Percent of the way at which to pause. */
  readonly until: number | undefined;
  /** Milliseconds. */
  readonly maxDuration: number;
}

interface Rolling {
  readonly rollout: RolloutOptions;
}

export interface PlanConfig extends Desired, OnAzure, Deploying, Rolling {
  readonly operation: 'plan';
  readonly prune: boolean;
  readonly failOnDrift: boolean;
  readonly comment: { readonly mode: 'auto' | 'true' | 'false'; readonly token: string };
}

export interface CreateConfig extends Desired, OnOneEndpoint, Waiting {
  readonly operation: 'create';
}

interface WritingSeveral extends Desired, OnAzure, Waiting {
  readonly maxConcurrency: number;
}

export interface UpdateConfig extends WritingSeveral {
  readonly operation: 'update';
  readonly confirm: string;
}

export interface ApplyConfig extends WritingSeveral, Deploying, Rolling {
  readonly operation: 'apply';
  readonly confirm: string;
  readonly prune: boolean;
  readonly deleteFailed: boolean;
}

export interface DeployConfig extends WritingSeveral, Deploying {
  readonly operation: 'deploy';
  /** The only deployment to work on. */
  readonly deployment: string | undefined;
  readonly deleteFailed: boolean;
}

export interface RolloutConfig extends WritingSeveral, Rolling {
  readonly operation: 'rollout';
}

/** Neither this nor `rollback` needs a YAML: the tags of the endpoint keep both splits. */
export interface PromoteConfig extends OnOneEndpoint, Waiting {
  readonly operation: 'promote';
}

export interface RollbackConfig extends OnOneEndpoint, Waiting {
  readonly operation: 'rollback';
  readonly confirm: string;
}

export interface ShowConfig extends OnAzure {
  readonly operation: 'show' | 'list';
  /** What to do about a rollout that nobody runs any more. */
  readonly repair: 'rollback' | undefined;
  readonly select: readonly string[];
}

export interface UrlConfig extends OnOneEndpoint {
  readonly operation: 'url';
}

export interface TokenConfig extends OnOneEndpoint {
  readonly operation: 'token';
  readonly key: KeyName;
}

export interface InvokeConfig extends OnOneEndpoint, Waiting {
  readonly operation: 'invoke';
  readonly deployment: string | undefined;
  readonly requestFile: string;
  /** What a custom container serves in the place of `/score`, as `SCORING_PATH` takes it. */
  readonly path: string | undefined;
  readonly expectStatus: number;
  readonly key: KeyName;
}

export interface LogsConfig extends OnOneEndpoint {
  readonly operation: 'logs';
  /** May be left out where the endpoint has only one. */
  readonly deployment: string | undefined;
  readonly container: Container;
  /** Lines. */
  readonly tail: number;
}

export interface RegenerateKeysConfig extends OnOneEndpoint, Waiting {
  readonly operation: 'regenerate-keys';
  readonly key: KeyName;
}

export interface DeleteConfig extends OnOneEndpoint, Waiting {
  readonly operation: 'delete';
  /** The only deployment to delete; without it the endpoint goes, with all of them. */
  readonly deployment: string | undefined;
  readonly confirm: string;
}

/** All that an operation needs to know, parsed and checked once. */
export type Config =
  | ValidateConfig
  | PlanConfig
  | CreateConfig
  | UpdateConfig
  | ApplyConfig
  | DeployConfig
  | RolloutConfig
  | PromoteConfig
  | RollbackConfig
  | ShowConfig
  | UrlConfig
  | TokenConfig
  | InvokeConfig
  | LogsConfig
  | RegenerateKeysConfig
  | DeleteConfig;
