import { expect, test } from '@jest/globals';
import { run } from '../../src/run.ts';
import { fakeDeps } from '../support/fake-deps.ts';

const FILES = {
  'endpoints/iris.yml': 'name: iris\nfoo: 1\n',
  'endpoints/iris/deployments/blue.yml': 'name: blue\ninstance_tipe: x\n',
};
const TARGET = {
  'subscription-id': '3f2504e0-4f89-11d3-9a0c-0305e82c3301',
  'resource-group': 'r',
  'workspace-name': 'w',
};

async function faultsOf(inputs: Readonly<Record<string, string>>): Promise<string[]> {
  const deps = fakeDeps({ files: FILES });
  const given: Readonly<Record<string, string>> = { ...TARGET, 'endpoints-dir': 'endpoints', ...inputs };
  const code = await run({ input: (name) => given[name] ?? '', deps, finish: async () => {} });
  expect(code).toBe(2);
  return deps.report.lines.filter(({ level }) => level === 'error').map(({ text }) => text);
}

const WRONG = { timeout: '10', 'max-concurrency': '0' };
const OF_INPUTS = ['input timeout', 'input max-concurrency'];

test.each([
  ['apply', ['unknown key foo', 'instance_type is missing', 'unknown key instance_tipe']],
  ['update', ['unknown key foo']],
  ['deploy', ['instance_type is missing', 'unknown key instance_tipe']],
])('%s tells what is wrong with inputs and with files at once', async (operation, ofFiles) => {
  const faults = await faultsOf({ operation, endpoint: 'iris', ...WRONG });
  expect(faults).toEqual([...OF_INPUTS, ...ofFiles].map((text) => expect.stringContaining(text)));
});

test('where the inputs do not say which files are meant, none is looked at', async () => {
  const faults = await faultsOf({ operation: 'apply', endpoint: '', ...WRONG });
  expect(faults).toHaveLength(3);
  expect(
    (await faultsOf({ operation: 'show', endpoint: 'iris', timeout: '1', 'api-version': 'x' })).length,
  ).toBeLessThan(3);
});
