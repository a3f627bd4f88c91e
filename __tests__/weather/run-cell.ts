import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { FaultRule } from '../../emulator/faults.ts';
import type { RunResult } from '../../emulator/runner/run-action.ts';
import type { Emulator } from '../../emulator/server.ts';
import type { RecordedRequest } from '../../emulator/state.ts';
import { inScene, type Scene } from '../support/scene.ts';
import { COLUMNS, FILES, IRIS, isUnharmed, type Operation, type Spot } from './operations.ts';
import { within } from './surroundings.ts';
import type { Cell } from './table.ts';

/** What a run came to, for the report of the suite. */
export interface Seen {
  readonly seconds: number;
  readonly exitCode: number;
  readonly requests: number;
  readonly error?: string | undefined;
}

/** Runs one cell in a scene of its own and checks all that holds in any weather. @throws what does not hold */
export async function runCell(cell: Cell, actionDir: string): Promise<Seen> {
  const { row, operation } = cell;
  const endpoints = COLUMNS[operation].there && row.surroundings !== 'empty' ? [IRIS] : [];
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
    };
    expectEnding(cell, result);
    expectAzure(cell, scene.azure, before);
  };
  await inScene({ operationTime: 300, ...row.emulator, seed, files: FILES }, play)();
  return seen!;
}

async function runIn(
  { azure, action }: Scene,
  { row, operation, ending }: Cell,
  actionDir: string,
): Promise<RunResult> {
  const { inputs, timed } = COLUMNS[operation];
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

const EXIT_CODES = { recovers: 0, 'error 1': 1, cancelled: 130 } as const;

function expectEnding({ row, operation, ending }: Cell, result: RunResult): void {
  const errors = errorsOf(result);
  expect({ exitCode: result.exitCode, errors }).toEqual({
    exitCode: EXIT_CODES[ending],
    errors: ending === 'recovers' ? [] : [expect.stringMatching(row.says ?? /./)],
  });
  expect(result.durationMs / 1_000).toBeLessThan(row.within ?? 30);
  expect(result.post.exitCode).toBe(0);
  expect(result.post.rawLog).not.toMatch(/^::error/m);
  if (ending === 'recovers') {
    for (const [name, value] of Object.entries(COLUMNS[operation].outputs)) {
      expect([name, result.outputs[name]]).toEqual([name, expect.stringMatching(value)]);
    }
  }
  if (ending === 'cancelled') expect(result.cancelMs).toBeLessThan(2_500);
  if (ending === 'error 1') expectClearError(errors[0] ?? '', row.then?.status !== undefined);
}

/** What failed, Azure's code where it has one, the request with its id where it was answered, and one next step. */
function expectClearError(error: string, answered: boolean): void {
  expect(error).not.toContain('unexpected');
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
  const { write, ends = () => true } = COLUMNS[operation];
  const { endpoints, operations, faults } = azure.state();
  const done = operations.map(({ kind }) => kind);
  const performed = ending === 'recovers' ? 1 : (row.performed ?? 0);
  expect(done).toEqual(write && performed ? [write] : []);
  const [iris] = endpoints;
  if (ending === 'recovers') expect(ends(iris)).toBe(true);
  if (done.length === 0) expect(JSON.stringify(endpoints)).toBe(before);
  if (iris && operation !== 'create') expect(isUnharmed(iris)).toBe(true);
  if (row.then) expect(faults.every(({ fired }) => fired > 0)).toBe(true);
  if (row.place === 'read-back' && row.then) expectBehindTheWrite(operation, azure.requests());
}

/** Holds the table to its word: all readings that the fault let pass come before the write, so it met one behind it. */
function expectBehindTheWrite(operation: Operation, requests: readonly RecordedRequest[]): void {
  const { write, 'read-back': reading } = COLUMNS[operation].spots;
  const isAt = (spot: Spot | undefined, { method, path }: RecordedRequest): boolean =>
    method === spot?.method && path.includes(spot.path ?? '');
  const wrote = requests.findIndex((request) => isAt(write, request));
  expect(requests.slice(0, wrote).filter((request) => isAt(reading, request))).toHaveLength(reading?.after ?? 0);
}
