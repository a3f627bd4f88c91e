import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { type Figure, median } from './figure.ts';
import { runNode } from './process.ts';

const BUNDLE = resolve('dist/index.js');

const DEPLOYMENTS = ['blue', 'green', 'red', 'white', 'black'];

/** What goes over the wire when nothing differs, and when only a URL is asked for. */
export async function requests(): Promise<Figure[]> {
  const models = [{ name: 'iris', version: '3' }];
  const emulator = await startEmulator({ operationTime: 0, seed: { workspaces: [{ name: 'ws-emulator', models }] } });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const endpoints = join(folder, 'endpoints');
    await mkdir(join(endpoints, 'many/deployments'), { recursive: true });
    for (const name of ['alone', 'many']) await writeFile(join(endpoints, `${name}.yml`), `name: ${name}\n`);
    for (const name of DEPLOYMENTS) {
      const yaml = `name: ${name}\nmodel: azureml:iris:3\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n`;
      await writeFile(join(endpoints, 'many/deployments', `${name}.yml`), yaml);
    }
    for (const endpoint of ['alone', 'many']) await counted(emulator, ['apply', endpoint], folder);
    return [
      ...figuresOf('url', await counted(emulator, ['url', 'alone'], folder), 1),
      ...figuresOf('apply, nothing to change', await counted(emulator, ['apply', 'alone'], folder), 1),
      ...figuresOf(
        'apply, nothing to change in five deployments',
        await counted(emulator, ['apply', 'many'], folder),
        2,
      ),
    ];
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function figuresOf(name: string, { arm, writes }: { arm: number; writes: number }, atMost: number): Figure[] {
  return [
    { name: `${name}: requests to ARM`, unit: 'requests', value: arm, runs: 1, atMost },
    { name: `${name}: writes`, unit: 'writes', value: writes, runs: 1, atMost: 0 },
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

async function counted(
  emulator: Emulator,
  words: readonly string[],
  folder: string,
): Promise<{ arm: number; writes: number }> {
  const before = emulator.requests().length;
  const { exitCode, stderr } = await runNode([BUNDLE, ...words], emulator.env, folder);
  if (exitCode !== 0) throw new Error(`${words.join(' ')} failed: ${stderr}`);
  const sent = emulator
    .requests()
    .slice(before)
    .filter(({ path }) => path.startsWith('/subscriptions/'));
  return { arm: sent.length, writes: sent.filter(({ method }) => method === 'PUT' || method === 'DELETE').length };
}

function seedWithTraffic() {
  const iris = {
    name: 'iris',
    properties: { traffic: { blue: 100 } },
    deployments: [{ name: 'blue' }, { name: 'green' }],
  };
  return { workspaces: [{ name: 'ws-emulator', endpoints: [iris] }] };
}
