import { mkdir, writeFile } from 'node:fs/promises';
import tls from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Azurite, startAzurite } from '../../../emulator/azurite.ts';
import { makeCertificates } from '../../../emulator/certificates.ts';
import { workspaceDatastore } from '../../../src/azure/storage/datastore.ts';
import { type Azure, armRequests, startAzure } from '../../support/azure.ts';
import { deployment, localCode, openRun } from '../../support/asset-scene.ts';
import { startConnectProxy } from '../../support/connect-proxy.ts';
import { enterFolder } from '../../support/folder.ts';
import { type StorageWeather, startStorageWeather } from '../../support/storage-weather.ts';

/** An account that takes no keys: Azurite with TLS, which asks for tokens of Entra and looks at their issuer and audience. */
let azurite: Azurite;
let weather: StorageWeather;
let azure: Azure;
let folder: Awaited<ReturnType<typeof enterFolder>>;
beforeAll(async () => {
  const certificates = await makeCertificates({ authority: 'Emulated store' });
  tls.setDefaultCACertificates([certificates.authority]);
  azurite = await startAzurite({ certificates });
  weather = await startStorageWeather(azurite.endpoint, { certificates });
  const url = `https://${weather.endpoint}/${azurite.account}`;
  const storage = { url, key: azurite.key, container: azurite.container, credentials: 'none' } as const;
  azure = await startAzure({ storage });
  tls.setDefaultCACertificates([azure.ca, certificates.authority]);
});
beforeEach(async () => {
  folder = await enterFolder();
  await mkdir('src');
  await writeFile('src/score.py', `${Math.random()}`);
});
afterEach(async () => {
  delete process.env['HTTPS_PROXY'];
  weather.reset();
  azure.reset();
  await folder.leave();
});
afterAll(async () => {
  await azure.close();
  await weather.close();
  await azurite.close();
});

const SPEC = deployment({ code: localCode('src') });

async function upload() {
  const run = await openRun(azure);
  const { assets } = await run.identify(SPEC, undefined);
  await run.publish(assets);
  return run;
}

test('an identity-based datastore is opened with the sign-in, and no secret is asked for', async () => {
  const before = azure.requests().length;
  const { deps } = await upload();
  expect(deps.report.texts().join('\n')).toContain('opened with the sign-in');
  expect(armRequests(azure.requests().slice(before)).join('\n')).not.toContain('listSecrets');
  const shown = JSON.stringify(deps.report.lines);
  expect(azure.state().secrets.filter((secret) => shown.includes(secret))).toEqual([]);
});

test('who may not read the secret of the datastore signs in', async () => {
  azure.fault({ match: { path: 'datastores', method: 'GET' }, then: { status: 200, body: keyed() } });
  azure.fault({ match: { path: 'listSecrets' }, then: { deny: true } });
  const { deps } = await upload();
  const said = deps.report.texts().join('\n');
  expect(said).toContain('could not be read (AuthorizationFailed); signing in to the storage account');
  expect(said).toContain('opened with the sign-in');
});

test('an account that takes no keys although the datastore has one is signed in to', async () => {
  azure.fault({ match: { path: 'datastores', method: 'GET' }, then: { status: 200, body: keyed() } });
  const secrets = { secretsType: 'AccountKey', key: azurite.key };
  azure.fault({ match: { path: 'listSecrets' }, then: { status: 200, body: secrets } });
  weather.trouble(/^GET/, { status: 403, code: 'KeyBasedAuthenticationNotPermitted' });
  const { deps } = await upload();
  expect(deps.report.texts().join('\n')).toContain('storage account stemulator takes no keys; signing in to it');
});

test('an account that takes no keys, and a sign-in without the role: the role is what is to be granted', async () => {
  azure.fault({ match: { path: 'datastores', method: 'GET' }, then: { status: 200, body: keyed() } });
  const secrets = { secretsType: 'AccountKey', key: azurite.key };
  azure.fault({ match: { path: 'listSecrets' }, then: { status: 200, body: secrets } });
  weather.trouble(/^GET/, { status: 403, code: 'KeyBasedAuthenticationNotPermitted' });
  weather.trouble(/^GET/, { status: 403, code: 'AuthorizationPermissionMismatch' });
  await expect(upload()).rejects.toMatchObject({
    details: { nextStep: expect.stringContaining('role "Storage Blob Data Contributor"') },
  });
});

test('a token without the role says which one to grant', async () => {
  weather.trouble(/^PUT/, { status: 403, code: 'AuthorizationPermissionMismatch' });
  await expect(upload()).rejects.toMatchObject({
    details: {
      nextStep: expect.stringContaining('role "Storage Blob Data Contributor" on storage account stemulator'),
    },
  });
});

test('a token belongs to the request that needs it: it outlives the cancel of what was before', async () => {
  const { workspace, deps } = await openRun(azure);
  const { openContainer } = await import('../../../src/azure/storage/container.ts');
  const container = await openContainer(workspace, await workspaceDatastore(workspace));
  deps.cancel();
  const limits = { signal: new AbortController().signal, deadline: deps.clock.now() + 60_000 };
  expect(await container.list('nothing/', limits)).toEqual(new Map());
});

test.each([
  ['AuthenticationFailed', 403],
  ['InvalidAuthenticationInfo', 401],
])('a sign-in that the account does not take (%s) is not blamed on a key', async (code, status) => {
  weather.trouble(/^PUT/, { status, code }, 9);
  await expect(upload()).rejects.toMatchObject({
    details: { code, nextStep: expect.stringMatching(/^Check that the signed-in identity is of the tenant(?!.*key)/) },
  });
});

test('HTTPS_PROXY carries uploads too', async () => {
  const proxy = await startConnectProxy();
  process.env['HTTPS_PROXY'] = proxy.url;
  await upload();
  expect(proxy.tunnels).toContain(weather.endpoint);
  await proxy.close();
});

/** A datastore that keeps a key. */
function keyed() {
  const { account: accountName, container: containerName } = azurite;
  const credentials = { credentialsType: 'AccountKey' };
  return {
    properties: {
      datastoreType: 'AzureBlob',
      accountName,
      containerName,
      credentials,
      endpoint: weather.endpoint,
      protocol: 'https',
    },
  };
}
