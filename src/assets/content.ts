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
  /** Names the folder in the store. */
  readonly uploadHash: string;
  /** How azure-ai-ml names that folder, where it is another name. */
  readonly knownAs?: string;
  /** The hash of `codeHash`, where it is known already. */
  readonly contentHash?: string;
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
  const names = await namesOf(files, listing, signal);
  return { path, name: basename(listing.real), isFile: listing.isFile, files: listing.files, ...names, size };
}

/**
 * The SDK's hash joins names and bytes without saying which folder they are in: it misses a file that moves into a folder
 * beside it, or out of it. Where it would miss something, the hash that misses nothing names the content.
 */
async function namesOf(
  files: Files,
  { files: all, steps, isCovered }: Listing,
  signal: AbortSignal,
): Promise<Pick<LocalContent, 'uploadHash' | 'knownAs' | 'contentHash'>> {
  const theirs = isCovered ? await objectHash(files, steps, signal) : undefined;
  const hasFolders = all.some(({ name }) => name.includes('/'));
  if (theirs !== undefined && !hasFolders) return { uploadHash: theirs };
  const hash = await contentHash(files, all, signal);
  return { uploadHash: hash, contentHash: hash, ...(theirs === undefined ? {} : { knownAs: theirs }) };
}

/** The hash by which Azure ML tells codes apart. @throws as `readContent` does */
export async function codeHash(files: Files, content: LocalContent, signal: AbortSignal): Promise<string> {
  return content.contentHash ?? contentHash(files, content.files, signal);
}
