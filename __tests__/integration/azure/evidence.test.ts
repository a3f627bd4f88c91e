import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../emulator/http.ts';
import type { TrafficOrder } from '../../../emulator/traffic/order.ts';
import type { Workspace } from '../../../src/azure/connect.ts';
import { needEndpoint } from '../../../src/azure/endpoints.ts';
import { readMinutes, recentLoad } from '../../../src/azure/metrics/read.ts';
import { inputReader } from '../../../src/config/read.ts';
import { readTarget } from '../../../src/config/target.ts';
import type { Failure } from '../../../src/failure.ts';
import type { SmokeSides } from '../../../src/operations/traffic/smoke-test.ts';
import { MINUTE } from '../../../src/duration.ts';
import type { Smoke } from '../../../src/rollout/model.ts';
import { type Azure, startAzure } from '../../support/azure.ts';
import { type FakeDeps, fakeDeps } from '../../support/fake-deps.ts';

const CODES = ['408', '424', '429', '5xx'];
const SMOKE: Smoke = {
  request: 'sample.json',
  count: 3,
  warmUp: 2,
  expectStatus: 200,
  maxTime: 5_000,
  expect: { '/score': 0.5 },
  compare: { tolerance: 1e-6, maxDifference: 0.1 },
};

/** An emulator whose clock stands until a test moves it, and a workspace of it. Both see the same time. */
interface Scene {
  readonly azure: Azure;
  readonly deps: FakeDeps;
  readonly workspace: Workspace;
}

let scene: Scene;

async function setUp(seed: object = {}, deployment: JsonObject = {}): Promise<Scene> {
  const files = { 'sample.json': '{"data": [[1, 2]]}' };
  const deps = fakeDeps({ files });
  // No minute ends while a test runs.
  deps.clock.advance(MINUTE - (deps.clock.now() % MINUTE) + 10_000);
  const iris = {
    name: 'iris',
    properties: { authMode: 'Key', traffic: { blue: 100 }, ...seed },
    deployments: [
      { name: 'blue', properties: deployment },
      { name: 'green', properties: deployment },
    ],
  };
  const scoringRoute = { path: '/v1/models/iris:predict', port: 8501 };
  const environments = [{ name: 'tfserving', properties: { inferenceConfig: { scoringRoute } } }];
  const azure = await startAzure({
    now: () => deps.clock.now(),
    staleReads: 0,
    seed: { workspaces: [{ name: 'ws-emulator', environments, endpoints: [iris] }] },
  });
  // Not before: jest cannot link the ARM client beside what it shares with other clients.
  const { connect } = await import('../../../src/azure/connect.ts');
  const target = readTarget(
    inputReader(() => '', azure.env),
    azure.env,
  );
  const signedIn = { ...deps, env: azure.env };
  const workspace = await connect(target, signedIn, { signal: deps.signal, deadline: deps.clock.now() + 1e9 });
  return { azure, deps: signedIn, workspace };
}

beforeEach(async () => {
  scene = await setUp();
});

afterEach(() => scene.azure.close());

function load(order: Partial<TrafficOrder>): void {
  scene.azure.traffic({ endpoint: 'iris', rpm: 600, seed: 'evidence', ...order });
}

/** Puts green on ten percent. */
async function shift(): Promise<number> {
  const live = await needEndpoint(scene.workspace, 'iris');
  const properties = { ...(live['properties'] as object), traffic: { blue: 90, green: 10 } };
  await scene.workspace.send({
    method: 'PUT',
    path: '/onlineEndpoints/iris',
    body: { ...live, properties },
    repeat: 'never',
  });
  scene.deps.clock.advance(1_000);
  await needEndpoint(scene.workspace, 'iris');
  return scene.deps.clock.now();
}

function read(since: number) {
  const sides = { canary: ['green'], base: ['blue'] };
  const now = scene.deps.clock.now();
  return readMinutes(scene.workspace, { endpoint: 'iris', sides, since, now, codes: CODES });
}

function sums(minutes: Awaited<ReturnType<typeof read>>) {
  const total = (pick: (minute: (typeof minutes)[number]) => number): number =>
    minutes.reduce((all, minute) => all + pick(minute), 0);
  return {
    minutes: minutes.length,
    all: total(({ canary, base }) => canary.requests + base.requests),
    canary: total(({ canary }) => canary.requests),
    errors: total(({ canary }) => canary.errors),
    baseErrors: total(({ base }) => base.errors),
  };
}

