import { basename } from 'node:path';
import type { Files } from '../deps.ts';
import { contentHash, objectHash } from './hash.ts';
import { type Listing, listContent } from './listing.ts';
import type { Reading } from './pieces.ts';

/** What is at a local path, named by its content. */
export interface LocalContent {
  /** As people may see the path. */
  readonly path: string;
  /** Of the file or folder itself, where a link leads. It is the last part of the address in the store. */
  readonly name: string;
  readonly isFile: boolean;
  readonly files: Listing['files'];
  /** Names the folder in the store, as azure-ai-ml names it. */
  readonly uploadHash: string;
  /** Bytes of all files together. */
  readonly size: number;
}

/** Told how many bytes are to be read, before they are, and answers with what is to be told of each piece. */
export type Follow = (bytes: number) => Reading['onRead'];

const unfollowed: Follow = () => () => {};

/**
 * Reads all of a file or folder and names it by what is in it.
 * @throws InputFaults for what cannot be uploaded; else as `eachPiece` does
 */
export async function readContent(
  files: Files,
  path: string,
  signal: AbortSignal,
  follow: Follow = unfollowed,
): Promise<LocalContent> {
  const listing = await listContent(files, path, signal);
  const size = listing.files.reduce((sum, each) => sum + each.size, 0);
  const reading = { files, signal, onRead: follow(size) };
  return {
    path,
    name: basename(listing.real),
    isFile: listing.isFile,
    files: listing.files,
    // Where the SDK's own hash would miss a change, the one that misses nothing names the folder.
    uploadHash: listing.isCovered
      ? await objectHash(reading, listing.steps)
      : await contentHash(reading, listing.files),
    size,
  };
}

/** The hash by which Azure ML tells codes apart. @throws as `readContent` does */
export function codeHash(
  files: Files,
  content: LocalContent,
  signal: AbortSignal,
  follow: Follow = unfollowed,
): Promise<string> {
  return contentHash({ files, signal, onRead: follow(content.size) }, content.files);
}
