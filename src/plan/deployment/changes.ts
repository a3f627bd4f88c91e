import type { Asset, DeploymentSpec } from '../../spec/deployment/model.ts';
import { type Json, type JsonObject, objectAt, textAt } from '../../json.ts';
import { type Change, fieldChanges, publicly, type ResourcePlan, stateChange } from '../changes.ts';
import type { LiveDeployment } from '../live.ts';
import { type AssetIds, assetName, type ResolvedAsset, sameAsset, wordsOf } from './assets.ts';
import { createBody, type DeploymentSurroundings, mergedBody } from './desired.ts';
import { fields, sameValue } from './fields.ts';
import { instanceCount } from './live.ts';
import { withoutServiceValues } from './service-values.ts';

/** What would happen to one deployment. */
export interface DeploymentPlan extends ResourcePlan {
  readonly endpoint: string;
}

/** What stands in a plan for a value that somebody else may have meant to keep secret. */
const HIDDEN = '(set)';

/**
 * Compares a deployment's YAML with what is live, field by field. What the YAML does not name is carried and never a
 * difference.
 *
 * Of environment variables a plan shows the name, and of their values the new one alone, where it stands in the YAML in
 * plain text: the old one may have been a secret, whoever set it, so it reads `(set)`. An asset that the YAML describes is
 * shown as it is resolved, with placeholders in place of their values; what it replaces reads `(set)` where it would tell one.
 * @param live what Azure has, or `undefined` when the deployment is not there
 * @param assets each asset that the YAML names, resolved
 * @throws Error when one of them is missing, which is a mistake of the caller
 */
export function planDeployment(
  spec: DeploymentSpec,
  live: LiveDeployment | undefined,
  assets: AssetIds,
  around: DeploymentSurroundings,
): DeploymentPlan {
  const named = objectAt(objectAt(spec.body, 'properties'), 'environmentVariables');
  const has = live && withoutServiceValues(live, named);
  const body = has ? mergedBody(spec, has, assets, around) : createBody(spec, assets, around);
  const isScaled =
    scalesItself(spec.body) || (scalesItself(body) && has !== undefined && instanceCount(has) === undefined);
  const before = has ? comparable(has, isScaled) : new Map<string, Json>();
  const differing = [
    ...fieldChanges(before, comparable(body, isScaled), sameValue).map(discreetly),
    ...stateChange(live),
  ];
  const changes = [...assetChanges(spec, has, body, assets), ...publicly(differing, spec, fieldOf)];
  const action = !live ? 'create' : changes.length > 0 ? 'update' : 'none';
  return { endpoint: spec.endpoint, name: spec.name, action, changes, body };
}

/**
 * The fields to compare. Where a deployment scales by itself its number of instances is not the YAML's to say, and Azure
 * does not show it (recorded: test_online_endpoint_k8s_deployment_cpu.yaml).
 */
function comparable(deployment: JsonObject, isScaled: boolean): Map<string, Json> {
  const found = fields(deployment);
  if (isScaled) found.delete('instance_count');
  return found;
}

function scalesItself(deployment: JsonObject): boolean {
  const settings = objectAt(objectAt(deployment, 'properties'), 'scaleSettings');
  return textAt(settings, 'scaleType')?.toLowerCase() === 'targetutilization';
}

function assetChanges(
  spec: DeploymentSpec,
  live: LiveDeployment | undefined,
  body: JsonObject,
  assets: AssetIds,
): Change[] {
  return placesOf(spec, assets).flatMap((place) => {
    const { asset, path, at } = place;
    const before = live && idAt(live, at);
    // What the YAML does not name has no asset here: the body carries what is live.
    if (!asset || idAt(body, at) !== asset.id || (before !== undefined && sameAsset(asset.id, before))) return [];
    const change = {
      path,
      ...(before === undefined ? {} : { from: nameBefore(before, spec, place) }),
      to: asset.shown,
    };
    const placeholder = place.wanted?.how === 'inline' ? undefined : spec.placeholders.get(path);
    return [placeholder === undefined ? change : { ...change, placeholder }];
  });
}

interface Place {
  readonly asset: ResolvedAsset | undefined;
  /** What the YAML says of it. */
  readonly wanted: Asset<unknown> | undefined;
  /** In the YAML. */
  readonly path: string;
  /** Of its id, below a body's `properties`. */
  readonly at: readonly string[];
}

/** The assets, each with its places in the YAML and in a body. */
function placesOf(spec: DeploymentSpec, { model, code, environment, collected = {} }: AssetIds): readonly Place[] {
  return [
    { asset: model, wanted: spec.model, path: 'model', at: ['model'] },
    { asset: code, wanted: spec.code, path: 'code_configuration.code', at: ['codeConfiguration', 'codeId'] },
    { asset: environment, wanted: spec.environment, path: 'environment', at: ['environmentId'] },
    ...Object.entries(collected).map(([name, asset]): Place => ({
      asset,
      wanted: spec.collected?.[name],
      path: `data_collector.collections.${name}.data`,
      at: ['dataCollector', 'collections', name, 'dataId'],
    })),
  ];
}

/**
 * Two assets of one name in two places are told apart by their ids. Whose name or version is a placeholder's, may have had
 * another secret for it before; and any value of a placeholder may be in a name that somebody else gave.
 */
function nameBefore(id: string, { placeholders, secrets = new Map() }: DeploymentSpec, place: Place): string {
  const { asset, path } = place;
  const name = assetName(id);
  const shown = name === asset?.shown ? id : name;
  if (['name', 'version'].some((key) => placeholders.has(`${path}.${key}`))) return HIDDEN;
  const telling = [shown, ...wordsOf(id)].map((word) => word.toLowerCase());
  const isTold = (secret: string): boolean => {
    const plain = secret.trim().toLowerCase();
    return plain !== '' && telling.some((word) => word.includes(plain));
  };
  const own = [...secrets].filter(([at]) => at === path || at.startsWith(`${path}.`));
  return own.some(([, values]) => values.some(isTold)) ? HIDDEN : shown;
}

function idAt(deployment: JsonObject, place: readonly string[]): string | undefined {
  const parents = ['properties', ...place.slice(0, -1)];
  return textAt(
    parents.reduce((parent, key) => objectAt(parent, key), deployment),
    place.at(-1)!,
  );
}

function discreetly(change: Change): Change {
  if (!change.path.startsWith('environment_variables.') || change.from === undefined) return change;
  return { ...change, from: HIDDEN };
}

/** Each item of a list belongs to one field. */
function fieldOf(path: string): string {
  return path.toLowerCase().replace(/\[.*$/s, '');
}
