import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';
import type { AssetKind, AssetVersion, State, Workspace } from '../state.ts';
import { findAsset } from './assets.ts';
import type { Context } from './context.ts';
import { sameName } from './path.ts';

/**
 * What a deployment names and this workspace has not, as a sentence. What lies in a registry or in another workspace, and
 * curated environments (`AzureML-…`), are taken as they are. Azure's words, and whether it refuses the PUT or
 * fails the operation, are [U].
 */
export function missingReference(context: Context, properties: JsonObject): string | undefined {
  const { codeConfiguration, environmentId, model } = properties;
  const codeId = isObject(codeConfiguration) ? codeConfiguration['codeId'] : undefined;
  const named = { models: model, environments: environmentId, codes: codeId } as const;
  for (const kind of ['models', 'environments', 'codes'] as const) {
    const id = named[kind] ?? undefined;
    if (id === undefined) continue;
    if (typeof id !== 'string') return `The id of ${kind} must be a string`;
    if (!isThere(context, kind, id)) return `The workspace has no '${id}' among its ${kind}`;
  }
  return undefined;
}

const armId =
  /\/resourceGroups\/([^/]+)\/providers\/[^/]+\/workspaces\/([^/]+)\/(\w+)\/([^/]+)\/(versions|labels)\/([^/]+)$/i;

function isThere({ state, workspace }: Context, kind: AssetKind, id: string): boolean {
  if (/^azureml:(\/\/|AzureML-)/i.test(id)) return true;
  const match = armId.exec(id);
  if (match) {
    const [, group = '', name = '', type = '', asset = ''] = match;
    if (!sameName(name, workspace.name) || !sameName(group, workspace.resourceGroup)) return true;
    if (kind === 'environments' && sameName(type, kind) && /^AzureML-/i.test(asset)) return true;
  }
  return findReferenced(state, workspace, kind, id) !== undefined;
}

/** The version that an id of a deployment names, where it is one of this workspace; the newest for the label `latest`. */
export function findReferenced(
  state: State,
  workspace: Workspace,
  kind: AssetKind,
  id: string,
): AssetVersion | undefined {
  const [, shortName, shortVersion] = /^azureml:(?!\/)([^:]+):([^:]+)$/.exec(id) ?? [];
  if (shortName !== undefined) return findAsset(state, workspace, kind, shortName, shortVersion ?? '');
  const [, group = '', owner = '', type = '', name = '', by = '', version = ''] = armId.exec(id) ?? [];
  if (!sameName(owner, workspace.name) || !sameName(group, workspace.resourceGroup)) return undefined;
  if (!sameName(type, kind)) return undefined;
  if (sameName(by, 'versions')) return findAsset(state, workspace, kind, name, version);
  if (!sameName(version, 'latest')) return undefined;
  return state.assets.findLast(
    (other) => other.workspace === workspace && other.kind === kind && sameName(other.name, name),
  );
}
