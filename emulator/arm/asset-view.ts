import type { JsonObject } from '../http.ts';
import type { AssetKind, AssetVersion, State, Workspace } from '../state.ts';
import { workspaceId } from './endpoint-view.ts';
import { provider } from './path.ts';

/** One version of a model, environment or code. */
export function renderAsset(state: State, asset: AssetVersion): JsonObject {
  return {
    id: `${containerId(state, asset)}/versions/${asset.version}`,
    name: asset.version,
    type: `${provider}/workspaces/${asset.kind}/versions`,
    properties: asset.properties,
    systemData: fullSystemData(asset, state.identity.clientId),
  };
}

/** All versions of a name. `versions` is in the order in which they were made, and not empty. */
export function renderContainer(state: State, versions: readonly AssetVersion[]): JsonObject {
  const [first] = versions;
  const newest = versions.at(-1);
  if (!first || !newest) throw new Error('a container without versions');
  return {
    id: containerId(state, first),
    name: first.name,
    type: `${provider}/workspaces/${first.kind}`,
    properties: {
      description: null,
      tags: {},
      properties: {},
      isArchived: false,
      latestVersion: newest.version,
      nextVersion: nextVersion(versions),
      provisioningState: 'Succeeded',
    },
    systemData: fullSystemData({ createdAt: first.createdAt, modifiedAt: newest.modifiedAt }, state.identity.clientId),
  };
}

/** Assets and datastores say more than endpoints do (test_endpoint_and_deployment_exist_with_yaml.yaml). */
export function fullSystemData(
  { createdAt, modifiedAt }: { readonly createdAt: number; readonly modifiedAt: number },
  client: string,
): JsonObject {
  return {
    createdAt: new Date(createdAt).toISOString(),
    createdBy: client,
    createdByType: 'Application',
    lastModifiedAt: new Date(modifiedAt).toISOString(),
    lastModifiedBy: client,
    lastModifiedByType: 'Application',
  };
}

function containerId(
  state: State,
  { workspace, kind, name }: { readonly workspace: Workspace; readonly kind: AssetKind; readonly name: string },
): string {
  return `${workspaceId(state, workspace)}/${kind}/${name}`;
}

/** One more than the greatest number among the versions. What Azure says when none is a number is [U]. */
function nextVersion(versions: readonly AssetVersion[]): string {
  const numbers = versions.map(({ version }) => version).filter((version) => /^\d+$/.test(version));
  return String(Math.max(0, ...numbers.map(Number)) + 1);
}
