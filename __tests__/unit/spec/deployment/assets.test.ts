import { describe, expect, test } from '@jest/globals';
import { managedFaults, managedSpec, specOf } from './reading.ts';

const at = 'd/blue.yml:3:';
const workspace = '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

describe('a reference', () => {
  test.each([
    ['azureml:iris:1', { how: 'version', name: 'iris', version: '1' }],
    ['azureml:iris@latest', { how: 'latest', name: 'iris' }],
    [
      'azureml://registries/r/models/iris/versions/2',
      { how: 'id', id: 'azureml://registries/r/models/iris/versions/2' },
    ],
    [
      'azureml://registries/r/models/iris/labels/latest',
      { how: 'id', id: 'azureml://registries/r/models/iris/labels/latest' },
    ],
    [`azureml:${workspace}/models/iris/versions/1`, { how: 'id', id: `${workspace}/models/iris/versions/1` }],
    [`${workspace}/models/iris/versions/1`, { how: 'id', id: `${workspace}/models/iris/versions/1` }],
  ])('%s', async (text, model) => {
    expect((await managedSpec(`model: ${text}`)).model).toEqual(model);
  });

  test.each([
    'azureml:AzureML-sklearn-1.0-ubuntu20.04-py38-cpu:1',
    'azureml:AzureML-sklearn-1.5',
    'azureml:AzureML-sklearn-1.5@latest',
    'azureml:AzureML-sklearn-1.5@stable',
    'azureml:AzureML-sklearn-1.5/labels/latest',
    'azureml:AzureML-sklearn-1.5/versions/3',
  ])('to a curated environment is left to Azure: %s', async (text) => {
    expect((await managedSpec(`environment: ${text}`)).environment).toEqual({ how: 'id', id: text });
  });

  test('comes from a placeholder too', async () => {
    const spec = await managedSpec('model: azureml:iris:{{V}}', { env: { V: '7' } });
    expect(spec.model).toEqual({ how: 'version', name: 'iris', version: '7' });
    expect(spec.placeholders).toEqual(new Map([['model', 'azureml:iris:{{V}}']]));
  });

  const write = 'write azureml:<name>:<version>, azureml:<name>@latest or its id';
  test.each([
    ['model: azureml:iris', '8: model azureml:iris has no version; write :<version> or @latest after the name'],
    [
      'model: azureml:iris@newest',
      '8: model azureml:iris@newest has a label that is not known; write @latest or :<version>',
    ],
    ['model: iris:1', '8: model iris:1 lacks its prefix; write azureml:iris:1'],
    [
      'model: ./model',
      `8: model ./model is not a reference to a model; ${write}; a path goes into a map: model: {path: ...}`,
    ],
    ['model: azureml:a/b:1', `8: model azureml:a/b:1 is not a reference to a model; ${write}`],
    [
      'model: azureml:AzureML-m@newest',
      '8: model azureml:AzureML-m@newest has a label that is not known; write @latest or :<version>',
    ],
    [
      "environment: 'azureml:sklearn:1 '",
      '14: environment "azureml:sklearn:1" has white space before or after it; remove that',
    ],
    [
      'environment: " azureml://registries/r/environments/n/versions/1"',
      '14: environment "azureml://registries/r/environments/n/versions/1" has white space before or after it; remove that',
    ],
    ['environment: FILE:x.yml', '14: environment FILE:x.yml must have file: in lower case; write file:x.yml'],
    [
      'environment: ../../../envs/env.yml',
      '14: environment ../../../envs/env.yml is not a reference to an environment; to read a file, write file:../../../envs/env.yml',
    ],
    ['model: file:m.yml', '8: model file:m.yml cannot use file:; only environment can'],
    [
      'model: azureml://registries/r/environments/n/versions/1',
      '8: model azureml://registries/r/environments/n/versions/1 must be azureml://registries/<registry>/models/<name>/versions/<version>',
    ],
    [
      'model: /subscriptions/s/x',
      '8: model /subscriptions/s/x must be a whole ARM id, with /models/<name>/versions/<version>',
    ],
    [
      'environment: mcr.microsoft.com/x:1',
      `14: environment mcr.microsoft.com/x:1 is not a reference to an environment; ${write}; an image goes into a map: environment: {image: ...}`,
    ],
    [
      'code_configuration: {code: azureml:c, scoring_script: s.py}',
      '28: code_configuration.code azureml:c has no version; write :<version> or @latest after the name',
    ],
  ])('%s', async (line, fault) => {
    expect(await managedFaults(line)).toEqual([at + fault]);
  });
});

