import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { deployment, openRun } from '../../support/asset-scene.ts';
import { type Azure, startAzure } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const URI = 'azureml://datastores/workspaceblobstore/paths/somewhere';
const SPEC = deployment({
  model: { how: 'inline', source: { type: 'custom_model', name: 'iris', content: { uri: URI } } },
});
const PUT = { method: 'PUT', path: '/models/' };
const CONFLICT = { status: 409, body: { error: { code: 'Conflict', message: 'A concurrent write.' } } };

describe('a version of a name', () => {
  test('is the next one where all are archived', async () => {
    const run = await openRun(azure);
    const properties = { modelUri: `${URI}-else`, isArchived: true };
    await run.workspace.send({ method: 'PUT', path: '/models/iris/versions/1', body: { properties }, repeat: 'never' });
    const { assets } = await run.identify(SPEC, undefined);
    expect(assets.model?.id).toMatch(/\/iris\/versions\/2$/);
    await run.publish(assets);
    expect(azure.state().assets).toHaveLength(2);
  });

  test('that meets a conflict is looked at again, and registered', async () => {
    azure.fault({ match: PUT, times: 2, then: CONFLICT });
    const run = await openRun(azure);
    const { assets } = await run.identify(SPEC, undefined);
    await run.publish(assets);
    expect(azure.state().assets).toHaveLength(1);
  });

  test('that somebody else has registered meanwhile is taken', async () => {
    const [run, other] = [await openRun(azure), await openRun(azure)];
    const { assets } = await run.identify(SPEC, undefined);
    azure.fault({ match: PUT, then: { ...CONFLICT, delay: 200 } });
    const ours = run.publish(assets);
    await other.publish((await other.identify(SPEC, undefined)).assets);
    await ours;
    expect(azure.state().assets).toHaveLength(1);
  });

  test('that another run has taken for something else is told as that', async () => {
    const [run, other] = [await openRun(azure), await openRun(azure)];
    const { assets } = await run.identify(SPEC, undefined);
    const theirs = { type: 'custom_model', name: 'iris', content: { uri: `${URI}-else` } } as const;
    const spec = deployment({ model: { how: 'inline', source: theirs } });
    await other.publish((await other.identify(spec, undefined)).assets);
    await expect(run.publish(assets)).rejects.toMatchObject({
      message: expect.stringContaining('model iris:1 is registered from another place'),
      details: { nextStep: 'Another run has taken this version meanwhile; run again, which takes the next one.' },
    });
    expect((await (await openRun(azure)).identify(SPEC, undefined)).assets.model?.id).toMatch(/versions\/2$/);
  });

  test('that meets conflicts all the time fails with the words of Azure', async () => {
    azure.fault({ match: PUT, times: 'always', then: CONFLICT });
    const run = await openRun(azure);
    const { assets } = await run.identify(SPEC, undefined);
    await expect(run.publish(assets)).rejects.toThrow('A concurrent write.');
  });
});
