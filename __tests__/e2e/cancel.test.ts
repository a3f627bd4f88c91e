import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import type { Emulator } from '../../emulator/server.ts';
import { inScene } from '../support/scene.ts';

const files = { 'endpoints/iris.yml': 'name: iris\n' };
const create = { operation: 'create', endpoint: 'iris' };

test.concurrent(
  'a job cancelled in the middle of a create ends at once and says what goes on; its post step shows how it stands',
  inScene({ files, operationTime: 4_000 }, async ({ action, azure }) => {
    const { exitCode, cancelMs, annotations, post, state } = await action(create, { cancel: onceSent(azure, 'PUT') });
    expect(exitCode).not.toBe(0);
    expect(cancelMs).toBeLessThan(1_000);
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.message).toContain('cancelled; possibly still running in Azure: create of endpoint iris');
    expect(state['underWay']).toContain('create of endpoint iris');
    expect(post.exitCode).toBe(0);
    expect(post.maskedLog).toMatch(/still running in Azure: create of endpoint iris[\s\S]*state\s+Creating/);
  }),
);

test.concurrent(
  'a job cancelled while a delete is under way says so too',
  inScene(
    { files, operationTime: 4_000, seed: { workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris' }] }] } },
    async ({ action, azure }) => {
      const { cancelMs, annotations } = await action(
        { operation: 'delete', endpoint: 'iris' },
        { cancel: onceSent(azure, 'DELETE') },
      );
      expect(cancelMs).toBeLessThan(1_000);
      expect(annotations[0]?.message).toContain('still running in Azure: deletion of endpoint iris');
    },
  ),
);

test.concurrent(
  'a deletion that ends by itself after the cancellation is no error of the post step',
  inScene(
    { operationTime: 700, seed: { workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris' }] }] } },
    async ({ action, azure }) => {
      const cancel = onceSent(azure, 'DELETE', '/onlineEndpoints/', 0);
      const { post } = await action({ operation: 'delete', endpoint: 'iris' }, { cancel });
      expect(post).toMatchObject({ exitCode: 0, annotations: [] });
      expect(post.maskedLog).toContain('still running in Azure: deletion of endpoint iris');
    },
  ),
);

test.concurrent(
  'a job cancelled before anything was sent says that nothing is under way, and its post step is silent',
  inScene({ files }, async ({ action, azure }) => {
    azure.fault({ match: { path: '/onlineEndpoints/iris' }, times: 'always', then: { hang: true } });
    const result = await action(create, { cancel: onceSent(azure, 'GET', '/onlineEndpoints/iris') });
    expect(result.exitCode).not.toBe(0);
    expect(result.cancelMs).toBeLessThan(1_000);
    expect(result.annotations[0]?.message).toContain('no operation is running in Azure');
    expect(result.post).toMatchObject({ exitCode: 0, rawLog: '' });
  }),
);

test.concurrent(
  'Ctrl-C at a terminal ends the wait with exit code 130 and says what goes on',
  inScene({ files, operationTime: 4_000 }, async ({ commandLine, azure }) => {
    const { exitCode, stdout, stderr, interruptedMs } = await commandLine(['create', 'iris'], {
      interrupt: onceSent(azure, 'PUT'),
    });
    expect(exitCode).toBe(130);
    expect(interruptedMs).toBeLessThan(1_000);
    expect(stdout).toBe('');
    expect(stderr).toMatch(
      /cancelled; possibly still running in Azure: create of endpoint iris[\s\S]*Run `show` for iris/,
    );
  }),
);

/** Aborted a moment after Azure has got such a request. */
function onceSent(azure: Emulator, wanted: string, part = '/onlineEndpoints/', pause = 300): AbortSignal {
  const controller = new AbortController();
  const watch = async (): Promise<void> => {
    while (!azure.requests().some(({ method, path }) => method === wanted && path.includes(part))) await sleep(20);
    await sleep(pause);
    controller.abort();
  };
  void watch();
  return controller.signal;
}
