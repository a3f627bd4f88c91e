import type { Fault } from '../../failure.ts';
import { chosen, type Kind } from '../schema.ts';
import {
  type Entry,
  entryOf,
  faultAt,
  integerOf,
  mapAt,
  type MapNode,
  type Node,
  shownKey,
  shownValue,
  valueAt,
} from '../tree.ts';
import { isOfRegistry } from './reference.ts';
import { kindOf, schemaFaults } from './kind.ts';
import { DEPLOYMENT_KEYS, LONGEST_REQUEST, SCALE_TYPES } from './schema.ts';

/** What is wrong between keys whose values are right one by one. */
export function ruleFaults(root: MapNode): Fault[] {
  const kind = kindOf(root);
  return [
    ...schemaFaults(root),
    ...kindFaults(root, kind),
    ...instanceFaults(root, kind),
    ...timeoutFaults(root, kind),
    ...scaleFaults(root, kind),
    ...registryFaults(root, kind),
    ...modelFaults(mapAt(root, 'model')),
    ...environmentFaults(mapAt(root, 'environment')),
    ...resourceFaults(mapAt(root, 'resources')),
  ];
}

function kindFaults(root: MapNode, kind: Kind): Fault[] {
  return root.entries
    .filter(({ key }) => Object.hasOwn(DEPLOYMENT_KEYS, key))
    .flatMap(({ key, keyPlace }) => {
      const only = DEPLOYMENT_KEYS[key]?.only;
      if (only === undefined || only === kind) return [];
      return [faultAt(keyPlace, `${key} is for ${only === 'managed' ? 'managed' : 'Kubernetes'} deployments only`)];
    });
}

function instanceFaults(root: MapNode, kind: Kind): Fault[] {
  if (kind === 'kubernetes' || root.incomplete || entryOf(root, 'instance_type')) return [];
  return [faultAt(root.place, 'instance_type is missing; write a VM size such as instance_type: Standard_DS3_v2')];
}

function timeoutFaults(root: MapNode, kind: Kind): Fault[] {
  const timeout = valueAt(mapAt(root, 'request_settings'), 'request_timeout_ms');
  const most = LONGEST_REQUEST[kind];
  const value = timeout && integerOf(timeout);
  // Beyond the longest of both kinds the table of keys speaks.
  if (!timeout || value === undefined || value <= most || value > LONGEST_REQUEST.kubernetes) return [];
  const message = `request_settings.request_timeout_ms must be an integer from 1 to ${most} for a ${kind} deployment`;
  return [faultAt(timeout.place, `${message}, not ${shownValue(timeout)}`)];
}

/** Source: azure-ai-ml, `entities/_deployment/online_deployment.py` and `_schema/_deployment/online/scale_settings_schema.py`. */
function scaleFaults(root: MapNode, kind: Kind): Fault[] {
  const scale = mapAt(root, 'scale_settings');
  const type = valueAt(scale, 'type');
  if (!scale || type?.kind !== 'scalar') return [];
  const word = chosen(SCALE_TYPES, type.text);
  if (word === undefined) return [];
  if (word === 'Default') {
    return scale.entries
      .filter(({ key }) => key !== 'type' && Object.hasOwn(keysOf('scale_settings'), key))
      .map(({ key, keyPlace }) => faultAt(keyPlace, `scale_settings.${key} goes only with type: target_utilization`));
  }
  if (kind === 'managed') {
    const instead = 'a managed deployment takes only default, and is scaled by Azure Monitor autoscale';
    return [faultAt(type.place, `scale_settings.type ${shownValue(type)} is for Kubernetes deployments; ${instead}`)];
  }
  const [least, most] = [valueAt(scale, 'min_instances'), valueAt(scale, 'max_instances')];
  const [fewest, largest] = [least && integerOf(least), most && integerOf(most)];
  if (!least || !most || fewest === undefined || largest === undefined || fewest <= largest) return [];
  const values = `${shownValue(least)} and ${shownValue(most)}`;
  return [faultAt(least.place, `scale_settings: min_instances is more than max_instances: ${values}`)];
}

/** Source: azure-ai-ml, `_schema/_utils/utils.py`, `exit_if_registry_assets`. */
function registryFaults(root: MapNode, kind: Kind): Fault[] {
  if (kind === 'managed') return [];
  const references: [string, Node | undefined][] = [
    ['model', valueAt(root, 'model')],
    ['environment', valueAt(root, 'environment')],
    ['code_configuration.code', valueAt(mapAt(root, 'code_configuration'), 'code')],
  ];
  return references.flatMap(([path, node]) => {
    if (node?.kind !== 'scalar' || !isOfRegistry(node.text)) return [];
    return [
      faultAt(node.place, `${path}: a Kubernetes deployment takes nothing from registries; use the workspace's own`),
    ];
  });
}

function modelFaults(model: MapNode | undefined): Fault[] {
  return model ? versionFaults(model, 'model') : [];
}

function versionFaults(map: MapNode, path: string): Fault[] {
  const version = entryOf(map, 'version');
  if (!version || entryOf(map, 'name') || map.incomplete) return [];
  return [faultAt(version.keyPlace, `${path}.version needs ${path}.name; write both or neither`)];
}

/** Source: azure-ai-ml, `entities/_assets/environment.py` and `_schema/assets/environment.py`. */
function environmentFaults(environment: MapNode | undefined): Fault[] {
  if (!environment || environment.incomplete) return [];
  const [image, build, conda] = ['image', 'build', 'conda_file'].map((key) => entryOf(environment, key));
  const faults = versionFaults(environment, 'environment');
  if (image && build) {
    const message = 'environment has image and build; it is one or the other';
    faults.push(faultAt(build.keyPlace, message));
  } else if (conda && !image) {
    const message = 'environment.conda_file needs environment.image, which the packages are put on';
    faults.push(faultAt(conda.keyPlace, message));
  } else if (!image && !build) faults.push(faultAt(environment.place, nothingToRun(environment)));
  return faults;
}

function nothingToRun(environment: MapNode): string {
  const isNamed = entryOf(environment, 'name') !== undefined;
  const instead = isNamed ? '; to use one that is registered, write environment: azureml:<name>:<version>' : '';
  return `environment has neither image nor build${instead}`;
}

function resourceFaults(resources: MapNode | undefined): Fault[] {
  return ['requests', 'limits'].flatMap((name) => {
    const settings = mapAt(resources, name);
    const twin: Entry | undefined = settings && entryOf(settings, 'gpu');
    if (!settings || !twin || !entryOf(settings, 'nvidia.com/gpu')) return [];
    return [
      faultAt(
        twin.keyPlace,
        `resources.${name}: ${shownKey(twin)} and nvidia.com/gpu are the same setting; use only one`,
      ),
    ];
  });
}

function keysOf(name: string): object {
  const key = DEPLOYMENT_KEYS[name];
  return key?.type === 'object' ? key.keys : {};
}
