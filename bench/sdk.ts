import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { preparePython } from '../conformance/python.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { type Figure, median } from './figure.ts';
import { type ProcessRun, runMeasured, runNode } from './process.ts';

const RUNS = 9;
const BUNDLE = resolve('dist/index.js');
const FLOWS = ['create', 'update', 'url', 'token', 'show', 'delete'] as const;

type Flow = (typeof FLOWS)[number];

/** One flow of one peer: one run, or the medians of all. */
interface Cost {
  readonly milliseconds: number;
  readonly peakBytes: number;
  readonly requests: number;
}

/**
 * The same flows through Microsoft's SDK and through the bundle, each in a process of its own, on one emulator whose
 * operations take no time. The SDK keeps its own settings. Ours reads twice before each write and once after it, which the
 * SDK does not do.
 * @returns why there are no figures, where there is no Python to run the SDK
 */
export async function besideTheSdk(): Promise<Figure[] | string> {
  const prepared = await preparePython();
  if ('skipped' in prepared) return prepared.skipped;
  const iris = {
    name: 'iris',
    properties: { traffic: { blue: 100 } },
    deployments: [{ name: 'blue' }, { name: 'green' }],
  };
  const seed = { workspaces: [{ name: 'ws-emulator', endpoints: [iris] }] };
  const emulator = await startEmulator({ operationTime: 0, staleReads: 0, seed });
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  try {
    await writeFile(join(folder, 'rose.yml'), 'name: rose\nauth_mode: key\n');
    await writeFile(join(folder, 'iris.yml'), 'name: iris\ntraffic: {blue: 90, green: 10}\n');
    const figures: Figure[] = [];
    for (const flow of FLOWS) {
      const peers = [() => sdk(prepared.python, flow, emulator), () => bundle(flow, folder, emulator)];
      const [theirs, ours] = await costsOf(emulator, peers);
      figures.push(...ratios(flow, theirs!, ours!));
    }
    return figures;
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function sdk(python: string, flow: Flow, { env }: Emulator): Promise<ProcessRun> {
  return runMeasured(python, [join(import.meta.dirname, 'sdk.py'), flow], { ...env, PYTHONWARNINGS: 'ignore' });
}

function bundle(flow: Flow, folder: string, { env }: Emulator): Promise<ProcessRun> {
  const name = flow === 'create' ? 'rose' : 'iris';
  const more = {
    create: ['--endpoints-dir', folder],
    update: ['--endpoints-dir', folder],
    delete: ['--confirm', name],
    url: [],
    token: [],
    show: [],
  }[flow];
  return runNode([BUNDLE, flow, name, ...more], env);
}

/** Each run starts from the same seed. The peers run in turn, so that a busy moment of the machine falls on all of them. */
async function costsOf(emulator: Emulator, peers: readonly (() => Promise<ProcessRun>)[]): Promise<Cost[]> {
  const runs: Cost[][] = peers.map(() => []);
  for (let round = 0; round < RUNS; round += 1) {
    for (const [index, once] of peers.entries()) runs[index]!.push(await costOf(emulator, once));
  }
  return runs.map((own) => {
    const of = (key: keyof Cost): number => median(own.map((run) => run[key]));
    return { milliseconds: of('milliseconds'), peakBytes: of('peakBytes'), requests: of('requests') };
  });
}

async function costOf(emulator: Emulator, once: () => Promise<ProcessRun>): Promise<Cost> {
  emulator.reset();
  const before = emulator.requests().length;
  const { exitCode, stderr, milliseconds, peakBytes } = await once();
  if (exitCode !== 0) throw new Error(`a flow failed: ${stderr}`);
  return { milliseconds, peakBytes, requests: emulator.requests().length - before };
}

function ratios(flow: Flow, theirs: Cost, ours: Cost): Figure[] {
  const figure = (what: string, value: number, bar: Pick<Figure, 'atLeast' | 'goal'>): Figure => {
    return { name: `azure-ai-ml beside ours, ${flow}: ${what}`, unit: '×', value, runs: RUNS, against: 'ours', ...bar };
  };
  return [
    figure('time', theirs.milliseconds / ours.milliseconds, { goal: 8 }),
    figure('peak memory', theirs.peakBytes / ours.peakBytes, {}),
    figure(`requests (${theirs.requests} to ${ours.requests})`, theirs.requests / ours.requests, { atLeast: 1 }),
  ];
}
