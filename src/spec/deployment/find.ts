import type { Fault } from '../../failure.ts';
import { nearest } from '../nearest.ts';
import { reason } from '../source.ts';
import { filesMatching, type Folders } from './glob.ts';
import { joined } from '../path.ts';

/** Where the deployments of an endpoint lie, in its folder. */
const DEPLOYMENTS = 'deployments';

/** A file that should hold a deployment. */
export interface DeploymentFile {
  /** As the user would write it. */
  readonly path: string;
  /** The endpoints that it may belong to, in lower case. */
  readonly endpoints: readonly string[];
  /** What its `name` must be, where the file must be called like it. */
  readonly expectedName?: string;
}

interface Found {
  readonly found: readonly DeploymentFile[];
  readonly faults: readonly Fault[];
}

/**
 * The files in `<folder>/<endpoint>/deployments/`: `*.yml` and `*.yaml` without a dot in the stem, as among the endpoints. A
 * dot marks a variant of another file, which has to be there. No such folder means no deployments.
 */
export async function inFolders(files: Folders, folder: string, endpoints: readonly string[]): Promise<Found> {
  const faults: Fault[] = [];
  const names = async (inner: string): Promise<string[]> => {
    try {
      return (await files.stat(inner))?.kind === 'folder' ? await files.entries(inner) : [];
    } catch (error) {
      faults.push({ file: inner, message: `${inner}/ cannot be read: ${reason(error)}` });
      return [];
    }
  };
  const owners = (await names(folder)).filter((name) => endpoints.includes(name.toLowerCase()));
  const found = owners.map(async (owner) => {
    const own = joined(folder, owner);
    const inner = `${own}/${DEPLOYMENTS}`;
    faults.push(...(await misspelt(files, own, await names(own))));
    const all = (await names(inner)).flatMap((name) => {
      const stem = stemOf(name);
      return stem === undefined ? [] : [{ path: `${inner}/${name}`, stem }];
    });
    const stems = new Set(all.map(({ stem }) => stem.toLowerCase()));
    return all.flatMap(({ path, stem }): DeploymentFile[] => {
      const [base = ''] = stem.split('.');
      if (base === stem) return [{ path, endpoints: [owner.toLowerCase()], expectedName: stem }];
      if (!stems.has(base.toLowerCase())) faults.push({ file: path, message: noBase(base) });
      return [];
    });
  });
  return { found: (await Promise.all(found)).flat(), faults };
}

/** A folder that is nearly called like the one that is read would be passed over in silence. */
async function misspelt(files: Folders, folder: string, names: readonly string[]): Promise<Fault[]> {
  if (names.includes(DEPLOYMENTS)) return [];
  const near = nearest(DEPLOYMENTS, names);
  if (near === undefined || !(await hasYaml(files, `${folder}/${near}`))) return [];
  return [{ file: `${folder}/${near}`, message: `is not read; deployments lie in ${folder}/${DEPLOYMENTS}/` }];
}

/** The name of a YAML file without its ending; undefined for any other file, and for a hidden one. */
function stemOf(name: string): string | undefined {
  return /^([^.].*)\.ya?ml$/i.exec(name)?.[1];
}

function noBase(base: string): string {
  return `describes no deployment: a dot marks a variant of ${base}.yml, which is not there; call the file like the deployment`;
}

/** Whose deployments lie in the folder, as the folders are called: `<folder>/<endpoint>/deployments/` with YAML in it. */
export async function ownersIn(files: Folders, folder: string): Promise<string[]> {
  const names = await files.entries(folder).catch((): string[] => []);
  const owners = names.map(async (name) => {
    // Most that lies there are files of endpoints, which need not be looked into.
    if (stemOf(name) !== undefined) return [];
    return (await hasYaml(files, joined(folder, `${name}/${DEPLOYMENTS}`))) ? [name] : [];
  });
  return (await Promise.all(owners)).flat();
}

async function hasYaml(files: Folders, folder: string): Promise<boolean> {
  const stat = await files.stat(folder).catch(() => undefined);
  if (stat?.kind !== 'folder' || !stat.inside) return false;
  const names = await files.entries(folder).catch((): string[] => []);
  return names.some((name) => stemOf(name) !== undefined);
}

/** The files that the patterns of the input `deployments` name. Each pattern must match something. */
export async function byPatterns(
  files: Folders,
  patterns: readonly string[],
  endpoints: readonly string[],
): Promise<Found> {
  const matches = await Promise.all(patterns.map(async (pattern) => filesMatching(files, pattern)));
  const paths = new Set(matches.flatMap((match) => (typeof match === 'string' ? [] : match)));
  return {
    found: [...paths].sort().map((path) => ({ path, endpoints })),
    faults: matches.flatMap((match, index) =>
      typeof match === 'string' ? [{ message: `deployments: ${patterns[index]} ${match}` }] : [],
    ),
  };
}
