import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import type { Azurite } from '../../../emulator/azurite.ts';
import { hostFiles } from '../../../src/host.ts';
import { deployment, localModel, openRun } from '../../support/asset-scene.ts';
import { type Azure, IRIS } from '../../support/azure.ts';
import { inFoldersOfTheirOwn, startStoredAzure, type StoredAzure } from '../../support/stored-azure.ts';
import { jumpingClock } from '../../support/fake-deps.ts';
import type { StorageWeather } from '../../support/storage-weather.ts';

let store: StoredAzure;
let azure: Azure;
let azurite: Azurite;
let weather: StorageWeather;
beforeAll(async () => {
  store = await startStoredAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] } });
  ({ azure, azurite, weather } = store);
});
inFoldersOfTheirOwn();
afterEach(() => store.reset());
afterAll(() => store.close());

const MEGABYTE = 1024 * 1024;
const MINUTE = 60_000;
const SPEC = deployment({ model: localModel('model') });

/** A run that reads from a disk on which each megabyte takes so long. */
function onSlowDisk(milliseconds: () => number) {
  return openRun(azure, ({ clock }) => ({
    ...hostFiles,
    fill(path, start, bytes) {
      clock.advance(milliseconds());
      return hostFiles.fill(path, start, bytes);
    },
  }));
}

test('files that take long to read are told of, and end with the time that there is', async () => {
  await mkdir('model');
  await writeFile('model/a.bin', Buffer.alloc(4 * MEGABYTE, `${Math.random()}`));
  const slow = await onSlowDisk(() => 10_000);
  await slow.identify(SPEC, undefined);
  expect(slow.deps.report.texts()).toContain('reading model: 2.1 MB of 4.2 MB');
  const tooSlow = await onSlowDisk(() => 40 * MINUTE);
  await expect(tooSlow.identify(SPEC, undefined)).rejects.toMatchObject({
    message: expect.stringMatching(/^reading model: not finished in time/),
    details: { code: 'Timeout', nextStep: expect.stringContaining('`timeout`') },
  });
});

test('an upload that goes on tells of the files that it compares, and has an end', async () => {
  await mkdir('model');
  for (const name of ['a', 'b', 'c']) await writeFile(`model/${name}`, Buffer.alloc(MEGABYTE, `${Math.random()}`));
  weather.trouble(/PUT model\/c$/, { status: 403, code: 'AuthorizationFailure' });
  weather.onRequest = async ({ what }) => {
    if (what === 'PUT model/c') while ((await stored()) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const first = await openRun(azure);
  const { assets } = await first.identify(SPEC, undefined);
  await expect(first.publish(assets)).rejects.toThrow('in words');
  weather.reset();
  let pace = 0;
  const second = await onSlowDisk(() => pace);
  const again = await second.identify(SPEC, undefined);
  pace = 70 * MINUTE;
  await expect(second.publish(again.assets)).rejects.toThrow('reading model: not finished in time');
  pace = 0;
  const third = await onSlowDisk(() => pace);
  const { assets: whole } = await third.identify(SPEC, undefined);
  pace = 20_000;
  await third.publish(whole);
  expect(third.deps.report.texts()).toContain('reading model: 1.0 MB of 2.1 MB');
});

async function stored(): Promise<number> {
  const page = await azurite.client.listBlobsFlat().byPage().next();
  return page.value.segment.blobItems.length;
}

test('a plan has the time that large files need', async () => {
  const clock = jumpingClock();
  const files = {
    'endpoints/iris.yml': 'name: iris\n',
    'endpoints/iris/deployments/red.yml':
      'name: red\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n' +
      'environment: {image: python}\nmodel: {path: ../../../model.bin}\n',
    get 'model.bin'() {
      clock.advance(4 * MINUTE);
      return Buffer.alloc(4 * MEGABYTE);
    },
  };
  const { exitCode, lines } = await azure.run({ operation: 'plan', endpoint: 'iris' }, { files, clock });
  expect([exitCode, lines.filter(({ level }) => level === 'error')]).toEqual([0, []]);
  expect(lines.map(({ text }) => text)).toContain('reading model.bin: 1.0 MB of 4.2 MB');
});