describe('a model of the file', () => {
  test('has its content where the user would write it from the working directory', async () => {
    const spec = await managedSpec(
      'model: {path: ./model/, name: iris, version: 2, type: MLflow_model, tags: {a: 1}, properties: {b: true}, description: x}',
    );
    expect(spec.model).toEqual({
      how: 'inline',
      source: {
        name: 'iris',
        version: '2',
        type: 'mlflow_model',
        content: { local: 'd/model' },
        tags: { a: '1' },
        properties: { b: 'true' },
        description: 'x',
      },
    });
  });

  test.each([
    ['htps://x/y', 'is no URI that Azure reads; did you mean https://?'],
    ['azurml://datastores/d/paths/p', 'is no URI that Azure reads; did you mean azureml://?'],
    ['azureml://datastore/d/paths/p', 'is no URI that Azure reads; did you mean azureml://datastores/?'],
    [
      's3://b/k',
      'is no URI that Azure reads; write azureml://datastores/<datastore>/paths/<path>, azureml://jobs/..., https://..., wasbs://..., abfss://..., adl://... or runs:/<run>/<path>',
    ],
    ['azureml://datastores/workspaceblobstore', 'must be azureml://datastores/<datastore>/paths/<path>'],
    ['azureml://datastores/d/paths/', 'must be azureml://datastores/<datastore>/paths/<path>'],
    ['azureml://subscriptions/s/datastores/d/p', 'must be azureml://datastores/<datastore>/paths/<path>'],
    ['runs:/r', 'must be runs:/<run>/<path>'],
    ['runs://r/model', 'must be runs:/<run>/<path>'],
  ])('is not at %s', async (uri, fault) => {
    expect(await managedFaults(`model: {path: '${uri}'}`)).toEqual([`${at}15: model.path "${uri}" ${fault}`]);
  });

  test('from a placeholder is not guessed at', async () => {
    const [fault] = await managedFaults('model: {path: "{{URI}}"}', { env: { URI: 'htps://x/secret' } });
    expect(fault).toContain('model.path "{{URI}}" is no URI that Azure reads; write azureml://');
    expect(fault).not.toContain('secret');
  });

  test('is in git for code alone', async () => {
    const git = 'git+https://github.com/o/r';
    expect(await managedFaults(`model: {path: '${git}'}`)).toEqual([expect.stringContaining('is no URI')]);
    expect(await managedFaults(`code_configuration: {code: '${git}', scoring_script: s.py}`)).toEqual([]);
  });

  test.each([
    'azureml://datastores/d/paths/p',
    'azureml://datastores/d/ExperimentRun/dcid.x/model',
    'azureml://subscriptions/s/resourcegroups/g/workspaces/w/datastores/d/paths/p',
    'azureml://jobs/j/outputs/o/paths/p',
    'azureml://locations/l/workspaces/w/models/m/versions/1',
    'https://x.blob.core.windows.net/c/p',
    'wasbs://c@x.blob.core.windows.net/p',
    'abfss://c@x.dfs.core.windows.net/p',
    'adl://x.azuredatalakestore.net/p',
    'runs:/r/model',
  ])('may be at %s', async (uri) => {
    expect((await managedSpec(`model: {path: "${uri}"}`)).model).toEqual({
      how: 'inline',
      source: { type: 'custom_model', content: { uri } },
    });
  });

  test.each([
    ['path: modl', '15: model.path modl not found: there is no d/modl; did you mean model?'],
    [
      'path: d/model',
      '15: model.path d/model not found: there is no d/d/model; paths start from the folder of the file, so write model',
    ],
    [
      'path: model/weight.bin',
      '15: model.path model/weight.bin not found: there is no d/model/weight.bin; did you mean model/weights.bin?',
    ],
    ['path: ../elsewhere', '15: model.path ../elsewhere not found: there is no elsewhere'],
    ['path: ../../etc', '15: model.path ../../etc is outside the working directory; nothing outside it is read'],
    ['path: model\\w', '15: model.path model\\w not found: there is no d/model\\w; use / between folders'],
    ['path: ""', '15: model.path is empty; write a path, or comment the key out'],
    ['path: "file:model"', '15: model.path "file:model" must be a path without file:, from the folder of this file'],
    ['path: azureml:x:1', '15: model.path azureml:x:1 is a reference; it stands alone, in the place of the map'],
    ['path: model, version: 3', '22: model.version needs model.name; write both or neither'],
    ['name: iris', '8: model has no path'],
    ['path: model, type: pickle', '28: model.type must be custom_model, mlflow_model or triton_model, not pickle'],
    [
      'path: model, datastore: x',
      '33: model.datastore is not supported; content goes to the datastore workspaceblobstore',
    ],
  ])('{%s}', async (map, fault) => {
    expect(await managedFaults(`model: {${map}}`)).toEqual([at + fault]);
  });

  test('never tells the value of a placeholder', async () => {
    expect(await managedFaults('model: {path: "${{ env.P }}/x"}', { env: { P: 'hidden' } })).toEqual([
      `${at}15: model.path "\${{ env.P }}/x" not found`,
    ]);
  });
});

