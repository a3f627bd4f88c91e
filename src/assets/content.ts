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
  /** Names the folder in the store. */
  readonly uploadHash: string;
  /** How azure-ai-ml names that folder, where it is another name. */
  readonly knownAs?: string;
  /** The hash of `codeHash`, where it is known already. */
  readonly contentHash?: string;
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
  const names = await namesOf(listing, (passes) => ({ files, signal, onRead: follow(size * passes) }));
  return { path, name: basename(listing.real), isFile: listing.isFile, files: listing.files, ...names, size };
}

/**
 * The SDK's hash joins names and bytes without saying which folder they are in: it misses a file that moves into a folder
 * beside it, or out of it. Where it would miss something, the hash that misses nothing names the content.
 */
async function namesOf(
  { files, steps, isCovered }: Listing,
  readingOf: (passes: number) => Reading,
): Promise<Pick<LocalContent, 'uploadHash' | 'knownAs' | 'contentHash'>> {
  const hasFolders = files.some(({ name }) => name.includes('/'));
  if (isCovered && !hasFolders) return { uploadHash: await objectHash(readingOf(1), steps) };
  const reading = readingOf(isCovered ? 2 : 1);
  const hash = await contentHash(reading, files);
  const knownAs = isCovered ? { knownAs: await objectHash(reading, steps) } : {};
  return { uploadHash: hash, contentHash: hash, ...knownAs };
}

/** The hash by which Azure ML tells codes apart. @throws as `readContent` does */
export async function codeHash(
  files: Files,
  content: LocalContent,
  signal: AbortSignal,
  follow: Follow = unfollowed,
): Promise<string> {
  return content.contentHash ?? contentHash({ files, signal, onRead: follow(content.size) }, content.files);
}
