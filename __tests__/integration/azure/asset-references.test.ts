import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Azure, armRequests } from '../../support/azure.ts';
import { inFoldersOfTheirOwn, startStoredAzure, type StoredAzure } from '../../support/stored-azure.ts';
import type { AssetReference, EnvironmentSource } from '../../../src/spec/deployment/model.ts';
import { deployment, openRun } from '../../support/asset-scene.ts';

let store: StoredAzure;
let azure: Azure;
beforeAll(async () => {
  const models = ['1', '2', '3'].map((version) => ({ name: 'iris', version }));
  const environments = [{ name: 'sklearn', version: '4' }];
  store = await startStoredAzure({ seed: { workspaces: [{ name: 'ws-emulator', models, environments }] } });
  ({ azure } = store);
});
inFoldersOfTheirOwn();
afterEach(() => store.reset());
afterAll(() => store.close());

const version = (name: string, of: string): AssetReference => ({ how: 'version', name, version: of });

/** The requests that a look takes, beside the sign-in. */
async function counted<T>(work: () => Promise<T>): Promise<{ result: T; requests: string[] }> {
  const before = azure.requests().length;
  const result = await work();
  return { result, requests: armRequests(azure.requests().slice(before)) };
}

describe('references', () => {
  test('to a version are looked up, once', async () => {
    const run = await openRun(azure);
    const spec = deployment({ model: version('iris', '2'), environment: version('sklearn', '4') });
    const { result, requests } = await counted(async () => {
      await run.identify(spec, undefined);
      return run.identify(deployment({ name: 'green', model: version('iris', '2') }), undefined);
    });
    expect(result).toEqual({
      assets: { model: { id: `${run.workspace.id}/models/iris/versions/2`, shown: 'iris:2' } },
      faults: [],
    });
    expect(requests.toSorted()).toEqual(['GET environments/sklearn/versions/4 200', 'GET models/iris/versions/2 200']);
  });

  test('that five live deployments carry cost no request', async () => {
    const run = await openRun(azure);
    const { requests } = await counted(() =>
      Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map(async (name) => {
          const spec = deployment({ name, model: version('iris', '2'), environment: version('sklearn', '4') });
          const live = {
            properties: {
              model: `${run.workspace.id}/models/iris/versions/2`,
              environmentId: `azureml:${run.workspace.id}/environments/sklearn/versions/4`,
            },
          };
          expect((await run.identify(spec, live)).faults).toEqual([]);
        }),
      ),
    );
    expect(requests).toEqual([]);
  });

  test('to the latest version are resolved once, logged and shown', async () => {
    const run = await openRun(azure);
    const spec = deployment({ model: { how: 'latest', name: 'iris' } });
    const { result, requests } = await counted(() =>
      Promise.all([run.identify(spec, undefined), run.identify(spec, undefined)]),
    );
    expect(result.map(({ assets }) => assets.model)).toEqual(
      Array(2).fill({ id: `${run.workspace.id}/models/iris/versions/3`, shown: 'iris:3 (latest)' }),
    );
    expect(requests).toEqual(['GET models/iris/versions 200']);
    expect(run.deps.report.texts()).toContain('azureml:iris@latest of models is version 3');
  });

  test('to the label of an id of this workspace are resolved too', async () => {
    const run = await openRun(azure);
    const id = `${run.workspace.id}/models/iris/labels/latest`;
    const live = { properties: { model: `${run.workspace.id}/models/iris/versions/2` } };
    const { assets } = await run.identify(deployment({ model: { how: 'id', id } }), live);
    expect(assets.model).toEqual({ id: `${run.workspace.id}/models/iris/versions/3`, shown: 'iris:3 (latest)' });
  });

  test.each([
    'azureml://registries/azureml/models/phi/versions/1',
    'azureml:AzureML-sklearn-1.5:3',
    '/subscriptions/s/resourceGroups/r/providers/Microsoft.MachineLearningServices/workspaces/other/models/m/versions/1',
  ])('%s is Azure’s to find', async (id) => {
    const run = await openRun(azure);
    const { result, requests } = await counted(() => run.identify(deployment({ model: { how: 'id', id } }), undefined));
    expect(result).toMatchObject({ assets: { model: { id } }, faults: [] });
    expect(requests).toEqual([]);
    await run.identify(deployment({ name: 'green', model: { how: 'id', id } }), undefined);
    expect(run.deps.report.texts().filter((text) => text.includes('only Azure checks them'))).toHaveLength(1);
  });

  test('to a data asset of this workspace by its id are looked for', async () => {
    const run = await openRun(azure);
    const id = `${run.workspace.id}/data/answers/versions/1`;
    const spec = { ...deployment({}), collected: { model_inputs: { how: 'id', id } } } as const;
    const { faults } = await run.identify(spec, undefined);
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('there is no data asset answers')]);
  });

  test.each([
    [version('iris', '9'), 'model iris has no version 9 in workspace ws-emulator; the newest are 3, 2, 1'],
    [version('iriss', '1'), 'there is no model iriss in workspace ws-emulator; did you mean iris?'],
    [
      { how: 'latest', name: 'tulip' } as const,
      /^there is no model tulip in workspace ws-emulator; register it first, or describe it here with its `path`$/,
    ],
  ])('%j is a fault at its key', async (model, message) => {
    const { result } = await counted(async () => (await openRun(azure)).identify(deployment({ model }), undefined));
    expect(result).toEqual({
      assets: {},
      faults: [
        {
          file: 'blue.yml',
          line: 1,
          column: 1,
          message: typeof message === 'string' ? message : expect.stringMatching(message),
        },
      ],
    });
  });

  test('a workspace that is not there is no missing version', async () => {
    const run = await openRun(azure);
    azure.fault({
      match: { path: '/workspaces/' },
      times: 'always',
      then: { status: 404, body: { error: { code: 'ResourceNotFound', message: 'gone' } } },
    });
    await expect(run.identify(deployment({ model: version('iris', '2') }), undefined)).rejects.toThrow('gone');
  });

  test('bad weather is waited out', async () => {
    azure.fault({ match: { path: 'versions/2' }, times: 2, then: { status: 503 } });
    const run = await openRun(azure);
    expect((await run.identify(deployment({ model: version('iris', '2') }), undefined)).faults).toEqual([]);
  });
});

