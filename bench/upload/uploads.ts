import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Azurite, startAzurite } from '../../emulator/azurite.ts';
import { startStorageWeather } from '../../__tests__/support/storage-weather.ts';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import { type Figure, median } from '../figure.ts';
import { type ProcessRun, runNode } from '../process.ts';

const BUNDLE = resolve('dist/index.js');
const SPEED = resolve('bench/upload/speed.ts');
const FILES = 200;
const MEGABYTE = 1_000_000;
const RUNS = 5;

/** Uploads to Azurite: their speed beside the library's own, the memory of a large one, and what a second run sends. */
export async function uploads(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const before = process.cwd();
  try {
    // Only what is in the working directory is uploaded.
    process.chdir(folder);
    return [...(await speed()), ...(await largeModels())];
  } finally {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  }
}

async function speed(): Promise<Figure[]> {
  await mkdir('small');
  for (let index = 0; index < FILES; index += 1) await writeFile(`small/${index}.bin`, randomBytes(MEGABYTE));
  const seconds: Record<'ours' | 'peer', number[]> = { ours: [], peer: [] };
  // A store of its own for each run: one that holds more is slower.
  for (let run = 0; run < RUNS; run += 1) {
    for (const who of run % 2 ? (['peer', 'ours'] as const) : (['ours', 'peer'] as const)) {
      seconds[who].push(await timed(who));
    }
  }
  const ratio = median(seconds.peer) / median(seconds.ours);
  const against = `the speed of uploadFile (${((FILES * MEGABYTE) / MEGABYTE / median(seconds.ours)).toFixed(0)} MB/s)`;
  return [{ name: 'upload of 200 files, 200 MB', unit: '×', value: ratio, runs: RUNS, atLeast: 0.8, against }];
}

async function timed(who: 'ours' | 'peer'): Promise<number> {
  const azurite = await startAzurite();
  try {
    const { account, key, client } = azurite;
    const env = { ...process.env, STORE_URL: client.url, STORE_ACCOUNT: account, STORE_KEY: key };
    const { stdout } = await promisify(execFile)(process.execPath, [SPEED, who, 'small'], { env });
    return Number(stdout) / 1_000;
  } finally {
    await azurite.close();
  }
}

const LARGE = 2_000;

const LARGE_RUNS = 3;

/** The whole bundle deploys a model of 2 GB, and then once more; to a store of its own in each run. */
async function largeModels(): Promise<Figure[]> {
  await writeLarge('model.bin');
  await mkdir('endpoints/iris/deployments', { recursive: true });
  await writeFile('endpoints/iris.yml', 'name: iris\n');
  const runs = [];
  for (let run = 0; run < LARGE_RUNS; run += 1) runs.push(await largeModel());
  const peak = median(runs.map(({ peakBytes }) => peakBytes / MEGABYTE));
  const again = median(runs.map((run) => run.again));
  return [
    { name: 'deploy of a model of 2 GB: peak memory', unit: 'MB', value: peak, runs: LARGE_RUNS, atMost: 200 },
    { name: 'the same once more: uploaded', unit: 'MB', value: again, runs: LARGE_RUNS, atMost: 0 },
  ];
}

/** @returns the peak of memory of the first deploy, and the megabytes that the second uploads */
async function largeModel(): Promise<{ peakBytes: number; again: number }> {
  await writeFile('endpoints/iris/deployments/blue.yml', DEPLOYMENT);
  const azurite = await startAzurite();
  const { requests, endpoint, close } = await startStorageWeather(azurite.endpoint);
  const emulator = await startEmulator({ seed: seed(azurite, endpoint) });
  try {
    const first = await deploy(emulator);
    const sent = bytesOf(requests);
    if (sent < LARGE * MEGABYTE) throw new Error(`only ${sent} bytes were uploaded`);
    requests.length = 0;
    // The instances are another number, so that the deployment is written again.
    await writeFile(
      'endpoints/iris/deployments/blue.yml',
      DEPLOYMENT.replace('instance_count: 1', 'instance_count: 2'),
    );
    await deploy(emulator);
    return { peakBytes: first.peakBytes, again: bytesOf(requests) / MEGABYTE };
  } finally {
    await emulator.close();
    await close();
    await azurite.close();
  }
}

const DEPLOYMENT = `name: blue
endpoint_name: iris
model: {path: ../../../model.bin}
environment: {image: mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest}
instance_type: Standard_DS3_v2
instance_count: 1
`;

function seed({ account, key, container }: Azurite, endpoint: string) {
  const storage = { url: `http://${endpoint}/${account}`, key, container };
  return { storage, workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris' }] }] };
}

async function deploy({ env }: Emulator): Promise<ProcessRun> {
  const run = await runNode([BUNDLE, 'deploy', 'iris'], env);
  if (run.exitCode !== 0) throw new Error(`deploy failed: ${run.stderr}`);
  return run;
}

function bytesOf(requests: readonly { readonly bytes: number }[]): number {
  return requests.reduce((sum, { bytes }) => sum + bytes, 0);
}

async function writeLarge(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (let written = 0; written < LARGE; written += 1) await file.write(randomBytes(MEGABYTE));
  } finally {
    await file.close();
  }
}
