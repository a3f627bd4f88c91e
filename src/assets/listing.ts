import { basename, join, relative, sep } from 'node:path';
import type { Files, FileStat } from '../deps.ts';
import { InputFaults } from '../failure.ts';
import { IGNORE_FILES, type IgnoreRules, ignoreRules } from './ignore.ts';
import { byCodePoint } from './order.ts';

/** A file that belongs to an asset. */
export interface LocalFile {
  /** Below the asset, with `/` in between; the file's name when the asset is that file. */
  readonly name: string;
  /** Where it can be read. */
  readonly path: string;
  /** Where it really is, links followed. */
  readonly real: string;
  readonly size: number;
  /** When it was last written to: milliseconds since 1970. */
  readonly modified: number;
}

/** One thing that goes into the hash of a folder: a name that was met on the way, or a file's bytes. */
export type Step = { readonly met: string } | { readonly file: LocalFile };

export interface Listing {
  readonly real: string;
  readonly isFile: boolean;
  readonly files: readonly LocalFile[];
  /** In the order in which azure-ai-ml walks. */
  readonly steps: readonly Step[];
  /** Whether every file is among the steps. A rule that takes a file back out of a folder that is left out makes the difference. */
  readonly isCovered: boolean;
}

export type ListableFiles = Pick<Files, 'stat' | 'entries' | 'read'>;

/** In bytes. */
const LARGEST_RULES = 1024 * 1024;

/**
 * Finds all that belongs to an asset. Links are followed; the ignore file of the folder itself counts, none further down.
 * Source: azure-ai-ml `_utils/_asset_utils.py` (`_get_dir_hash`, `get_upload_files_from_folder`).
 * @throws InputFaults for what cannot be uploaded; the file system's own error, or the signal's reason
 */
export async function listContent(files: ListableFiles, path: string, signal: AbortSignal): Promise<Listing> {
  const stat = await files.stat(path);
  if (!stat) throw faulty(`${path} is not there`);
  if (!stat.inside) throw faulty(`${path} is outside the working directory, and nothing there is uploaded`);
  if (stat.kind === 'other') throw faulty(`${path} is neither a file nor a folder`);
  const { real } = stat;
  const home = (await files.stat('.'))?.real ?? '';
  if (isOfGit(`${relative(home, real)}/`)) throw faulty(`${path} ${OF_GIT}`);
  if (hasBackslash(basename(real))) throw faulty(`${path} ${BACKSLASHED}`);
  if (stat.kind === 'file') {
    const file = { name: basename(real), path, real, size: stat.size, modified: stat.modified };
    return { real, isFile: true, files: [file], steps: [{ file }], isCovered: true };
  }
  const { rules, ignoreFile } = await readRules(files, path);
  const walk: Walk = { files, signal, root: real, rules, ignoreFile, found: [], steps: [], isCovered: true };
  await walkFolder(walk, { path, name: '', real, above: [real], isLeftOut: false });
  if (walk.found.length === 0) {
    throw faulty(
      `${path} has no files${ignoreFile ? ` that ${ignoreFile} does not leave out` : ''}; an asset needs one`,
    );
  }
  return { real, isFile: false, files: walk.found, steps: walk.steps, isCovered: walk.isCovered };
}

interface Walk {
  readonly files: ListableFiles;
  readonly signal: AbortSignal;
  readonly root: string;
  readonly rules: IgnoreRules;
  /** Which file the rules are of; absent where there is none. */
  readonly ignoreFile: string | undefined;
  readonly found: LocalFile[];
  readonly steps: Step[];
  isCovered: boolean;
}

interface Folder {
  readonly path: string;
  /** Below the asset, with a `/` at its end; empty for the asset itself. */
  readonly name: string;
  readonly real: string;
  /** Itself and all folders above it, up to the asset. */
  readonly above: readonly string[];
  readonly isLeftOut: boolean;
}