describe('environments', () => {
  const image = 'registry.example.org/base:1';
  const conda = { dependencies: ['python=3.10', 'pip', { pip: ['numpy'] }] };
  const spec = (source: EnvironmentSource) => deployment({ environment: { how: 'inline', source } });
  const environments = () => azure.state().assets.filter(({ kind }) => kind === 'environments');

  test('without a name have the name and version that other clients give them', async () => {
    const run = await openRun(azure);
    const { assets } = await run.identify(spec({ image }), undefined);
    expect(assets.environment).toMatchObject({
      id: `${run.workspace.id}/environments/CliV2AnonymousEnvironment/versions/bd7fe1859be48a8fab1929eff09dd6e1cacce435984689680f58a57a3fb76ad6`,
      shown: image,
    });
    await run.publish(assets);
    const { requests } = await counted(() => run.publish(assets));
    expect(requests).toEqual([]);
    expect(environments().at(-1)!.properties).toMatchObject({ image, isAnonymous: true });
  });

  test('with a build context are uploaded', async () => {
    await mkdir('context');
    await writeFile('context/Dockerfile', `FROM scratch\n# ${Math.random()}\n`);
    const run = await openRun(azure);
    const build = { content: { local: 'context' }, dockerfilePath: 'Dockerfile' };
    const { assets } = await run.identify(spec({ build }), undefined);
    await run.publish(assets);
    expect(environments().at(-1)!.properties['build']).toEqual({
      contextUri: expect.stringMatching(/\/LocalUpload\/[0-9a-f]{64}\/context\/$/),
      dockerfilePath: 'Dockerfile',
    });
  });

  test('with a name get a next version only for another content, however it is written', async () => {
    const named = { name: 'rose', image, conda };
    const first = await openRun(azure);
    await first.publish((await first.identify(spec(named), undefined)).assets);
    expect(environments().at(-1)).toMatchObject({ name: 'rose', version: '1', properties: { isAnonymous: false } });
    const body = { properties: { image, condaFile: 'dependencies: [python=3.10, pip, {pip: [numpy]}]' } };
    await first.workspace.send({ method: 'PUT', path: '/environments/lily/versions/1', body, repeat: 'never' });
    const { assets } = await (await openRun(azure)).identify(spec({ ...named, name: 'lily' }), undefined);
    expect(assets.environment!.make).toBeUndefined();
    const changed = await (await openRun(azure)).identify(spec({ ...named, image: 'other:2' }), undefined);
    expect(changed.assets.environment!.id).toMatch(/environments\/rose\/versions\/2$/);
  });

  test('that only the parser of Python takes are another content, and no fault', async () => {
    const run = await openRun(azure);
    const has = { name: '1', properties: { image, condaFile: 'name: a\nname: b\n' } };
    azure.fault({ match: { path: 'environments/iris/versions' }, then: { status: 200, body: { value: [has] } } });
    const { assets, faults } = await run.identify(spec({ name: 'iris', image, conda }), undefined);
    expect(faults).toEqual([]);
    expect(assets.environment!.shown).toMatch(/^iris:1 \(new\)/);
  });

  test('with a version keep it', async () => {
    const { faults } = await (
      await openRun(azure)
    ).identify(spec({ name: 'sklearn', version: '4', image: 'other:2' }), undefined);
    expect(faults[0]!.message).toMatch(/^environment sklearn:4 is registered with different content/);
  });
});
