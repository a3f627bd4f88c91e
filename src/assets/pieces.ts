import type { Files } from '../deps.ts';
import { Failure } from '../failure.ts';
import type { LocalFile } from './listing.ts';

const PIECE = 1024 * 1024;

/** What reads files, and what may end it before their end. */
export interface Reading {
  readonly files: Files;
  readonly signal: AbortSignal;
  /** Told how long each piece was. What it throws ends the reading. */
  onRead(bytes: number): void;
}

/**
 * Reads a file from its begin to its end, a piece at a time.
 * @param use called with each piece, which is written over afterwards
 * @throws Failure when the file is no longer as long as it was; the file system's own error, the signal's reason, or what
 * `onRead` throws
 */
export async function eachPiece(
  { files, signal, onRead }: Reading,
  { path, size }: LocalFile,
  use: (piece: Uint8Array) => void,
): Promise<void> {
  const piece = new Uint8Array(Math.min(size, PIECE));
  for (let start = 0; start < size; start += piece.length) {
    signal.throwIfAborted();
    const bytes = await filled(files, path, start, piece.subarray(0, Math.min(piece.length, size - start)));
    use(bytes);
    onRead(bytes.length);
  }
}

/** Fills all of `bytes`. @throws Failure when the file has less */
export async function filled<Bytes extends Uint8Array>(
  files: Files,
  path: string,
  start: number,
  bytes: Bytes,
): Promise<Bytes> {
  if ((await files.fill(path, start, bytes)) !== bytes.length) throw changedMeanwhile(path);
  return bytes;
}

/** The error for a file that somebody writes to while it is read. */
export function changedMeanwhile(path: string): Failure {
  return new Failure(`${path} changed while it was read`, {
    nextStep: 'Run again when nothing writes to it any more.',
  });
}
