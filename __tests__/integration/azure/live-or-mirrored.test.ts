import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Azure, IRIS, type Result, startAzure, writes } from '../../support/azure.ts';
import { jumpingClock } from '../../support/fake-deps.ts';

const clock = jumpingClock();
const ROSE = { ...IRIS, name: 'rose', properties: { traffic: { blue: 90, green: 10 } } };
let azure: Azure;
beforeAll(async () => {
  const seed = { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS, ROSE] }] };
  azure = await startAzure({ seed, now: clock.now });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const MOVED = { 'endpoints/iris.yml': 'name: iris\ntraffic:\n  blue: 90\n  green: 10\n' };
const DEPLOYMENT = { 'endpoints/iris/deployments/blue.yml': 'name: blue\ninstance_type: Standard_DS3_v2\n' };
const properties = () => azure.state().endpoints.find(({ name }) => name === 'iris')?.properties;

function expectRefusal(result: Result, file: string, line: number, message: string): void {
  expect(result.exitCode).toBe(2);
  expect(writes(result.requests)).toEqual([]);
  const [error, ...others] = result.lines.filter(({ level }) => level === 'error');
  expect(error).toMatchObject({ at: { file, line, column: 3 }, text: expect.stringContaining(message) });
  expect(others).toEqual([]);
}

describe('a deployment has live or mirrored traffic', () => {
  test.each([
    ['plan', MOVED],
    ['plan', { ...MOVED, ...DEPLOYMENT }],
    ['update', MOVED],
    ['apply', MOVED],
    ['apply', { ...MOVED, ...DEPLOYMENT }],
  ] as const)('%s refuses live traffic for one that still mirrors', async (operation, files) => {
    const message =
      'traffic names deployment green, which still mirrors (10 %); a deployment has one or the other: ' +
      'write mirror_traffic: {} to end that';
    const result = await azure.run({ operation, endpoint: 'iris' }, { files, clock });
    expectRefusal(result, 'endpoints/iris.yml', 4, message);
  });

  test.each(['plan', 'update', 'apply'] as const)(
    '%s refuses a mirror for one with live traffic',
    async (operation) => {
      const files = { 'endpoints/rose.yml': 'name: rose\nmirror_traffic:\n  green: 5\n' };
      const message =
        'mirror_traffic names deployment green, which has live traffic (10 %); a deployment has one or the other: ' +
        'write traffic without it';
      const result = await azure.run({ operation, endpoint: 'rose' }, { files, clock });
      expectRefusal(result, 'endpoints/rose.yml', 3, message);
    },
  );

  test.each([{}, DEPLOYMENT])('a rollout ends the mirror by itself, and the plan says so (%j)', async (deployments) => {
    azure.traffic({ endpoint: 'iris', rpm: 600 });
    const files = { ...MOVED, ...deployments };
    const inputs = { endpoint: 'iris', policy: 'fast' } as const;
    const planned = await azure.run({ operation: 'plan', ...inputs }, { files, clock });
    expect(planned.exitCode).toBe(0);
    expect(planned.outcome().answer).toMatch(/- mirror_traffic\.green +10/);
    expect((await azure.run({ operation: 'apply', ...inputs }, { files, clock })).exitCode).toBe(0);
    expect(properties()).toMatchObject({ traffic: { blue: 90, green: 10 }, mirrorTraffic: {} });
  });
});
