import { createHash, randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Azurite } from '../../../emulator/azurite.ts';
import { type AssetRun, deployment, localModel, openRun } from '../../support/asset-scene.ts';
import type { Azure } from '../../support/azure.ts';
import { inFoldersOfTheirOwn, startStoredAzure, type StoredAzure } from '../../support/stored-azure.ts';
import type { StorageWeather } from '../../support/storage-weather.ts';

let store: StoredAzure;
let azure: Azure;
let azurite: Azurite;
let weather: StorageWeather;
beforeAll(async () => {
  store = await startStoredAzure();
  ({ azure, azurite, weather } = store);
});
inFoldersOfTheirOwn();
afterEach(() => store.reset());
afterAll(() => store.close());

const BLOCK = 4 * 1024 * 1024;
/** Three blocks, the last of them shorter. */
const SIZE = 2 * BLOCK + 5;
const SPEC = deployment({ model: localModel('model.bin') });

/** A run that names the model and uploads it. */
async function publish(run: AssetRun, spec = SPEC): Promise<void> {
  const { assets, faults } = await run.identify(spec, undefined);
  expect(faults).toEqual([]);
  await run.publish(assets);
}

/** A model of random bytes, and an upload of it that staged all its blocks but the last and then broke off. */
async function brokenOff(): Promise<{ bytes: Buffer; blob: string }> {
  const bytes = randomBytes(SIZE);
  await writeFile('model.bin', bytes);
  let place = '';
  weather.onRequest = async ({ what, blob, bytes: length }) => {
    if (what !== STAGE || length === BLOCK) return;
    place = blob;
    while ((await uncommitted(blob)).length < 2) await sleep(10);
    weather.trouble(/comp=block$/, { status: 403, code: 'AuthorizationFailure' });
  };
  await expect(publish(await openRun(azure))).rejects.toThrow('in words');
  weather.reset();
  return { bytes, blob: place };
}

const STAGE = 'PUT model.bin?comp=block';

function sent(what: string): number[] {
  return weather.requests.filter((request) => request.what === what).map(({ bytes }) => bytes);
}

async function uncommitted(blob: string): Promise<{ name: string; size: number }[]> {
  const client = azurite.client.getBlockBlobClient(blob);
  // There is no such blob before its first block.
  const list = await client.getBlockList('uncommitted').catch(() => undefined);
  return list?.uncommittedBlocks ?? [];
}

async function expectWhole(blob: string, bytes: Buffer): Promise<void> {
  const client = azurite.client.getBlobClient(blob);
  expect(Buffer.compare(await client.downloadToBuffer(), bytes)).toBe(0);
  const { contentMD5 } = await client.getProperties();
  expect(Buffer.from(contentMD5!)).toEqual(createHash('md5').update(bytes).digest());
}

