import type { Fault } from '../../failure.ts';
import { reason } from '../source.ts';
import { filesMatching, type Folders } from './glob.ts';
import { joined } from '../path.ts';

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
 * The files in `<folder>/<endpoint>/deployments/`: `*.yml` and `*.yaml` without a dot in the stem, as among the endpoints. No
 * such folder means no deployments.
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
    const inner = joined(folder, `${owner}/deployments`);
    return (await names(inner)).flatMap((name): DeploymentFile[] => {
      const stem = /^([^.]+)\.ya?ml$/i.exec(name)?.[1];
      if (stem === undefined) return [];
      return [{ path: `${inner}/${name}`, endpoints: [owner.toLowerCase()], expectedName: stem }];
    });
  });
  return { found: (await Promise.all(found)).flat(), faults };
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
