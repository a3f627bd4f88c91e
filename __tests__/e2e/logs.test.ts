import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import { inScene } from '../support/scene.ts';

const seed: Seed = {
  workspaces: [
    {
      name: 'ws-emulator',
      models: [{ name: 'iris-model', version: '3' }],
      environments: [{ name: 'sklearn', version: '7' }],
      endpoints: [
        {
          name: 'iris',
          properties: { traffic: { blue: 100 } },
          deployments: [{ name: 'blue' }, { name: 'old' }],
        },
      ],
    },
  ],
};

/** What a model may print to take the runner over. */
const EVIL = ['::error::owned', '  ::add-mask::o', '##[error]owned', '::stop-commands::x', '::endgroup::'];

const files = {
  'endpoints/iris.yml': 'name: iris\n',
  'endpoints/iris/deployments/red.yml':
    'name: red\nmodel: azureml:iris-model:3\nenvironment: azureml:sklearn:7\ninstance_type: Standard_DS3_v2\ninstance_count: 1\n',
};

test.concurrent(
  'logs is the answer of the command line, and a folded group of a job that obeys none of it',
  inScene({ seed }, async ({ commandLine, action, azure }) => {
    azure.fault({ match: { path: '/getLogs' }, times: 2, then: { status: 200, body: { content: EVIL.join('\n') } } });
    const command = await commandLine(['logs', 'iris', '--deployment', 'blue']);
    expect(command).toMatchObject({ exitCode: 0, stdout: `${EVIL.join('\n')}\n` });
    const job = await action({ operation: 'logs', endpoint: 'iris', deployment: 'blue' });
    expect(job).toMatchObject({ exitCode: 0, annotations: [], outputs: { status: 'unchanged', changed: 'false' } });
    expect(job.rawLog).toContain('::group::log of inference-server, deployment blue of endpoint iris');
    expect(job.maskedLog).toContain('owned');
    const [missing, several] = await Promise.all([
      commandLine(['logs', 'iris', '--deployment', 'red']),
      commandLine(['logs', 'iris', '--container', 'storage-initializer', '--tail', '1']),
    ]);
    expect(missing.stderr).toContain('endpoint iris has no deployment red');
    expect(several.stderr).toContain('next step: Name one in `deployment`: blue, old.');
    expect([missing.exitCode, several.exitCode]).toEqual([1, 1]);
  }),
);

test.concurrent(
  'a deployment that fails says why in log, annotation and summary, and its log commands nothing',
  inScene({ seed, files }, async ({ action, azure }) => {
    const then = { deployment: { failure: 'start-up', log: EVIL } } as const;
    azure.fault({ match: { method: 'PUT', path: '/deployments/red' }, then });
    const result = await action({ operation: 'deploy', endpoint: 'iris' });
    expect(result.exitCode).toBe(1);
    expect(result.annotations).toHaveLength(1);
    expect(result.annotations[0]).toMatchObject({ type: 'error', file: 'endpoints/iris/deployments/red.yml' });
    expect(result.annotations[0]?.message).toMatch(
      /code: ResourceNotReady\n {2}class: start-up\n {2}cause: ModuleNotFoundError: No module named 'sklearn'\n[^]*next step: Add the package/,
    );
    expect(result.rawLog).toContain('::group::log of inference-server, deployment red of endpoint iris');
    expect(result.summary).toContain('- class: start-up');
    expect(result.summary).toContain('- next step: Add the package of');
    expect(result.summary).toMatch(
      /<details><summary>log of inference-server[^<]*<\/summary>\n\n<pre>[^<]*owned[^<]*<\/pre>/,
    );
    expect(azure.state().endpoints[0]?.properties['traffic']).toEqual({ blue: 100 });
  }),
);

test.concurrent(
  'delete takes one deployment away, unless requests go to it',
  inScene({ seed }, async ({ commandLine, action, azure }) => {
    const live = await commandLine(['delete', 'iris', '--deployment', 'blue', '--confirm', 'iris']);
    expect(live.exitCode).toBe(1);
    expect(live.stderr).toMatch(
      /deployment blue of endpoint iris has 100 % of the live traffic \(blue=100\)[^]*code: DeploymentHasTraffic/,
    );
    expect(await commandLine(['delete', 'iris', '--deployment', 'old'])).toMatchObject({
      exitCode: 0,
      stdout: 'iris: deleted deployment old\n',
    });
    expect(azure.state().endpoints[0]?.deployments.map(({ name }) => name)).toEqual(['blue']);
    const again = await action({ operation: 'delete', endpoint: 'iris', deployment: 'old' });
    expect(again).toMatchObject({ exitCode: 0, outputs: { changed: 'false', status: 'unchanged' } });
    expect(again.annotations).toMatchObject([{ type: 'notice' }]);
  }),
);