describe('the evidence of a rollout', () => {
  test('is what the emulated clients met, from the minute after the shift to three minutes ago', async () => {
    load({
      deployments: {
        green: { errorRate: 0.2, latencyMs: { p50: 80 } },
        blue: { errorRate: 0.5, statusCode: 400, latencyMs: { p50: 40 } },
      },
    });
    const since = await shift();
    scene.deps.clock.advance(14 * MINUTE);
    const minutes = await read(since);
    const { all, canary, errors, baseErrors } = sums(minutes);
    expect([minutes.length, all, baseErrors]).toEqual([10, 6_000, 0]);
    expect(Math.abs(canary - 600)).toBeLessThan(120);
    expect(Math.abs(errors / canary - 0.2)).toBeLessThan(0.08);
    for (const { canary: green, base: blue } of minutes) {
      expect((green.latency.p50 ?? 0) / (blue.latency.p50 ?? 1)).toBeGreaterThan(1.4);
    }
    expect(minutes[0]?.time).toBe(Math.floor(since / MINUTE) * MINUTE + MINUTE);
  });

  test('grows when data comes late', async () => {
    load({ lag: 8 });
    const since = await shift();
    scene.deps.clock.advance(10 * MINUTE);
    const early = sums(await read(since));
    scene.deps.clock.advance(8 * MINUTE);
    const late = await read(since);
    expect(early.all).toBeLessThan(early.minutes * 600);
    expect(sums(late.slice(0, 6)).all).toBe(3_600);
  });

  test('is nothing while nobody calls', async () => {
    const since = await shift();
    scene.deps.clock.advance(30 * MINUTE);
    expect(await read(since)).toEqual([]);
  });

  test('survives the weather, and is given up after half a minute', async () => {
    load({});
    const since = await shift();
    scene.deps.clock.advance(9 * MINUTE);
    const match = { path: 'Microsoft.Insights/metrics' };
    scene.azure.fault({ match, times: 2, then: { status: 503 } }, { match, then: { garbage: 'html' } });
    expect(sums(await read(since)).all).toBe(3_000);
    scene.azure.fault({ match, times: 'always', then: { status: 503 } });
    const before = scene.deps.clock.now();
    await expect(read(since)).rejects.toMatchObject({ status: 503 });
    expect(scene.deps.clock.now() - before).toBeLessThan(100_000);
  });

  test('names the role that lacks', async () => {
    const since = await shift();
    scene.deps.clock.advance(9 * MINUTE);
    scene.azure.fault({ match: { operation: 'metrics/read' }, times: 'always', then: { deny: true } });
    const error = (await read(since).catch((reason: unknown) => reason)) as Failure;
    expect(error.message).toContain('the signed-in identity may not read the metrics of iris');
    expect(error.details.nextStep).toMatch(/^Grant it the role "Monitoring Reader" on \/subscriptions\/.*\/iris, then/);
  });

  test('tells the load of the last hour', async () => {
    load({ rpm: 30, deployments: { blue: { errorRate: 0.1 } } });
    scene.deps.clock.advance(2 * MINUTE);
    const now = scene.deps.clock.now();
    const found = await recentLoad(scene.workspace, 'iris', ['blue', 'green'], now, CODES);
    expect(found.requestsPerMinute).toBe(30);
    expect(Math.abs((found.errorRate ?? 0) - 0.1)).toBeLessThan(0.03);
  });
});

