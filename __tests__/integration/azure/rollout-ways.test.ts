import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { TrafficOrder } from '../../../emulator/traffic/order.ts';
import { readState } from '../../../src/rollout/state/tags.ts';
import { type Azure, type Inputs, leaks, startAzure } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';
import { IRIS_ON_BLUE } from '../../support/live-traffic.ts';

const FILES = { 'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n', 'request.json': '{"data": [1]}' };
const STEPS = 'steps: [10, 50]\nbake: 5m\nmax-bake: 10m\nfinal-bake: 5m\nerrors: {min-requests: 20}\n';
const SMOKE = `${STEPS}smoke: {request: request.json, compare: {}}\n`;
const MIRROR = `${STEPS}mirror: {percent: 20, bake: 5m}\n`;
const BLUE = { blue: 100 };

let azure: Azure;
let clock: JumpingClock;

beforeEach(async () => {
  clock = jumpingClock();
  azure = await startAzure({ seed: IRIS_ON_BLUE, now: clock.now });
});
afterEach(() => azure.close());

const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris')!;
const PUT = { method: 'PUT', path: '/onlineEndpoints/iris?' };

const live = (traffic: Record<string, number>, mirror: Record<string, number> = {}): string =>
  JSON.stringify([traffic, mirror]);

/** Every split that was written, live and mirrored. */
const written = () =>
  azure
    .requests()
    .filter(({ method, path, status }) => method === 'PUT' && path.includes('/onlineEndpoints/iris?') && status < 300)
    .map(({ body }) => (body as { properties: { traffic?: unknown; mirrorTraffic?: unknown } }).properties)
    .map(({ traffic, mirrorTraffic }) => JSON.stringify([traffic, mirrorTraffic ?? {}]));

/** A mirror that no YAML names. */
let otherMirror: Record<string, number> = {};

async function rollOut(policy: string, order: Omit<TrafficOrder, 'endpoint'>, more: Inputs = {}) {
  azure.traffic({ endpoint: 'iris', ...order });
  const result = await azure.run({ operation: 'rollout', endpoint: 'iris', policy, ...more }, { files: FILES, clock });
  const { properties, tags } = iris();
  const recorded = readState(tags);
  const { status, percent, lease } = recorded.kind === 'state' ? recorded.state : {};
  expect(leaks(azure, result)).toEqual([]);
  expect(tags['team']).toBe('flowers');
  expect(properties['mirrorTraffic'] ?? {}).toEqual(otherMirror);
  // Where it never began, it ended with an error.
  const answer = status === undefined ? '' : result.outcome().answer;
  const said = [...result.deps.report.texts(), answer].join('\n');
  const warnings = result.lines.filter(({ level }) => level === 'warning').map(({ text }) => text);
  return {
    exitCode: result.exitCode,
    traffic: properties['traffic'],
    state: { status, percent, lease },
    said,
    warnings,
  };
}

describe('before any live traffic moves', () => {
  test('a smoke test that fails ends it', async () => {
    const green = { answer: { status: 424, body: 'no such column' } };
    const { exitCode, traffic, state, said } = await rollOut(SMOKE, { rpm: 600, deployments: { green } });
    expect([exitCode, traffic, state]).toEqual([1, BLUE, { status: 'failed', percent: 0, lease: 0 }]);
    expect(said).toMatch(/smoke: .*green.*424/);
    expect(said).toContain('live traffic was not moved');
    expect(new Set(written())).toEqual(new Set([live(BLUE)]));
  });

  test('one that passes lets it go on, and its own requests are no evidence', async () => {
    const answer = { body: { score: 0.5 } };
    const deployments = { green: { answer }, blue: { answer } };
    const { exitCode, traffic, said } = await rollOut(SMOKE, { rpm: 600, deployments });
    expect([exitCode, traffic]).toEqual([0, { green: 100 }]);
    expect(said).toContain('smoke: green answered 5 of 5, 0 % of its values differ');
  });

  test('too many tags of its own are found out', async () => {
    const others = Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`tag${index}`, 'x']));
    const set = Object.entries(others).map(([name, value]) => `tags.${name}=${value}`);
    await azure.run(
      { operation: 'update', endpoint: 'iris', policy: 'none', set: set.join('\n') },
      { files: { 'endpoints/iris.yml': 'name: iris\n' }, clock },
    );
    const before = written().length;
    const { exitCode, traffic, said } = await rollOut(STEPS, { rpm: 600 });
    expect([exitCode, traffic, written().length]).toEqual([1, BLUE, before]);
    expect(said).toContain('endpoint iris would have 52 tags, of which Azure takes 50');
  });

  test('a mirror stage comes first, and is over before live traffic comes to the same deployment', async () => {
    const { exitCode, traffic } = await rollOut(MIRROR, { rpm: 600 });
    expect([exitCode, traffic]).toEqual([0, { green: 100 }]);
    const splits = written();
    expect(splits.filter((split, index) => split !== splits[index - 1])).toEqual([
      live(BLUE),
      live(BLUE, { green: 20 }),
      live(BLUE),
      live({ blue: 90, green: 10 }),
      live({ blue: 50, green: 50 }),
      live({ green: 100 }),
    ]);
  });

  test('a mirror that shows errors ends it, and is taken away', async () => {
    const { exitCode, traffic, state } = await rollOut(MIRROR, {
      rpm: 6_000,
      deployments: { green: { errorRate: 0.5 } },
    });
    expect([exitCode, traffic, state]).toEqual([1, BLUE, { status: 'failed', percent: 0, lease: 0 }]);
    expect(written().at(-1)).toBe(live(BLUE));
    expect(written()).not.toContain(live({ blue: 90, green: 10 }));
  });
});

