import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Key, Keys, Shape } from '../schema.ts';
import { valuesAt } from './arm-path.ts';
import { durationIn } from './duration.ts';
import { DEPLOYMENT_KEYS } from './schema.ts';

/**
 * What a deployment's body in ARM says, by its path in the YAML and in the YAML's own words: `instance_count`,
 * `liveness_probe.period` in seconds, `tags.owner`. The ids of model, environment, code and data are as ARM has them. What
 * ARM has and the YAML has no key for is not told.
 */
export function deploymentFields(body: JsonObject): Map<string, Json> {
  const fields = new Map<string, Json>();
  addKeys(fields, body, DEPLOYMENT_KEYS, '');
  return fields;
}

function addKeys(fields: Map<string, Json>, body: JsonObject, keys: Keys, path: string): void {
  const taken = Object.values(keys).flatMap(({ arm }) => (arm === undefined ? [] : [arm]));
  for (const [name, key] of Object.entries(keys)) {
    const inner = path ? `${path}.${name}` : name;
    if (key.arm === undefined || fields.has(inner) || isSynonym(name, key, keys)) continue;
    const values = valuesAt(body, key.arm);
    const value = key.arm.includes('*') ? inOne(values) : values[0];
    if (value !== undefined) addValue(fields, withoutTaken(value, key.arm, taken), key, inner);
  }
}

/** Another key before it has the same place in ARM; that one is the word for it. */
function isSynonym(name: string, { arm }: Key, keys: Keys): boolean {
  return Object.keys(keys).find((other) => keys[other]?.arm === arm) !== name;
}

/** Where the members of a map differ, no single value is right, and none compares equal to one. */
function inOne(values: readonly Json[]): Json | undefined {
  const distinct = [...new Set(values)];
  return distinct.length > 1 ? distinct.map(String).join(', ') : distinct[0];
}

/** A map without the members that are keys of their own in the YAML. */
function withoutTaken(value: Json, arm: string, taken: readonly string[]): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([member]) => !taken.includes(`${arm}.${member}`)));
}

function addValue(fields: Map<string, Json>, value: Json, shape: Shape & Partial<Key>, path: string): void {
  if (shape.type === 'object' && isObject(value)) addKeys(fields, value, shape.keys, path);
  else if (shape.type === 'record' && isObject(value)) addMembers(fields, value, shape.of, path);
  else fields.set(path, inYaml(value, shape));
}

/** `null` is a value only where it means that something is to be removed. */
function addMembers(fields: Map<string, Json>, members: JsonObject, of: Shape, path: string): void {
  for (const [member, value] of Object.entries(members)) {
    const isNothing = value === undefined || (value === null && of.type !== 'label');
    if (!isNothing) addValue(fields, value, of, `${path}.${member}`);
  }
}

/** A value in the YAML's words; in ARM's own where the YAML has none for it. */
function inYaml(value: Json, shape: Shape & Partial<Key>): Json {
  if (typeof value !== 'string') return value;
  if (shape.as === 'seconds' || shape.as === 'milliseconds') return durationIn(shape.as, value) ?? value;
  if (shape.type === 'boolean') return /^(?:true|false)$/i.test(value) ? value.toLowerCase() === 'true' : value;
  if (shape.type !== 'choice') return value;
  return Object.keys(shape.values).find((word) => shape.values[word]?.toLowerCase() === value.toLowerCase()) ?? value;
}
