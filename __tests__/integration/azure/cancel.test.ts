import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SeedEndpoint } from '../../../emulator/seed.ts';
import type { Operation } from '../../../src/config/operations.ts';
import type { JournalEntry } from '../../../src/deps.ts';
import { withState } from '../../../src/rollout/state/tags.ts';
import { IRIS, type Azure, type Inputs, leaks, startAzure } from '../../support/azure.ts';
import { jumpingClock } from '../../support/fake-deps.ts';
import { stateWith } from '../../unit/rollout/states.ts';

/** A rollout whose runner died at half its way. */
const ORPHANED = withState({ team: 'flowers' }, stateWith({ step: 1, steps: 2, percent: 50 }));
const TULIP: SeedEndpoint = {
  ...IRIS,
  name: 'tulip',
  tags: ORPHANED as Record<string, string>,
  properties: { traffic: { blue: 50, green: 50 } },
};
const ROSE: SeedEndpoint = { ...IRIS, name: 'rose', properties: { traffic: { blue: 100 } } };

const clock = jumpingClock();
let azure: Azure;
beforeAll(async () => {
  const iris = { ...IRIS, deployments: [...IRIS.deployments!, { name: 'old' }] };
  const models = [{ name: 'iris', version: '3' }];
  azure = await startAzure({
    latency: 2,
    operationTime: 25,
    // Of a rollout, whose minutes pass in no time.
    now: clock.now,
    seed: { workspaces: [{ name: 'ws-emulator', endpoints: [iris, ROSE, TULIP], models }] },
  });
});
afterAll(() => azure.close());

const FILES = {
  'endpoints/iris.yml': 'name: iris\ndescription: new\n',
  'endpoints/rose.yml': 'name: rose\ndescription: new\ntraffic: {green: 100}\n',
  'endpoints/lily.yml': 'name: lily\n',
  'models/green.yml':
    'name: green\nmodel: azureml:iris:3\ninstance_type: Standard_DS3_v2\ninstance_count: 1\ntags: {owner: ml}\n',
  'request.json': '{}',
};

const UNWATCHED = '{preset: blue-green, final-bake: 1m, errors: off, latency: off}';

/** Every operation that speaks to Azure, in each of its ways. */
const RUNS: Readonly<Record<Exclude<Operation, 'validate'>, readonly Inputs[]>> = {
  plan: [{ endpoint: 'iris' }, { endpoint: 'iris', deployments: 'models/*.yml' }],
  create: [{ endpoint: 'lily' }],
  update: [{ endpoint: 'iris' }, { endpoint: 'iris,rose' }],
  apply: [
    { endpoint: 'lily' },
    { endpoint: 'iris', deployments: 'models/*.yml', traffic: 'green=100', 'mirror-traffic': 'blue=0' },
  ],
  deploy: [{ endpoint: 'iris', deployments: 'models/*.yml' }],
  rollout: [{ endpoint: 'rose', policy: UNWATCHED }],
  promote: [{ endpoint: 'tulip' }],
  rollback: [{ endpoint: 'tulip' }],
  show: [{ endpoint: 'iris' }, { endpoint: 'tulip', repair: 'rollback' }],
  list: [{}],
  url: [{ endpoint: 'iris' }],
  token: [{ endpoint: 'iris' }],
  invoke: [
    { endpoint: 'iris', 'request-file': 'request.json' },
    { endpoint: 'iris', 'request-file': 'request.json', deployment: 'green' },
  ],
  logs: [{ endpoint: 'iris', deployment: 'blue' }],
  'regenerate-keys': [{ endpoint: 'iris' }],
  delete: [
    { endpoint: 'iris', confirm: 'iris' },
    { endpoint: 'iris', deployment: 'old' },
  ],
};

/** Runs and cancels as soon as the emulator has seen `count` requests; nothing when the run ends before, which it has to do well. */
async function cancelAfter(count: number, inputs: Inputs) {
  // What the run before has sent may still be on its way, and would start something here.
  await new Promise((resolve) => setTimeout(resolve, 20));
  azure.reset();
  const { deps, result } = azure.start(inputs, { files: FILES, clock });
  const run = { ended: false };
  const settled = result.finally(() => (run.ended = true));
  while (!run.ended && azure.requests().length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  if (run.ended) {
    expect((await settled).exitCode).toBe(0);
    return undefined;
  }
  const underWay = azure.state().operations.some(({ status }) => status === 'InProgress');
  const begin = Date.now();
  deps.cancel();
  return { result: await settled, took: Date.now() - begin, underWay };
}

/** In milliseconds, on a machine that others use too; a wait for Azure would last a second at least and go on. */
const AT_ONCE = 2_000;
/** More requests than any of these runs makes. */
const ENOUGH = 200;

const CASES = Object.entries(RUNS).flatMap(([operation, ways]) =>
  ways.map((inputs) => ({ title: [operation, ...Object.values(inputs)].join(' '), inputs: { operation, ...inputs } })),
);

test.each(CASES)(
  '$title: ends at once wherever it is cancelled, and knows what goes on in Azure',
  async ({ inputs }) => {
    let cancelled = 0;
    let count = 1;
    for (; count <= ENOUGH; count += 1) {
      const run = await cancelAfter(count, inputs);
      if (!run) break;
      // It may have been past its last request.
      if (run.result.exitCode === 0) continue;
      cancelled += 1;
      expect(run.result.exitCode).toBe(130);
      expect(run.took).toBeLessThan(AT_ONCE);
      const open = run.result.deps.journal.open();
      if (run.underWay) expect(open).not.toEqual([]);
      const errors = run.result.lines.filter(({ level }) => level === 'error');
      expect(errors).toHaveLength(1);
      expect(errors[0]!.text).toMatch(endingWith(open));
      expect(leaks(azure, run.result)).toEqual([]);
    }
    // It came to its end by itself: no request is left at which it was not cancelled.
    expect(count).toBeLessThan(ENOUGH);
    expect(cancelled).toBeGreaterThan(0);
  },
);

function endingWith(open: readonly JournalEntry[]): RegExp {
  if (open.length === 0) return /^cancelled; no operation is running in Azure/;
  if (open.some(({ onCancel }) => onCancel !== undefined)) {
    return /^cancelled during rollout of endpoint rose\n[^]*The post step of this action restores the traffic of rose;/;
  }
  return /^cancelled; possibly still running in Azure: (create|update|deletion|rotation)/;
}