describe('the smoke test', () => {
  const sides = { canary: ['green'], base: 'blue' };

  async function smoke(changes: Partial<Smoke> = {}, to: SmokeSides = sides) {
    const { smokeTest } = await import('../../../src/operations/traffic/smoke-test.ts');
    const live = await needEndpoint(scene.workspace, 'iris');
    const { deps, workspace } = scene;
    return smokeTest(workspace, live, to, { ...SMOKE, ...changes }, { files: deps.files, time: deps.clock.now });
  }

  function answering(green: unknown, blue: unknown = { score: 0.5 }): void {
    load({ rpm: 0, deployments: { green: { answer: { body: green } }, blue: { answer: { body: blue } } } });
  }

  function calls(): string[] {
    return scene.azure.requests().flatMap(({ path, status }) => (path.endsWith('/score') ? [String(status)] : []));
  }

  test('asks both deployments as often, and takes equal answers', async () => {
    answering({ score: 0.5000001 });
    const result = await smoke({ expect: {} });
    expect([result.passed, result.reason, calls().length]).toEqual([
      true,
      'smoke: green answered 3 of 3, 0 % of its values differ',
      10,
    ]);
    const counted = (name: string): number => result.probes.filter(({ deployment }) => deployment === name).length;
    expect([counted('green'), counted('blue')]).toEqual([5, 5]);
  });

  test('leaves no trace in the evidence', async () => {
    load({ rpm: 0 });
    const { probes } = await smoke({ expect: {} });
    const since = scene.deps.clock.now() - 5 * MINUTE;
    scene.deps.clock.advance(9 * MINUTE);
    const wanted = { endpoint: 'iris', sides: { canary: ['green'], base: ['blue'] }, since, codes: CODES };
    const now = scene.deps.clock.now();
    expect(sums(await readMinutes(scene.workspace, { ...wanted, now })).all).toBe(10);
    expect(await readMinutes(scene.workspace, { ...wanted, now, probes })).toEqual([]);
  });

  test('fails on other predictions, naming the place', async () => {
    answering({ score: 0.9, model: 'x' }, { score: 0.5 });
    const result = await smoke({ expect: {} });
    expect(result.reason).toBe(
      'smoke: green: 100 % of its values differ from those of blue, more than 10 % (/model: a string, nothing before)',
    );
  });

  test('fails when the model fails, and sends nothing twice', async () => {
    load({ rpm: 0, deployments: { green: { answer: { status: 424, body: 'boom' } } } });
    const result = await smoke({ expect: {} });
    expect(result.reason).toMatch(/^smoke: green: the endpoint answered 424, not 200: "?boom"?$/);
    expect(calls()).toHaveLength(10);
  });

  test('discards what warms up', async () => {
    answering({ score: 0.5 });
    scene.azure.fault({ match: { path: '/score' }, times: 4, then: { status: 503 } });
    expect((await smoke()).passed).toBe(true);
  });

  test('fails when there is no answer in time', async () => {
    answering({ score: 0.5 });
    scene.azure.fault({ match: { path: '/score' }, after: 4, then: { hang: true } });
    expect((await smoke({ maxTime: 1_000 })).reason).toMatch(/^smoke: green: gave no answer within 1000 ms/);
  });

  test('makes a broken connection again', async () => {
    answering({ score: 0.5 });
    scene.azure.fault({ match: { path: '/score' }, after: 5, times: 2, then: { reset: true } });
    expect((await smoke()).passed).toBe(true);
  });

  test('compares texts and bytes', async () => {
    const answer = (body: string, contentType: string) => ({ answer: { body, contentType } });
    load({ deployments: { green: answer('setosa', 'text/plain'), blue: answer('virginica', 'text/plain') } });
    expect((await smoke({ expect: {} })).reason).toContain('(the answer: "setosa", "virginica" before)');
    load({ deployments: { green: answer('a\0', 'image/png'), blue: answer('a\0', 'image/png') } });
    expect((await smoke({ expect: {} })).passed).toBe(true);
  });

  test('needs no old deployment', async () => {
    answering({ score: 0.5 });
    const result = await smoke({}, { canary: ['green'], base: undefined });
    expect([result.reason, calls().length]).toEqual(['smoke: green answered 3 of 3', 5]);
  });

  test('asks both deployments at the path of their custom containers', async () => {
    await scene.azure.close();
    scene = await setUp({}, { environmentId: 'azureml:tfserving:1' });
    answering({ score: 0.5 });
    const { passed, reason } = await smoke({ path: '/v1/models/iris:predict?verbose=true' });
    expect([passed, reason]).toEqual([true, 'smoke: green answered 3 of 3, 0 % of its values differ']);
    const called = scene.azure.requests().filter(({ path }) => path.includes('.inference/'));
    expect(called).toHaveLength(10);
    expect(new Set(called.map(({ path }) => path))).toEqual(
      new Set(['/iris.westeurope.inference/v1/models/iris:predict?verbose=true']),
    );
  });

  test('fails at a path that the container does not serve', async () => {
    answering({ score: 0.5 });
    expect((await smoke({ path: '/v1/models/rose:predict' })).reason).toMatch(
      /^smoke: green: the endpoint answered 424, not 200: Not Found: [^]*serves nothing at \/v1\/models\/rose:predict/,
    );
  });

  test('sends no key where the scoring URL has no place for a path', async () => {
    const live = await needEndpoint(scene.workspace, 'iris');
    const elsewhere = { ...live, properties: { ...(live['properties'] as object), scoringUri: 'https://x.example/' } };
    const { smokeTest } = await import('../../../src/operations/traffic/smoke-test.ts');
    const { deps, workspace } = scene;
    const options = { files: deps.files, time: deps.clock.now };
    await expect(smokeTest(workspace, elsewhere, sides, { ...SMOKE, path: '/predict' }, options)).rejects.toThrow(
      'the scoring URL https://x.example/ does not end in /score',
    );
    expect(scene.azure.requests().filter(({ path }) => path.includes('listKeys'))).toEqual([]);
  });

  test('says what to do about a request file that is not there', async () => {
    await expect(smoke({ request: 'gone.json' })).rejects.toThrow('smoke.request: gone.json cannot be read (ENOENT)');
  });

  test('shows no secret, not even one that the model gives back', async () => {
    const { secrets } = scene.azure.state();
    answering({ token: secrets.join(' ') });
    const result = await smoke({ expect: { '/token': 'x' } });
    const shown = JSON.stringify([result, scene.deps.report.lines]);
    expect(scene.deps.report.masked.filter((secret) => secret && shown.includes(secret))).toEqual([]);
  });

  test('tells a private endpoint from a broken one', async () => {
    await scene.azure.close();
    scene = await setUp({ publicNetworkAccess: 'Disabled' });
    scene.azure.fault({ match: { path: '/score' }, times: 'always', then: { reset: true } });
    const error = (await smoke().catch((reason: unknown) => reason)) as Failure;
    expect(error.message).toMatch(/^smoke: the scoring URL of iris cannot be reached: POST scoring URL/);
    expect(error.details.nextStep).toBe(
      'The endpoint has no public network access: run this job in its network, or leave `smoke` out of the policy.',
    );
    scene.azure.reset();
    scene.azure.fault({ match: { path: '/score' }, times: 'always', then: { status: 403 } });
    await expect(smoke()).rejects.toThrow('cannot be reached');
  });
});
