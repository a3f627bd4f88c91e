import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmulator } from '../emulator/server.ts';
import { type Figure, median } from './figure.ts';
import { runNode } from './process.ts';
import { toArm } from './arm.ts';

const RUNS = 5;
const BUNDLE = resolve('dist/index.js');

/** A plan of many endpoints: how many requests, how much memory, and how time grows when their number doubles. */
export async function planScale(): Promise<Figure[]> {
  const small = await planOf(500);
  const large = await planOf(1_000);
  return [
    { name: 'plan of 500 endpoints: requests to ARM', unit: 'requests', value: small.requests, runs: RUNS, atMost: 10 },
    { name: 'plan of 500 endpoints: peak memory', unit: 'MB', value: small.peakBytes / 1e6, runs: RUNS, atMost: 200 },
    { name: 'plan of 1,000 endpoints: peak memory', unit: 'MB', value: large.peakBytes / 1e6, runs: RUNS },
    {
      name: 'plan of 1,000 endpoints: time',
      unit: '×',
      value: large.milliseconds / small.milliseconds,
      runs: RUNS,
      against: 'that of 500',
      atMost: 2.2,
    },
  ];
}

async function planOf(count: number): Promise<{ requests: number; peakBytes: number; milliseconds: number }> {
  const names = Array.from({ length: count }, (_, index) => `endpoint-${index}`);
  // Every other endpoint differs, so that the plan has something to say.
  const endpoints = names.map((name, index) => ({ name, tags: { owner: index % 2 ? 'ml' : 'nobody' } }));
  const emulator = await startEmulator({ seed: { workspaces: [{ name: 'ws-emulator', endpoints }] } });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    for (const name of names) await writeFile(join(folder, `${name}.yml`), `name: ${name}\ntags:\n  owner: ml\n`);
    const runs = [];
    for (let index = 0; index < RUNS; index += 1) {
      const before = emulator.requests().length;
      const run = await runNode([BUNDLE, 'plan', '--endpoints-dir', folder], emulator.env);
      if (run.exitCode !== 0) throw new Error(`plan failed: ${run.stderr}`);
      runs.push({ ...run, requests: toArm(emulator.requests().slice(before)).length });
    }
    return {
      requests: median(runs.map((run) => run.requests)),
      peakBytes: median(runs.map((run) => run.peakBytes)),
      milliseconds: median(runs.map((run) => run.milliseconds)),
    };
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}
