import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import { inScene } from '../support/scene.ts';
import { expectNoSecrets, withoutMaskCommands } from '../support/secrets.ts';

const seed: Seed = { workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris' }] }] };

// Every scene ends with a search for secrets; one that finds nothing wherever it looks would prove nothing.
test('the search finds a secret as it is, in base64 and in a URL, and forgives only the command that hides it', () => {
  const secrets = ['s3cret/value'];
  const leaky = ['x s3cret/value', Buffer.from('s3cret/value').toString('base64'), 's3cret%2Fvalue'];
  for (const text of leaky) expect(() => expectNoSecrets(secrets, [['log', text]])).toThrow('log');
  const masked = '::add-mask::s3cret/value\nfine';
  expectNoSecrets(secrets, [['log', withoutMaskCommands(masked)]]);
  expect(() => expectNoSecrets(secrets, [['log', withoutMaskCommands(`x ${masked}`)]])).toThrow('log');
  expect(() => expectNoSecrets([], [['log', 'fine']])).toThrow();
});

test('the search fails a scene in which a file of the repository holds a key', () =>
  expect(
    inScene({ seed }, async ({ action, write }) => {
      const { outputs } = await action({ operation: 'token', endpoint: 'iris' });
      await write('notes/key.txt', `the key is ${outputs['token']}`);
    })(),
  ).rejects.toThrow('key.txt'));

test.concurrent(
  'debug output shows no secret either',
  inScene({ seed }, async ({ action, azure }) => {
    const env = { ...azure.env, RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' };
    azure.fault({ match: { path: '/listKeys' }, then: { deny: true } });
    const operations = [{ operation: 'token' }, { operation: 'token' }, { operation: 'regenerate-keys' }];
    const results = await Promise.all(operations.map((inputs) => action({ ...inputs, endpoint: 'iris' }, { env })));
    expect(results.map(({ exitCode }) => exitCode).sort()).toEqual([0, 0, 1]);
  }),
);
