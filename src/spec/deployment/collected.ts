import type { Fault } from '../../failure.ts';
import { type Entry, faultAt, type MapNode, scalarAt, shownKey, shownValue, valueAt } from '../tree.ts';
import type { Asset, DataSource } from './model.ts';
import { NAMESPACED } from './parts.ts';
import { referenceOf } from './reference.ts';
import { uriProblem } from './uri.ts';

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
  const collections = valueAt(valueAt(root, 'data_collector'), 'collections');
  if (collections?.kind !== 'map') return { collected: {}, faults: [] };
  const found = collections.entries.map((entry) => ({ entry, data: assetOf(entry, endpoint, deployment) }));
  return {
    collected: Object.fromEntries(found.flatMap(({ entry, data }) => ('message' in data ? [] : [[entry.key, data]]))),
    faults: found.flatMap(({ data }) => ('message' in data ? [data] : [])),
  };
}

function assetOf(entry: Entry, endpoint: string, deployment: string): Asset<DataSource> | Fault {
  const { key, keyPlace, value } = entry;
  const path = `data_collector.collections.${shownKey(entry)}.data`;
  const data = valueAt(value, 'data');
  if (data?.kind === 'scalar') return referenceOf(data, path, 'data');
  const name = scalarAt(data, 'name')?.text;
  const uri = valueAt(data, 'path');
  const source: DataSource = {
    name: name ?? `${endpoint}-${deployment}-${key}`,
    version: scalarAt(data, 'version')?.text ?? '1',
    uri: scalarAt(data, 'path')?.text ?? `${COLLECTED}/${endpoint}/${deployment}/${key}`,
    isWritten: uri !== undefined,
    ...(uri?.kind === 'scalar' && uri.placeholder !== undefined ? { shown: uri.placeholder } : {}),
  };
  // A name that is written is checked by the table of keys.
  if (name === undefined && !NAMESPACED.pattern.test(source.name)) {
    return faultAt(keyPlace, `${shownKey(entry)} cannot be part of the name of a data asset; write ${path}.name`);
  }
  if (uri && !/^azureml:\/\//i.test(source.uri)) {
    return faultAt(uri.place, `${path}.path must be azureml://datastores/..., not ${shownValue(uri)}`);
  }
  const problem = uri?.kind === 'scalar' ? uriProblem(uri) : undefined;
  if (uri && problem !== undefined) return faultAt(uri.place, `${path}.path ${shownValue(uri)} ${problem}`);
  return { how: 'inline', source };
}
