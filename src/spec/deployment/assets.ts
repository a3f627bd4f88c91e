import type { Fault } from '../../failure.ts';
import type { JsonObject } from '../../json.ts';
import { chosen } from '../schema.ts';
import { entryOf, faultAt, type MapNode, type Node, type Place, scalarAt, type ScalarNode, valueAt } from '../tree.ts';
import { MODEL_TYPES, OS_TYPES } from './asset-keys.ts';
import { jsonOf, textsOf } from './body.ts';
import { contentOf, fileFault } from './content.ts';
import type { LocalFiles } from '../locate.ts';
import { joined, relativeFrom } from '../path.ts';
import type { ListContent } from './listed.ts';
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

type Local = Extract<Content, { local: string }>;
type Described = Pick<ModelSource, 'name' | 'version' | 'description' | 'tags' | 'properties'>;

interface Reading {
  readonly files: LocalFiles;
  /** Without it, what local files and folders hold is not looked at. */
  readonly list: ListContent | undefined;
  /** Whether the environment is in a file whose path has placeholders: where it lies would tell their values. */
  readonly isHidden: boolean;
  readonly faults: Fault[];
}

/** The file that tells an MLflow model from any other folder. */
const MLFLOW_FILE = 'MLmodel';

/** The name that Azure looks for. Source: Microsoft Learn, reference-yaml-environment. */
const DOCKERFILE = 'Dockerfile';

/**
 * The assets that a deployment names, and what is wrong with their references, paths and local content.
 * @param written the file as it is without what it includes
 */
export async function readAssets(
  root: MapNode,
  files: LocalFiles,
  list?: ListContent,
  written = root,
): Promise<{ assets: Pick<DeploymentSpec, 'model' | 'code' | 'environment'>; faults: Fault[] }> {
  const isHidden = scalarAt(written, 'environment')?.placeholder !== undefined;
  const reading: Reading = { files, list, isHidden, faults: [] };
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
  const place = entryOf(node, 'path')?.keyPlace ?? path.place;
  const names = await namesIn(content, place, reading);
  if (type === MODEL_TYPES.mlflow_model && names && !names.includes(MLFLOW_FILE)) {
    const message = `${shownPath(content)} has no file ${MLFLOW_FILE}, which an mlflow_model needs at its top`;
    reading.faults.push(faultAt(place, message));
  }
  return { how: 'inline', source: { ...described(node), type, content } };
}

async function codeOf(node: Node | undefined, reading: Reading): Promise<Asset<CodeSource> | undefined> {
  const key = 'code_configuration.code';
  const code = textNode(valueAt(node, 'code'));
  if (!code || node?.kind !== 'map' || isReference(code.text)) return registered(code, key, 'codes', reading);
  const content = kept(await contentOf(reading.files, code, key, 'folder'), reading);
  if (!content) return undefined;
  const names = await namesIn(content, entryOf(node, 'code')?.keyPlace ?? code.place, reading);
  const script = entryOf(node, 'scoring_script');
  const file = textNode(script?.value);
  if (!script || !file || !('local' in content)) return { how: 'inline', source: { content } };
  const missing = await fileFault(reading.files, file, 'code_configuration.scoring_script', content);
  if (missing) reading.faults.push(missing);
  else if (names && !holds(names, content, file.text)) {
    const message = `the scoring script is not uploaded: the ignore file of ${shownPath(content)} leaves it out`;
    reading.faults.push(faultAt(script.keyPlace, message));
  }
  return { how: 'inline', source: { content } };
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
  if (node?.kind !== 'map' || !path) return undefined;
  const found = kept(await contentOf(reading.files, path, 'environment.build.path', 'folder'), reading);
  if (!found) return undefined;
  const content: Content = reading.isHidden ? { shown: path.text, ...found } : found;
  const dockerfile = textNode(valueAt(node, 'dockerfile_path'));
  if ('local' in content) await checkContext(node, { path, content, dockerfile }, reading);
  return {
    content,
    ...(dockerfile ? { dockerfilePath: dockerfile.text } : {}),
    ...(dockerfile?.placeholder === undefined ? {} : { shownDockerfilePath: dockerfile.placeholder }),
  };
}

interface Context {
  readonly path: ScalarNode;
  readonly content: Local;
  readonly dockerfile: ScalarNode | undefined;
}

async function checkContext(node: MapNode, { path, content, dockerfile }: Context, reading: Reading): Promise<void> {
  const place = entryOf(node, 'path')?.keyPlace ?? path.place;
  const names = await namesIn(content, place, reading);
  const missing = await dockerfileFault(dockerfile, path, content, reading);
  if (missing) reading.faults.push(missing);
  else if (names && !holds(names, content, dockerfile?.text ?? DOCKERFILE)) {
    const at = entryOf(node, 'dockerfile_path')?.keyPlace ?? place;
    const message = `its Dockerfile is not uploaded: the ignore file of ${shownPath(content)} leaves it out`;
    reading.faults.push(faultAt(at, message));
  }
}

async function dockerfileFault(
  dockerfile: ScalarNode | undefined,
  path: ScalarNode,
  folder: Local,
  { files }: Reading,
): Promise<Fault | undefined> {
  if (dockerfile) return fileFault(files, dockerfile, 'environment.build.dockerfile_path', folder);
  const standard: ScalarNode = { ...path, text: DOCKERFILE };
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

/**
 * The names of all files of a local content, below it. What is wrong with it is told at the place.
 * @returns `undefined` for what is elsewhere, or faulty
 */
async function namesIn(
  content: Content,
  place: Place,
  { list, faults }: Reading,
): Promise<readonly string[] | undefined> {
  if (!list || !('local' in content)) return undefined;
  const listed = await list(content);
  if ('names' in listed) return listed.names;
  faults.push(...listed.faults.map((message) => faultAt(place, message)));
  return undefined;
}

/** Whether a file is among those names. A file system may take names in any case. */
function holds(names: readonly string[], { local }: Local, file: string): boolean {
  const below = relativeFrom(local, joined(local, file)).toLowerCase();
  return names.some((name) => name.toLowerCase() === below);
}

function shownPath(content: Content): string {
  return content.shown ?? ('local' in content ? content.local : content.uri);
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
