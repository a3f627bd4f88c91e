import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Azure, leaks, startAzure } from '../../support/azure.ts';

const FOLDER = 'examples/custom-container';
const PATH = '/v1/models/half_plus_two:predict';
const INVOKE = {
  operation: 'invoke',
  endpoint: 'half-plus-two',
  deployment: 'tfserving',
  'request-file': `${FOLDER}/request.json`,
};

let azure: Azure;
let files: Record<string, string>;
beforeAll(async () => {
  const names = ['deployment.yml', 'request.json'].map((name) => `${FOLDER}/${name}`);
  files = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(name, 'utf8')] as const)),
  );
  const models = [{ name: 'half-plus-two' }];
  azure = await startAzure({
    seed: { workspaces: [{ name: 'ws-emulator', models, endpoints: [{ name: 'half-plus-two' }] }] },
  });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

async function deploy(): Promise<void> {
  const inputs = { operation: 'deploy', endpoint: 'half-plus-two', deployments: `${FOLDER}/deployment.yml` };
  const result = await azure.run(inputs, { files });
  expect({ exitCode: result.exitCode, errors: result.lines.filter(({ level }) => level === 'error') }).toEqual({
    exitCode: 0,
    errors: [],
  });
}

test('the example is deployed, and called at its path with a query or without', async () => {
  await deploy();
  for (const path of [PATH, `${PATH}?verbose=true`]) {
    const result = await azure.run({ ...INVOKE, path }, { files });
    expect(JSON.parse(result.outcome().answer!)).toMatchObject({
      deployment: 'tfserving',
      request: { instances: [1, 2, 5] },
    });
    expect(result.requests.at(-1)?.path).toBe(`/half-plus-two.westeurope.inference${path}`);
    expect(leaks(azure, result)).toEqual([]);
  }
});

test('a path that its container does not serve is an error that says so', async () => {
  await deploy();
  const result = await azure.run({ ...INVOKE, path: '/v1/models/half_plus_two' }, { files });
  expect(result.exitCode).toBe(1);
  const [failure] = result.outcome().failures ?? [];
  expect(failure).toMatchObject({
    message: expect.stringMatching(/^the endpoint answered 424, not 200: Not Found: /),
    details: {
      code: 'HTTP 424',
      nextStep:
        'The container does not serve this path: give the one that it serves as `path`, in a policy as `smoke.path`.',
    },
  });
  expect(leaks(azure, result)).toEqual([]);
});

test('a path that is none is a fault before anything is sent', async () => {
  const result = await azure.run({ ...INVOKE, path: 'https://evil.example/score' }, { files });
  expect(result).toMatchObject({ exitCode: 2, requests: [] });
  expect(result.deps.report.texts()).toEqual([
    expect.stringContaining('input path is "https://evil.example/score"; allowed: a path such as '),
  ]);
});

test('an answer at a path of its own hides the key that it was called with', async () => {
  await deploy();
  const answer = { status: 424, body: { seen: azure.state().secrets.join(' ') } };
  azure.traffic({ endpoint: 'half-plus-two', rpm: 0, deployments: { tfserving: { answer } } });
  const result = await azure.run({ ...INVOKE, path: PATH }, { files });
  const [failure] = result.outcome().failures ?? [];
  const message = failure instanceof Error ? failure.message : '';
  expect(message).toMatch(/^the endpoint answered 424, not 200: [^]*\*{3}/);
  expect(result.deps.report.masked.filter((secret) => secret && message.includes(secret))).toEqual([]);
});
