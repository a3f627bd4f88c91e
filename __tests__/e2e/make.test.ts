import { expect, test } from '@jest/globals';
import { callHttps } from '../../emulator/clients/https.ts';
import { inScene } from '../support/scene.ts';

const files = { 'endpoints/iris.yml': 'name: iris\nauth_mode: key\n' };

test(
  'the five make targets carry an endpoint through its life',
  inScene({ files }, async ({ make, others, write, azure }) => {
    const created = await make(['endpoint-create', 'ENDPOINT=iris']);
    expect(created).toMatchObject({ exitCode: 0, stdout: 'iris: created\n' });

    await others.deployment('iris', 'blue');
    await write('endpoints/iris.yml', `${files['endpoints/iris.yml']}traffic:\n  blue: 100\n`);
    const updated = await make(['endpoint-update', 'ENDPOINT=iris']);
    expect(updated).toMatchObject({ exitCode: 0, stdout: 'iris: updated\n' });

    const [url, token] = await Promise.all([
      make(['endpoint-url', 'ENDPOINT=iris']),
      make(['endpoint-token', 'ENDPOINT=iris']),
    ]);
    expect(url.stdout).toMatch(/^https:\S+\/score\n$/);
    expect(token.stdout).toMatch(/^\S+\n$/);
    const headers = { authorization: `Bearer ${token.stdout.trim()}` };
    const answer = await callHttps(azure, { method: 'POST', url: url.stdout.trim(), headers, body: '{}' });
    expect(answer.status).toBe(200);

    const refused = await make(['endpoint-delete', 'ENDPOINT=iris']);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('Set `confirm` to iris');
    const deleted = await make(['endpoint-delete', 'ENDPOINT=iris', 'CONFIRM=iris']);
    expect(deleted).toMatchObject({ exitCode: 0, stdout: 'iris: deleted with blue\n' });
    expect(azure.state().endpoints).toEqual([]);
  }),
);

test.concurrent(
  'a target without an endpoint fails and says so',
  inScene({ files }, async ({ make, azure }) => {
    const targets = ['create', 'update', 'url', 'token', 'delete'].map((word) => `endpoint-${word}`);
    for (const { exitCode, stdout, stderr } of await Promise.all(targets.map((target) => make([target])))) {
      expect({ failed: exitCode !== 0, stdout }).toEqual({ failed: true, stdout: '' });
      expect(stderr).toContain('input endpoint is missing');
    }
    expect(azure.requests()).toEqual([]);
  }),
);

test.concurrent.each([`$(shell touch owned)iris`, `iris'; touch owned; '`, '`touch owned`', '$$(touch owned)'])(
  'an argument is text to make and to the shell: %s',
  (argument) =>
    inScene({ files }, async ({ make, azure }) => {
      const { exitCode, stderr } = await make(['endpoint-delete', `ENDPOINT=${argument}`, `CONFIRM=${argument}`]);
      const there = await make(['-f', '/dev/null', '--eval', 'all: ; @test ! -e owned', 'all']);
      expect(there.exitCode).toBe(0);
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain('input endpoint');
      expect(azure.requests()).toEqual([]);
    })(),
);
