import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { faultLine } from '../../src/failure.ts';
import { isObject, type JsonObject, objectAt, textAt } from '../../src/json.ts';
import { readDeployment } from '../../src/spec/deployment/read.ts';
import { fakeDeps } from '../support/fake-deps.ts';
import { deployments, hasCorpus, textOf } from './corpus.ts';

/** What stands in for the placeholders that the scripts of the examples fill in with `sed`. */
const env: Readonly<Record<string, string>> = {
  ENDPOINT_NAME: 'my-endpoint',
  ACR_NAME: 'registry',
  acr_name: 'registry',
  MODEL_VERSION: '3',
  deployment_name: 'blue',
  model_name: 'iris',
  environment_name: 'serving',
};

/** What azure-ai-ml refuses too, after substitution. */
const refused: Readonly<Record<string, string>> = {
  'deploy-with-packages/custom-model/model-deployment.yml':
    '2:7: name must be 3 to 32 letters, digits and hyphens, with a letter first and a letter or digit last, not regular_deployment',
};

/** Marks such as `<ENDPOINT_NAME>` are for a person or `sed` to fill in. */
function substituted(text: string): string {
  return text.replace(/<[A-Za-z_-]+>/g, (mark) => (/endpoint/i.test(mark) ? 'my-endpoint' : 'thing'));
}

/** The local files that the example names and that are not in the corpus. */
function standIns(file: string, text: string): Record<string, string> {
  const filled = text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => env[name] ?? '');
  const example = parse(filled) as JsonObject;
  const folder = file.slice(0, file.lastIndexOf('/'));
  const model = textAt(objectAt(example, 'model'), 'path');
  const { code, scoring_script: script } = objectAt(example, 'code_configuration');
  const conda = textAt(objectAt(example, 'environment'), 'conda_file');
  return Object.fromEntries([
    ...(model === undefined ? [] : [[at(folder, model, /\.\w+$/.test(model) ? '' : 'weights'), 'x']]),
    ...(typeof code === 'string' && typeof script === 'string' ? [[at(folder, code, script), 'x']] : []),
    ...(conda === undefined ? [] : [[at(folder, conda, ''), 'dependencies: [python]']]),
  ]) as Record<string, string>;
}

function at(folder: string, path: string, name: string): string {
  return new URL(`${path}/${name}`.replace(/\/+$/, ''), `file:///${folder}/`).pathname.slice(1).replaceAll('//', '/');
}

async function read(file: string, variables: Readonly<Record<string, string>>) {
  const text = substituted(textOf(file));
  const { files } = fakeDeps({ files: standIns(file, text) });
  const named = /^endpoint_name: *"?([\w-]+)/m.exec(text)?.[1] ?? 'my-endpoint';
  return readDeployment(text, file, { files, env: variables, endpoints: [named.toLowerCase()] });
}

if (!hasCorpus) {
  const why = 'there is no corpus: set AZUREML_CORPUS to the folder with azureml-examples';
  // Jest keeps the names of skipped tests to itself when it runs many files.
  process.stderr.write(`skipped ${import.meta.filename}: ${why}\n`);
  test.skip(why, () => {});
} else {
  describe('deployment files of azureml-examples', () => {
    const withPlaceholders = deployments.filter((file) => textOf(file).includes('{{'));

    test('are there', () => {
      expect(deployments).toHaveLength(36);
      expect(withPlaceholders.length).toBeGreaterThan(0);
      expect(deployments).toEqual(expect.arrayContaining(Object.keys(refused)));
    });

    test.each(deployments.filter((file) => !(file in refused)))('%s is read', async (file) => {
      // The example with {{ENDPOINT_NAME}} belongs to the endpoint that the variable names.
      const { spec, faults } = await read(file, env);
      expect(faults.map(faultLine)).toEqual([]);
      const example = parse(
        substituted(textOf(file)).replace(/\{\{(\w+)\}\}/g, (_, name: string) => env[name]!),
      ) as JsonObject;
      expect(spec).toMatchObject({
        name: textAt(example, 'name'),
        kind: textAt(example, 'type') ?? 'managed',
        body: { properties: { endpointComputeType: example['type'] ? 'Kubernetes' : 'Managed' } },
      });
      const assets = { model: spec?.model, environment: spec?.environment, code_configuration: spec?.code };
      for (const [key, asset] of Object.entries(assets)) {
        expect([key, asset !== undefined]).toEqual([key, example[key] !== undefined]);
        if (isObject(example[key])) expect(asset).toMatchObject({ how: 'inline' });
      }
    });

    test.each(Object.entries(refused))('%s is refused, as by the SDK', async (file, fault) => {
      expect((await read(file, env)).faults.map(faultLine)).toEqual([`${file}:${fault}`]);
    });

    test.each(withPlaceholders)(
      '%s, which is no YAML as it stands, says which variables it lacks and where',
      async (file) => {
        const { faults } = await read(file, {});
        expect(faults.length).toBeGreaterThan(0);
        for (const { message, line = 0 } of faults) {
          expect(message).toMatch(/^the environment variable (\w+) is not set; \{\{\1\}\} needs it$/);
          expect(textOf(file).split('\n')[line - 1]).toContain('{{');
        }
      },
    );
  });
}
