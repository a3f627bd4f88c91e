import { createHash, type Hash } from 'node:crypto';
import type { Files } from '../deps.ts';
import { Failure } from '../failure.ts';
import type { LocalFile, Step } from './listing.ts';
import { byCodePoint } from './order.ts';

/** What azure-ai-ml starts its hash of an upload with (`get_object_hash`). */
const SEED = 'Initialize for october 2021 AML CLI version';
/** Goes with the hash of a code (`get_content_hash_version`). */
export const CONTENT_HASH_VERSION = '202208';

/**
 * SHA-256 over the names met on the way and the bytes of the files, which names the folder of an upload.
 * Source: azure-ai-ml 1.35.2 `get_object_hash`; up to 1.4 it was MD5.
 * @throws Failure when a file changes meanwhile, or the file system's own error
 */
export async function objectHash(files: Files, steps: readonly Step[], signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256').update(SEED);
  for (const step of steps) {
    if ('met' in step) hash.update(step.met);
    else await addBytes(hash, files, step.file, signal);
  }
  return hash.digest('hex');
}

/**
 * SHA-256 over the number of files, then all names and sizes, then all bytes, by which Azure ML finds a code again.
 * Source: azure-ai-ml 1.35.2 `get_content_hash`, version 202208.
 * @throws as `objectHash` does
 */
export async function contentHash(files: Files, all: readonly LocalFile[], signal: AbortSignal): Promise<string> {
  const sorted = all.toSorted(
    (a, b) => byCodePoint(a.name.toLowerCase(), b.name.toLowerCase()) || byCodePoint(a.name, b.name),
  );
  const hash = createHash('sha256').update(String(sorted.length));
  for (const { name, size } of sorted) hash.update(`#${name}#${size}`);
  for (const file of sorted) await addBytes(hash, files, file, signal);
  return hash.digest('hex');
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

async function addBytes(hash: Hash, files: Files, { path, size }: LocalFile, signal: AbortSignal): Promise<void> {
  let read = 0;
  for await (const chunk of files.chunks(path, 0, size)) {
    signal.throwIfAborted();
    hash.update(chunk);
    read += chunk.length;
  }
  if (read !== size) throw changedMeanwhile(path);
}

/** The error for a file that somebody writes to while it is read. */
export function changedMeanwhile(path: string): Failure {
  return new Failure(`${path} changed while it was read`, {
    nextStep: 'Run again when nothing writes to it any more.',
  });
}
