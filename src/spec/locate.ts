import type { Files, FileStat } from '../deps.ts';
import type { Fault } from '../failure.ts';
import { nearest } from './nearest.ts';
import { folderOf, isAbsolute, joined, leadsOut, relativeFrom } from './path.ts';
import { reason } from './source.ts';
import { faultAt, type ScalarNode, shownValue } from './tree.ts';

export type LocalFiles = Pick<Files, 'stat' | 'entries' | 'read'>;

/** Something in the workspace that a value names. */
export interface Located {
  /** As the user would write it from the working directory. */
  readonly path: string;
  readonly kind: FileStat['kind'];
}

/** A value that is, or has in it, a path. */
export interface Naming {
  readonly node: ScalarNode;
  /** How messages name the value. */
  readonly key: string;
  /** The path, where it is only a part of the value. */
  readonly text?: string;
  /** The folder that the path starts from and must not leave; the folder of the value's file, which it may, when absent. */
  readonly within?: string;
  /** That folder with its placeholders, where it has any. */
  readonly shownWithin?: string | undefined;
}

/** Finds what a value names. Nothing outside of the working directory is looked at. */
export async function locate(files: LocalFiles, naming: Naming): Promise<Located | Fault> {
  const { node, key, text = node.text, within, shownWithin } = naming;
  const folder = within ?? ('file' in node.place ? folderOf(node.place.file) : '');
  const fault = (message: string): Fault => faultAt(node.place, `${key} ${message}`);
  if (text.trim() === '') return fault('is empty; write a path, or comment the key out');
  const path = joined(folder, text);
  if (within !== undefined && isAbsolute(text))
    return fault(`${shownValue(node)} must start from ${shownWithin ?? within}; write a path within it`);
  const outside = fault(`${shownValue(node)} is outside the working directory; nothing outside it is read`);
  if (leadsOut(path)) return outside;
  if (within !== undefined && leadsOut(relativeFrom(within, path)))
    return fault(`${shownValue(node)} is outside ${shownWithin ?? within}`);
  const found = await lookAt(files, path);
  if (typeof found === 'string') return fault(`${shownValue(node)} cannot be read: ${found}`);
  if (found) return found.inside ? { path, kind: found.kind } : outside;
  if (shownWithin !== undefined) return fault(`${shownValue(node)} not found in ${shownWithin}`);
  return fault(await whyMissing(files, node, { text, path, folder }));
}

interface Sought {
  readonly text: string;
  readonly path: string;
  readonly folder: string;
}

async function whyMissing(files: LocalFiles, node: ScalarNode, { text, path, folder }: Sought): Promise<string> {
  // What was meant would give the value of a placeholder away.
  if (node.placeholder !== undefined) return `${shownValue(node)} not found`;
  const missing = `${shownValue(node)} not found${path === text ? '' : `: there is no ${path}`}`;
  if (text.includes('\\')) return `${missing}; use / between folders`;
  const fromRoot = joined('', text);
  if (fromRoot !== path && !leadsOut(fromRoot) && typeof (await lookAt(files, fromRoot)) === 'object') {
    return `${missing}; paths start from the folder of the file, so write ${relativeFrom(folder, fromRoot)}`;
  }
  const near = await nearby(files, path);
  return near === undefined ? missing : `${missing}; did you mean ${relativeFrom(folder, near)}?`;
}

/** The path with its first step that is not there replaced by the one that was probably meant. */
async function nearby(files: LocalFiles, path: string): Promise<string | undefined> {
  const steps = path.split('/');
  for (let count = steps.length - 1; count >= 0; count--) {
    const parent = steps.slice(0, count).join('/') || (path.startsWith('/') ? '/' : '.');
    const found = await lookAt(files, parent);
    if (typeof found !== 'object') continue;
    if (!found.inside || found.kind !== 'folder') return undefined;
    const names = await files.entries(parent).catch((): string[] => []);
    const near = nearest(steps[count] ?? '', names);
    return near === undefined ? undefined : [...steps.slice(0, count), near].join('/');
  }
  return undefined;
}

async function lookAt(files: LocalFiles, path: string): Promise<FileStat | string | undefined> {
  try {
    return await files.stat(path);
  } catch (error) {
    return reason(error);
  }
}
