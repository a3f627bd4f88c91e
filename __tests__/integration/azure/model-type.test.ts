import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { modelName } from '../../../src/assets/names.ts';
import type { ModelSource } from '../../../src/spec/deployment/model.ts';
import { deployment, openRun } from '../../support/asset-scene.ts';
import { type Azure, startAzure } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const URI = 'azureml://datastores/workspaceblobstore/paths/somewhere';
type Type = ModelSource['type'];

/** What becomes of a model of this type in a run of its own. */
async function identify(type: Type, more: Partial<ModelSource> = {}, liveId?: string) {
  const run = await openRun(azure);
  const spec = deployment({ model: { how: 'inline', source: { type, content: { uri: URI }, ...more } } });
  const live = liveId === undefined ? undefined : { properties: { model: liveId } };
  return { run, ...(await run.identify(spec, live)) };
}

async function publish(type: Type, more: Partial<ModelSource> = {}): Promise<string> {
  const { run, assets, faults } = await identify(type, more);
  expect(faults).toEqual([]);
  await run.publish(assets);
  return assets.model!.id;
}

describe('the type of a model', () => {
  test('sets models without a name apart', async () => {
    const custom = await publish('custom_model');
    const mlflow = await publish('mlflow_model');
    expect(mlflow).not.toBe(custom);
    expect((await identify('mlflow_model', {}, custom)).assets.model?.id).toBe(mlflow);
    expect((await identify('custom_model', {}, mlflow)).assets.model?.id).toBe(custom);
    expect(azure.state().assets.map(({ properties }) => properties['modelType'])).toEqual([
      'custom_model',
      'mlflow_model',
    ]);
  });

  test('leaves a model where azure-ai-ml registered it, under a name without the type', async () => {
    const { run, assets } = await identify('mlflow_model');
    const { subscriptionId, resourceGroup, workspaceName } = run.workspace.target;
    const here = `subscriptions/${subscriptionId}/resourcegroups/${resourceGroup}/workspaces/${workspaceName}`;
    const uri = URI.replace('datastores', `${here}/datastores`);
    const path = `/models/${modelName(uri)}/versions/1`;
    const properties = { modelType: 'MLFlowModel', modelUri: uri, isAnonymous: true };
    await run.workspace.send({ method: 'PUT', path, body: { properties }, repeat: 'never' });
    const live = `${run.workspace.id}${path}`;
    expect(assets.model?.id).not.toBe(live);
    expect((await identify('mlflow_model', {}, live)).assets.model?.id).toBe(live);
    expect((await identify('triton_model', {}, live)).assets.model?.id).not.toBe(live);
  });

  test('makes the next version of a name', async () => {
    expect(await publish('custom_model', { name: 'iris' })).toMatch(/iris\/versions\/1$/);
    expect(await publish('mlflow_model', { name: 'iris' })).toMatch(/iris\/versions\/2$/);
    expect(await publish('custom_model', { name: 'iris' })).toMatch(/iris\/versions\/1$/);
  });

  test('cannot be another one for a version that is there', async () => {
    await publish('custom_model', { name: 'iris', version: '1' });
    const { faults } = await identify('mlflow_model', { name: 'iris', version: '1' });
    expect(faults).toEqual([
      {
        file: 'blue.yml',
        line: 7,
        column: 1,
        message:
          'model iris:1 is registered as custom_model, which Azure does not let change; ' +
          'increase `version`, or omit it to get the next one',
      },
    ]);
  });
});
