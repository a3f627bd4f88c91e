import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type Azure, IRIS } from '../../support/azure.ts';
import { startStoredAzure, type StoredAzure } from '../../support/stored-azure.ts';

let store: StoredAzure;
let azure: Azure;
beforeAll(async () => {
  store = await startStoredAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] } });
  ({ azure } = store);
});
afterEach(() => store.reset());
afterAll(() => store.close());

const RED = `name: red
instance_type: Standard_DS3_v2
instance_count: 1
model:
  path: ../../../\${{ env.FOLDER }}
environment:
  image: \${{ env.IMAGE }}
data_collector:
  collections:
    model_inputs: {enabled: 'True', data: {name: inputs, version: '1', path: '\${{ env.URI }}'}}
`;
const env = {
  FOLDER: 'value-of-folder',
  IMAGE: 'value-of-image:1',
  MODEL: 'value-of-name',
  VERSION: 'value-of-version',
  URI: 'azureml://datastores/workspaceblobstore/paths/value-of-uri',
};

const REFERRING = `name: red
instance_type: Standard_DS3_v2
instance_count: 1
model: azureml:\${{ env.MODEL }}:\${{ env.VERSION }}
environment: azureml:\${{ env.MODEL }}@latest
`;

const deploy = (more: Readonly<Record<string, string>>) =>
  azure.run(
    { operation: 'deploy', endpoint: 'iris' },
    { files: { 'endpoints/iris.yml': 'name: iris\n', 'endpoints/iris/deployments/red.yml': RED, ...more }, env },
  );

test('what is uploaded and registered is shown by its placeholder, never by the value', async () => {
  const faulty = await deploy({ 'value-of-folder/.amlignore': '*\n' });
  expect(faulty.exitCode).toBe(2);
  expect(faulty.deps.report.texts().join('\n')).toContain('../../../${{ env.FOLDER }} has no files');
  const { exitCode, deps } = await deploy({ 'value-of-folder/x': '12' });
  expect(exitCode).toBe(0);
  const log = deps.report.texts().join('\n');
  expect(log).toContain('uploading ../../../${{ env.FOLDER }}: 2 bytes in 1 file');
  expect(log).toMatch(/registered environment \S+ from \${{ env\.IMAGE }}/);
  expect(log).toContain('registered data asset inputs:1 from ${{ env.URI }}');
  for (const { deps: each } of [faulty, { deps }]) expect(each.report.texts().join('\n')).not.toContain('value-of');
});

const logOf = ({ deps }: Awaited<ReturnType<typeof deploy>>): string => deps.report.texts().join('\n');
const RED_FILE = 'endpoints/iris/deployments/red.yml';

test('names and versions of assets are shown by their placeholders too', async () => {
  const missing = await deploy({ [RED_FILE]: REFERRING });
  expect(missing.exitCode).toBe(2);
  const where = 'in workspace ws-emulator';
  expect(logOf(missing)).toContain(`there is no model \${{ env.MODEL }}:\${{ env.VERSION }} ${where}`);
  expect(logOf(missing)).toContain(`there is no environment \${{ env.MODEL }}@latest ${where}`);

  const described = `{name: '\${{ env.MODEL }}', version: '\${{ env.VERSION }}'`;
  const making = REFERRING.replace(/model: .*\n/, `model: ${described}, path: ../../../here}\n`).replace(
    /environment: .*\n/,
    `environment: ${described}, image: busybox}\n`,
  );
  const made = await deploy({ [RED_FILE]: making, 'here/x': '3' });
  expect(made.exitCode).toBe(0);
  expect(logOf(made)).toMatch(/registered model \${{ env\.MODEL }}:\${{ env\.VERSION }} from/);

  const referring = await deploy({ [RED_FILE]: REFERRING });
  expect(referring.exitCode).toBe(0);
  expect(logOf(referring)).toContain('azureml:${{ env.MODEL }}@latest of environments is version value-of-version');
  for (const each of [missing, made]) expect(logOf(each)).not.toContain('value-of');
  expect(logOf(referring)).not.toContain('value-of-name');
});

