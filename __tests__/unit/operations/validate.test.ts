import { describe, expect, test } from '@jest/globals';
import { InputFaults } from '../../../src/failure.ts';
import { neededDeployments } from '../../../src/operations/desired/deployments.ts';
import { desiredState } from '../../../src/operations/desired/state.ts';
import { validate } from '../../../src/operations/validate.ts';
import { fakeDeps } from '../../support/fake-deps.ts';

const request = { folder: 'endpoints', select: ['*'], overrides: [], env: {} };
const validated = (files: Record<string, string>, select = ['*']) => {
  const deps = fakeDeps({ files });
  const config = { operation: 'validate', request: { ...request, select }, deployments: [], policy: '' } as const;
  return { deps, outcome: validate(config, deps) };
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

describe('deployments of an endpoint without a file', () => {
  const good = 'name: blue\ninstance_type: Standard_DS3_v2\n';
  const files = { 'endpoints/iris.yml': 'name: iris\n', 'endpoints/irs/deployments/blue.yml': good };

  test.each([['*'], ['irs']])('are validated for %s', async (word) => {
    const { deps, outcome } = validated(files, [word]);
    await outcome;
    expect(deps.report.texts()).toContain(
      'endpoints/irs/deployments/blue.yml: deployment blue of endpoint irs is valid',
    );
    const faulty = { ...files, 'endpoints/irs/deployments/blue.yml': 'name: blue\ninstance_tipe: x\n' };
    await expect(validated(faulty, [word]).outcome).rejects.toThrow('unknown key instance_tipe');
  });

  test('need no endpoint with a file beside them', async () => {
    const { deps, outcome } = validated({ 'endpoints/irs/deployments/blue.yml': good });
    await outcome;
    expect(deps.report.texts()).toHaveLength(1);
    await expect(validated({ 'endpoints/README.md': '' }).outcome).rejects.toThrow('endpoints/ has no endpoints');
  });

  test('are what `deploy` takes too', async () => {
    const config = { request, deployments: [], deployment: undefined } as unknown as Parameters<
      typeof neededDeployments
    >[0];
    expect([...(await neededDeployments(config, fakeDeps({ files }))).keys()]).toEqual(['irs']);
  });

  test('are not passed over in silence by what brings endpoints to their files', async () => {
    const deps = fakeDeps({ files });
    const { deployments } = await desiredState(request, { deployments: [], policy: '' }, deps);
    expect([...deployments.keys()]).toEqual([]);
    expect(deps.report.lines).toEqual([
      {
        level: 'warning',
        text: 'endpoints/irs/deployments/ is not used: there is no endpoints/irs.yml; did you mean endpoints/iris/?',
      },
    ]);
  });
});
