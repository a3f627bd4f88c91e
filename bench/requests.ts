import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { toArm, writes } from './arm.ts';
import { type Figure, median } from './figure.ts';
import { runNode } from './process.ts';

const BUNDLE = resolve('dist/index.js');

const COUNT_RUNS = 3;
const DEPLOYMENTS = ['blue', 'green', 'red', 'white', 'black'];

/** Requests to ARM, and those among them that change something. */
interface Count {
  readonly arm: number;
  readonly writes: number;
}

/** What goes over the wire when nothing differs, and when only a URL is asked for. */
export async function requests(): Promise<Figure[]> {
  const emulator = await startEmulator({ operationTime: 0, seed: seedOfCounts() });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    await writeRepository(join(folder, 'endpoints'));
    for (const endpoint of ['alone', 'many']) await counted(emulator, ['apply', endpoint], folder);
    const figures: Figure[] = [];
    for (const [name, words, atMost] of COUNTED) {
      const runs = [];
      for (let run = 0; run < COUNT_RUNS; run += 1) runs.push(await counted(emulator, words, folder));
      figures.push(...figuresOf(name, runs, atMost));
    }
    return figures;
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is counted, and how many requests to ARM it may take. Nothing in it may write. */
const COUNTED: readonly (readonly [name: string, words: readonly string[], atMost: number])[] = [
  ['url', ['url', 'alone'], 1],
  ['apply, nothing to change', ['apply', 'alone'], 1],
  ['apply, nothing to change, with traffic and tags', ['apply', 'split'], 1],
  ['apply, nothing to change, with a rollout policy', ['apply', 'gated'], 1],
  ['apply, nothing to change in five deployments', ['apply', 'many'], 2],
];

function seedOfCounts() {
  const endpoints = ['split', 'gated'].map((name) => ({
    name,
    tags: { owner: 'ml' },
    properties: { traffic: { blue: 90, green: 10 } },
    deployments: [{ name: 'blue' }, { name: 'green' }],
  }));
  return { workspaces: [{ name: 'ws-emulator', models: [{ name: 'iris', version: '3' }], endpoints }] };
}

async function writeRepository(endpoints: string): Promise<void> {
  for (const folder of ['many/deployments', 'gated']) await mkdir(join(endpoints, folder), { recursive: true });
  for (const name of ['alone', 'many']) await writeFile(join(endpoints, `${name}.yml`), `name: ${name}\n`);
  for (const name of ['split', 'gated']) {
    const yaml = `name: ${name}\ntags: {owner: ml}\ntraffic: {blue: 90, green: 10}\n`;
    await writeFile(join(endpoints, `${name}.yml`), yaml);
  }
  await writeFile(join(endpoints, 'gated/rollout.yml'), 'preset: standard\n');
  for (const name of DEPLOYMENTS) {
    const yaml = `name: ${name}\nmodel: azureml:iris:3\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n`;
    await writeFile(join(endpoints, 'many/deployments', `${name}.yml`), yaml);
  }
}

function figuresOf(name: string, runs: readonly Count[], atMost: number): Figure[] {
  const of = (key: keyof Count): number => median(runs.map((run) => run[key]));
  return [
    { name: `${name}: requests to ARM`, unit: 'requests', value: of('arm'), runs: runs.length, atMost },
    { name: `${name}: writes`, unit: 'writes', value: of('writes'), runs: runs.length, atMost: 0 },
  ];
}

const UPDATE_RUNS = 3;

/** Time of a traffic update beyond the operation itself and the reads until Azure shows it. */
export async function trafficUpdates(seconds: readonly number[]): Promise<Figure[]> {
  return Promise.all(
    seconds.map(async (each): Promise<Figure> => {
      const beyond = await Promise.all(Array.from({ length: UPDATE_RUNS }, () => trafficUpdate(each)));
      const name = `update of traffic, operation of ${each} s: time beyond it`;
      return { name, unit: 's', value: median(beyond), runs: UPDATE_RUNS, atMost: 1.5 };
    }),
  );
}

/** One update, in seconds beyond its operation, on an emulator of its own. */
async function trafficUpdate(seconds: number): Promise<number> {
  const emulator = await startEmulator({ operationTime: seconds * 1_000, staleReads: 0, seed: seedWithTraffic() });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    await writeFile(join(folder, 'iris.yml'), 'name: iris\ntraffic: {blue: 90, green: 10}\n');
    const run = await runNode([BUNDLE, 'update', 'iris', '--endpoints-dir', folder], emulator.env);
    if (run.exitCode !== 0) throw new Error(`update failed: ${run.stderr}`);
    return run.milliseconds / 1_000 - seconds;
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function counted(emulator: Emulator, words: readonly string[], folder: string): Promise<Count> {
  const before = emulator.requests().length;
  const { exitCode, stderr } = await runNode([BUNDLE, ...words], emulator.env, folder);
  if (exitCode !== 0) throw new Error(`${words.join(' ')} failed: ${stderr}`);
  const sent = emulator.requests().slice(before);
  return { arm: toArm(sent).length, writes: writes(sent).length };
}

function seedWithTraffic() {
  const iris = {
    name: 'iris',
    properties: { traffic: { blue: 100 } },
    deployments: [{ name: 'blue' }, { name: 'green' }],
  };
  return { workspaces: [{ name: 'ws-emulator', endpoints: [iris] }] };
}
