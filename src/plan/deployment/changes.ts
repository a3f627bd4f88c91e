import type { DeploymentSpec } from '../../spec/deployment/model.ts';
import { type Json, type JsonObject, objectAt, textAt } from '../../json.ts';
import { type Change, fieldChanges, publicly, type ResourcePlan, stateChange } from '../changes.ts';
import type { LiveDeployment } from '../live.ts';
import { type AssetIds, assetName, type ResolvedAsset, sameAsset } from './assets.ts';
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
 * plain text: the old one may have been a secret, whoever set it, so it reads `(set)`.
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
    ...assetChanges(has, body, assets),
    ...fieldChanges(before, comparable(body, isScaled), sameValue).map(discreetly),
    ...stateChange(live),
  ];
  const changes = publicly(differing, spec, fieldOf);
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

function assetChanges(live: LiveDeployment | undefined, body: JsonObject, assets: AssetIds): Change[] {
  return placesOf(assets).flatMap(([asset, path, place]) => {
    const before = live && idAt(live, place);
    // What the YAML does not name has no asset here: the body carries what is live.
    if (!asset || idAt(body, place) !== asset.id || (before !== undefined && sameAsset(asset.id, before))) return [];
    return [{ path, ...(before === undefined ? {} : { from: nameBefore(before, asset) }), to: asset.shown }];
  });
}

type Place = readonly [asset: ResolvedAsset | undefined, path: string, place: readonly string[]];

/** The assets, each with its path in the YAML and the place of its id below a body's `properties`. */
function placesOf({ model, code, environment, collected = {} }: AssetIds): readonly Place[] {
  return [
    [model, 'model', ['model']],
    [code, 'code_configuration.code', ['codeConfiguration', 'codeId']],
    [environment, 'environment', ['environmentId']],
    ...Object.entries(collected).map(([name, data]): Place => [
      data,
      `data_collector.collections.${name}.data`,
      ['dataCollector', 'collections', name, 'dataId'],
    ]),
  ];
}

/** Two assets of one name in two places are told apart by their ids. */
function nameBefore(id: string, { shown }: ResolvedAsset): string {
  const name = assetName(id);
  return name === shown ? id : name;
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

/** What is written inside of an asset, and each item of a list, belongs to one field. */
function fieldOf(path: string): string {
  return path
    .toLowerCase()
    .replace(/^(model|environment|data_collector\.collections\..+\.data)\..*$/s, '$1')
    .replace(/\[.*$/s, '');
}
