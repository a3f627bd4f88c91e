// Evaluated before the ARM client asks for a part of it as CommonJS: jest cannot do that in the midst of linking.
import '@azure/core-rest-pipeline';
import tls from 'node:tls';
import { type Emulator, startEmulator } from '../../emulator/server.ts';
import type { EmulatorOptions } from '../../emulator/options.ts';
import type { SeedEndpoint } from '../../emulator/seed.ts';
import type { RecordedRequest } from '../../emulator/state.ts';
import type { InputName } from '../../src/config/inputs.ts';
import type { Failure } from '../../src/failure.ts';
import type { Outcome } from '../../src/report/outcome.ts';
import { type Ending, run } from '../../src/run.ts';
import { type Circumstances, type FakeDeps, fakeDeps, type Line } from './fake-deps.ts';

export type Inputs = Partial<Record<InputName, string>>;

/** How a run ended, and all that was seen of it. */
export interface Result {
  readonly exitCode: number;
  readonly lines: readonly Line[];
  readonly deps: FakeDeps;
  readonly requests: readonly RecordedRequest[];
  /** @throws when the run failed */
  outcome(): Outcome;
  /** @throws when the run did not fail as a whole */
  failure(): Failure;
}

export interface Started {
  readonly deps: FakeDeps;
  readonly result: Promise<Result>;
}

/** An emulator in this process, trusted by it, with the product's operations to run against it. */
export interface Azure extends Emulator {
  start(inputs: Inputs, circumstances?: Circumstances): Started;
  run(inputs: Inputs, circumstances?: Circumstances): Promise<Result>;
}

/** Iris as most tests find it: live on blue, with green beside it, and with things that its YAML does not name. */
export const IRIS: SeedEndpoint = {
  name: 'iris',
  tags: { team: 'flowers', 'aml-rollout.step': '3' },
  properties: {
    authMode: 'Key',
    description: 'old words',
    traffic: { blue: 100 },
    mirrorTraffic: { green: 10 },
    properties: { costCentre: '42' },
  },
  deployments: [{ name: 'blue' }, { name: 'green' }],
};

export async function startAzure(options: EmulatorOptions = {}): Promise<Azure> {
  const seed = { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] };
  const emulator = await startEmulator({ operationTime: 5, seed, ...options });
  // All emulators' authorities have one name, so that those of earlier ones would be mistaken for this one's.
  tls.setDefaultCACertificates([emulator.ca]);
  const start = (inputs: Inputs, circumstances: Circumstances = {}): Started => {
    const deps = fakeDeps({ ...circumstances, env: { ...emulator.env, ...circumstances.env } });
    return { deps, result: perform(emulator, inputs, deps) };
  };
  return { ...emulator, start, run: (inputs, circumstances) => start(inputs, circumstances).result };
}

async function perform(emulator: Emulator, inputs: Inputs, deps: FakeDeps): Promise<Result> {
  const before = emulator.requests().length;
  let ending: Ending | undefined;
  const finish = async (how: Ending) => {
    ending = how;
  };
  const exitCode = await run({ input: (name) => inputs[name] ?? '', deps, finish });
  const requests = emulator.requests().slice(before);
  return {
    exitCode,
    deps,
    lines: deps.report.lines,
    requests,
    outcome: () => {
      if (ending && 'outcome' in ending) return ending.outcome;
      throw new Error(`the run failed: ${deps.report.texts().join('\n')}`);
    },
    failure: () => {
      if (ending && 'error' in ending) return ending.error as Failure;
      throw new Error(`the run did not fail: ${deps.report.texts().join('\n')}`);
    },
  };
}

/** `PUT onlineEndpoints/iris 201`: what went over the wire to ARM, without reads of an operation's state. */
export function armRequests(requests: readonly RecordedRequest[]): string[] {
  return requests
    .filter(({ path }) => path.startsWith('/subscriptions/') && !path.includes('mfeOperation'))
    .map(({ method, path, status }) => {
      const [, below] = /\/(workspaces\/[^?]+)/.exec(path) ?? [];
      return `${method} ${below?.replace(/^workspaces\/[^/]+\//, '') ?? path} ${status}`;
    });
}

export function writes(requests: readonly RecordedRequest[]): string[] {
  return armRequests(requests).filter((request) => !request.startsWith('GET ') && !request.includes('/listKeys'));
}

/** Every secret that shows in what a person saw of a run. */
export function leaks(emulator: Emulator, result: Result): string[] {
  const shown = JSON.stringify([result.lines, result.deps.journal.open()]);
  return emulator.state().secrets.filter((secret) => shown.includes(secret));
}

/** Waits for something that comes soon, or never: a loop without an end would outlive its test. */
export async function until(holds: () => boolean): Promise<void> {
  for (let look = 0; look < 2_000; look += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`it never came: ${String(holds)}`);
}
