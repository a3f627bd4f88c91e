import type { ResolvedAsset } from '../../plan/deployment/assets.ts';
import type { Workspace } from '../connect.ts';
import type { AssetKind } from './versions.ts';

/** A model, code, environment or data asset of a deployment, as Azure will know it. */
export interface DeploymentAsset extends ResolvedAsset {
  /**
   * Uploads and registers it; absent for what Azure has.
   * @param workspace with the limits of whoever needs it
   * @throws Failure, ServiceError or ConnectionError
   */
  readonly make?: (workspace: Workspace) => Promise<void>;
}

/** What became of a look for an asset. */
export type Found =
  | { readonly asset: DeploymentAsset }
  | {
      /** What is wrong, and what would be allowed. */
      readonly fault: string;
      /** The key that is at fault below the asset's own, such as `path`; the asset itself unless told. */
      readonly at?: string;
    };

/**
 * The text of a key with the placeholders that it has, which people see in place of the value; `undefined` where it has none.
 * @param below a key below the asset's own
 */
export type Written = (below?: 'name' | 'version') => string | undefined;

/** What people call one asset of a kind. */
export const NOUN: Readonly<Record<AssetKind, string>> = {
  models: 'model',
  environments: 'environment',
  codes: 'code',
  data: 'data asset',
};
