import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { type Figure, median } from './figure.ts';
import { runNode } from './process.ts';

const BUNDLE = resolve('dist/index.js');

/** What goes over the wire when nothing differs, and when only a URL is asked for. */
export async function requests(emulator: Emulator): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const words of [
    ['url', 'iris'],
    ['apply', 'iris'],
  ]) {
    const { arm, writes } = await counted(emulator, words);
    const name = words[0] === 'apply' ? 'apply, nothing to change' : words[0]!;
    figures.push({ name: `${name}: requests to ARM`, unit: 'requests', value: arm, runs: 1, atMost: 1 });
    if (words[0] === 'apply')
      figures.push({ name: `${name}: writes`, unit: 'writes', value: writes, runs: 1, atMost: 0 });
  }
  return figures;
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

export async function counted(emulator: Emulator, words: readonly string[]): Promise<{ arm: number; writes: number }> {
  const before = emulator.requests().length;
  const { exitCode, stderr } = await runNode([BUNDLE, ...words], emulator.env);
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
