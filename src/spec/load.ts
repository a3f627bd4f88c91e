import pLimit from 'p-limit';
import type { Files } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { readEndpoint, type ReadEndpoint } from './endpoint.ts';
import type { EndpointSpec, SpecRequest } from './model.ts';
import { isValidName, NAME_RULE } from './names.ts';
import { nearest } from './nearest.ts';
import { byPlace } from './order.ts';
import { folderPath } from './path.ts';
import { isGlob, matchesSelection, matchesWord } from './select.ts';
import { readSource, reason } from './source.ts';

/** A process may open few files at once; 256 on some laptops. */
const MOST_OPEN_FILES = 50;

type ReadableFiles = Pick<Files, 'list' | 'read'>;

/** A file in the folder that holds an endpoint. */
interface EndpointFile {
  /** As the user would write it. */
  readonly path: string;
  readonly stem: string;
}

/**
 * Reads and checks the files of all selected endpoints at once. Only `*.yml` and `*.yaml` directly in the folder count;
 * a dot in the stem marks an overlay, which is not read here.
 * @returns the endpoints without faults, by name, and the faults of all files, by file, line and column
 */
export async function loadEndpoints(
  files: ReadableFiles,
  request: SpecRequest,
): Promise<{ specs: EndpointSpec[]; faults: Fault[] }> {
  const folder = folderPath(request.folder);
  const found = await discover(files, folder);
  if ('message' in found) return { specs: [], faults: [found] };
  const selected = found.filter(({ stem }) => matchesSelection(stem, request.select));
  const faults = [...selectionFaults(found, folder, request.select), ...overrideFaults(selected, request)];
  const overrides = selected.length === 1 ? request.overrides : [];
  const results = await pLimit(MOST_OPEN_FILES).map(selected, async (file) =>
    withTwinFault(await read(files, file, { ...request, overrides }), file, found),
  );
  const specs = results.flatMap((result) => (result.spec && result.faults.length === 0 ? [result.spec] : []));
  return {
    specs: specs.sort((a, b) => (a.name < b.name ? -1 : 1)),
    faults: [...faults, ...results.flatMap((result) => result.faults)].sort(byPlace),
  };
}

/**
 * Names of the selected endpoints, in lower case. A name counts whether a file describes the endpoint or not; only a glob
 * needs the folder to tell what there is.
 */
export async function endpointNames(
  files: ReadableFiles,
  { folder, select }: Pick<SpecRequest, 'folder' | 'select'>,
): Promise<{ names: string[]; faults: Fault[] }> {
  const globs = select.filter(isGlob);
  const named = select.filter((word) => !isGlob(word));
  const faults = named.filter((word) => !isValidName(word)).map((word) => ({ message: notAName(word) }));
  if (globs.length === 0 || faults.length > 0) return { names: named.map((word) => word.toLowerCase()), faults };
  const found = await discover(files, folderPath(folder));
  if ('message' in found) return { names: [], faults: [found] };
  const matching = found.map(({ stem }) => stem).filter((stem) => matchesSelection(stem, globs));
  return { names: [...new Set([...named, ...matching].map((name) => name.toLowerCase()))], faults: [] };
}

async function discover(files: ReadableFiles, folder: string): Promise<EndpointFile[] | Fault> {
  const names = await files.list(folder).catch((error: unknown): Fault => {
    return { file: folder, message: `${folder}/ cannot be read: ${reason(error)}` };
  });
  if (!names) return { message: `${folder}/ not found; is actions/checkout missing?` };
  if ('message' in names) return names;
  const endpoints = names.flatMap((name) => {
    const stem = /^([^.]+)\.ya?ml$/i.exec(name)?.[1];
    return stem === undefined ? [] : [{ path: `${folder}/${name}`, stem }];
  });
  return endpoints.length > 0 ? endpoints : { message: `${folder}/ has no endpoints; write ${folder}/<endpoint>.yml` };
}

async function read(files: ReadableFiles, { path, stem }: EndpointFile, request: SpecRequest): Promise<ReadEndpoint> {
  const source = await readSource(files, path);
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

function selectionFaults(found: readonly EndpointFile[], folder: string, select: readonly string[]): Fault[] {
  if (select.length === 0) return [{ message: 'no endpoint is named; write its name, or * for all' }];
  const stems = found.map(({ stem }) => stem);
  return select
    .filter((word) => !stems.some((stem) => matchesWord(stem, word)))
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
