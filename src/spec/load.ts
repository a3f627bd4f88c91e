import pLimit from 'p-limit';
import type { Files } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { type Folders } from './deployment/glob.ts';
import { ownersIn } from './deployment/find.ts';
import { readEndpoint, type ReadEndpoint } from './endpoint.ts';
import type { EndpointSpec, SpecRequest } from './model.ts';
import { isValidName, NAME_RULE } from './names.ts';
import { nearest } from './nearest.ts';
import { byPlace } from './order.ts';
import { folderPath } from './path.ts';
import { isGlob, matchesSelection, matchesWord } from './select.ts';
import { homeOutside, readSource, reason } from './source.ts';

/** A process may open few files at once; 256 on some laptops. */
const MOST_OPEN_FILES = 50;

type ReadableFiles = Pick<Files, 'list' | 'read' | 'stat'>;

/** A file in the folder that holds an endpoint. */
interface EndpointFile {
  /** As the user would write it. */
  readonly path: string;
  readonly stem: string;
}

/**
 * Reads and checks the files of all selected endpoints at once. Only `*.yml` and `*.yaml` directly in the folder count;
 * a dot in the stem marks an overlay, which is not read here.
 * @param absent names of endpoints whose file may be missing
 * @returns the endpoints without faults, by name, and the faults of all files, by file, line and column
 */
export async function loadEndpoints(
  files: ReadableFiles,
  request: SpecRequest,
  absent: readonly string[] = [],
): Promise<{ specs: EndpointSpec[]; faults: Fault[] }> {
  const folder = folderPath(request.folder);
  const found = await discover(files, folder, absent.length > 0);
  if ('message' in found) return { specs: [], faults: [found] };
  const home = await homeOutside(files, folder);
  const selected = found.filter(({ stem }) => matchesSelection(stem, request.select));
  const faults = [...selectionFaults(found, folder, request.select, absent), ...overrideFaults(selected, request)];
  const overrides = selected.length === 1 ? request.overrides : [];
  const results = await pLimit(MOST_OPEN_FILES).map(selected, async (file) =>
    withTwinFault(await read(files, file, { ...request, overrides }, home), file, found),
  );
  const specs = results.flatMap((result) => (result.spec && result.faults.length === 0 ? [result.spec] : []));
  return {
    specs: specs.sort((a, b) => (a.name < b.name ? -1 : 1)),
    faults: [...faults, ...results.flatMap((result) => result.faults)].sort(byPlace),
  };
}

/** The endpoints that a selection means. */
export interface Names {
  /** In lower case. A name counts whether a file describes the endpoint or not; only a glob needs the folder to tell what there is. */
  readonly names: readonly string[];
  /** Those that have deployments and no file of their own, as their folders are called. A glob's are not among `names`. */
  readonly orphans: readonly string[];
  readonly faults: readonly Fault[];
}

/** Names of the selected endpoints. */
export async function endpointNames(
  files: ReadableFiles & Folders,
  request: Pick<SpecRequest, 'folder' | 'select'>,
): Promise<Names> {
  const { select } = request;
  const folder = folderPath(request.folder);
  const globs = select.filter(isGlob);
  const named = select.filter((word) => !isGlob(word));
  const faults = named.filter((word) => !isValidName(word)).map((word) => ({ message: notAName(word) }));
  const owners = (await ownersIn(files, folder)).filter((name) => matchesSelection(name, select));
  const found = await discover(files, folder, owners.length > 0);
  const stems = 'message' in found ? [] : found.map(({ stem }) => stem.toLowerCase());
  const orphans = owners.filter((name) => !stems.includes(name.toLowerCase()));
  if ('message' in found && globs.length > 0) faults.push(found);
  const matching = stems.filter((stem) => matchesSelection(stem, globs));
  return { names: [...new Set([...named.map((name) => name.toLowerCase()), ...matching])], orphans, faults };
}

/** @param mayBeEmpty whether it is enough that the folder is there */
async function discover(files: ReadableFiles, folder: string, mayBeEmpty: boolean): Promise<EndpointFile[] | Fault> {
  const names = await files.list(folder).catch((error: unknown): Fault => {
    return { file: folder, message: `${folder}/ cannot be read: ${reason(error)}` };
  });
  if (!names) return { message: await noFolder(files, folder) };
  if ('message' in names) return names;
  const endpoints = names.flatMap((name) => {
    const stem = /^([^.]+)\.ya?ml$/i.exec(name)?.[1];
    return stem === undefined ? [] : [{ path: `${folder}/${name}`, stem }];
  });
  return endpoints.length > 0 || mayBeEmpty
    ? endpoints
    : { message: `${folder}/ has no endpoints; write ${folder}/<endpoint>.yml` };
}

async function noFolder(files: ReadableFiles, folder: string): Promise<string> {
  const stat = await files.stat(folder).catch(() => undefined);
  if (stat) return `${folder} is not a folder; \`endpoints-dir\` is the folder with one YAML file per endpoint`;
  return `${folder}/ not found; is actions/checkout missing?`;
}

async function read(
  files: ReadableFiles,
  { path, stem }: EndpointFile,
  request: SpecRequest,
  home: string | undefined,
): Promise<ReadEndpoint> {
  const source = await readSource(files, path, home);
  if (typeof source !== 'string') return { faults: [source] };
  return readEndpoint(source, path, { expectedName: stem, overrides: request.overrides, env: request.env });
}

/** Two files for one endpoint: neither can be taken for the right one. */
function withTwinFault(result: ReadEndpoint, file: EndpointFile, all: readonly EndpointFile[]): ReadEndpoint {
  const isTwin = (other: EndpointFile) => other !== file && other.stem.toLowerCase() === file.stem.toLowerCase();
  const twin = all.find(isTwin);
  if (!twin) return result;
  const message = `${twin.path} describes the endpoint ${file.stem.toLowerCase()} too; keep one of the two`;
  return { faults: [{ file: file.path, line: 1, column: 1, message }, ...result.faults] };
}

function selectionFaults(
  found: readonly EndpointFile[],
  folder: string,
  select: readonly string[],
  absent: readonly string[],
): Fault[] {
  if (select.length === 0) return [{ message: 'no endpoint is named; write its name, or * for all' }];
  const stems = found.map(({ stem }) => stem);
  return select
    .filter((word) => ![...stems, ...absent].some((name) => matchesWord(name, word)))
    .map((word) => ({ message: notFound(word, stems, folder) }));
}

function notFound(word: string, stems: readonly string[], folder: string): string {
  const near = nearest(word.replace(/\.ya?ml$/i, ''), stems);
  const has = near ? `did you mean ${near}?` : `the folder has: ${firstFew(stems)}`;
  if (isGlob(word)) return `no endpoint in ${folder}/ matches ${word}; the folder has: ${firstFew(stems)}`;
  if (!isValidName(word)) return `${notAName(word)}; ${has}`;
  return `${folder}/${word}.yml not found; ${has}`;
}

function notAName(word: string): string {
  return `"${word}" is not an endpoint's name (${NAME_RULE})`;
}

/** Enough to see what is there without filling the screen. */
function firstFew(stems: readonly string[]): string {
  const shown = stems.slice(0, 10).join(', ');
  return stems.length > 10 ? `${shown} and ${stems.length - 10} more` : shown;
}

function overrideFaults(selected: readonly EndpointFile[], { overrides }: SpecRequest): Fault[] {
  if (overrides.length === 0 || selected.length <= 1) return [];
  const which = firstFew(selected.map(({ stem }) => stem));
  return [{ message: `set, traffic and mirror-traffic need exactly one endpoint; selected: ${which}` }];
}
