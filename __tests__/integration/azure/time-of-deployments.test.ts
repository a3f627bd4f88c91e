import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Azure, startAzure, writes } from '../../support/azure.ts';
import { type JumpingClock, jumpingClock } from '../../support/fake-deps.ts';

const NAMES = ['blue', 'green', 'red'];
const deployment = (name: string) =>
  `name: ${name}\nenvironment: {image: python}\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n`;
const FILES = {
  'endpoints/iris.yml': 'name: iris\ntraffic: {blue: 100}\n',
  ...Object.fromEntries(NAMES.map((name) => [`endpoints/iris/deployments/${name}.yml`, deployment(name)])),
};
/** Azure takes a minute for each write; two of them are more than there is time for. */
const IN_TURN = { endpoint: 'iris', 'max-concurrency': '1', timeout: '90s' } as const;

let azure: Azure;
let clock: JumpingClock;
beforeEach(async () => {
  clock = jumpingClock();
  const seed = { workspaces: [{ name: 'ws-emulator', endpoints: [] }] };
  azure = await startAzure({ seed, now: clock.now, operationTime: 60_000 });
});
afterEach(() => azure.close());

const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris');

describe('the time of a deployment', () => {
  test('begins when its turn comes, and that of the traffic after the last of them', async () => {
    const { exitCode } = await azure.run({ operation: 'apply', ...IN_TURN }, { files: FILES, clock });
    expect(exitCode).toBe(0);
    expect(
      iris()
        ?.deployments.map(({ name }) => name)
        .sort(),
    ).toEqual(NAMES);
    expect(iris()?.properties['traffic']).toEqual({ blue: 100 });
  });

  test('that takes too long is up for it alone', async () => {
    await azure.run(
      { operation: 'create', endpoint: 'iris' },
      { files: { 'endpoints/iris.yml': 'name: iris\n' }, clock },
    );
    azure.fault({ match: { method: 'PUT', path: '/deployments/blue' }, then: { operation: { takes: 600_000 } } });
    const result = await azure.run({ operation: 'deploy', ...IN_TURN }, { files: FILES, clock });
    expect(result.exitCode).toBe(1);
    const errors = result.lines.filter(({ level }) => level === 'error').map(({ text }) => text);
    // Its own requests take some of the 90 seconds.
    expect(errors).toEqual([
      expect.stringMatching(/deployment blue of endpoint iris: timed out after 1 min (29|30) s/),
    ]);
    expect(
      writes(result.requests).filter((request) => request.startsWith('PUT') && request.includes('deployments')),
    ).toEqual(NAMES.map((name) => `PUT onlineEndpoints/iris/deployments/${name} 201`));
  });
});
