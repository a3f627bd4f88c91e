import type { Fault } from '../../failure.ts';
import { clipped, faultAt, type ScalarNode, shownValue } from '../tree.ts';
import type { AssetReference } from './model.ts';

/** What a reference may name: the word of ARM's paths, and the one of messages. */
const KINDS = { models: 'a model', environments: 'an environment', codes: 'code', data: 'a data asset' } as const;

export type AssetKind = keyof typeof KINDS;

const NAME = '[a-zA-Z0-9][-\\w.]*';
const SHORT = new RegExp(`^azureml:(${NAME})(?::(${NAME})|@([-\\w.]+))?$`, 'i');
/** With a version, a label or neither. */
const CURATED = /^azureml:AzureML-[-\w.]+(?:(?:[:@]|\/(?:versions|labels)\/)[-\w.]+)?$/;
const ARM_ID = /^(?:azureml:)?(?=\/subscriptions\/)/i;
const OWNER =
  '/subscriptions/[^/\\s]+/resourceGroups/[^/\\s]+/providers/Microsoft\\.MachineLearningServices/workspaces/[^/\\s]+';

/** Whether the text is meant as a reference, right or wrong, and not as a path or a URI. */
export function isReference(text: string): boolean {
  return isOfRegistry(text) || ARM_ID.test(text) || /^azureml:(?!\/\/)/i.test(text);
}

export function isOfRegistry(text: string): boolean {
  return /^azureml:\/\/registries\//i.test(text);
}

/**
 * The asset that a value refers to, as it is sent or to be resolved, or what is wrong with the value.
 * Source: azure-ai-ml, `operations/_operation_orchestrator.py`, `get_asset_arm_id`.
 * @param key how messages name the value
 */
export function referenceOf(node: ScalarNode, key: string, kind: AssetKind): AssetReference | Fault {
  const { text } = node;
  const fault = (message: string): Fault => faultAt(node.place, `${key} ${shownValue(node)} ${message}`);
  // It is not to be seen in a message, nor in a value that came from a placeholder.
  if (isReference(text.trim()) && text !== text.trim()) return fault('has white space before or after it; remove that');
  if (isOfRegistry(text)) {
    const right = asset(kind, 'azureml://registries/[^/\\s]+').test(text);
    return right ? { how: 'id', id: text } : fault(`must be azureml://registries/<registry>/${ending(kind)}`);
  }
  if (ARM_ID.test(text)) {
    const id = text.replace(ARM_ID, '');
    return asset(kind, OWNER).test(id) ? { how: 'id', id } : fault(`must be a whole ARM id, with /${ending(kind)}`);
  }
  // Azure itself expands the short names of its curated environments.
  if (kind === 'environments' && CURATED.test(text)) return { how: 'id', id: text };
  const [whole, name, version, label] = SHORT.exec(text) ?? [];
  if (whole === undefined || name === undefined) return fault(meant(node, kind));
  if (version !== undefined) return { how: 'version', name, version };
  if (label === undefined) return fault('has no version; write :<version> or @latest after the name');
  return label === 'latest'
    ? { how: 'latest', name }
    : fault('has a label that is not known; write @latest or :<version>');
}

function asset(kind: AssetKind, owner: string): RegExp {
  return new RegExp(`^${owner}/${kind}/[^/\\s]+/(?:versions|labels)/[^/\\s]+$`, 'i');
}

function ending(kind: AssetKind): string {
  return `${kind}/<name>/versions/<version>`;
}

/** What the value was probably meant as. */
function meant(node: ScalarNode, kind: AssetKind): string {
  const wanted = `is not a reference to ${KINDS[kind]}; write azureml:<name>:<version>, azureml:<name>@latest or its id`;
  if (node.placeholder !== undefined || /^azureml:/i.test(node.text)) return wanted;
  if (/^file:/i.test(node.text)) {
    if (kind !== 'environments') return 'cannot use file:; only environment can';
    return `must have file: in lower case; write file:${clipped(node.text.slice('file:'.length))}`;
  }
  if (kind === 'environments' && /\.ya?ml$/i.test(node.text))
    return `is not a reference to ${KINDS[kind]}; to read a file, write file:${clipped(node.text)}`;
  if (new RegExp(`^${NAME}(?::${NAME}|@latest)$`).test(node.text))
    return `lacks its prefix; write azureml:${node.text}`;
  if (kind === 'models') return `${wanted}; a path goes into a map: model: {path: ...}`;
  if (kind === 'environments') return `${wanted}; an image goes into a map: environment: {image: ...}`;
  return wanted;
}
