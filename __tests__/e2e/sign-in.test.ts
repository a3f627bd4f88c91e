import { expect, test } from '@jest/globals';
import { clientSecret, gitHubIdToken, inScene } from '../support/scene.ts';

const files = { 'endpoints/iris.yml': 'name: iris\n' };
const create = { operation: 'create', endpoint: 'iris' };

test.concurrent(
  'with a client secret, given as inputs and environment alike',
  inScene({ files }, async ({ action, azure }) => {
    const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_ML_WORKSPACE, ...env } = clientSecret(azure);
    const inputs = {
      'tenant-id': AZURE_TENANT_ID ?? '',
      'client-id': AZURE_CLIENT_ID ?? '',
      'workspace-name': AZURE_ML_WORKSPACE ?? '',
    };
    const created = await action({ ...create, ...inputs }, { env });
    expect(created.exitCode).toBe(0);
    expect(created.maskedLog).toContain(`signing in with client secret of client ${AZURE_CLIENT_ID}`);
  }),
);

test.concurrent(
  'with GitHub ID tokens that live shorter than the operation: every exchange has a fresh one (AADSTS700024)',
  inScene(
    { files, operationTime: 2_500, idTokenLifetime: 700, accessTokenLifetime: 900 },
    async ({ action, azure }) => {
      const created = await action(create, { env: gitHubIdToken(azure) });
      expect(created.exitCode).toBe(0);
      expect(created.maskedLog).toContain('signing in with GitHub ID token as client');
      const requests = azure.requests();
      const asked = requests.filter(({ path }) => path.startsWith('/_github/idtoken')).length;
      const exchanged = requests.filter(({ path }) => path.includes('/oauth2/v2.0/token'));
      expect(exchanged.length).toBeGreaterThan(1);
      expect(asked).toBeGreaterThanOrEqual(exchanged.length);
      expect(exchanged.every(({ status }) => status === 200)).toBe(true);
    },
  ),
);

test.concurrent(
  'without permissions: id-token: write the error names them, and no other way is tried',
  inScene({ files }, async ({ action, azure }) => {
    const { AZURE_CLIENT_SECRET: secret = '', ...env } = clientSecret(azure);
    expect(secret).not.toBe('');
    const { exitCode, annotations } = await action(create, { env });
    expect(exitCode).toBe(1);
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.message).toContain('permissions: id-token: write');
    expect(azure.requests()).toEqual([]);
  }),
);

test.concurrent(
  'a wrong secret, a foreign tenant and an unknown client end at once, in the words of Entra and with one next step',
  inScene({ files }, async ({ action, azure }) => {
    const env = clientSecret(azure);
    const stranger = '11111111-2222-3333-4444-555555555555';
    const [secret, tenant, client] = await Promise.all([
      action(create, { env: { ...env, AZURE_CLIENT_SECRET: 'not-the-secret' } }),
      action({ ...create, 'tenant-id': stranger }),
      action({ ...create, 'client-id': stranger }),
    ]);
    expect(secret.annotations[0]?.message).toMatch(/AADSTS7000215[\s\S]*use the value of the secret, not its ID/);
    expect(secret.rawLog.replace('::add-mask::not-the-secret', '')).not.toContain('not-the-secret');
    expect(tenant.annotations[0]?.message).toContain('Check `tenant-id`');
    expect(client.annotations[0]?.message).toMatch(/AADSTS700016[\s\S]*Check `client-id`/);
    expect([secret, tenant, client].map(({ exitCode }) => exitCode)).toEqual([1, 1, 1]);
  }),
);

test.concurrent(
  'an ID token that Entra refuses is told by its claims, never by itself',
  inScene({ files, idTokenLifetime: 0 }, async ({ action, azure }) => {
    const { exitCode, annotations } = await action(create, { env: gitHubIdToken(azure) });
    expect(exitCode).toBe(1);
    const message = annotations[0]?.message ?? '';
    expect(message).toContain('AADSTS700024');
    expect(message).toContain('subject repo:octo-org/octo-repo:ref:refs/heads/main');
    expect(message).toContain('audience api://AzureADTokenExchange');
  }),
);

test.concurrent(
  'GitHub in trouble is asked again',
  inScene({ files }, async ({ action, azure }) => {
    azure.fault({ match: { path: '/_github/idtoken' }, then: { status: 503 } });
    azure.fault({ match: { path: '/_github/idtoken' }, then: { reset: true } });
    const created = await action(create, { env: gitHubIdToken(azure) });
    expect(created.exitCode).toBe(0);
  }),
);
