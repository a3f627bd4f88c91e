import { createHash } from 'node:crypto';
import pLimit, { type LimitFunction } from 'p-limit';
import type { LocalContent } from '../../assets/content.ts';
import type { LocalFile } from '../../assets/listing.ts';
import { byCodePoint } from '../../assets/order.ts';
import { changedMeanwhile, eachPiece, filled, type Reading } from '../../assets/pieces.ts';
import type { Files, Limits } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import type { Workspace } from '../connect.ts';
import { type Buffers, openBuffers } from './buffers.ts';
import type { Container, StoredBlob } from './container.ts';
import { type Progress, startProgress, startReading } from './progress.ts';

/** Requests at once, over all uploads of a run. With the size of a block it bounds the memory: 32 MB. */
export const PARALLEL = 8;
export const BLOCK = 4 * 1024 * 1024;
/** Source: Microsoft Learn, "Scalability and performance targets for Blob storage". */
const MOST_BLOCKS = 50_000;

/** Metadata of the first file, with which azure-ai-ml and we mark an upload as whole (`_artifacts/_constants.py`). */
const STATUS = 'upload_status';
const COMPLETED = 'completed';

export interface Uploader {
  readonly container: Container;
  /**
   * Brings a content to the container, unless it is there. Of an upload that broke off only those files are sent that are
   * not whole, and of a large one only those blocks that are not there.
   * @param asset whose content it is; azure-ai-ml reads it from the metadata
   * @param within the workspace with the limits of this upload; those of the uploader unless told
   * @returns where it is, below the container
   * @throws Failure when a file changes meanwhile; else as the container's requests do
   */
  upload(
    content: LocalContent,
    asset: { readonly name: string; readonly version: string },
    within?: Workspace,
  ): Promise<string>;
}

export function openUploader(opener: Workspace, files: Files, container: Container): Uploader {
  const shared = { files, container, requests: pLimit(PARALLEL), buffers: openBuffers(BLOCK) };
  return {
    container,
    async upload(content, { name, version }, workspace = opener) {
      const sending = { ...shared, workspace };
      const place = placeOf(content);
      const blobs = content.files.map((file) => ({ file, blob: content.isFile ? place : `${place}/${file.name}` }));
      const stored = await container.list(content.isFile ? place : `${place}/`, workspace.limits);
      const indicator = indicatorOf(blobs);
      // Which file is marked depends on where links lead on the machine that uploaded.
      const isWhole = [...stored.values()].some(({ metadata }) => metadata[STATUS] === COMPLETED);
      const missing = await lacking(sending, content.path, blobs, stored, isWhole);
      if (missing.length === 0) workspace.report.info(`${content.path} is already uploaded`);
      else await sendAll(sending, content.path, missing);
      if (!isWhole || missing.length > 0) {
        await container.setMetadata(indicator, { [STATUS]: COMPLETED, name, version }, workspace.limits);
      }
      return place;
    },
  };
}

/** Source: azure-ai-ml `_artifacts/_constants.py` (`ARTIFACT_ORIGIN`) and `_blob_storage_helper.py`. */
function placeOf({ uploadHash, name }: LocalContent): string {
  return `LocalUpload/${uploadHash}/${name}`;
}

interface Blob {
  readonly file: LocalFile;
  readonly blob: string;
}

/** The SDK sorts by where the files really are, and marks the first. */
function indicatorOf(blobs: readonly Blob[]): string {
  const place = ({ file }: Blob) => file.real.replaceAll('\\', '/');
  return blobs.toSorted((a, b) => byCodePoint(place(a), place(b)) || byCodePoint(a.blob, b.blob))[0]!.blob;
}

/**
 * The files that have to be sent. A blob is there as a whole or not at all; where an upload was never marked as whole, the
 * bytes are compared too.
 */
async function lacking(
  { files, workspace }: Sending,
  path: string,
  blobs: readonly Blob[],
  stored: ReadonlyMap<string, StoredBlob>,
  isWhole: boolean,
): Promise<Blob[]> {
  const mayBeThere = ({ file, blob }: Blob): boolean => {
    const there = stored.get(blob);
    return there?.size === file.size && (isWhole || there.md5 !== undefined);
  };
  if (isWhole) return blobs.filter((each) => !mayBeThere(each));
  const work = { path, bytes: bytesOf(blobs.filter(mayBeThere)), why: 'to compare it with what is there' };
  const reading = { files, signal: workspace.limits.signal, onRead: startReading(workspace, work) };
  const missing: Blob[] = [];
  for (const each of blobs) {
    const isThere = mayBeThere(each) && stored.get(each.blob)?.md5 === (await md5Of(reading, each.file));
    if (!isThere) missing.push(each);
  }
  return missing;
}

