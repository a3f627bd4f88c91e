import type { Fault } from '../../failure.ts';
import { faultAt, type ScalarNode, shownValue } from '../tree.ts';
import { type LocalFiles, type Located, locate } from '../locate.ts';
import type { Content } from './model.ts';
import { isReference } from './reference.ts';
import { isUri, uriProblem } from './uri.ts';

/** Where the content of an asset is, or why it is nowhere. */
export async function contentOf(
  files: LocalFiles,
  node: ScalarNode,
  key: string,
  wanted?: 'folder',
): Promise<Content | Fault> {
  const { text } = node;
  const fault = (message: string): Fault => faultAt(node.place, `${key} ${shownValue(node)} ${message}`);
  if (/^file:/i.test(text)) return fault('must be a path without file:, from the folder of this file');
  if (isReference(text)) return fault('is a reference; it stands alone, in the place of the map');
  const shown = node.placeholder === undefined ? {} : { shown: node.placeholder };
  if (isUri(text)) {
    const problem = uriProblem(node, wanted);
    return problem === undefined ? { uri: text, ...shown } : fault(problem);
  }
  const found = await locate(files, { node, key });
  if ('message' in found) return found;
  const isRight = wanted === undefined ? found.kind !== 'other' : found.kind === wanted;
  return isRight
    ? { local: found.path, ...shown }
    : fault(`must be a ${wanted ?? 'file or a folder'}, not a ${found.kind}`);
}

/** The fault of a file that is not within a folder of ours. */
export async function fileFault(
  files: LocalFiles,
  node: ScalarNode,
  key: string,
  { local: within, shown: shownWithin }: Extract<Content, { local: string }>,
): Promise<Fault | undefined> {
  const found: Located | Fault = await locate(files, { node, key, within, shownWithin });
  if ('message' in found) return found;
  if (found.kind === 'file') return undefined;
  return faultAt(node.place, `${key} ${shownValue(node)} must be a file, not a ${found.kind}`);
}