test('the folder of a script that is missing is shown by its placeholder', async () => {
  const code = '  code: ../../../${{ env.FOLDER }}\n  scoring_script: nope.py\n';
  const red = `${REFERRING.split('model:')[0]!}environment: {image: busybox}\ncode_configuration:\n${code}`;
  const missing = await deploy({ [RED_FILE]: red, 'value-of-folder/score.py': '' });
  expect(missing.exitCode).toBe(2);
  expect(logOf(missing)).toContain('nope.py not found in ../../../${{ env.FOLDER }}');
  expect(logOf(missing)).not.toContain('value-of');
});

const planOf = (lines: string, values: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) =>
  azure.run(
    { operation: 'plan', endpoint: 'iris' },
    {
      files: {
        'endpoints/iris.yml': 'name: iris\n',
        [RED_FILE]: `name: red\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n${lines}`,
        'model/x': '1',
        ...more,
      },
      env: values,
    },
  );

test('one placeholder in an asset does not hide what becomes of it', async () => {
  const lines = [
    `model: {path: ../../../model, name: mymodel, tags: {commit: '\${{ env.SHA }}'}}`,
    `environment: {image: 'mcr.example.com/x:1', name: myenv, description: 'built by {{SHA}}'}`,
    '',
  ].join('\n');
  const { answer = '', outputs } = (await planOf(lines, { SHA: 'value-of-sha' })).outcome();
  expect(answer).toMatch(/\+ model +"mymodel:1 \(new\) from model \(content [0-9a-f]{8}\)"/);
  expect(answer).toContain('"myenv:1 (new) from mcr.example.com/x:1"');
  expect(outputs?.plan).toContain('"to":"mymodel:1 (new) from model (content');
  expect(`${answer}${outputs?.plan ?? ''}`).not.toContain('value-of');
});

test('all parts of an asset that come from placeholders stay hidden in a plan, before and after', async () => {
  const values = { NAME: 'value-of-name', V: '41', DIR: 'value-of-dir', FILE: 'value-of-file', TAG: 'value-of-tag' };
  const lines = [
    "model: {path: '../../../${{ env.DIR }}', name: '${{ env.NAME }}', version: '${{ env.V }}'}",
    "environment: {build: {path: '../../../${{ env.DIR }}', dockerfile_path: '${{ env.FILE }}'}, name: env-{{TAG}}}",
    "code_configuration: {code: '../../../${{ env.DIR }}', scoring_script: '${{ env.FILE }}'}",
    '',
  ].join('\n');
  const files = { 'value-of-dir/value-of-file': '1' };
  const first = await azure.run(
    { operation: 'deploy', endpoint: 'iris' },
    {
      files: {
        'endpoints/iris.yml': 'name: iris\n',
        [RED_FILE]: `name: red\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n${lines}`,
        ...files,
      },
      env: values,
    },
  );
  expect([first.exitCode, logOf(first)]).toEqual([0, expect.not.stringMatching(/value-of|:41/)]);
  const result = await planOf(lines, { ...values, V: '42' }, { 'value-of-dir/value-of-file': '2' });
  const { answer = '', outputs, sections = [] } = result.outcome();
  expect(answer).toContain('~ model');
  expect(answer).toContain('"(set)" → "${{ env.NAME }}:${{ env.V }} from ../../../${{ env.DIR }} (content ');
  expect(answer).toContain('"(set)" → "env-{{TAG}}:2 (new) from ../../../${{ env.DIR }} (content ');
  expect(answer).toContain('), ${{ env.FILE }}"');
  expect(answer).toMatch(/code_configuration\.code +\S+ → "\.\.\/\.\.\/\.\.\/\${{ env\.DIR }} \(content /);
  const shown = [answer, outputs?.plan, logOf(result), JSON.stringify(sections)].join('\n');
  expect(shown).not.toMatch(/value-of|:41|:42/);
});