function bytesOf(blobs: readonly Blob[]): number {
  return blobs.reduce((sum, { file }) => sum + file.size, 0);
}

async function md5Of(reading: Reading, file: LocalFile): Promise<string> {
  const hash = createHash('md5');
  await eachPiece(reading, file, (piece) => hash.update(piece));
  return hash.digest('base64');
}

interface Sending {
  readonly workspace: Workspace;
  readonly files: Files;
  readonly container: Container;
  readonly requests: LimitFunction;
  readonly buffers: Buffers;
}

interface Stream extends Sending {
  readonly progress: Progress;
  /** Does a piece of the work when its turn comes. The first that fails stops all the others. */
  run(piece: (limits: Limits) => Promise<void>): Promise<void>;
}

/** @throws the first failure, once nothing is at work any more */
async function sendAll(sending: Sending, path: string, blobs: readonly Blob[]): Promise<void> {
  const { workspace, requests } = sending;
  const progress = startProgress(workspace, { path, bytes: bytesOf(blobs), files: blobs.length });
  const stop = new AbortController();
  const signal = AbortSignal.any([workspace.limits.signal, stop.signal]);
  const run: Stream['run'] = (piece) =>
    requests(async () => {
      try {
        signal.throwIfAborted();
        if (workspace.clock.now() > workspace.limits.deadline) throw outOfTime(path);
        await piece({ ...workspace.limits, signal });
      } catch (error) {
        stop.abort(error);
      }
    });
  await Promise.all(blobs.map((blob) => sendFile({ ...sending, progress, run }, blob, signal)));
  signal.throwIfAborted();
  progress.done();
}

function outOfTime(path: string): Failure {
  return new Failure(`upload of ${path}: not finished in time`, {
    code: 'Timeout',
    nextStep: 'Run again, and what is there already is not sent again; or give a longer `timeout`.',
  });
}

async function sendFile(stream: Stream, blob: Blob, signal: AbortSignal): Promise<void> {
  await (blob.file.size <= BLOCK ? sendWhole(stream, blob) : sendInBlocks(stream, blob, signal));
  stream.progress.finished();
}

/** The service itself keeps the hash of a blob that comes as one. Source: Microsoft Learn, "Put Blob". */
function sendWhole({ run, files, container, buffers, progress }: Stream, { file, blob }: Blob): Promise<void> {
  return run((limits) =>
    buffers.lend(file.size, async (bytes) => {
      await filled(files, file.path, 0, bytes);
      await checkUnchanged(files, file);
      await container.put(blob, bytes, limits);
      progress.sent(bytes.length);
    }),
  );
}

/**
 * The blocks are read one after the other, for the hash, and sent side by side, but for those that an upload that broke off
 * has left there.
 */
async function sendInBlocks(
  { run, files, container, buffers, progress }: Stream,
  { file, blob }: Blob,
  signal: AbortSignal,
): Promise<void> {
  const length = Math.max(BLOCK, Math.ceil(file.size / MOST_BLOCKS));
  const ids = new Array<string>(Math.ceil(file.size / length)).fill('');
  const md5 = createHash('md5');
  const inTurn = pLimit(1);
  let staged: ReadonlyMap<string, number> = new Map();
  const sendBlock = (index: number) =>
    run((limits) =>
      buffers.lend(Math.min(length, file.size - index * length), async (bytes) => {
        await inTurn(async () => {
          md5.update(await filled(files, file.path, index * length, bytes));
        });
        const id = blockId(index, bytes);
        ids[index] = id;
        if (staged.get(id) === bytes.length) return progress.found(bytes.length);
        await container.stage(blob, id, bytes, limits);
        progress.sent(bytes.length);
      }),
    );
  await run(async (limits) => {
    staged = await container.staged(blob, limits);
  });
  await Promise.all(ids.map((_, index) => sendBlock(index)));
  if (signal.aborted) return;
  await run(async (limits) => {
    await checkUnchanged(files, file);
    await container.commit(blob, ids, md5.digest(), limits);
  });
}

/**
 * Names a block by its place and its bytes, so that one of that name may be taken whoever staged it: also when the file was
 * another one by then. Two runs with one content stage blocks of one name, and each may commit what the other one staged.
 * Azure wants all names within a blob to be of one length, also those of an upload that broke off: this one is that of
 * Python's client.
 */
function blockId(index: number, bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 40);
  return Buffer.from(`${String(index).padStart(6, '0')}${digest}`).toString('base64');
}

/** What is uploaded under a hash has to be what was hashed. @throws Failure */
async function checkUnchanged(files: Files, { path, real, size, modified }: LocalFile): Promise<void> {
  const now = await files.stat(path);
  if (now?.real !== real || now.size !== size || now.modified !== modified) throw changedMeanwhile(path);
}
