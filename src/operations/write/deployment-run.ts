import pLimit, { type LimitFunction } from 'p-limit';
import { type Assets, openAssets } from '../../azure/assets/assets.ts';
import type { Workspace } from '../../azure/connect.ts';
import type { Deps } from '../../deps.ts';
import { type Claimant, claimant } from '../traffic/claimant.ts';

/** What all deployments of a run share. */
export interface DeploymentRun {
  readonly deps: Deps;
  /** Names, uploads and registers; whatever two deployments share is looked up and uploaded once. */
  readonly assets: Assets;
  readonly limit: LimitFunction;
  /** Milliseconds that one deployment may take. */
  readonly timeout: number;
  readonly claim: Claimant;
  readonly keepCapacity: boolean;
  readonly deleteFailed: boolean;
}

export interface RunOptions {
  /** How many deployments are worked on at the same time, over all endpoints. */
  readonly maxConcurrency: number;
  readonly timeout: number;
  readonly keepCapacity: boolean;
  readonly deleteFailed: boolean;
}

export function startDeploymentRun(workspace: Workspace, options: RunOptions, deps: Deps): DeploymentRun {
  const { maxConcurrency, timeout, keepCapacity, deleteFailed } = options;
  return {
    deps,
    assets: openAssets({ workspace, files: deps.files }),
    limit: pLimit(maxConcurrency),
    timeout,
    claim: claimant(deps, workspace.target),
    keepCapacity,
    deleteFailed,
  };
}
