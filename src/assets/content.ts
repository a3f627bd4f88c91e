import { basename } from 'node:path';
import type { Files } from '../deps.ts';
import { contentHash, objectHash } from './hash.ts';
import { type Listing, listContent } from './listing.ts';

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

/**
 * Reads all of a file or folder and names it by what is in it.
 * @param announce called with the bytes that are to be read, before they are
 * @throws InputFaults for what cannot be uploaded, the file system's own error, or the signal's reason
 */
export async function readContent(
  files: Files,
  path: string,
  signal: AbortSignal,
  announce: (bytes: number) => void = () => {},
): Promise<LocalContent> {
  const listing = await listContent(files, path);
  const size = listing.files.reduce((sum, each) => sum + each.size, 0);
  announce(size);
  return {
    path,
    name: basename(listing.real),
    isFile: listing.isFile,
    files: listing.files,
    // Where the SDK's own hash would miss a change, the one that misses nothing names the folder.
    uploadHash: listing.isCovered
      ? await objectHash(files, listing.steps, signal)
      : await contentHash(files, listing.files, signal),
    size,
  };
}

/** The hash by which Azure ML tells codes apart. @throws as `readContent` does */
export function codeHash(files: Files, content: LocalContent, signal: AbortSignal): Promise<string> {
  return contentHash(files, content.files, signal);
}
