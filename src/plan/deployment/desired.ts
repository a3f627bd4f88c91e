import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import { isObject, type Json, type JsonObject, objectAt, textAt } from '../../json.ts';
import { mergedTags, withoutUndefined, writableIdentity } from '../desired.ts';
import type { LiveDeployment } from '../live.ts';
import type { AssetIds, ResolvedAsset } from './assets.ts';

/** What a body needs to know beyond the YAML. */
export interface DeploymentSurroundings {
  /** Azure region of the workspace, which a deployment always shares. */
  readonly location: string;
  /** Whether the number of instances of a live deployment belongs to whatever scales it, and not to the YAML. */
  readonly keepCapacity: boolean;
}

/** Properties that Azure sets and that a write must not carry. */
const READ_ONLY_PROPERTIES = ['provisioningState'];

/** "Default" is the one name of a sku that Azure takes. Source: azure-ai-ml, `entities/_deployment/online_deployment.py`. */
const SKU = { name: 'Default' };

/**
 * The body of a PUT that creates the deployment: what the YAML names, and what Azure asks for besides. All else is left
 * to Azure's own defaults, which are those of `az ml` too: it sends `appInsightsEnabled: false` and empty maps.
 */
export function createBody(spec: DeploymentSpec, assets: AssetIds, around: DeploymentSurroundings): JsonObject {
  return mergedBody(spec, { location: around.location }, assets, { ...around, keepCapacity: false });
}

/**
 * The body of a PUT that brings a live deployment to its YAML. A PUT replaces the whole deployment, so the body starts from
 * what is live and carries all that the YAML does not name. What it names: tags and properties merge per key, objects (a
 * probe, request settings) per field, `environment_variables` and the set of `data_collector.collections` are replaced.
 */
export function mergedBody(
  spec: DeploymentSpec,
  live: LiveDeployment,
  assets: AssetIds,
  around: DeploymentSurroundings,
): JsonObject {
  return withoutUndefined({
    location: textAt(live, 'location') ?? around.location,
    kind: live['kind'],
    sku: skuBody(objectAt(live, 'sku'), objectAt(spec.body, 'sku'), around),
    tags: mergedTags(objectAt(live, 'tags'), objectAt(spec.body, 'tags')),
    identity: writableIdentity(objectAt(live, 'identity')),
    properties: propertiesBody(spec, objectAt(live, 'properties'), assets),
  });
}

function skuBody(live: JsonObject, named: JsonObject, { keepCapacity }: DeploymentSurroundings): JsonObject {
  const capacity = live['capacity'];
  const kept = keepCapacity && typeof capacity === 'number' ? { capacity } : {};
  return { ...SKU, ...live, ...named, ...kept };
}

function propertiesBody(spec: DeploymentSpec, live: JsonObject, assets: AssetIds): JsonObject {
  const named = objectAt(spec.body, 'properties');
  const carried = Object.fromEntries(Object.entries(live).filter(([key]) => !READ_ONLY_PROPERTIES.includes(key)));
  const merged = merge(carried, named);
  const code = needed(spec, 'code', assets);
  return withoutUndefined({
    ...merged,
    endpointComputeType: spec.kind === 'managed' ? 'Managed' : 'Kubernetes',
    model: needed(spec, 'model', assets)?.id ?? merged['model'],
    environmentId: needed(spec, 'environment', assets)?.id ?? merged['environmentId'],
    codeConfiguration: code
      ? { ...objectAt(merged, 'codeConfiguration'), codeId: code.id }
      : merged['codeConfiguration'],
    environmentVariables: named['environmentVariables'] ?? merged['environmentVariables'],
    scaleSettings: scaleSettings(live['scaleSettings'], named['scaleSettings']),
    dataCollector: dataCollector(live['dataCollector'], withData(spec, named['dataCollector'], assets)),
  });
}

function needed(
  spec: DeploymentSpec,
  which: 'model' | 'code' | 'environment',
  assets: AssetIds,
): ResolvedAsset | undefined {
  if (!spec[which]) return undefined;
  return assets[which] ?? unresolved(spec, which);
}

/** The collections of the YAML, each with the id of the data asset that it is written to. */
function withData(spec: DeploymentSpec, named: Json | undefined, assets: AssetIds): Json | undefined {
  if (!isObject(named) || !spec.collected) return named;
  const collections = Object.entries(objectAt(named, 'collections')).map(([name, collection]): [string, Json] => {
    if (!isObject(collection) || !Object.hasOwn(spec.collected ?? {}, name)) return [name, collection ?? null];
    const data = assets.collected?.[name] ?? unresolved(spec, `data of collection ${name}`);
    return [name, { ...collection, dataId: data.id }];
  });
  return { ...named, collections: Object.fromEntries(collections) };
}

/** @throws Error always: to resolve what the YAML names is up to the caller */
function unresolved({ endpoint, name }: DeploymentSpec, what: string): never {
  throw new Error(`the ${what} of ${endpoint}/${name} is not resolved`);
}

/** The settings of one type of scaling mean nothing to another. */
function scaleSettings(live: Json | undefined, named: Json | undefined): Json | undefined {
  if (!isObject(live) || !isObject(named)) return named ?? live;
  const type = (settings: JsonObject): string | undefined => textAt(settings, 'scaleType')?.toLowerCase();
  return type(named) !== undefined && type(named) !== type(live) ? named : merge(live, named);
}

/** The YAML says which collections there are; what it does not say of one stays as it is. */
function dataCollector(live: Json | undefined, named: Json | undefined): Json | undefined {
  if (!isObject(live) || !isObject(named)) return named ?? live;
  const merged = merge(live, named);
  const wanted = named['collections'];
  if (!isObject(wanted)) return merged;
  const all = objectAt(merged, 'collections');
  return { ...merged, collections: Object.fromEntries(Object.keys(wanted).map((name) => [name, all[name]])) };
}

function merge(live: JsonObject, named: JsonObject): JsonObject {
  const merged = new Map(Object.entries(live));
  for (const [key, value] of Object.entries(named)) {
    const before = merged.get(key);
    merged.set(key, isObject(before) && isObject(value) ? merge(before, value) : value);
  }
  return Object.fromEntries(merged);
}
