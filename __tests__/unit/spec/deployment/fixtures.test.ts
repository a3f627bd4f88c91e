import { expect, test } from '@jest/globals';
import { hostFiles } from '../../../../src/host.ts';
import { loadDeployments } from '../../../../src/spec/deployment/load.ts';

const folder = '__tests__/fixtures/spec/deployments';
const env = { OWNER: 'ml', INSTANCES: '2' };

test('the deployments of the fixtures are read with all that they name', async () => {
  const request = { folder, endpoints: ['iris', 'wine'], patterns: [], env };
  const { deployments, faults } = await loadDeployments(hostFiles, request);
  expect(faults).toEqual([]);
  expect(deployments).toMatchObject([
    {
      name: 'blue',
      endpoint: 'iris',
      file: `${folder}/iris/deployments/blue.yml`,
      kind: 'managed',
      body: { tags: { owner: 'ml', 'cost-centre': '0042' }, sku: { name: 'Default', capacity: 2 } },
      model: { how: 'inline', source: { type: 'custom_model', content: { local: `${folder}/shared/model` } } },
      code: { how: 'inline', source: { content: { local: `${folder}/shared/src` } } },
      environment: {
        how: 'inline',
        source: {
          image: 'mcr.microsoft.com/azureml/minimal-py312-inference:latest',
          conda: {
            name: 'scoring',
            channels: ['conda-forge'],
            dependencies: ['python=3.12', 'pip', { pip: ['scikit-learn'] }],
          },
        },
      },
      placeholders: new Map([
        ['tags.owner', '{{OWNER}}'],
        ['instance_count', '${{ env.INSTANCES }}'],
      ]),
    },
    {
      name: 'green',
      endpoint: 'iris',
      model: { how: 'latest', name: 'iris' },
      code: { how: 'version', name: 'scoring', version: '3' },
      environment: { how: 'id', id: 'azureml://registries/azureml/environments/sklearn-1.5/labels/latest' },
      collected: {
        model_inputs: { source: { name: 'iris-green-model_inputs' } },
        model_outputs: { source: { name: 'outputs' } },
      },
    },
    {
      name: 'red',
      endpoint: 'wine',
      kind: 'kubernetes',
      model: { how: 'version', name: 'wine', version: '4' },
      environment: { how: 'inline', source: { build: { content: { local: `${folder}/shared/context` } } } },
    },
  ]);
});

test('without the variables, each place that needs one is told', async () => {
  const request = { folder, endpoints: ['iris'], patterns: [], env: {} };
  const { deployments, faults } = await loadDeployments(hostFiles, request);
  expect(deployments.map(({ name }) => name)).toEqual(['green']);
  expect(faults.map(({ line, column }) => [line, column])).toEqual([
    [6, 17],
    [18, 17],
  ]);
});
