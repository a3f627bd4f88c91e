import type { Fault } from '../../failure.ts';
import type { JsonObject } from '../../json.ts';
import { chosen } from '../schema.ts';
import { faultAt, type MapNode, type Node, scalarAt, type ScalarNode, valueAt } from '../tree.ts';
import { MODEL_TYPES, OS_TYPES } from './asset-keys.ts';
import { jsonOf, textsOf } from './body.ts';
import { contentOf, fileFault } from './content.ts';
import type { LocalFiles } from './locate.ts';
import { joined } from './path.ts';
import type {
  Asset,
  AssetReference,
  CodeSource,
  Content,
  DeploymentSpec,
  EnvironmentSource,
  ModelSource,
} from './model.ts';
import { type AssetKind, isReference, referenceOf } from './reference.ts';

type Described = Pick<ModelSource, 'name' | 'version' | 'description' | 'tags' | 'properties'>;

interface Reading {
  readonly files: LocalFiles;
  readonly faults: Fault[];
}

/** The assets that a deployment names, and what is wrong with their references and paths. */
export async function readAssets(
  root: MapNode,
  files: LocalFiles,
): Promise<{ assets: Pick<DeploymentSpec, 'model' | 'code' | 'environment'>; faults: Fault[] }> {
  const reading: Reading = { files, faults: [] };
  const [model, code, environment] = await Promise.all([
    modelOf(valueAt(root, 'model'), reading),
    codeOf(valueAt(root, 'code_configuration'), reading),
    environmentOf(valueAt(root, 'environment'), reading),
  ]);
  const assets = { ...(model ? { model } : {}), ...(code ? { code } : {}), ...(environment ? { environment } : {}) };
  return { assets, faults: reading.faults };
}

async function modelOf(node: Node | undefined, reading: Reading): Promise<Asset<ModelSource> | undefined> {
  if (node?.kind !== 'map') return registered(textNode(node), 'model', 'models', reading);
  const path = textNode(valueAt(node, 'path'));
  const content = path && kept(await contentOf(reading.files, path, 'model.path'), reading);
  if (!content) return undefined;
  const type = chosen(MODEL_TYPES, scalarAt(node, 'type')?.text ?? '') ?? 'custom_model';
  return { how: 'inline', source: { ...described(node), type, content } };
}

async function codeOf(node: Node | undefined, reading: Reading): Promise<Asset<CodeSource> | undefined> {
  const key = 'code_configuration.code';
  const code = textNode(valueAt(node, 'code'));
  if (!code || isReference(code.text)) return registered(code, key, 'codes', reading);
  const content = kept(await contentOf(reading.files, code, key, 'folder'), reading);
  if (!content) return undefined;
  const script = textNode(valueAt(node, 'scoring_script'));
  if (!script || !('local' in content)) return { how: 'inline', source: { content } };
  kept(await fileFault(reading.files, script, 'code_configuration.scoring_script', content), reading);
  return { how: 'inline', source: { content, script: joined('', script.text) } };
}

async function environmentOf(node: Node | undefined, reading: Reading): Promise<Asset<EnvironmentSource> | undefined> {
  if (node?.kind !== 'map') return registered(textNode(node), 'environment', 'environments', reading);
  const build = await buildOf(valueAt(node, 'build'), reading);
  const [conda, routes] = [valueAt(node, 'conda_file'), valueAt(node, 'inference_config')];
  const osType = chosen(OS_TYPES, scalarAt(node, 'os_type')?.text ?? '');
  const image = valueAt(node, 'image');
  const source = {
    ...described(node),
    ...(image?.kind === 'scalar' ? { image: image.text } : {}),
    ...(image?.kind === 'scalar' && image.placeholder !== undefined ? { shownImage: image.placeholder } : {}),
    ...(conda?.kind === 'map' ? { conda: jsonOf(conda) as JsonObject } : {}),
    ...(build ? { build } : {}),
    ...(routes?.kind === 'map' ? { inferenceConfig: routesOf(routes) } : {}),
    ...(osType === undefined ? {} : { osType }),
  };
  return { how: 'inline', source };
}

async function buildOf(node: Node | undefined, reading: Reading): Promise<EnvironmentSource['build']> {
  const path = textNode(valueAt(node, 'path'));
  const content = path && kept(await contentOf(reading.files, path, 'environment.build.path', 'folder'), reading);
  if (!content) return undefined;
  const dockerfile = textNode(valueAt(node, 'dockerfile_path'));
  if ('local' in content) kept(await dockerfileFault(dockerfile, path, content, reading), reading);
  return {
    content,
    ...(dockerfile ? { dockerfilePath: dockerfile.text } : {}),
    ...(dockerfile?.placeholder === undefined ? {} : { shownDockerfilePath: dockerfile.placeholder }),
  };
}

async function dockerfileFault(
  dockerfile: ScalarNode | undefined,
  path: ScalarNode,
  folder: Extract<Content, { local: string }>,
  { files }: Reading,
): Promise<Fault | undefined> {
  if (dockerfile) return fileFault(files, dockerfile, 'environment.build.dockerfile_path', folder);
  // The name that Azure looks for. Source: Microsoft Learn, reference-yaml-environment.
  const standard: ScalarNode = { ...path, text: 'Dockerfile' };
  if (!(await fileFault(files, standard, 'environment.build.path', folder))) return undefined;
  return faultAt(
    path.place,
    'environment.build.path has no Dockerfile; name it with environment.build.dockerfile_path',
  );
}

function registered(
  node: ScalarNode | undefined,
  key: string,
  kind: AssetKind,
  reading: Reading,
): AssetReference | undefined {
  return node && kept(referenceOf(node, key, kind), reading);
}

function kept<T extends AssetReference | Content>(found: T | Fault | undefined, reading: Reading): T | undefined {
  if (!found || !('message' in found)) return found;
  reading.faults.push(found);
  return undefined;
}

/** `{livenessRoute: {path, port}, …}` */
function routesOf(routes: MapNode): JsonObject {
  const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(routes.entries.map(({ key, value }) => [camel(key), jsonOf(value)]));
}

function described(map: MapNode): Described {
  const texts = ['name', 'version', 'description'].map((key) => [key, scalarAt(map, key)?.text] as const);
  const maps = ['tags', 'properties'].map((key) => [key, textsOf(valueAt(map, key))] as const);
  return Object.fromEntries([...texts, ...maps].filter(([, value]) => value !== undefined)) as Described;
}

function textNode(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node : undefined;
}
