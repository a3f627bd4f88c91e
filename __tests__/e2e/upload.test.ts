import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Azurite, startAzurite } from '../../emulator/azurite.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { runCommand } from '../support/command-line.ts';
import { enterFolder } from '../support/folder.ts';
import { REPOSITORY } from '../support/repository.ts';
import { type StorageWeather, startStorageWeather } from '../support/storage-weather.ts';

const BUNDLE = join(REPOSITORY, 'dist/index.js');
const WORDS = [BUNDLE, 'deploy', 'iris'];
const DEPLOYMENT = `name: blue
model: {path: ../../../model}
environment: {image: registry.example.org/base:1}
instance_type: Standard_DS3_v2
instance_count: 1
`;

let azurite: Azurite;
let weather: StorageWeather;
let azure: Emulator;
let folder: Awaited<ReturnType<typeof enterFolder>>;
beforeAll(async () => {
  azurite = await startAzurite();
  weather = await startStorageWeather(azurite.endpoint);
  const { account, key, container } = azurite;
  const storage = { url: `http://${weather.endpoint}/${account}`, key, container };
  const seed = { storage, workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris' }] }] };
  azure = await startEmulator({ operationTime: 10, seed });
  folder = await enterFolder();
  await mkdir('endpoints/iris/deployments', { recursive: true });
  await mkdir('model');
  for (const name of ['a', 'b', 'c']) await writeFile(`model/${name}.bin`, randomBytes(6 * 1024 * 1024));
  await writeFile('endpoints/iris/deployments/blue.yml', DEPLOYMENT);
});
afterAll(async () => {
  await folder.leave();
  await azure.close();
  await weather.close();
  await azurite.close();
});

test('an upload that was killed goes on with what is not whole, and a third run sends nothing', async () => {
  const child = spawn(process.execPath, WORDS, { env: azure.env, stdio: 'ignore' });
  await killedAtSecondFile(child);
  const whole = await names();
  expect(whole).toHaveLength(1);
  weather.reset();
  const second = await runCommand(process.execPath, WORDS, { cwd: folder.path, env: azure.env });
  expect(second).toMatchObject({ exitCode: 0 });
  const sent = new Set(
    weather.requests.flatMap(({ what }) => /^PUT model\/(.*)\?comp=blocklist/.exec(what)?.[1] ?? []),
  );
  expect([...sent, ...whole].toSorted()).toEqual(['a.bin', 'b.bin', 'c.bin']);
  weather.reset();
  await writeFile('endpoints/iris/deployments/blue.yml', DEPLOYMENT.replace('count: 1', 'count: 2'));
  const third = await runCommand(process.execPath, WORDS, { cwd: folder.path, env: azure.env });
  expect(third).toMatchObject({ exitCode: 0 });
  expect(weather.requests).toEqual([]);
});

/** Kills it when it puts the second file together, which never comes to be. */
async function killedAtSecondFile(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('close', resolve));
  let files = 0;
  weather.onRequest = async ({ what }) => {
    if (!/^PUT .*\?comp=blocklist$/.test(what) || (files += 1) === 1) return;
    child.kill('SIGKILL');
    await new Promise(() => {});
  };
  await ended;
  while ((await names()).length === 0) await sleep(10);
}

async function names(): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of azurite.client.listBlobsFlat()) found.push(name.replace(/^.*\//, ''));
  return found;
}
