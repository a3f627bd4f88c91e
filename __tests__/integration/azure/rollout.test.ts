import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { summaryMarkdown } from '../../../src/report/summary.ts';
import { type Azure, type Inputs, leaks, startAzure, writes } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';
import { IRIS_ON_BLUE } from '../../support/live-traffic.ts';

const FILES = { 'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n' };
const POLICY = 'steps: [10, 50]\nbake: 5m\nmax-bake: 10m\nfinal-bake: 5m\nerrors: {min-requests: 20}\n';
const ROLLOUT: Inputs = { operation: 'rollout', endpoint: 'iris', policy: POLICY };

let azure: Azure;
let clock: JumpingClock;

beforeEach(async () => {
  // Azure and the action go by one clock, on which an hour passes in no time.
  clock = jumpingClock();
  azure = await startAzure({ seed: IRIS_ON_BLUE, now: clock.now });
});

afterEach(() => azure.close());

const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris');
const traffic = () => iris()?.properties['traffic'];

describe('rollout', () => {
  test('moves traffic step by step when all is well', async () => {
    azure.traffic({ endpoint: 'iris', rpm: 600, deployments: {} });
    const result = await azure.run(ROLLOUT, { files: FILES, clock });
    expect(result.exitCode).toBe(0);
    expect(traffic()).toEqual({ green: 100 });
    expect(result.outcome().endpoints).toMatchObject([{ status: 'succeeded', changed: true }]);
    expect(leaks(azure, result)).toEqual([]);
    expect(writes(result.requests).length).toBeGreaterThan(3);
  });

  test('comes back by itself when the new side fails', async () => {
    azure.traffic({ endpoint: 'iris', rpm: 600, deployments: { green: { errorRate: 0.3 } } });
    const result = await azure.run(ROLLOUT, { files: FILES, clock });
    expect(result.exitCode).toBe(1);
    expect(traffic()).toEqual({ blue: 100 });
    expect(result.outcome().endpoints).toMatchObject([{ status: 'rolled-back' }]);
  });

  test('of faulty policies tells the faults, and not that there are none', async () => {
    const files = {
      ...FILES,
      'endpoints/iris/rollout.yml': 'preset: stanard\n',
      'endpoints/rose.yml': 'name: rose\ntraffic: {green: 100}\n',
    };
    const result = await azure.run({ operation: 'rollout', endpoint: '*' }, { files, clock });
    expect(result.exitCode).toBe(2);
    const errors = result.lines.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([
      { at: { file: 'endpoints/iris/rollout.yml', line: 1 }, text: expect.stringContaining('stanard') },
      { text: expect.stringContaining('endpoint rose has no rollout policy; write endpoints/rose/rollout.yml') },
    ]);
  });

  test('tells no update that was taken back', async () => {
    azure.traffic({ endpoint: 'iris', rpm: 600, deployments: { green: { errorRate: 0.3 } } });
    const files = { 'endpoints/iris.yml': `${FILES['endpoints/iris.yml']}tags: {owner: ml}\n` };
    const result = await azure.run({ ...ROLLOUT, operation: 'apply' }, { files, clock });
    expect(traffic()).toEqual({ blue: 100 });
    const summary = summaryMarkdown('apply', result.outcome());
    expect(summary).toContain('| add | tags.owner | ml |');
    expect(summary).not.toMatch(/traffic\.green/);
  });
});

describe('a rollout that is cancelled on a terminal', () => {
  test.each([
    ['is refused', () => azure.fault({ match: { path: 'onlineEndpoints/iris?' }, then: { 'expire-token': true } })],
    ['has run out', () => clock.advance(3_600_000)],
  ])('restores its traffic though its token %s', async (_, trouble) => {
    const secondWind = () => new AbortController().signal;
    const { deps, result } = azure.start(ROLLOUT, { files: FILES, clock, secondWind });
    clock.onSleep = () => {
      if (deps.signal.aborted || JSON.stringify(traffic()) !== '{"blue":90,"green":10}') return;
      deps.cancel();
      trouble();
    };
    expect((await result).exitCode).toBe(130);
    expect(traffic()).toEqual({ blue: 100 });
    expect(deps.journal.open()).toEqual([]);
  });
});
