import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Azure, type Inputs, startAzure, writes } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';

const both = {
  properties: { traffic: { blue: 100 } },
  deployments: [{ name: 'blue', sku: { name: 'Default', capacity: 3 } }, { name: 'green' }],
};
const SEED = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [
        { name: 'iris', ...both },
        { name: 'rose', ...both },
      ],
    },
  ],
};
const FILES = { 'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\n' };
const GITHUB = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/r', GITHUB_SHA: 'c0ffee1234' };
const MINUTE = 60_000;

let azure: Azure;
let clock: JumpingClock;

beforeEach(async () => {
  clock = jumpingClock();
  azure = await startAzure({ seed: SEED, now: clock.now });
  azure.traffic({ endpoint: 'iris', rpm: 600 });
});
afterEach(() => azure.close());

const run = (operation: string, more: Inputs = {}, holder = '17.1.abcdef') =>
  azure.run({ operation, endpoint: 'iris', policy: 'fast', ...more }, { files: FILES, clock, holder, env: GITHUB });

/** The lines of a plan about traffic, and what the summary has of them. */
async function plan(more: Inputs = {}, holder?: string) {
  const result = await run('plan', more, holder);
  expect(result.exitCode).toBe(0);
  expect(writes(result.requests)).toEqual([]);
  const { answer = '', sections = [] } = result.outcome();
  const lines = answer.split('\n').map((line) => line.trim());
  const title = lines.find((line) => line.startsWith('iris: ') && !line.includes('will be'));
  const weights = lines.flatMap((line) => /^\+\d+:\d\d +(\d+ %)/.exec(line)?.[1] ?? []);
  return { title, weights, lines, summary: sections.map(({ markdown }) => markdown).join('\n') };
}

describe('plan tells of the rollout', () => {
  test('from the beginning: the steps, what they would notice at the load there is, and what speaks against them', async () => {
    // An hour of requests, and the minutes until they are settled.
    await clock.sleep(70 * MINUTE, new AbortController().signal);
    const { title, weights, lines, summary } = await plan();
    expect(title).toBe('iris: traffic moves blue=100 → green=100 by fast');
    expect(weights).toEqual(['10 %', '50 %', '100 %']);
    const notices = lines.find((line) => line.includes('it would detect, in 9 of 10 rollouts'));
    expect(Number(/^at (\d+) requests a minute/.exec(notices ?? '')?.[1])).toBeGreaterThan(400);
    expect(lines).toContain('warning: green has 1 instance where blue had 3, and takes 100 % of the traffic');
    expect(summary).toContain('| deployment | now | target |');
    expect(summary).toContain('| 10 % | blue=90 green=10 |');
  });

  test('that has paused: what is left of it', async () => {
    expect((await run('rollout', { until: '10' })).exitCode).toBe(0);
    const { title, weights } = await plan();
    expect(title).toBe('iris: traffic moves blue=100 → green=100 by fast; resuming at 10 %');
    expect(weights).toEqual(['10 %', '50 %', '100 %']);
    const beyond = await plan({ policy: '{preset: fast, steps: [5, 10, 50]}' });
    expect(beyond.title).toContain('; resuming at 10 %, with a changed policy');
    expect(beyond.weights).toEqual(['10 %', '50 %', '100 %']);
  });

  test('that somebody else runs: who, and until when', async () => {
    const running = azure.start(
      { operation: 'rollout', endpoint: 'iris', policy: 'fast' },
      { files: FILES, clock, holder: '17.1.abcdef', env: GITHUB },
    );
    clock.onSleep = () => {
      if (JSON.stringify(azure.state().endpoints[0]?.properties['traffic']) === '{"blue":90,"green":10}')
        running.deps.cancel();
    };
    await running.result;
    clock.onSleep = () => {};
    const { title, weights, summary } = await plan({}, '18.1.fedcba');
    expect(title).toContain('https://github.com/o/r/actions/runs/17');
    expect(title).toMatch(/holds the lock until \d\d:\d\d UTC\. Wait for it, or stop it/);
    expect(weights).toEqual([]);
    expect(summary).toContain('holds the lock until');
  });

  test('that came back: the same commit is not tried again', async () => {
    azure.traffic({ endpoint: 'iris', rpm: 600, deployments: { green: { errorRate: 0.3 } } });
    expect((await run('rollout')).exitCode).toBe(1);
    const again = await azure.run(
      { operation: 'plan', endpoint: 'iris', policy: 'fast' },
      { files: FILES, clock, holder: '18.1.fedcba', env: { ...GITHUB, GITHUB_ACTIONS: 'true' } },
    );
    expect(again.outcome().answer).toMatch(
      /iris: the rollout to green=100 of commit c0ffee1 was rolled back .* will not be retried automatically/,
    );
  });

  test('that there is none: without a policy traffic moves at once', async () => {
    const { title, weights, summary } = await plan({ policy: 'none' });
    expect(title).toBe('iris: traffic moves at once, blue=100 → green=100: it has no rollout policy');
    expect(weights).toEqual([]);
    expect(summary).toContain('traffic moves at once');
  });
});

test.each(['none', 'fast', '{preset: fast, mirror: {percent: 20}}'])(
  'values of placeholders are in no line and no table of a plan with policy %s',
  async (policy) => {
    const yaml = 'name: iris\ntraffic: {"{{OLD}}": "{{LEFT}}", "{{NEW}}": "{{SHARE}}"}\n'
      .replaceAll('"{{LEFT}}"', '${{ env.LEFT }}')
      .replaceAll('"{{SHARE}}"', '${{ env.SHARE }}');
    const env = { ...GITHUB, OLD: 'blue', NEW: 'green', LEFT: '36', SHARE: '64' };
    const options = { files: { 'endpoints/iris.yml': yaml }, clock, env };
    const { outcome, lines } = await azure.run({ operation: 'plan', endpoint: 'iris', policy }, options);
    const { answer, sections = [], endpoints } = outcome();
    const shown = [
      answer,
      ...sections.map(({ markdown }) => markdown),
      endpoints[0]?.trafficWords,
      ...lines.map(({ text }) => text),
    ].join('\n');
    expect(shown).toContain('{{OLD}}=${{ env.LEFT }} {{NEW}}=${{ env.SHARE }}');
    expect(shown).not.toMatch(/blue|green|\b(36|64)\b/);
  },
);

test('what Azure would refuse of one endpoint hides no other', async () => {
  const files = {
    ...{ 'endpoints/rose.yml': 'name: rose\ntraffic: {green: 100}\n' },
    'endpoints/iris.yml': 'name: iris\ntraffic: {green: 100}\nmirror_traffic: {blue: 10}\n',
  };
  const inputs = { operation: 'plan', endpoint: '*', policy: '{preset: fast, mirror: {percent: 20}}' };
  const result = await azure.run(inputs, { files, clock, env: GITHUB });
  expect(result.exitCode).toBe(2);
  const { answer } = result.outcome();
  expect(answer).toContain('rose: traffic moves blue=100 → green=100 by fast, with input policy');
  expect(answer).not.toContain('iris: traffic moves');
});
