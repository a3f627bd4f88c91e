import { parse } from 'yaml';
import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';
import type { AssetKind } from '../state.ts';
import { BodyFault } from './body-fault.ts';
import { parseString, parseStrings } from './strings.ts';
import { parseContent } from './tracked-body.ts';

/** What no later PUT of the same version may change. */
const content: Readonly<Record<AssetKind, readonly string[]>> = {
  models: ['modelUri'],
  codes: ['codeUri'],
  environments: ['image', 'condaFile', 'build'],
  data: ['dataUri'],
};

/** The properties that the body of a PUT describes, with what the service fills in. */
export function parseAsset(kind: AssetKind, text: string): JsonObject {
  const { properties } = parseContent(text);
  if (!isObject(properties)) throw new BodyFault('properties is required');
  const common = {
    description: properties['description'] ?? null,
    tags: parseStrings(properties['tags'], 'properties.tags'),
    properties: parseStrings(bagOf(properties['properties']), 'properties.properties'),
    isArchived: properties['isArchived'] === true,
    isAnonymous: properties['isAnonymous'] === true,
  };
  return { ...common, ...parsers[kind](properties), provisioningState: 'Succeeded' };
}

/** Whether two versions hold the same content; the rest of them may change. A code's hash is content, if both have one. */
export function hasSameContent(kind: AssetKind, one: JsonObject, other: JsonObject): boolean {
  const hashes = [one, other].map(({ properties }) => (isObject(properties) ? properties['hash_sha256'] : undefined));
  if (kind === 'codes' && hashes.every((hash) => hash !== undefined) && hashes[0] !== hashes[1]) return false;
  return content[kind].every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]));
}

const parsers: Readonly<Record<AssetKind, (properties: JsonObject) => JsonObject>> = {
  models: (properties) => ({
    flavors: properties['flavors'] ?? {},
    modelType: properties['modelType'] ?? 'custom_model',
    modelUri: parseUri(properties['modelUri'], 'properties.modelUri'),
    jobName: properties['jobName'] ?? null,
  }),
  codes: (properties) => ({ codeUri: parseUri(properties['codeUri'], 'properties.codeUri') }),
  environments: parseEnvironment,
  data: (properties) => ({
    dataType: properties['dataType'] ?? 'uri_folder',
    dataUri: parseUri(properties['dataUri'], 'properties.dataUri'),
  }),
};

function parseEnvironment(properties: JsonObject): JsonObject {
  const { image, build, condaFile, inferenceConfig } = properties;
  if (typeof image !== 'string' && !isObject(build)) {
    throw new BodyFault('properties.image or properties.build is required');
  }
  return {
    environmentType: 'UserCreated',
    ...(typeof image === 'string' ? { image } : {}),
    ...(isObject(build) ? { build: { dockerfilePath: 'Dockerfile', ...build } } : {}),
    ...(typeof condaFile === 'string' ? { condaFile: canonicalConda(condaFile) } : {}),
    ...(isObject(inferenceConfig) ? { inferenceConfig } : {}),
    osType: properties['osType'] ?? 'Linux',
  };
}

/** Azure shows YAML as indented JSON (test_endpoint_and_deployment_exist_with_yaml.yaml). */
function canonicalConda(text: string): string {
  try {
    return JSON.stringify(parse(text), null, 2);
  } catch {
    throw new BodyFault('properties.condaFile must be YAML');
  }
}

/** `resourcegroups` comes back as `resourceGroups` (test_endpoint_and_deployment_exist_with_yaml.yaml). */
function parseUri(value: unknown, name: string): string {
  return parseString(value, name).replace(/\/resourcegroups\//i, '/resourceGroups/');
}

/** azure-ai-ml sends the hash's version as a number (`get_content_hash_version`); Azure shows text (azure-cli-extensions#6662). */
function bagOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, typeof item === 'number' ? String(item) : item]),
  );
}