describe('code', () => {
  test('is a folder with the scoring script in it', async () => {
    const spec = await managedSpec('code_configuration: {code: ./code, scoring_script: ./score.py}');
    expect(spec.code).toEqual({ how: 'inline', source: { content: { local: 'd/code' } } });
    expect(spec.body).toMatchObject({ properties: { codeConfiguration: { scoringScript: './score.py' } } });
  });

  test('may be registered, or elsewhere', async () => {
    const registered = await managedSpec('code_configuration: {code: azureml:c:1, scoring_script: any.py}');
    expect(registered.code).toEqual({ how: 'version', name: 'c', version: '1' });
    const elsewhere = await managedSpec('code_configuration: {code: "https://x/y", scoring_script: any.py}');
    expect(elsewhere.code).toEqual({ how: 'inline', source: { content: { uri: 'https://x/y' } } });
  });

  test.each([
    ['code: code', '21: code_configuration has no scoring_script'],
    ['scoring_script: score.py', '21: code_configuration has no code'],
    [
      'code: code/score.py, scoring_script: score.py',
      '28: code_configuration.code code/score.py must be a folder, not a file',
    ],
    [
      'code: code, scoring_script: scor.py',
      '50: code_configuration.scoring_script scor.py not found: there is no d/code/scor.py; did you mean score.py?',
    ],
    [
      'code: code, scoring_script: ../model/weights.bin',
      '50: code_configuration.scoring_script ../model/weights.bin is outside d/code',
    ],
    [
      'code: code, scoring_script: /home/runner/d/code/score.py',
      '50: code_configuration.scoring_script /home/runner/d/code/score.py must start from d/code; write a path within it',
    ],
    ['code: code, scoring_script: .', '50: code_configuration.scoring_script . must be a file, not a folder'],
  ])('{%s}', async (map, fault) => {
    expect(await managedFaults(`code_configuration: {${map}}`)).toEqual([at + fault]);
  });
});

