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

/** Time of a traffic update beyond the operation itself and the reads until Azure shows it. */
export async function trafficUpdates(seconds: readonly number[]): Promise<Figure[]> {
  return Promise.all(seconds.map(trafficUpdate));
}

async function trafficUpdate(seconds: number): Promise<Figure> {
  const runs = seconds > 10 ? 1 : 5;
  const emulator = await startEmulator({ operationTime: seconds * 1_000, staleReads: 0, seed: seedWithTraffic() });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    const beyond: number[] = [];
    for (let index = 0; index < runs; index += 1) {
      const blue = index % 2 === 0 ? 90 : 80;
      await writeFile(join(folder, 'iris.yml'), `name: iris\ntraffic: {blue: ${blue}, green: ${100 - blue}}\n`);
      const words = [BUNDLE, 'update', 'iris', '--endpoints-dir', folder];
      const { milliseconds, exitCode, stderr } = await runNode(words, emulator.env);
      if (exitCode !== 0) throw new Error(`update failed: ${stderr}`);
      beyond.push(milliseconds / 1_000 - seconds);
    }
    const name = `update of traffic, operation of ${seconds} s: time beyond it`;
    return { name, unit: 's', value: median(beyond), runs, atMost: 1.5 };
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
