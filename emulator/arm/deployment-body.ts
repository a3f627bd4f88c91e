import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';
import type { DeploymentBody } from '../state.ts';
import { BodyFault } from './body-fault.ts';
import type { Context } from './context.ts';
import { parseStrings, parseWord } from './strings.ts';
import { parseTracked } from './tracked-body.ts';

/** The deployment that the body of a PUT describes. */
export function parseDeployment(context: Context): DeploymentBody {
  const { raw, location, properties } = parseTracked(context);
  const endpointComputeType = parseWord(properties['endpointComputeType'], 'properties.endpointComputeType', [
    'Managed',
    'Kubernetes',
  ]);
  return {
    location,
    tags: parseStrings(raw['tags'], 'tags'),
    sku: parseSku(raw['sku'], 1),
    properties: { ...withoutNulls(properties), endpointComputeType },
    bag: parseStrings(properties['properties'], 'properties.properties'),
  };
}

/** `sku` says how many instances there are. */
export function parseSku(value: unknown, capacityBefore: number): DeploymentBody['sku'] {
  const sku = value ?? {};
  if (!isObject(sku)) throw new BodyFault('sku must be an object');
  const capacity = sku['capacity'] ?? capacityBefore;
  if (typeof capacity !== 'number' || !Number.isInteger(capacity) || capacity < 1) {
    throw new BodyFault('sku.capacity must be a whole number from 1');
  }
  return { name: typeof sku['name'] === 'string' ? sku['name'] : 'Default', tier: 'Standard', capacity };
}

function withoutNulls(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
