import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { FaultRule } from '../../emulator/faults.ts';
import type { RunResult } from '../../emulator/runner/run-action.ts';
import type { Emulator } from '../../emulator/server.ts';
import type { RecordedRequest } from '../../emulator/state.ts';
import { inScene, type Scene } from '../support/scene.ts';
import { BLUE, FILES, isUnharmed, type Split } from './endpoints.ts';
import { COLUMNS } from './columns.ts';
import type { Operation, Spot } from './operations.ts';
import { within } from './surroundings.ts';
import type { Ending } from './rows/row.ts';
import type { Cell } from './table.ts';

/** What a run came to, for the report of the suite. */
export interface Seen {
  readonly seconds: number;
  readonly exitCode: number;
  readonly requests: number;
  readonly error?: string | undefined;
  readonly warning?: string | undefined;
}

/** Runs one cell in a scene of its own and checks all that holds in any weather. @throws what does not hold */
export async function runCell(cell: Cell, actionDir: string): Promise<Seen> {
  const { row, operation } = cell;
  const { before: iris, emulator } = COLUMNS[operation];
  const endpoints = iris && row.surroundings !== 'empty' ? [iris] : [];
  const models = [{ name: 'iris', version: '3' }];
  const seed = { workspaces: [{ name: 'ws-emulator', endpoints, models }] };
  let seen: Seen | undefined;
  const play = async (scene: Scene): Promise<void> => {
    const before = JSON.stringify(scene.azure.state().endpoints);
    const result = await runIn(scene, cell, actionDir);
    seen = {
      seconds: result.durationMs / 1_000,
      exitCode: result.exitCode,
      requests: scene.azure.requests().length,
      error: errorsOf(result)[0],
      warning: result.annotations.find(({ type }) => type === 'warning')?.message,
    };
    expectEnding(cell, result);
    expectAzure(cell, scene.azure, before);
  };
  await inScene({ operationTime: 300, ...emulator, ...row.emulator, seed, files: FILES }, play)();
  return seen!;
}

async function runIn(
  { azure, action }: Scene,
  { row, operation, ending }: Cell,
  actionDir: string,
): Promise<RunResult> {
  const { inputs, timed } = COLUMNS[operation];
  if (operation === 'rollout') azure.traffic({ endpoint: 'iris', rpm: 600, deployments: {} });
  const rule = ruleOf({ row, operation });
  if (rule) azure.fault(rule);
  const cancelling = ending === 'cancelled' ? onceSuffered(azure) : undefined;
  return within(row.surroundings, azure, (env) =>
    action(
      { operation, ...inputs, ...(timed && row.timeout ? { timeout: row.timeout } : {}), ...row.inputs },
      { env, actionDir, ...(cancelling ? { cancel: cancelling } : {}) },
    ),
  );
}

function ruleOf({ row, operation }: Pick<Cell, 'row' | 'operation'>): FaultRule | undefined {
  if (!row.then) return undefined;
  const { after = 0, ...match } = COLUMNS[operation].spots[row.place] ?? {};
  return { match, after, times: row.times ?? 1, then: row.then };
}

/** Aborted a moment after a request has met with the fault. */
function onceSuffered(azure: Emulator): AbortSignal {
  const controller = new AbortController();
  const watch = async (): Promise<void> => {
    while (!azure.state().faults.some(({ fired }) => fired > 0)) await sleep(50);
    await sleep(100);
    controller.abort();
  };
  void watch();
  return controller.signal;
}

const EXIT_CODES: Readonly<Record<Ending, number>> = {
  recovers: 0,
  'recovers, warns': 0,
  pauses: 0,
  'error 1': 1,
  cancelled: 130,
};

function isRecovery(ending: Ending): boolean {
  return ending.startsWith('recovers');
}

function expectEnding(cell: Cell, result: RunResult): void {
  const { row, operation, ending } = cell;
  const errors = errorsOf(result);
  const exitCode = EXIT_CODES[ending];
  expect({ exitCode: result.exitCode, errors }).toEqual({
    exitCode,
    errors: exitCode === 0 ? [] : [expect.stringMatching(row.says ?? /./)],
  });
  expectWarnings(cell, result);
  expect(result.durationMs / 1_000).toBeLessThan(row.within ?? 60);
  expectPostStep(cell, result);
  if (isRecovery(ending)) {
    for (const [name, value] of Object.entries(COLUMNS[operation].outputs)) {
      expect([name, result.outputs[name]]).toEqual([name, expect.stringMatching(value)]);
    }
  }
  if (ending === 'pauses') expect(result.outputs['status']).toBe('paused');
  if (ending === 'cancelled') expect(result.cancelMs).toBeLessThan(2_500);
  if (ending === 'error 1') expectClearError(errors[0] ?? '', row.then?.status !== undefined);
}

