import { isObject, type JsonObject, objectAt, textAt } from '../../json.ts';
import type { Workspace } from '../connect.ts';
import { isNotFound, whatIsMissing } from '../missing.ts';
import { isPage, isResource, isResourceOrNothing, resource } from '../resources.ts';

/** Where ARM keeps assets, each in versions below a name. */
export type AssetKind = 'models' | 'environments' | 'codes' | 'data';

export interface Version {
  readonly kind: AssetKind;
  readonly name: string;
  readonly version: string;
}

/** ARM id of a version in this workspace, in the spelling of azure-ai-ml (`VERSIONED_RESOURCE_ID_FORMAT`). */
export function versionId({ id }: Workspace, { kind, name, version }: Version): string {
  return `${id}/${kind}/${name}/versions/${version}`;
}

/** The version of an ARM id of this workspace; `undefined` for what belongs elsewhere, or has a label. */
export function versionOf(workspace: Workspace, id: string): Version | undefined {
  const { by, kind, name, word } = hereOf(workspace, id) ?? {};
  return kind && name && word && by === 'versions' ? { kind, name, version: word } : undefined;
}

/** The name of an ARM id of this workspace that ends in `labels/latest`. */
export function latestOf(workspace: Workspace, id: string): string | undefined {
  const { by, name, word } = hereOf(workspace, id) ?? {};
  return by === 'labels' && word?.toLowerCase() === 'latest' ? name : undefined;
}

const ID =
  /\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/.*\/workspaces\/([^/]+)\/(models|environments|codes|data)\/([^/]+)\/(versions|labels)\/([^/]+)$/i;

function hereOf({ target }: Workspace, id: string) {
  const [, subscription = '', group = '', workspace = '', kind = '', name = '', by = '', word = ''] = ID.exec(id) ?? [];
  const isHere =
    same(subscription, target.subscriptionId) &&
    same(group, target.resourceGroup) &&
    same(workspace, target.workspaceName);
  return isHere ? { kind: kind.toLowerCase() as AssetKind, name, by: by.toLowerCase(), word } : undefined;
}

/** @returns `undefined` when the workspace has no such version @throws as `send` does */
export function getVersion(workspace: Workspace, version: Version): Promise<JsonObject | undefined> {
  return orNothing(workspace, async () =>
    resource(
      await workspace.send({ method: 'GET', path: versionPath(version), repeat: 'always', expects: isResource }),
    ),
  );
}

/** The latest versions that were made, the newest first; none when there is no such name. @throws as `send` does */
export async function newestVersions(
  workspace: Workspace,
  kind: AssetKind,
  name: string,
  most: number,
): Promise<readonly JsonObject[]> {
  const path = `${namePath(kind, name)}/versions?$orderBy=${encodeURIComponent('createdtime desc')}&$top=${most}`;
  const found = await orNothing(workspace, async () => onePage(workspace, path));
  return found ?? [];
}

/** Some names of a kind, for a guess at what was meant. @throws as `send` does */
export async function someNames(workspace: Workspace, kind: AssetKind): Promise<string[]> {
  const page = await orNothing(workspace, () => onePage(workspace, `/${kind}`));
  return (page ?? []).flatMap((each) => textAt(each, 'name') ?? []);
}

/** The version that Azure would give next. @throws as `send` does */
export async function nextVersion(workspace: Workspace, kind: AssetKind, name: string): Promise<string> {
  const path = namePath(kind, name);
  const container = await orNothing(workspace, async () =>
    resource(await workspace.send({ method: 'GET', path, repeat: 'always', expects: isResource })),
  );
  // Source: azure-ai-ml `_get_next_version_from_container`.
  return textAt(objectAt(container ?? {}, 'properties'), 'nextVersion') ?? '1';
}

/**
 * Registers a version. A second PUT of the same body changes nothing, so it may be repeated.
 * @throws as `send` does
 */
export async function putVersion(workspace: Workspace, version: Version, body: JsonObject): Promise<void> {
  const path = versionPath(version);
  await workspace.send({ method: 'PUT', path, body, repeat: 'always', expects: isResourceOrNothing });
}

async function onePage(workspace: Workspace, path: string): Promise<readonly JsonObject[]> {
  const { value } = resource(await workspace.send({ method: 'GET', path, repeat: 'always', expects: isPage }));
  return Array.isArray(value) ? value.filter(isObject) : [];
}

async function orNothing<T>(workspace: Workspace, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isNotFound(error) && (await whatIsMissing(error, workspace)) !== 'workspace') return undefined;
    throw error;
  }
}

function versionPath({ kind, name, version }: Version): string {
  return `${namePath(kind, name)}/versions/${encodeURIComponent(version)}`;
}

function namePath(kind: AssetKind, name: string): string {
  return `/${kind}/${encodeURIComponent(name)}`;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
