import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';
import type { AssetKind, AssetVersion } from '../state.ts';
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

function isThere(context: Context, kind: AssetKind, id: string): boolean {
  const { state, workspace } = context;
  if (/^azureml:(\/\/|AzureML-)/i.test(id)) return true;
  const short = /^azureml:(?!\/)([^:]+):([^:]+)$/.exec(id);
  if (short) return has(context, kind, short[1], short[2]);
  const match = armId.exec(id);
  if (!match) return false;
  const [, group = '', name = '', type = '', asset = '', by = '', version = ''] = match;
  if (!sameName(name, workspace.name) || !sameName(group, workspace.resourceGroup)) return true;
  if (!sameName(type, kind)) return false;
  if (kind === 'environments' && /^AzureML-/i.test(asset)) return true;
  if (sameName(by, 'versions')) return has(context, kind, asset, version);
  return sameName(version, 'latest') && state.assets.some((other) => isOf(other, context, kind, asset));
}

function has({ state, workspace }: Context, kind: AssetKind, name = '', version = ''): boolean {
  return findAsset(state, workspace, kind, name, version) !== undefined;
}

function isOf(other: AssetVersion, { workspace }: Context, kind: AssetKind, name: string): boolean {
  return other.workspace === workspace && other.kind === kind && sameName(other.name, name);
}
