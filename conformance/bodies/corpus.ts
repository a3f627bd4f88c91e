import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { isObject, type JsonObject, objectAt, textAt } from '../../src/json.ts';
import type { Case } from './cases.ts';

const folder = process.env['AZUREML_CORPUS'] ?? fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const root = join(folder, 'azureml-examples');

const PLACEHOLDER = /\{\{(\w+)\}\}/g;
const CONDA = 'name: stand-in\ndependencies:\n  - python=3.12\n';

/** The deployment files of azureml-examples, which lie outside of the repository; `undefined` where there are none. */
export function corpusCases(): Case[] | undefined {
  if (!existsSync(root)) return undefined;
  const files = globSync('**/*.{yml,yaml}', { cwd: root }).sort();
  return files
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
    .filter(({ text }) => /OnlineDeployment\.schema|^instance_type:/m.test(text))
    .map(({ path, text }) => caseOf(path, text));
}

/** A file as its authors use it: with its placeholders replaced, its flags given, and its local files there. */
function caseOf(path: string, original: string): Case {
  // Written for people, who put the name of their endpoint there.
  const text = original.replace(/^(endpoint_name: *)<[-\w]+>/m, '$1iris');
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
  const env = Object.fromEntries(names.map((name) => [name, /version/i.test(name) ? '1' : 'stand-in']));
  const replaced = text.replaceAll(PLACEHOLDER, (_, name: string) => env[name] ?? '');
  const content: unknown = parse(replaced);
  const deployment = isObject(content) ? content : {};
  const endpoint = textAt(deployment, 'endpoint_name');
  return {
    name: path,
    kind: 'deployment',
    path: join('corpus', path),
    text,
    replaced,
    env,
    endpoint: endpoint?.toLowerCase() ?? 'iris',
    flags: endpoint === undefined ? { endpoint_name: 'iris' } : {},
    files: standIns(deployment, join('corpus', dirname(path))),
  };
}

/** What the deployment names of the local files, which the corpus does not have. */
function standIns(deployment: JsonObject, from: string): Record<string, string> {
  const model = textAt(objectAt(deployment, 'model'), 'path');
  const environment = objectAt(deployment, 'environment');
  const build = objectAt(environment, 'build');
  const context = textAt(build, 'path');
  const conda = textAt(environment, 'conda_file');
  const code = objectAt(deployment, 'code_configuration');
  const source = textAt(code, 'code');
  const found: [string | undefined, string][] = [
    [model && isFile(model) ? model : model && join(model, 'model'), 'a model'],
    [context && join(context, textAt(build, 'dockerfile_path') ?? 'Dockerfile'), 'FROM scratch\n'],
    [conda, CONDA],
    [source && join(source, textAt(code, 'scoring_script') ?? 'score.py'), 'def run(data):\n    return data\n'],
  ];
  return Object.fromEntries(
    found.flatMap(([path, text]) =>
      path === undefined || path.includes(':') ? [] : [[normalize(join(from, path)), text]],
    ),
  );
}

function isFile(path: string): boolean {
  return /\.\w+$/.test(path);
}