describe('an environment of the file', () => {
  test('has an image, packages from a file, and routes in the words of ARM', async () => {
    const route = '{path: /, port: 5001}';
    const spec = await managedSpec(
      `environment: {name: e, version: 1.10, image: x, conda_file: conda.yml, os_type: linux, inference_config: {liveness_route: ${route}, readiness_route: ${route}, scoring_route: ${route}}}`,
    );
    const arm = { path: '/', port: 5001 };
    expect(spec.environment).toEqual({
      how: 'inline',
      source: {
        name: 'e',
        version: '1.10',
        image: 'x',
        conda: { name: 'env', dependencies: ['python=3.11'] },
        osType: 'Linux',
        inferenceConfig: { livenessRoute: arm, readinessRoute: arm, scoringRoute: arm },
      },
    });
  });

  test('may have its packages in the file itself', async () => {
    const spec = await managedSpec('environment: {image: x, conda_file: {dependencies: [python, {pip: [numpy]}]}}');
    expect(spec.environment).toEqual({
      how: 'inline',
      source: { image: 'x', conda: { dependencies: ['python', { pip: ['numpy'] }] } },
    });
  });

  test('may be built from a Dockerfile', async () => {
    const spec = await managedSpec('environment: {build: {path: build, dockerfile_path: ./Dockerfile}}');
    expect(spec.environment).toEqual({
      how: 'inline',
      source: { build: { content: { local: 'd/build' }, dockerfilePath: './Dockerfile' } },
    });
  });

  test.each([
    ['image: x, build: {path: build}', '25: environment has image and build; it is one or the other'],
    ['conda_file: conda.yml', '15: environment.conda_file needs environment.image, which the packages are put on'],
    [
      'build: {path: build}, conda_file: conda.yml',
      '37: environment.conda_file needs environment.image, which the packages are put on',
    ],
    ['', '14: environment has neither image nor build'],
    [
      'name: e, version: 1',
      '14: environment has neither image nor build; to use one that is registered, write environment: azureml:<name>:<version>',
    ],
    ['image: x, version: 1', '25: environment.version needs environment.name; write both or neither'],
    [
      'image: x, conda_file: conda.yaml',
      '37: environment.conda_file conda.yaml not found: there is no d/conda.yaml; did you mean conda.yml?',
    ],
    ['image: x, conda_file: model', '37: environment.conda_file model is a folder, not a file'],
    ['image: x, dependencies: [a]', '39: environment.dependencies is not supported; packages go into the conda_file'],
    [
      'build: {path: model}',
      '29: environment.build.path has no Dockerfile; name it with environment.build.dockerfile_path',
    ],
    [
      'build: {path: build, dockerfile_path: Docker}',
      '53: environment.build.dockerfile_path Docker not found: there is no d/build/Docker',
    ],
    ['image: x, os_type: mac', '34: environment.os_type must be linux or windows, not mac'],
  ])('{%s}', async (map, fault) => {
    expect(await managedFaults(`environment: {${map}}`)).toEqual([at + fault]);
  });
});

describe('the data of a collector', () => {
  const collect = (collection: string): string => `data_collector: {collections: {${collection}}}`;

  test('is registered under the name that az ml gives it, unless the file names it', async () => {
    const spec = await managedSpec(
      collect(
        'inputs: {enabled: "True"}, outputs: {enabled: "False", data: {name: out, version: 3, path: "azureml://datastores/d/paths/p"}}, both: {enabled: true, data: azureml:b:1}',
      ),
    );
    expect(spec.collected).toEqual({
      inputs: {
        how: 'inline',
        source: {
          name: 'iris-blue-inputs',
          version: '1',
          uri: 'azureml://datastores/workspaceblobstore/paths/modelDataCollector/iris/blue/inputs',
          isWritten: false,
        },
      },
      outputs: {
        how: 'inline',
        source: { name: 'out', version: '3', uri: 'azureml://datastores/d/paths/p', isWritten: true },
      },
      both: { how: 'version', name: 'b', version: '1' },
    });
  });

  test.each([
    [
      'a: {enabled: true, data: azureml:x}',
      '57: data_collector.collections.a.data azureml:x has no version; write :<version> or @latest after the name',
    ],
    [
      'a: {enabled: true, data: {path: ./x}}',
      '64: data_collector.collections.a.data.path must be azureml://datastores/..., not ./x',
    ],
    [
      'a: {enabled: true, data: {path: azureml://datastores/d}}',
      '64: data_collector.collections.a.data.path azureml://datastores/d must be azureml://datastores/<datastore>/paths/<path>',
    ],
    [
      'a b: {enabled: true}',
      '32: a b cannot be part of the name of a data asset; write data_collector.collections.a b.data.name',
    ],
  ])('{%s}', async (collection, fault) => {
    expect(await managedFaults(collect(collection))).toEqual([at + fault]);
  });
});

test('a deployment needs neither model nor code nor environment', async () => {
  const spec = await specOf('name: blue\ninstance_type: x');
  expect(Object.keys(spec)).not.toEqual(expect.arrayContaining(['model']));
  expect([spec.model, spec.code, spec.environment, spec.collected]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
