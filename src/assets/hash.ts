import { createHash } from 'node:crypto';
import type { LocalFile, Step } from './listing.ts';
import { byCodePoint } from './order.ts';
import { eachPiece, type Reading } from './pieces.ts';

/** What azure-ai-ml starts its hash of an upload with (`get_object_hash`). */
const SEED = 'Initialize for october 2021 AML CLI version';
/** Goes with the hash of a code (`get_content_hash_version`). */
export const CONTENT_HASH_VERSION = '202208';

/**
 * SHA-256 over the names met on the way and the bytes of the files, which names the folder of an upload.
 * Source: azure-ai-ml 1.35.2 `get_object_hash`; up to 1.4 it was MD5.
 * @throws as `eachPiece` does
 */
export async function objectHash(reading: Reading, steps: readonly Step[]): Promise<string> {
  const hash = createHash('sha256').update(SEED);
  for (const step of steps) {
    if ('met' in step) hash.update(step.met);
    else await eachPiece(reading, step.file, (piece) => hash.update(piece));
  }
  return hash.digest('hex');
}

/**
 * SHA-256 over the number of files, then all names and sizes, then all bytes, by which Azure ML finds a code again.
 * Source: azure-ai-ml 1.35.2 `get_content_hash`, version 202208.
 * @throws as `eachPiece` does
 */
export async function contentHash(reading: Reading, all: readonly LocalFile[]): Promise<string> {
  const sorted = all.toSorted(
    (a, b) => byCodePoint(a.name.toLowerCase(), b.name.toLowerCase()) || byCodePoint(a.name, b.name),
  );
  const hash = createHash('sha256').update(String(sorted.length));
  for (const { name, size } of sorted) hash.update(`#${name}#${size}`);
  for (const file of sorted) await eachPiece(reading, file, (piece) => hash.update(piece));
  return hash.digest('hex');
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
