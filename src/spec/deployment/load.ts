import pLimit from 'p-limit';
import type { Env, Files } from '../../deps.ts';
import { groupBy } from '../../group-by.ts';
import type { Fault } from '../../failure.ts';
import { MOST_DEPLOYMENTS } from '../limits.ts';
import { byPlace } from '../order.ts';
import { folderPath } from '../path.ts';
import { readSource } from '../source.ts';
import { byPatterns, type DeploymentFile, inFolders } from './find.ts';
import type { ListContent } from './listed.ts';
import type { DeploymentSpec } from './model.ts';
import type { ReadDeployment } from './read.ts';

/** A process may open few files at once; 256 on some laptops. A deployment opens two at most. */
const MOST_AT_ONCE = 25;

type ReadableFiles = Pick<Files, 'stat' | 'entries' | 'read'>;

/** Which deployments to read. */
export interface DeploymentsRequest {
  /** The folder with one YAML an endpoint, and one folder an endpoint for its deployments. */
  readonly folder: string;
  /** The endpoints that are selected, in lower case. */
  readonly endpoints: readonly string[];
  /** Files or globs; without any, those in the folders of the endpoints are read. */
  readonly patterns: readonly string[];
  /** Where placeholders find their values. */
  readonly env: Env;
  /** Lists local assets; without it, what they hold is not looked at. */
  readonly list?: ListContent;
}

interface Result extends ReadDeployment {
  readonly path: string;
}

/**
 * Reads and checks the files of all deployments of the selected endpoints at once.
 * @returns the deployments without faults, by endpoint and name, and the faults of all files, by file, line and column
 */
export async function loadDeployments(
  files: ReadableFiles,
  request: DeploymentsRequest,
): Promise<{ deployments: DeploymentSpec[]; faults: Fault[] }> {
  const { patterns, endpoints } = request;
  const folder = folderPath(request.folder);
  const { found, faults } =
    patterns.length > 0 ? await byPatterns(files, patterns, endpoints) : await inFolders(files, folder, endpoints);
  const results = await readAll(files, found, request);
  const all = [
    ...faults,
    ...results.flatMap((result) => result.faults),
    ...twinFaults(results),
    ...crowdFaults(results),
  ];
  const faulty = new Set(all.map(({ file }) => file));
  const deployments = results.flatMap(({ spec, path }) => (spec && !faulty.has(path) ? [spec] : []));
  return { deployments: deployments.sort(byName), faults: all.sort(byPlace) };
}

async function readAll(
  files: ReadableFiles,
  found: readonly DeploymentFile[],
  { env, list }: Pick<DeploymentsRequest, 'env' | 'list'>,
): Promise<Result[]> {
  if (found.length === 0) return [];
  // Most repositories that validate have no deployments; they need not load what reads them.
  const { readDeployment } = await import('./read.ts');
  return pLimit(MOST_AT_ONCE).map(found, async ({ path, ...options }) => {
    const source = await readSource(files, path);
    if (typeof source !== 'string') return { path, faults: [source] };
    return { path, ...(await readDeployment(source, path, { ...options, files, list, env })) };
  });
}

/** Two files for one deployment: neither can be taken for the right one. */
function twinFaults(results: readonly Result[]): Fault[] {
  return [...grouped(results, ({ name }) => name).values()].flatMap((twins) => {
    if (twins.length < 2) return [];
    return twins.map(({ path, name, endpoint }) => {
      const other = twins.find((twin) => twin.path !== path)?.path;
      const message = `${other} describes deployment ${name} of endpoint ${endpoint} too; keep one of the two`;
      return { file: path, line: 1, column: 1, message };
    });
  });
}

function crowdFaults(results: readonly Result[]): Fault[] {
  return [...grouped(results, () => '').values()].flatMap((crowd) => {
    const first = crowd.toSorted((a, b) => (a.name! < b.name! ? -1 : 1))[MOST_DEPLOYMENTS];
    if (!first) return [];
    const message = `endpoint ${first.endpoint} has ${crowd.length} deployments here; Azure takes at most ${MOST_DEPLOYMENTS}`;
    return [{ file: first.path, line: 1, column: 1, message }];
  });
}

/** Results by their endpoint and something more; those that say neither name nor endpoint are left out. */
function grouped(results: readonly Result[], more: (result: Result) => string | undefined): Map<string, Result[]> {
  const known = results.filter(({ name, endpoint }) => name !== undefined && endpoint !== undefined);
  return groupBy(known, (result) => `${result.endpoint}/${more(result)}`);
}

function byName(a: DeploymentSpec, b: DeploymentSpec): number {
  if (a.endpoint !== b.endpoint) return a.endpoint < b.endpoint ? -1 : 1;
  return a.name < b.name ? -1 : 1;
}