describe('its ways out', () => {
  test.each<[string, number, unknown, string]>([
    ['pause', 0, { blue: 90, green: 10 }, 'paused'],
    ['rollback', 1, BLUE, 'rolled-back'],
    ['promote', 0, { green: 100 }, 'done'],
  ])('nobody calls and `on-no-data: %s`', async (word, code, split, status) => {
    const { exitCode, traffic, state } = await rollOut(`${STEPS}on-no-data: ${word}\n`, { rpm: 0 });
    expect([exitCode, traffic, state.status, state.lease]).toEqual([code, split, status, 0]);
  });

  test('`on-failure: hold` leaves traffic where it is for a person to decide', async () => {
    const order = { rpm: 600, deployments: { green: { errorRate: 0.3 } } };
    const { exitCode, traffic, state, said } = await rollOut(`${STEPS}on-failure: hold\n`, order);
    expect([exitCode, traffic]).toEqual([1, { blue: 90, green: 10 }]);
    expect(state).toEqual({ status: 'failed', percent: 10, lease: 0 });
    expect(said).toContain('held at 10 %');
  });

  test('`max-duration` pauses it before the platform ends it, and the next run goes on', async () => {
    const first = await rollOut(STEPS, { rpm: 600 }, { 'max-duration': '15m' });
    expect([first.exitCode, first.traffic]).toEqual([0, { blue: 90, green: 10 }]);
    expect(first.state).toEqual({ status: 'paused', percent: 10, lease: 0 });
    expect(first.said).toContain('`max-duration`');
    const second = await rollOut(STEPS, { rpm: 600 });
    expect([second.exitCode, second.traffic]).toEqual([0, { green: 100 }]);
  });

  test('a deployment that Azure loses in the midst brings it back', async () => {
    const lose = (): void => {
      if (JSON.stringify(iris().properties['traffic']) !== '{"blue":90,"green":10}') return;
      azure.fault({
        match: { method: 'GET', path: '/onlineEndpoints/iris/deployments?' },
        then: { status: 200, body: { value: ['blue', 'green'].map(stateOf) } },
      });
      clock.onSleep = () => {};
    };
    const stateOf = (name: string) => ({
      name,
      properties: { provisioningState: name === 'green' ? 'Failed' : 'Succeeded' },
    });
    clock.onSleep = lose;
    const { exitCode, traffic, said } = await rollOut(STEPS, { rpm: 600 });
    expect([exitCode, traffic]).toEqual([1, BLUE]);
    expect(said).toContain('rolled back at 10 %: deployment green is Failed');
  });
});