describe('a large file whose upload broke off', () => {
  test('goes on with the blocks that are not there, which costs one request', async () => {
    const { bytes, blob } = await brokenOff();
    const run = await openRun(azure);
    await publish(run);
    expect(sent(STAGE)).toEqual([5]);
    expect(sent('GET model.bin?comp=blocklist')).toHaveLength(1);
    await expectWhole(blob, bytes);
    const said = run.deps.report.texts().filter((line) => line.startsWith('uploaded'));
    expect(said).toEqual([
      expect.stringMatching(/^uploaded model\.bin: 5 bytes in .*, .*\/s; 8\.4 MB were there already$/),
    ]);
  });

  test('tells what is there already among how far it is', async () => {
    await brokenOff();
    const run = await openRun(azure);
    weather.onRequest = ({ what }) => {
      if (what.startsWith('GET model.bin')) run.deps.clock.advance(20_000);
    };
    await publish(run);
    expect(run.deps.report.texts()).toContainEqual(
      expect.stringMatching(
        /^uploading model\.bin: 4\.2 MB of 8\.4 MB, 0 bytes\/s, 0 of 1 file; 4\.2 MB were there already$/,
      ),
    );
  });

  test('for want of time says that it goes on, and comes to its end in more runs than one', async () => {
    // More blocks than are sent at once.
    const bytes = randomBytes(8 * BLOCK + 5);
    await writeFile('model.bin', bytes);
    let blob = '';
    for (let runs = 1; ; runs += 1) {
      const run = await openRun(azure);
      const { assets } = await run.identify(SPEC, undefined);
      let blocks = 0;
      weather.onRequest = (request) => {
        if (request.what !== STAGE) return;
        ({ blob } = request);
        blocks += 1;
        if (blocks === 4) run.deps.clock.advance(3_600_000);
      };
      const error: unknown = await run.publish(assets).catch((thrown: unknown) => thrown);
      if (error === undefined) break;
      expect(error).toMatchObject({
        message: 'upload of model.bin: not finished in time',
        details: { nextStep: expect.stringContaining('what is there already is not sent again') },
      });
      expect(runs).toBeLessThan(4);
      // What was on its way arrives.
      for (let tries = 0; tries < 300 && (await uncommitted(blob)).length < sent(STAGE).length; tries += 1) {
        await sleep(10);
      }
    }
    expect(sent(STAGE)).toHaveLength(9);
    await expectWhole(blob, bytes);
  });

  test('takes no block of other bytes that the file had meanwhile', async () => {
    const [bytes, other] = [randomBytes(SIZE), randomBytes(SIZE)];
    await writeFile('model.bin', bytes);
    const first = await openRun(azure);
    const { assets } = await first.identify(SPEC, undefined);
    await writeFile('model.bin', other);
    await expect(first.publish(assets)).rejects.toThrow('model.bin changed while it was read');
    const { blob } = weather.requests.find(({ what }) => what === STAGE)!;
    expect((await uncommitted(blob)).length).toBeGreaterThan(0);
    await writeFile('model.bin', bytes);
    weather.reset();
    await publish(await openRun(azure));
    expect(weather.requests.find(({ what }) => what === STAGE)!.blob).toBe(blob);
    await expectWhole(blob, bytes);
  });

  test('takes no block of another size', async () => {
    const { bytes, blob } = await brokenOff();
    const [first] = await uncommitted(blob);
    await azurite.client.getBlockBlobClient(blob).stageBlock(first!.name, 'short', 5);
    await publish(await openRun(azure));
    expect(sent(STAGE).toSorted()).toEqual([BLOCK, 5]);
    await expectWhole(blob, bytes);
  });

  test('goes on beside blocks of azure-ai-ml, whose names are as long', async () => {
    const { bytes, blob } = await brokenOff();
    // Source: azure-storage-blob `_shared/uploads.py` (`BlockBlobChunkUploader`).
    const inner = Buffer.from('0'.repeat(32)).toString('base64');
    const theirs = Buffer.from(encodeURIComponent(inner)).toString('base64');
    expect(theirs).toHaveLength((await uncommitted(blob))[0]!.name.length);
    await azurite.client.getBlockBlobClient(blob).stageBlock(theirs, Buffer.alloc(BLOCK), BLOCK);
    await publish(await openRun(azure));
    expect(sent(STAGE)).toEqual([5]);
    await expectWhole(blob, bytes);
  });
});

test('only files of more than one block are asked for', async () => {
  await mkdir('model');
  await writeFile('model/one.bin', randomBytes(BLOCK));
  await writeFile('model/two.bin', randomBytes(BLOCK + 1));
  await publish(await openRun(azure), deployment({ model: localModel('model') }));
  const asked = weather.requests.filter(({ what }) => what.startsWith('GET'));
  expect(asked.map(({ what }) => what)).toEqual(['GET ?comp=list', 'GET model/two.bin?comp=blocklist']);
});

describe('two uploads of one file at the same time', () => {
  test('come to their end, whichever puts it together first', async () => {
    const bytes = randomBytes(SIZE);
    await writeFile('model.bin', bytes);
    const runs = [await openRun(azure), await openRun(azure)];
    let commits = 0;
    // The second has staged all of its own by then, and the first discards what it does not name.
    weather.onRequest = async ({ what }) => {
      if (what !== 'PUT model.bin?comp=blocklist') return;
      commits += 1;
      while (commits < 2) await sleep(10);
    };
    await Promise.all(runs.map((run) => publish(run)));
    expect(commits).toBe(2);
    await expectWhole(weather.requests.find(({ what }) => what === STAGE)!.blob, bytes);
  });

  test('by another client that puts together blocks of its own is told, and the next run finds it whole', async () => {
    const bytes = randomBytes(SIZE);
    await writeFile('model.bin', bytes);
    weather.onRequest = async ({ what, blob }) => {
      if (what !== 'PUT model.bin?comp=blocklist') return;
      weather.onRequest = () => {};
      const theirs = Buffer.from('0'.repeat(46)).toString('base64');
      const client = azurite.client.getBlockBlobClient(blob);
      await client.stageBlock(theirs, bytes, bytes.length);
      await client.commitBlockList([theirs], { metadata: { upload_status: 'completed' } });
    };
    await expect(publish(await openRun(azure))).rejects.toMatchObject({
      details: { code: 'InvalidBlockList', nextStep: expect.stringContaining('Another client is uploading') },
    });
    weather.reset();
    await publish(await openRun(azure));
    expect(sent(STAGE)).toEqual([]);
  });
});
