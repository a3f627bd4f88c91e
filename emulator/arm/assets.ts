import { json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import type { AssetKind, AssetVersion, State, Workspace } from '../state.ts';
import { hasSameContent, parseAsset } from './asset-body.ts';
import { renderAsset, renderContainer } from './asset-view.ts';
import type { Context } from './context.ts';
import { serviceError, unverified } from './errors.ts';
import { page } from './paging.ts';
import { sameName } from './path.ts';

export function getAsset(context: Context): Reply {
  const [name = '', version = ''] = context.names;
  const asset = findAsset(context.state, context.workspace, kindOf(context), name, version);
  return asset ? json(200, renderAsset(context.state, asset)) : assetNotFound(context);
}

/**
 * Registers a version, or changes the tags, properties and description of one. Its content stays what it is for ever. A
 * model or code that was there is 200; an environment is 201 in both cases, with its address
 * (test_endpoint_and_deployment_exist_with_yaml.yaml). That `isAnonymous` stays too is seen in the same recording.
 */
export function putAsset(context: Context): Reply {
  const { state, workspace, request, now } = context;
  const kind = kindOf(context);
  const [name = '', version = ''] = context.names;
  const properties = parseAsset(kind, request.text);
  const known = findAsset(state, workspace, kind, name, version);
  if (known && !hasSameContent(kind, known.properties, properties)) return contentIsFixed(context, kind);
  if (known && known.properties['modelType'] !== properties['modelType']) return typeIsFixed(context);
  const asset =
    known ?? addAsset(state, { workspace, kind, name, version, properties, createdAt: now, modifiedAt: now });
  if (known) {
    known.properties = { ...properties, isAnonymous: known.properties['isAnonymous'] };
    known.modifiedAt = now;
  }
  const location = `${state.url}${request.path}?api-version=${context.version}`;
  const isNew = !known || kind === 'environments';
  return json(isNew ? 201 : 200, renderAsset(state, asset), isNew ? { location } : {});
}

/**
 * The newest first, unless `$orderBy` says else. `$top` bounds the whole list. `hash` and `hashVersion` find a code by its
 * content whatever its name is: azure-ai-ml asks below a name that it has just made up (`_code_operations.py`).
 */
export function listAssets(context: Context): Reply {
  const { state, request } = context;
  const { query } = request;
  const [name = ''] = context.names;
  const kind = kindOf(context);
  const hash = query.get('hash');
  const fits = ({ name: other, properties }: AssetVersion): boolean =>
    hash === null ? sameName(other, name) : hasHash(properties, hash, query.get('hashVersion'));
  const found = assetsOf(context, kind).filter((asset) => fits(asset) && isInView(asset, query.get('listViewType')));
  const ordered = /^createdtime asc$/i.test(query.get('$orderBy') ?? '') ? found : found.toReversed();
  const top = Number(query.get('$top') ?? NaN);
  const chosen = Number.isInteger(top) && top > 0 ? ordered.slice(0, top) : ordered;
  return page(
    context,
    chosen.map((asset) => renderAsset(state, asset)),
  );
}

export function getContainer(context: Context): Reply {
  const [name = ''] = context.names;
  const versions = assetsOf(context, kindOf(context)).filter((asset) => sameName(asset.name, name));
  return versions.length > 0 ? json(200, renderContainer(context.state, versions)) : assetNotFound(context);
}

/** Those of anonymous assets are not told. [U] */
export function listContainers(context: Context): Reply {
  const named = assetsOf(context, kindOf(context)).filter(({ properties }) => properties['isAnonymous'] !== true);
  const names = [...new Set(named.map(({ name }) => name))].toReversed();
  const containers = names.map((name) =>
    renderContainer(
      context.state,
      named.filter((asset) => asset.name === name),
    ),
  );
  return page(context, containers);
}

export function addAsset(state: State, asset: AssetVersion): AssetVersion {
  state.assets.push(asset);
  return asset;
}

export function findAsset(
  state: State,
  workspace: Workspace,
  kind: AssetKind,
  name: string,
  version: string,
): AssetVersion | undefined {
  return state.assets.find(
    (asset) =>
      asset.workspace === workspace &&
      asset.kind === kind &&
      sameName(asset.name, name) &&
      sameName(asset.version, version),
  );
}

function assetsOf({ state, workspace }: Context, kind: AssetKind): AssetVersion[] {
  return state.assets.filter((asset) => asset.workspace === workspace && asset.kind === kind);
}

/** Routes lead here with these types only. */
function kindOf({ path }: Context): AssetKind {
  return path.types[1] as AssetKind;
}

function hasHash({ properties }: JsonObject, hash: string, version: string | null): boolean {
  const { hash_sha256: known, hash_version: knownVersion } = properties as JsonObject;
  return known === hash && (version === null || knownVersion === version);
}

function isInView({ properties }: AssetVersion, view: string | null): boolean {
  if (view === 'All') return true;
  return (properties['isArchived'] === true) === (view === 'ArchivedOnly');
}

/** The words for models and codes are quoted in issues, and azure-ai-ml compares them (`ASSET_PATH_ERROR`). */
function contentIsFixed(context: Context, kind: AssetKind): Reply {
  const words =
    kind === 'environments'
      ? unverified('The content of an environment version cannot be updated.')
      : 'Asset paths cannot be updated.';
  return serviceError(context, 400, 'UserError', words);
}

function typeIsFixed(context: Context): Reply {
  return serviceError(context, 400, 'UserError', unverified('The type of a model version cannot be updated.'));
}

/** The code and the beginning are quoted in azure-sdk-for-python's tests of data sets, the rest is [U]. */
function assetNotFound(context: Context): Reply {
  const { workspace, names, path } = context;
  const [name = '', version] = names;
  const asset = `workspaces/${workspace.id}/${path.types[1]}/${name}${version === undefined ? '' : `/versions/${version}`}`;
  const message = `Could not find asset with ID: azureml://locations/${workspace.location}/${asset}`;
  return serviceError(context, 404, 'UserError', unverified(message));
}
