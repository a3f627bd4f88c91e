import type { Json, JsonObject } from '../../json.ts';
import { chosen, type Key, type Keys, type Shape } from '../schema.ts';
import { integerOf, type MapNode, type Node, valueAt } from '../tree.ts';
import { withValue } from './arm-path.ts';
import { isoDuration } from './duration.ts';
import { DEPLOYMENT_KEYS } from './schema.ts';

/** What a map that the schema found good names, in ARM's words and at ARM's places, without ids of assets. */
export function bodyOf(root: MapNode): JsonObject {
  const body = objectBody(root, DEPLOYMENT_KEYS);
  // The discriminator, which Azure needs; and the one name of a SKU that it takes.
  // Source: azure-ai-ml, `entities/_deployment/online_deployment.py`.
  const kind = withValue({ properties: { endpointComputeType: 'Managed' } }, 'properties', body['properties'] ?? {});
  return { ...body, ...kind, ...(body['sku'] ? { sku: { name: 'Default', ...(body['sku'] as JsonObject) } } : {}) };
}

/** A value as plain JSON, keys and all. */
export function jsonOf(node: Node): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(jsonOf);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
    case 'faulty':
      return null;
  }
}

/** A map of texts, in which numbers and booleans are as they are written. */
export function textsOf(node: Node | undefined): Record<string, string> | undefined {
  if (node?.kind !== 'map') return undefined;
  const texts = node.entries.map(({ key, value }) => [key, value.kind === 'scalar' ? value.text : ''] as const);
  return Object.fromEntries(texts);
}

/** In the order of the table: what goes into each member of a map comes after the map. */
function objectBody(map: MapNode, keys: Keys): JsonObject {
  return Object.entries(keys).reduce((body: JsonObject, [name, key]) => {
    const node = valueAt(map, name);
    if (!node || key.arm === undefined || key.as === 'asset') return body;
    return withValue(body, key.arm, valueOf(node, key));
  }, {});
}

function valueOf(node: Node, shape: Shape & Partial<Key>): Json {
  if (node.kind === 'map') return mapOf(node, shape);
  if (node.kind === 'list') return shape.type === 'list' ? node.items.map((item) => valueOf(item, shape.of)) : [];
  if (node.kind === 'faulty') return null;
  const { as } = shape;
  switch (shape.type) {
    case 'choice':
      return chosen(shape.values, node.text) ?? node.text;
    case 'integer': {
      const integer = integerOf(node) ?? 0;
      return as === 'seconds' || as === 'milliseconds' ? isoDuration(integer, as) : integer;
    }
    case 'number':
      return node.value;
    case 'boolean':
      return as === 'text' ? String(node.value) : node.value;
    case 'label':
      return node.value === null ? null : node.text;
    default:
      return node.text;
  }
}

function mapOf(map: MapNode, shape: Shape): JsonObject {
  if (shape.type === 'object') return objectBody(map, shape.keys);
  if (shape.type !== 'record') return {};
  return Object.fromEntries(map.entries.map(({ key, value }) => [key, valueOf(value, shape.of)]));
}
