import { expect, test } from '@jest/globals';
import { InputFaults } from '../../../src/failure.ts';
import { validate } from '../../../src/operations/validate.ts';
import { fakeDeps } from '../../support/fake-deps.ts';

const request = { folder: 'endpoints', select: ['*'], overrides: [], env: {} };
const validated = (files: Record<string, string>) => {
  const deps = fakeDeps({ files });
  return { deps, outcome: validate({ operation: 'validate', request, deployments: [], policy: '' }, deps) };
};

test('good files are named, one by one', async () => {
  const { deps, outcome } = validated({ 'endpoints/iris.yml': 'name: iris\n', 'endpoints/rose.yaml': 'name: rose\n' });
  expect((await outcome).endpoints.map(({ name, status }) => [name, status])).toEqual([
    ['iris', 'unchanged'],
    ['rose', 'unchanged'],
  ]);
  expect(deps.report.texts()).toEqual([
    'endpoints/iris.yml: endpoint iris is valid',
    'endpoints/rose.yaml: endpoint rose is valid',
  ]);
});

test('the faults of all files come at once', async () => {
  const { outcome } = validated({ 'endpoints/iris.yml': 'name: rose\n', 'endpoints/tulip.yml': 'nam: tulip\n' });
  const error = (await outcome.catch((thrown: unknown) => thrown)) as InputFaults;
  expect(error).toBeInstanceOf(InputFaults);
  expect(new Set(error.faults.map(({ file }) => file))).toEqual(new Set(['endpoints/iris.yml', 'endpoints/tulip.yml']));
});