/** Only of what the table says; and where it says that a run recovers and warns, of that. */
function expectWarnings({ row, operation, ending }: Cell, { annotations }: RunResult): void {
  const always = COLUMNS[operation].warns;
  const warnings = annotations.filter(({ type }) => type === 'warning').map(({ message }) => message);
  const own = warnings.filter((message) => !always?.test(message));
  if (ending === 'recovers') expect(own).toEqual([]);
  if (['recovers, warns', 'pauses'].includes(ending)) expect(own).not.toEqual([]);
  expect(own.filter((message) => !row.warns?.test(message))).toEqual([]);
  if (always && isRecovery(ending)) expect(warnings.length - own.length).toBe(1);
}

/** It has nothing to do, save to put back what a rollout left; where the trouble stays, it can only say so. */
function expectPostStep({ row, operation }: Cell, { post }: RunResult): void {
  if (operation === 'rollout' && row.times === 'always' && post.exitCode !== 0) {
    expect(post.rawLog).toMatch(/^::error/m);
    return;
  }
  expect(post.exitCode).toBe(0);
  expect(post.rawLog).not.toMatch(/^::error/m);
}

/** What failed, Azure's code where it has one, the request with its id where it was answered, and one next step. */
function expectClearError(error: string, answered: boolean): void {
  expect(error).not.toMatch(/^unexpected: /);
  expect(error.match(/^ {2}next step: .*[.?]$/gm) ?? []).toHaveLength(1);
  if (answered && !/sign-in|scoring|code: Timeout/.test(error)) {
    expect(error).toMatch(/^ {2}code: .+\n {2}request: (GET|PUT|POST|DELETE) .+\n {2}request id: [\da-f-]{36}$/m);
  }
}

function errorsOf({ rawLog, annotations }: RunResult): string[] {
  const errors = annotations.filter(({ type }) => type === 'error').map(({ message }) => message);
  expect(rawLog.match(/^::error/gm) ?? []).toHaveLength(errors.length);
  return errors;
}

/** Nothing that Azure did was done twice, and it is as the run says, or as it was. */
function expectAzure(cell: Cell, azure: Emulator, before: string): void {
  const { row, operation, ending } = cell;
  const { ends = () => true, splits = [BLUE], before: seeded } = COLUMNS[operation];
  const { endpoints, operations, faults } = azure.state();
  const done = operations.map(({ kind }) => kind);
  expectWrites(cell, done, azure.requests());
  const [iris] = endpoints;
  if (isRecovery(ending)) expect(ends(iris)).toBe(true);
  if (done.length === 0) expect(JSON.stringify(endpoints)).toBe(before);
  if (iris && seeded) {
    const mirror = seeded.properties?.['mirrorTraffic'] as Split;
    expect([iris.properties['traffic'], isUnharmed(iris, splits, mirror)]).toEqual([expect.anything(), true]);
  }
  if (row.then) expect(faults.every(({ fired }) => fired > 0)).toBe(true);
  if (row.place === 'read-back' && row.then) expectBehindTheWrite(operation, azure.requests());
}

function expectWrites(
  { row, operation, ending }: Cell,
  done: readonly string[],
  requests: readonly RecordedRequest[],
): void {
  const { writes = [] } = COLUMNS[operation];
  if (writes === 'several') {
    // Each of them says something else than the one before.
    const sent = requests.filter(
      ({ method, status }) => method === 'PUT' && (status === 201 || row.then?.['reset-after']),
    );
    const bodies = sent.map(({ body }) => JSON.stringify(body));
    expect(bodies.filter((body, index) => body === bodies[index - 1])).toEqual([]);
    return;
  }
  expect(done).toEqual(isRecovery(ending) ? writes : writes.slice(0, row.performed ?? 0));
}

/** Holds the table to its word: all readings that the fault let pass come before the write, so it met one behind it. */
function expectBehindTheWrite(operation: Operation, requests: readonly RecordedRequest[]): void {
  const { write, 'read-back': reading } = COLUMNS[operation].spots;
  const isAt = (spot: Spot | undefined, { method, path }: RecordedRequest): boolean =>
    method === spot?.method && path.includes(spot.path ?? '');
  const wrote = requests.indexOf(requests.filter((request) => isAt(write, request))[write?.after ?? 0]!);
  expect(requests.slice(0, wrote).filter((request) => isAt(reading, request))).toHaveLength(reading?.after ?? 0);
}
