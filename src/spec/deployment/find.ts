import type { Files } from '../../deps.ts';
import type { Fault } from '../../failure.ts';
import { nearest } from '../nearest.ts';
import { isGlob, matchesWord } from '../select.ts';
import { reason } from '../source.ts';
import { joined, leadsOut } from './path.ts';

type Folders = Pick<Files, 'stat' | 'entries'>;

/** A file that should hold a deployment. */
export interface DeploymentFile {
  /** As the user would write it. */
  readonly path: string;
  /** The endpoints that it may belong to, in lower case. */
  readonly endpoints: readonly string[];
  /** What its `name` must be, where the file must be called like it. */
  readonly expectedName?: string;
}

export interface Found {
  readonly found: readonly DeploymentFile[];
  readonly faults: readonly Fault[];
}

const YAML = /\.ya?ml$/i;

/** Those in `<folder>/<endpoint>/deployments/`; a dot in the stem marks what is not read. No such folder means no deployments. */
export async function inFolders(files: Folders, folder: string, endpoints: readonly string[]): Promise<Found> {
  const faults: Fault[] = [];
  const names = await namesIn(files, folder, faults);
  const chosen = names.filter((name) => endpoints.includes(name.toLowerCase()));
  const found = await Promise.all(
    chosen.map(async (endpoint) => {
      const inner = joined(folder, `${endpoint}/deployments`);
      const stems = (await namesIn(files, inner, faults)).flatMap((name) => {
        const stem = /^([^.]+)\.ya?ml$/i.exec(name)?.[1];
        return stem === undefined ? [] : [{ name, stem }];
      });
      return stems.map(({ name, stem }) => {
        return { path: `${inner}/${name}`, endpoints: [endpoint.toLowerCase()], expectedName: stem };
      });
    }),
  );
  return { found: found.flat(), faults };
}

/** Those that the patterns name: files of any name, or globs over `*.yml` and `*.yaml`. Each must match something. */
export async function byPatterns(
  files: Folders,
  patterns: readonly string[],
  endpoints: readonly string[],
): Promise<Found> {
  const results = await Promise.all(patterns.map(async (pattern) => matching(files, pattern)));
  const paths = new Set(results.flatMap((result) => ('message' in result ? [] : result)));
  return {
    found: [...paths].sort().map((path) => ({ path, endpoints })),
    faults: results.flatMap((result) => ('message' in result ? [result] : [])),
  };
}

async function matching(files: Folders, pattern: string): Promise<string[] | Fault> {
  const path = joined('', pattern);
  const fault = (message: string): Fault => ({ message: `deployments: ${pattern} ${message}` });
  if (leadsOut(path)) return fault('leads out of the working directory');
  const faults: Fault[] = [];
  const [first = '', ...rest] = path.split('/');
  const isRooted = path.startsWith('/');
  const matches = await walk(files, isRooted ? '/' : '', isRooted ? rest : [first, ...rest], faults);
  const unreadable = faults[0];
  if (unreadable) return unreadable;
  const chosen = isGlob(path) ? matches.filter((match) => YAML.test(match)) : matches;
  if (chosen.length > 0) return [...new Set(chosen)];
  if (isGlob(path)) return fault('matches no .yml or .yaml file');
  return fault(await missing(files, path));
}

/** The files below `folder` that the steps of a pattern lead to. */
async function walk(files: Folders, folder: string, steps: readonly string[], faults: Fault[]): Promise<string[]> {
  const [step = '', ...rest] = steps;
  if (step === '**') {
    const below = await Promise.all(
      (await foldersIn(files, folder, faults)).map(async (inner) => walk(files, inner, steps, faults)),
    );
    return [...(await walk(files, folder, rest.length > 0 ? rest : ['*'], faults)), ...below.flat()];
  }
  const names = isGlob(step)
    ? (await namesIn(files, folder || '.', faults)).filter((name) => fits(name, step))
    : [step];
  const paths = names.map((name) => (folder === '' || folder === '/' ? `${folder}${name}` : `${folder}/${name}`));
  const kinds = await Promise.all(paths.map(async (path) => kindAt(files, path)));
  const wanted = rest.length > 0 ? 'folder' : 'file';
  const right = paths.filter((_, index) => kinds[index] === wanted);
  if (rest.length === 0) return right;
  return (await Promise.all(right.map(async (path) => walk(files, path, rest, faults)))).flat();
}

/** Where `**` leads: not into hidden folders, nor into packages, nor through links, which may lead back. */
async function foldersIn(files: Folders, folder: string, faults: Fault[]): Promise<string[]> {
  const names = (await namesIn(files, folder || '.', faults)).filter(
    (name) => fits(name, '*') && name !== 'node_modules',
  );
  const paths = names.map((name) => (folder === '' || folder === '/' ? `${folder}${name}` : `${folder}/${name}`));
  const here = await files.stat(folder || '.').catch(() => undefined);
  const stats = await Promise.all(paths.map(async (path) => files.stat(path).catch(() => undefined)));
  return paths.filter((_, index) => {
    const stat = stats[index];
    return (
      stat?.kind === 'folder' &&
      stat.inside &&
      stat.real.replaceAll('\\', '/') === `${here?.real.replaceAll('\\', '/')}/${names[index]}`
    );
  });
}

/** A star does not stand for the dot of a hidden file. */
function fits(name: string, step: string): boolean {
  return matchesWord(name, step) && (step.startsWith('.') || !name.startsWith('.'));
}

async function kindAt(files: Folders, path: string): Promise<string | undefined> {
  const stat = await files.stat(path).catch(() => undefined);
  return stat?.inside ? stat.kind : undefined;
}

async function namesIn(files: Folders, folder: string, faults: Fault[]): Promise<string[]> {
  try {
    const stat = await files.stat(folder);
    return stat?.kind === 'folder' ? await files.entries(folder) : [];
  } catch (error) {
    faults.push({ file: folder, message: `${folder}/ cannot be read: ${reason(error)}` });
    return [];
  }
}

async function missing(files: Folders, path: string): Promise<string> {
  const at = path.lastIndexOf('/');
  const names = await namesIn(files, path.slice(0, Math.max(at, 0)) || '.', []);
  const near = nearest(path.slice(at + 1), names);
  const name = path.slice(at + 1);
  if (names.includes(name)) return 'is no file in the working directory; write a glob such as folder/*.yml';
  return near === undefined ? 'not found' : `not found; did you mean ${path.slice(0, at + 1)}${near}?`;
}
