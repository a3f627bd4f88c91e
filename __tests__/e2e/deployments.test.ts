import { expect, test } from '@jest/globals';
import type { Emulator } from '../../emulator/server.ts';
import { inStoredScene } from '../support/stored-scene.ts';

const IRIS = 'name: iris\nauth_mode: key\n';
const SEED = { workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris' }] }] };
const FILES = { 'endpoints/iris.yml': IRIS };
const DEPLOY = { operation: 'deploy', endpoint: 'iris' };

test.concurrent(
  'a job deploys local code and models, and the next one uploads and writes nothing',
  inStoredScene({ seed: SEED, files: FILES, storage: { credentials: 'sas' } }, async ({ action, azure, uploads }) => {
    const first = await action(DEPLOY);
    expect(first).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded', changed: 'true', traffic: '{}' } });
    expect(first.maskedLog).toContain('uploaded endpoints/iris/src: ');
    expect(first.maskedLog).toContain('opened with a shared access signature');
    expect(first.annotations).toMatchObject([
      { type: 'notice', message: expect.stringContaining('serves nothing yet') },
    ]);
    expect(first.summary).toMatch(/\*\*iris\/blue\*\* \(created\)[^]*\*\*iris\/green\*\* \(created\)/);
    expect(written(azure)).toEqual({ codes: 1, models: 2, environments: 1, deployments: 2, endpoints: 0 });
    expect(uploads()).toBeGreaterThan(0);

    const before = { writes: written(azure), uploads: uploads() };
    const second = await action(DEPLOY);
    expect(second).toMatchObject({ exitCode: 0, outputs: { status: 'unchanged', changed: 'false' } });
    expect({ writes: written(azure), uploads: uploads() }).toEqual(before);
  }),
);

test.concurrent(
  'the command line deploys one deployment, and then both with what they share',
  inStoredScene({ seed: SEED, files: FILES }, async ({ commandLine, azure, storage, uploads }) => {
    const one = await commandLine(['deploy', 'iris', '--deployment', 'blue']);
    expect(one).toMatchObject({ exitCode: 0, stdout: 'iris: no change\niris/blue: created\n' });
    expect(names(azure)).toEqual(['blue']);

    storage.reset();
    const both = await commandLine(['deploy', 'iris']);
    expect(both).toMatchObject({ exitCode: 0, stdout: 'iris: no change\niris/blue: no change\niris/green: created\n' });
    const sent = storage.requests.filter(({ what }) => what.startsWith('PUT')).map(({ blob }) => blob);
    expect(new Set(sent)).toEqual(new Set([expect.stringMatching(/^LocalUpload\/[0-9a-f]{64}\/flower\.json$/)]));

    const before = { writes: written(azure), uploads: uploads() };
    const again = await commandLine(['deploy', 'iris']);
    expect(again.exitCode).toBe(0);
    expect({ writes: written(azure), uploads: uploads() }).toEqual(before);
  }),
);

test.concurrent(
  'apply makes a whole endpoint from nothing, deployments before traffic, and then leaves it alone',
  inStoredScene(
    { files: { 'endpoints/iris.yml': `${IRIS}traffic: {blue: 90, green: 10}\n` } },
    async ({ action, commandLine, azure, uploads }) => {
      const first = await action({ operation: 'apply', endpoint: '*' });
      expect(first).toMatchObject({ exitCode: 0, annotations: [], outputs: { status: 'succeeded', changed: 'true' } });
      expect(first.maskedLog).toContain('iris: created\niris/blue: created\niris/green: created');
      expect(azure.state().endpoints[0]?.properties['traffic']).toEqual({ blue: 90, green: 10 });
      const order = azure.requests().flatMap(({ method, path }) => {
        const [, kind] = method === 'PUT' ? (/\/(onlineEndpoints\/iris(?:\/deployments)?)\b/.exec(path) ?? []) : [];
        return kind ?? [];
      });
      const [endpoint, deployments] = ['onlineEndpoints/iris', 'onlineEndpoints/iris/deployments'];
      expect(order).toEqual([endpoint, deployments, deployments, endpoint]);

      const before = { writes: written(azure), uploads: uploads() };
      const second = await action({ operation: 'apply', endpoint: '*' });
      expect(second).toMatchObject({ exitCode: 0, outputs: { status: 'unchanged', changed: 'false' } });
      expect(await commandLine(['plan', 'iris', '--fail-on-drift'])).toMatchObject({ exitCode: 0 });
      expect({ writes: written(azure), uploads: uploads() }).toEqual(before);
    },
  ),
);

test.concurrent(
  'a deployment that fails leaves live traffic where it is, and what its container prints commands nothing',
  inStoredScene({ files: { 'endpoints/iris.yml': `${IRIS}traffic: {blue: 100}\n` } }, async (scene) => {
    const { action, azure, uploads, write } = scene;
    const apply = { operation: 'apply', endpoint: 'iris' };
    const made = await action({ ...apply, deployments: 'endpoints/iris/deployments/blue.yml' });
    expect(made.exitCode).toBe(0);

    await write('endpoints/iris.yml', `${IRIS}traffic: {green: 100}\n`);
    const log = [
      '::error::owned',
      '  ::add-mask::e',
      '::set-output name=scoring-url::https://owned.example',
      '##[error]owned',
      '::stop-commands::mine',
      'Traceback (most recent call last):',
      '  File "/var/azureml-app/src/score.py", line 13, in init',
      '    with open(path, encoding="utf-8") as file:',
      "FileNotFoundError: [Errno 2] No such file or directory: 'flower.json'",
    ];
    const then = { deployment: { failure: 'start-up', log } } as const;
    azure.fault({ match: { method: 'PUT', path: '/deployments/green' }, then });
    const failed = await action(apply);
    expect(failed).toMatchObject({ exitCode: 1, outputs: { status: 'failed', traffic: '{"blue":100}' } });
    expect(failed.outputs['failure-reason']).toContain('deployment green of endpoint iris failed');
    expect(azure.state().endpoints[0]?.properties['traffic']).toEqual({ blue: 100 });
    expect(failed.groups).toEqual(
      ['inference-server', 'storage-initializer'].map((each) => `log of ${each}, deployment green of endpoint iris`),
    );
    const [file, code] = ['endpoints/iris/deployments/green.yml', 'endpoints/iris/src/score.py'];
    expect(failed.annotations).toMatchObject([
      { type: 'error', file, message: expect.stringContaining('class: start-up') },
      { type: 'error', file: code, line: 13, message: expect.stringMatching(/^FileNotFoundError/) },
    ]);
    expect(failed.maskedLog).toContain('https://owned.example');
    expect(failed.outputs['scoring-url']).not.toContain('owned');
    expect(failed.summary).toMatch(/❌ create of deployment green[^]*- class: start-up[^]*<details>[^]*<pre>/);

    const before = uploads();
    const again = await action(apply);
    expect(again).toMatchObject({ exitCode: 0, outputs: { traffic: '{"green":100}' } });
    expect(uploads()).toBe(before);
  }),
);

function names(azure: Emulator): string[] {
  return azure.state().endpoints.flatMap(({ deployments }) => deployments.map(({ name }) => name));
}

/** What was written to ARM so far, by kind. */
function written(azure: Emulator): Record<string, number> {
  const paths = azure.requests().flatMap(({ method, path }) => (method === 'PUT' ? [path] : []));
  const count = (part: RegExp): number => paths.filter((path) => part.test(path)).length;
  return {
    codes: count(/\/codes\//),
    models: count(/\/models\//),
    environments: count(/\/environments\//),
    deployments: count(/\/deployments\//),
    endpoints: count(/\/onlineEndpoints\/[^/?]+\?/),
  };
}
