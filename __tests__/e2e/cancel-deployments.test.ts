import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { inStoredScene, type StoredScene } from '../support/stored-scene.ts';

const SEED = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: [{ name: 'iris', properties: { traffic: { red: 100 } }, deployments: [{ name: 'red' }] }],
    },
  ],
};
const FILES = { 'endpoints/iris.yml': 'name: iris\ntraffic: {blue: 90, green: 10}\n' };
const APPLY = { operation: 'apply', endpoint: 'iris' };
/** The runner's patience after its first signal; source: actions/runner, `ProcessInvoker.cs`. */
const PATIENCE = 7_500;

test.concurrent(
  'a job cancelled in the middle of an upload ends at once, with nothing under way, and the next one finishes it',
  inStoredScene({ seed: SEED, files: FILES }, async (scene) => {
    const { action, azure, storage } = scene;
    const cancelled = await action(APPLY, { cancel: inUpload(scene) });
    expect(cancelled.exitCode).not.toBe(0);
    expect(cancelled.cancelMs).toBeLessThan(PATIENCE);
    expect(cancelled.annotations).toMatchObject([{ type: 'error', message: expect.stringMatching(/^cancelled/) }]);
    expect(cancelled.annotations[0]?.message).toContain('no operation is running in Azure');
    expect(cancelled.post).toMatchObject({ exitCode: 0, rawLog: '' });
    expect(iris(scene)).toEqual({ traffic: { red: 100 }, deployments: ['red'] });
    expect(azure.requests().some(({ method, path }) => method === 'PUT' && path.includes('/models/'))).toBe(false);

    storage.reset();
    expect(await action(APPLY)).toMatchObject({ exitCode: 0 });
    expect(iris(scene)).toEqual({ traffic: { blue: 90, green: 10 }, deployments: ['blue', 'green', 'red'] });
  }),
);

test.concurrent(
  'a job cancelled while deployments are made says which go on in Azure, and moves no traffic',
  inStoredScene({ seed: SEED, files: FILES, deploymentTime: 6_000 }, async (scene) => {
    const cancelled = await scene.action(APPLY, { cancel: inDeployments(scene) });
    expect(cancelled.exitCode).not.toBe(0);
    expect(cancelled.cancelMs).toBeLessThan(PATIENCE);
    expect(cancelled.annotations).toHaveLength(1);
    for (const name of ['blue', 'green']) {
      expect(cancelled.annotations[0]?.message).toContain(`create of deployment ${name} of endpoint iris`);
    }
    expect(cancelled.state['underWay']).toContain('create of deployment green of endpoint iris');
    expect(cancelled.post.exitCode).toBe(0);
    expect(cancelled.post.maskedLog).toMatch(/still running in Azure: [^]*blue +(Creat|Updat)ing/);
    expect(iris(scene)).toEqual({ traffic: { red: 100 }, deployments: ['blue', 'green', 'red'] });
  }),
);

test.concurrent(
  'Ctrl-C in the middle of an upload ends the command line with exit code 130',
  inStoredScene({ seed: SEED, files: FILES }, async (scene) => {
    const { exitCode, stdout, stderr } = await scene.commandLine(['deploy', 'iris'], { interrupt: inUpload(scene) });
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toContain('cancelled');
    expect(iris(scene)).toEqual({ traffic: { red: 100 }, deployments: ['red'] });
  }),
);

function iris({ azure }: StoredScene): { traffic: unknown; deployments: string[] } {
  const [endpoint] = azure.state().endpoints;
  return {
    traffic: endpoint?.properties['traffic'],
    deployments: (endpoint?.deployments ?? []).map(({ name }) => name).toSorted(),
  };
}

/** Aborted when the model is on its way to the store, which never takes it. */
function inUpload({ storage }: StoredScene): AbortSignal {
  const controller = new AbortController();
  storage.onRequest = async ({ what }) => {
    if (!what.startsWith('PUT petals.json')) return;
    controller.abort();
    await new Promise(() => {});
  };
  return controller.signal;
}

/** Aborted a moment after Azure was told to make both deployments. */
function inDeployments({ azure }: StoredScene): AbortSignal {
  const controller = new AbortController();
  const watch = async (): Promise<void> => {
    const sent = (): number =>
      azure.requests().filter(({ method, path }) => method === 'PUT' && path.includes('/deployments/')).length;
    while (sent() < 2) await sleep(20);
    await sleep(300);
    controller.abort();
  };
  void watch();
  return controller.signal;
}
