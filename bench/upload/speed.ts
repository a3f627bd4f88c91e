/**
 * Uploads a folder to Azurite and writes how many milliseconds it took: `node bench/upload/speed.ts ours|peer FOLDER`. The
 * store is named by `STORE_URL`, `STORE_ACCOUNT` and `STORE_KEY`.
 */
import { randomUUID } from 'node:crypto';
import { BlockBlobClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import pLimit from 'p-limit';
import { readContent } from '../../src/assets/content.ts';
import type { Workspace } from '../../src/azure/connect.ts';
import { openContainer } from '../../src/azure/storage/container.ts';
import { BLOCK, openUploader, PARALLEL } from '../../src/azure/storage/upload.ts';
import { hostClock, hostFiles } from '../../src/host.ts';

const [who, folder = ''] = process.argv.slice(2);
const { STORE_URL: url = '', STORE_ACCOUNT: account = '', STORE_KEY: key = '' } = process.env;
const { signal } = new AbortController();
const hashed = await readContent(hostFiles, folder, signal);
// Under a hash of its own, so that nothing is there yet.
const content = { ...hashed, uploadHash: randomUUID() };
console.log(await (who === 'ours' ? ours() : peer()));

async function ours(): Promise<number> {
  const quiet = { info: () => {}, mask: () => {} };
  const limits = { signal, deadline: Infinity };
  const send = async () => ({ body: { secretsType: 'AccountKey', key } });
  const given = { clock: hostClock, report: quiet, limits, send, within: (): Workspace => workspace };
  const workspace = given as unknown as Workspace;
  const datastore = { account, container: 'bench', url, isIdentityBased: false };
  const uploader = openUploader(workspace, hostFiles, await openContainer(workspace, datastore));
  const begin = performance.now();
  await uploader.upload(content, { name: 'bench', version: '1' });
  return performance.now() - begin;
}

/** What the library does by itself with as many requests at once and blocks of the same size. */
async function peer(): Promise<number> {
  const credential = new StorageSharedKeyCredential(account, key);
  const options = { concurrency: PARALLEL, blockSize: BLOCK, maxSingleShotSize: BLOCK };
  const begin = performance.now();
  await pLimit(PARALLEL).map([...content.files], ({ name, path }) =>
    new BlockBlobClient(`${url}/peer/${content.uploadHash}/${name}`, credential).uploadFile(path, options),
  );
  return performance.now() - begin;
}
