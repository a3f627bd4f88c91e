import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { outputsOf } from '../../../src/report/outputs.ts';
import { summaryMarkdown } from '../../../src/report/summary.ts';
import { type Azure, startAzure, until } from '../../support/azure.ts';

let azure: Azure;
beforeEach(async () => {
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [] }] } });
});
afterEach(() => azure.close());

const APPLY = { operation: 'apply', endpoint: 'iris' } as const;
const deployment = (name: string) =>
  `name: ${name}\nenvironment: {image: python}\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n`;

function filesOf(...names: readonly string[]): Record<string, string> {
  const files = names.map((name) => [`endpoints/iris/deployments/${name}.yml`, deployment(name)]);
  return { 'endpoints/iris.yml': 'name: iris\ntraffic: {blue: 100}\n', ...Object.fromEntries(files) };
}

const REFUSAL = { status: 400, body: { error: { code: 'BadRequest', message: 'No thanks.' } } };

describe('an apply that fails after it has written deployments', () => {
  test('tells what was done when its traffic cannot be moved', async () => {
    // The first one makes the endpoint.
    azure.fault({ match: { method: 'PUT', path: '/onlineEndpoints/iris?' }, after: 1, then: REFUSAL });
    const result = await azure.run(APPLY, { files: filesOf('blue') });
    expect(result.exitCode).toBe(1);
    expect(result.outcome().answer).toBe('iris: created\niris/blue: created');
    expect(outputsOf(result.outcome(), 'iris')).toMatchObject({
      changed: 'true',
      status: 'failed',
      traffic: '{}',
      'failure-reason': 'endpoint iris: No thanks. (BadRequest)',
    });
    expect(summaryMarkdown('apply', result.outcome())).toMatch(/❌ endpoint iris: No thanks[^]*\| blue \| Succeeded/);
  });

  test('goes on pruning after one that cannot be deleted, and tells of both', async () => {
    await azure.run(APPLY, { files: filesOf('blue', 'green', 'red') });
    azure.fault({ match: { method: 'DELETE', path: '/deployments/green' }, then: REFUSAL });
    const result = await azure.run({ ...APPLY, prune: 'true' }, { files: filesOf('blue', 'white') });
    expect(result.exitCode).toBe(1);
    expect(result.outcome().answer).toBe(
      'iris: no change\niris/blue: no change\niris/white: created\niris/red: deleted',
    );
    expect(outputsOf(result.outcome(), 'iris')).toMatchObject({ changed: 'true', status: 'failed' });
    expect(
      azure
        .state()
        .endpoints[0]?.deployments.map(({ name }) => name)
        .toSorted(),
    ).toEqual(['blue', 'green', 'white']);
  });
});

test('a cancelled run names its endpoint once, however many deployments are under way', async () => {
  azure.fault({
    match: { method: 'PUT', path: '/deployments/' },
    times: 'always',
    then: { operation: { never: true } },
  });
  const { deps, result } = azure.start(APPLY, { files: filesOf('blue', 'green') });
  await until(() => deps.journal.open().length === 2);
  deps.cancel();
  const { exitCode, lines } = await result;
  expect(exitCode).toBe(130);
  expect(lines.at(-1)?.text).toContain('Run `show` for iris to see the result');
});
