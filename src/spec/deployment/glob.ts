import type { Files } from '../../deps.ts';
import { nearest } from '../nearest.ts';
import { isGlob, matchesWord } from '../select.ts';
import { reason } from '../source.ts';
import { folderOf, joined, leadsOut } from '../path.ts';

export type Folders = Pick<Files, 'stat' | 'entries'>;

const YAML = /\.ya?ml$/i;

/**
 * The files in the working directory that a pattern names: one file of any name, or those that a glob over `*.yml` and
 * `*.yaml` matches. `**` stands for any folders, but hidden ones, `node_modules` and links.
 * @returns paths as the user would write them, or why there are none
 */
export async function filesMatching(files: Folders, pattern: string): Promise<string[] | string> {
  const path = joined('', pattern);
  if (leadsOut(path)) return 'is outside the working directory';
  try {
    const start = path.startsWith('/') ? '/' : '';
    const steps = path.slice(start.length).split('/');
    const matches = await walk(
      files,
      start,
      steps.filter((step, index) => step !== '**' || steps[index - 1] !== '**'),
    );
    const chosen = isGlob(path) ? matches.filter((match) => YAML.test(match)) : matches;
    return chosen.length > 0 ? [...new Set(chosen)] : await whyNone(files, path);
  } catch (error) {
    return `cannot be followed: ${reason(error)}`;
  }
}

/** The names in a folder of the working directory; none where there is no such folder. */
async function namesIn(files: Folders, folder: string): Promise<string[]> {
  const stat = await files.stat(folder || '.');
  return stat?.kind === 'folder' && stat.inside ? files.entries(folder || '.') : [];
}

/** The files below `folder` that the steps of a pattern lead to. */
async function walk(files: Folders, folder: string, steps: readonly string[]): Promise<string[]> {
  const [step = '', ...rest] = steps;
  if (step === '**') {
    const below = (await foldersIn(files, folder)).map(async (inner) => walk(files, inner, steps));
    return [...(await walk(files, folder, rest.length > 0 ? rest : ['*'])), ...(await Promise.all(below)).flat()];
  }
  const names = isGlob(step) ? (await namesIn(files, folder)).filter((name) => fits(name, step)) : [step];
  const wanted = rest.length > 0 ? 'folder' : 'file';
  const found = names.map(async (name): Promise<string[]> => {
    const path = within(folder, name);
    const stat = await files.stat(path);
    if (stat?.kind !== wanted) return [];
    // The way to the working directory leads through folders outside of it.
    if (rest.length > 0) return stat.inside || !isGlob(step) ? walk(files, path, rest) : [];
    return stat.inside ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/** Where `**` leads. A link may lead back to where it is, so none is followed. */
async function foldersIn(files: Folders, folder: string): Promise<string[]> {
  const here = await files.stat(folder || '.');
  const names = (await namesIn(files, folder)).filter((name) => fits(name, '*') && name !== 'node_modules');
  const found = names.map(async (name) => {
    const stat = await files.stat(within(folder, name));
    const isOwn = stat?.kind === 'folder' && stat.real.slice(0, -name.length - 1) === here?.real.replace(/[\\/]$/, '');
    return isOwn ? [within(folder, name)] : [];
  });
  return (await Promise.all(found)).flat();
}

/** A star does not stand for the dot of a hidden file. */
function fits(name: string, step: string): boolean {
  return matchesWord(name, step) && (step.startsWith('.') || !name.startsWith('.'));
}

function within(folder: string, name: string): string {
  return folder === '' || folder === '/' ? `${folder}${name}` : `${folder}/${name}`;
}

async function whyNone(files: Folders, path: string): Promise<string> {
  if (isGlob(path)) return 'matches no .yml or .yaml file';
  const stat = await files.stat(path);
  if (stat) {
    if (!stat.inside) return 'is outside the working directory';
    return stat.kind === 'folder' ? `is a folder; write ${path}/*.yml` : 'is not a file';
  }
  const folder = folderOf(path);
  const near = nearest(path.slice(path.lastIndexOf('/') + 1), await namesIn(files, folder));
  return near === undefined ? 'not found' : `not found; did you mean ${within(folder, near)}?`;
}
