import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IRIS, type Azure, type Inputs, leaks, startAzure } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  const other = { ...IRIS, name: 'rose' };
  azure = await startAzure({
    latency: 2,
    operationTime: 25,
    seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS, other] }] },
  });
});
afterAll(() => azure.close());

const FILES = {
  'endpoints/iris.yml': 'name: iris\ndescription: new\n',
  'endpoints/rose.yml': 'name: rose\ndescription: new\n',
  'endpoints/tulip.yml': 'name: tulip\n',
  'request.json': '{}',
};

/** Every operation that speaks to Azure. */
const OPERATIONS: readonly Inputs[] = [
  { operation: 'plan', endpoint: 'iris' },
  { operation: 'create', endpoint: 'tulip' },
  { operation: 'update', endpoint: 'iris' },
  { operation: 'update', endpoint: 'iris,rose' },
  { operation: 'apply', endpoint: 'tulip' },
  { operation: 'show', endpoint: 'iris' },
  { operation: 'list' },
  { operation: 'url', endpoint: 'iris' },
  { operation: 'token', endpoint: 'iris' },
  { operation: 'invoke', endpoint: 'iris', 'request-file': 'request.json' },
  { operation: 'regenerate-keys', endpoint: 'iris' },
  { operation: 'delete', endpoint: 'iris', confirm: 'iris' },
];

/** Runs and cancels as soon as the emulator has seen `count` requests; nothing when the run ends before. */
async function cancelAfter(count: number, inputs: Inputs) {
  // What the run before has sent may still be on its way, and would start something here.
  await new Promise((resolve) => setTimeout(resolve, 20));
  azure.reset();
  const { deps, result } = azure.start(inputs, { files: FILES });
  const run = { ended: false };
  const settled = result.finally(() => (run.ended = true));
  while (!run.ended && azure.requests().length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  if (run.ended) return undefined;
  const underWay = azure.state().operations.some(({ status }) => status === 'InProgress');
  const begin = Date.now();
  deps.cancel();
  return { result: await settled, took: Date.now() - begin, underWay };
}

describe.each(OPERATIONS.map((inputs) => [`${inputs.operation} ${inputs.endpoint ?? ''}`, inputs] as const))(
  '%s',
  (_, inputs) => {
    test('ends at once wherever it is cancelled, and knows what goes on in Azure', async () => {
      let cancelled = 0;
      for (let count = 1; count <= 12; count += 1) {
        const run = await cancelAfter(count, inputs);
        if (!run) break;
        // It may have been past its last request.
        if (run.result.exitCode === 0) continue;
        cancelled += 1;
        expect(run.result.exitCode).toBe(130);
        expect(run.took).toBeLessThan(500);
        if (run.underWay) expect(run.result.deps.journal.open()).not.toEqual([]);
        const errors = run.result.lines.filter(({ level }) => level === 'error');
        expect(errors).toHaveLength(1);
        expect(errors[0]!.text).toMatch(
          run.result.deps.journal.open().length > 0
            ? /^cancelled; perhaps still under way in Azure: (create|update|deletion|rotation)/
            : /^cancelled; nothing is under way in Azure/,
        );
        expect(leaks(azure, run.result)).toEqual([]);
      }
      expect(cancelled).toBeGreaterThan(0);
    });
  },
);
