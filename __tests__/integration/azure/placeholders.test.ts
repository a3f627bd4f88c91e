import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Azurite, startAzurite } from '../../../emulator/azurite.ts';
import { type Azure, IRIS, startAzure } from '../../support/azure.ts';

let azurite: Azurite;
let azure: Azure;
beforeAll(async () => {
  azurite = await startAzurite();
  const { account, key, container, endpoint } = azurite;
  const storage = { url: `http://${endpoint}/${account}`, key, container };
  azure = await startAzure({ storage, seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS] }] } });
});
afterAll(async () => {
  await azure.close();
  await azurite.close();
});

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
  URI: 'azureml://datastores/workspaceblobstore/paths/value-of-uri',
};

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
