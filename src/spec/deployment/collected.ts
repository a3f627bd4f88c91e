import type { Fault } from '../../failure.ts';
import { entryOf, faultAt, type MapNode, type Node, shownValue } from '../tree.ts';
import type { Asset, DataSource } from './model.ts';
import { NAMESPACED } from './parts.ts';
import { referenceOf } from './reference.ts';

/** Where az ml lets Azure write what no path is given for. Source: azure-ai-ml, `constants/_common.py`. */
const COLLECTED = 'azureml://datastores/workspaceblobstore/paths/modelDataCollector';

type Collected = Record<string, Asset<DataSource>>;

/**
 * The data assets that a data collector writes to. One that the file does not name has the name that az ml gives it.
 * Source: azure-ai-ml, `operations/_online_deployment_operations.py`, `_register_collection_data_assets`.
 */
export function collectedOf(
  root: MapNode,
  endpoint: string,
  deployment: string,
): { collected: Collected; faults: Fault[] } {
  const faults: Fault[] = [];
  const collector = at(root, 'data_collector');
  const collections = at(collector, 'collections');
  if (collections?.kind !== 'map') return { collected: {}, faults };
  const found = collections.entries.flatMap(({ key, keyPlace, value }): [string, Asset<DataSource>][] => {
    const path = `data_collector.collections.${key}.data`;
    const data = at(value, 'data');
    if (data?.kind === 'scalar') {
      const reference = referenceOf(data, path, 'data');
      if (!('message' in reference)) return [[key, reference]];
      faults.push(reference);
      return [];
    }
    const source = {
      name: textAt(data, 'name') ?? `${endpoint}-${deployment}-${key}`,
      version: textAt(data, 'version') ?? '1',
      uri: textAt(data, 'path') ?? `${COLLECTED}/${endpoint}/${deployment}/${key}`,
    };
    if (!NAMESPACED.pattern.test(source.name) && !textAt(data, 'name')) {
      faults.push(faultAt(keyPlace, `the data of a collection is registered under its name; write ${path}.name`));
    }
    const uri = at(data, 'path');
    if (uri && !/^azureml:\/\//i.test(source.uri)) {
      faults.push(faultAt(uri.place, `${path}.path must be azureml://datastores/..., not ${shownValue(uri)}`));
    }
    return [[key, { how: 'inline', source }]];
  });
  return { collected: Object.fromEntries(found), faults };
}

function at(node: Node | undefined, key: string): Node | undefined {
  return node?.kind === 'map' ? entryOf(node, key)?.value : undefined;
}

function textAt(node: Node | undefined, key: string): string | undefined {
  const value = at(node, key);
  return value?.kind === 'scalar' ? value.text : undefined;
}