async function walkFolder(walk: Walk, folder: Folder): Promise<void> {
  for (const entry of inOrder(await walk.files.entries(folder.path))) {
    walk.signal.throwIfAborted();
    // The place where it really lies is what the rules see, also below a link to a folder.
    const place = relative(walk.root, join(folder.real, entry)).replaceAll(sep, '/');
    const isExcluded = walk.rules.excludes(place);
    if (isExcluded && !walk.rules.takesBack) continue;
    const path = join(folder.path, entry);
    const stat = await walk.files.stat(path);
    if (isExcluded && !mayHoldMore(folder, stat)) continue;
    const found = { path, name: `${folder.name}${entry}`, stat: usable(path, stat) };
    const isLeftOut = folder.isLeftOut || isExcluded;
    if (!isLeftOut) walk.steps.push({ met: entry });
    if (found.stat.kind === 'file') addFile(walk, found, isLeftOut);
    else await walkFolder(walk, below(folder, found, isLeftOut));
  }
}

/** Whether a folder that is left out may have something in it that a rule takes back. */
function mayHoldMore(folder: Folder, stat: FileStat | undefined): boolean {
  return stat?.kind === 'folder' && stat.inside && !folder.above.includes(stat.real);
}

interface Entry {
  readonly path: string;
  readonly name: string;
  readonly stat: FileStat;
}

/** The checkout of a workflow keeps the token of its job there. */
function isOfGit(path: string): boolean {
  return /(^|\/)\.git\//i.test(path.replaceAll(sep, '/'));
}

const OF_GIT = 'belongs to Git, may hold a token, and is not uploaded';

/** Where it is no separator, it is a letter like any other. The store takes it for the end of a folder's name. */
function hasBackslash(name: string): boolean {
  return sep !== '\\' && name.includes('\\');
}

const BACKSLASHED =
  'has a backslash in its name, which the storage takes for `/`: it could be mistaken for a file in a folder; rename it';

function addFile(walk: Walk, { path, name, stat: { real, size, modified } }: Entry, isLeftOut: boolean): void {
  if (isOfGit(name) || isOfGit(relative(walk.root, real))) {
    throw faulty(`${path} ${OF_GIT}; add \`.git/\` to ${walk.ignoreFile ?? IGNORE_FILES[0]} of that folder`);
  }
  if (hasBackslash(name)) {
    const rules = `${walk.ignoreFile ?? IGNORE_FILES[0]} of that folder`;
    throw faulty(`${path} ${BACKSLASHED}, or leave it out in ${rules}, with \`?\` for the backslash`);
  }
  const file = { name, path, real, size, modified };
  walk.found.push(file);
  if (isLeftOut) walk.isCovered = false;
  else walk.steps.push({ file });
}

function below(folder: Folder, { path, name, stat: { real } }: Entry, isLeftOut: boolean): Folder {
  if (folder.above.includes(real)) throw faulty(`${path} is a link to a folder above it, which has no end`);
  return { path, name: `${name}/`, real, above: [...folder.above, real], isLeftOut };
}

function usable(path: string, stat: FileStat | undefined): FileStat {
  if (!stat) throw faulty(`${path} is a link to something that is not there`);
  if (!stat.inside) throw faulty(`${path} is a link out of the working directory, and nothing there is uploaded`);
  if (stat.kind === 'other')
    throw faulty(`${path} is neither a file nor a folder; name it in ${IGNORE_FILES[0]} to leave it out`);
  return stat;
}

async function readRules(
  files: ListableFiles,
  folder: string,
): Promise<{ rules: IgnoreRules; ignoreFile: string | undefined }> {
  for (const name of IGNORE_FILES) {
    const path = join(folder, name);
    const stat = await files.stat(path);
    if (stat?.kind !== 'file') continue;
    if (!stat.inside) throw faulty(`${path} is a link out of the working directory, and nothing there is read`);
    const bytes = await files.read(path, LARGEST_RULES);
    if (bytes.length > LARGEST_RULES) throw faulty(`${path} is larger than 1 MiB, which no list of rules needs`);
    return { rules: ignoreRules(new TextDecoder().decode(bytes)), ignoreFile: name };
  }
  return { rules: ignoreRules(''), ignoreFile: undefined };
}

/** As Python sorts `str(path).lower()`: by code point. Names that differ in case alone have an order too. */
function inOrder(names: readonly string[]): string[] {
  return names.toSorted((a, b) => byCodePoint(a.toLowerCase(), b.toLowerCase()) || byCodePoint(a, b));
}

function faulty(message: string): InputFaults {
  return new InputFaults([{ message }]);
}
