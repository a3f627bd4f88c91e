import { expect, test } from '@jest/globals';
import type { RunResult } from '../../emulator/runner/run-action.ts';
import type { Seed } from '../../emulator/seed.ts';
import { callHttps } from '../../emulator/clients/https.ts';
import { inScene, type Scene } from '../support/scene.ts';

const seed: Seed = {
  workspaces: [
    {
      name: 'ws-emulator',
      endpoints: ['Key', 'AMLToken', 'AADToken'].map((authMode) => ({
        name: authMode.toLowerCase(),
        properties: { authMode, traffic: { blue: 100 } },
        deployments: [{ name: 'blue' }],
      })),
    },
  ],
};

const HOUR = 3_600_000;

test.concurrent.each([
  ['key', {}, 'key'],
  ['key', { key: 'secondary' }, 'key'],
  ['amltoken', {}, 'aml_token'],
  ['aadtoken', {}, 'aad_token'],
])('the token of endpoint %s with %j is a masked output that opens the scoring URL', (endpoint, more, type) =>
  inScene({ seed, amlTokenLifetime: HOUR, accessTokenLifetime: HOUR }, async (scene) => {
    const result = await scene.action({ operation: 'token', endpoint, ...more });
    expect(result).toMatchObject({ exitCode: 0, outputs: { 'token-type': type, changed: 'false' } });
    expect(await statusOfCall(scene, result)).toBe(200);
    expect(result.rawLog).toContain(`::add-mask::${result.outputs['token']}`);
    const { 'token-expires-at': expiresAt } = result.outputs;
    if (type === 'key') expect(expiresAt).toBeUndefined();
    else expect(Math.abs(Date.parse(expiresAt ?? '') - Date.now() - HOUR)).toBeLessThan(60_000);
  })(),
);

test.concurrent(
  'a token crosses no jobs: GitHub drops it, and nothing else',
  inScene({ seed }, async ({ action }) => {
    const { outputs, jobOutputs } = await action({ operation: 'token', endpoint: 'key' });
    const dropped = Object.keys(outputs).filter((name) => !(name in jobOutputs));
    expect(dropped).toEqual(['token']);
  }),
);

test.concurrent(
  'regenerate-keys turns one key once and leaves the other alone',
  inScene({ seed }, async (scene) => {
    const token = (key: string) => scene.action({ operation: 'token', endpoint: 'key', key });
    const before = await Promise.all([token('primary'), token('secondary')]);
    const turned = await scene.action({ operation: 'regenerate-keys', endpoint: 'key', key: 'secondary' });
    expect(turned).toMatchObject({ exitCode: 0, outputs: { changed: 'true', status: 'succeeded' } });
    expect(turned.outputs['token']).toBeUndefined();
    expect(await Promise.all(before.map((result) => statusOfCall(scene, result)))).toEqual([200, 401]);
    expect(await statusOfCall(scene, await token('secondary'))).toBe(200);
    const posts = scene.azure.requests().filter(({ path }) => path.includes('/regenerateKeys'));
    expect(posts).toHaveLength(1);
  }),
);

test.concurrent(
  'regenerate-keys refuses an endpoint that has none',
  inScene({ seed }, async ({ action }) => {
    const { exitCode, outputs } = await action({ operation: 'regenerate-keys', endpoint: 'amltoken' });
    expect(exitCode).toBe(1);
    expect(outputs['failure-reason']).toContain('endpoint amltoken does not use keys');
  }),
);

async function statusOfCall({ azure }: Scene, { outputs }: RunResult): Promise<number> {
  const headers = { authorization: `Bearer ${outputs['token']}`, 'content-type': 'application/json' };
  const url = outputs['scoring-url'] ?? '';
  return (await callHttps(azure, { method: 'POST', url, headers, body: '{}' })).status;
}