describe('a mirror that somebody else has set up', () => {
  const mirroring = (deployment: string) => ({
    workspaces: [
      {
        ...IRIS_ON_BLUE.workspaces[0]!,
        endpoints: [
          {
            ...IRIS_ON_BLUE.workspaces[0]!.endpoints[0]!,
            properties: { traffic: BLUE, mirrorTraffic: { [deployment]: 10 } },
            deployments: [{ name: 'blue' }, { name: 'green' }, { name: 'red' }],
          },
        ],
      },
    ],
  });
  const begin = async (deployment: string, left: Record<string, number>): Promise<void> => {
    await azure.close();
    azure = await startAzure({ seed: mirroring(deployment), now: clock.now });
    otherMirror = left;
  };
  afterEach(() => {
    otherMirror = {};
  });

  test('is carried to the end', async () => {
    await begin('red', { red: 10 });
    const { exitCode, traffic } = await rollOut(STEPS, { rpm: 600 });
    expect([exitCode, traffic]).toEqual([0, { green: 100 }]);
    expect(written().filter((each) => !each.endsWith(',{"red":10}]'))).toEqual([]);
  });

  test('is carried back', async () => {
    await begin('red', { red: 10 });
    const { exitCode, traffic } = await rollOut(STEPS, { rpm: 600, deployments: { green: { errorRate: 0.5 } } });
    expect([exitCode, traffic]).toEqual([1, BLUE]);
  });

  test('ends, and that is said, where its deployment gets live traffic', async () => {
    await begin('green', {});
    const { exitCode, said } = await rollOut(STEPS, { rpm: 600 });
    expect(exitCode).toBe(0);
    expect(said).toContain('iris: mirrored traffic (green=10) ends');
  });

  test('leaves no room for a mirror stage', async () => {
    await begin('red', { red: 10 });
    const { exitCode, traffic } = await rollOut(MIRROR, { rpm: 600 });
    expect([exitCode, traffic]).toEqual([2, BLUE]);
    expect(written()).toEqual([]);
  });
});

describe('weather of Azure', () => {
  test('a write that reads stale for a while is waited for, and not repeated', async () => {
    azure.fault({ match: PUT, times: 'always', then: { stale: 4 } });
    const { exitCode, traffic } = await rollOut(`${STEPS}latency: off\n`, { rpm: 600 });
    expect([exitCode, traffic]).toEqual([0, { green: 100 }]);
    // The lease, three splits and the end.
    expect(written()).toHaveLength(5);
  });

  test('a conflict is waited out', async () => {
    azure.fault({
      match: PUT,
      times: 2,
      then: { status: 409, body: { error: { code: 'Conflict', message: 'busy' } } },
    });
    const { exitCode, traffic } = await rollOut(STEPS, { rpm: 600 });
    expect([exitCode, traffic]).toEqual([0, { green: 100 }]);
  });

  test('metrics that are silent for four minutes are no verdict, for ever a pause', async () => {
    const silent = {
      match: { path: '/providers/Microsoft.Insights/metrics' },
      times: 'always',
      then: { status: 503 },
    } as const;
    afterTheFirstStep(() => azure.fault(silent));
    const { exitCode, traffic, state, said, warnings } = await rollOut(STEPS, { rpm: 600 });
    expect([exitCode, traffic, state.status]).toEqual([0, { blue: 90, green: 10 }, 'paused']);
    expect(said.match(/^iris: Azure Monitor does not answer: /gm)).toHaveLength(5);
    expect(warnings).toEqual([
      expect.stringMatching(/^iris: paused at 10 %: Azure Monitor does not answer: .*Run `rollout`/),
    ]);
  });

  test('metrics that may not be read keep a rollout from beginning', async () => {
    azure.fault({ match: { path: 'Microsoft.Insights/metrics' }, times: 'always', then: { deny: true } });
    const { exitCode, traffic, said } = await rollOut(STEPS, { rpm: 600 });
    expect([exitCode, traffic]).toEqual([1, BLUE]);
    expect(said).toContain('has not begun: the signed-in identity may not read the metrics of iris');
    expect(said).toContain('Monitoring Reader');
    expect(written()).toEqual([]);
  });

  test.each(['/onlineEndpoints/iris?', '/onlineEndpoints/iris/deployments?'])(
    'readings of %s that fail for minutes are no verdict either',
    async (path) => {
      afterTheFirstStep(() => azure.fault({ match: { method: 'GET', path }, times: 20, then: { status: 503 } }));
      const { exitCode, traffic, said } = await rollOut(STEPS, { rpm: 600 });
      expect([exitCode, traffic]).toEqual([0, { green: 100 }]);
      expect(said).toContain('Azure does not show the endpoint: ');
    },
  );
});

/** Calls once when ten percent are live and watched. */
function afterTheFirstStep(then: () => void): void {
  clock.onSleep = (milliseconds) => {
    if (milliseconds < 50_000 || JSON.stringify(iris().properties['traffic']) !== '{"blue":90,"green":10}') return;
    clock.onSleep = () => {};
    then();
  };
}
