import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Emulator, startEmulator } from '../../../emulator/server.ts';
import { type Azurite, startAzurite } from '../../../emulator/azurite.ts';
import { below, call } from './client.ts';

let azurite: Azurite;
let emulator: Emulator;

beforeAll(async () => {
  azurite = await startAzurite();
  const url = `${azurite.protocol}://${azurite.endpoint}/${azurite.account}`;
  emulator = await startEmulator({ storage: { url, key: azurite.key } });
});

afterAll(async () => {
  await emulator.close();
  await azurite.close();
});

interface PendingUpload {
  readonly blobReferenceForConsumption: { readonly blobUri: string; readonly credential: { readonly sasUri: string } };
}

async function post<Answer>(to: Emulator, path: string, body: unknown = {}): Promise<Answer> {
  const { status, text } = await call(to, 'POST', below(to, path), { body, token: await tokenOf(to) });
  expect(status).toBe(200);
  return JSON.parse(text) as Answer;
}

async function tokenOf(of: Emulator): Promise<string> {
  const { AZURE_TENANT_ID, AZURE_CLIENT_ID = '', AZURE_CLIENT_SECRET = '' } = of.env;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: AZURE_CLIENT_ID,
    client_secret: AZURE_CLIENT_SECRET,
    scope: 'https://management.azure.com/.default',
  });
  const { text } = await call(of, 'POST', `/${AZURE_TENANT_ID}/oauth2/v2.0/token`, { body: form.toString() });
  return JSON.parse(text).access_token;
}

async function pendingUpload(to: Emulator, name: string): Promise<PendingUpload['blobReferenceForConsumption']> {
  const answer = await post<PendingUpload>(to, `/codes/${name}/versions/1/startPendingUpload`);
  return answer.blobReferenceForConsumption;
}

/** Writes a blob and reads it again, as far as the address allows it. */
async function roundTrip(container: string, query: string): Promise<number[]> {
  const blob = `${container}/LocalUpload/1/model.txt?${query}`;
  const headers = { 'x-ms-blob-type': 'BlockBlob' };
  const written = await fetch(blob, { method: 'PUT', headers, body: 'weights' });
  const read = await fetch(blob);
  const listed = await fetch(`${container}?restype=container&comp=list&${query}`);
  const deleted = await fetch(blob, { method: 'DELETE' });
  return [written.status, read.status, listed.status, deleted.status];
}

test('the store takes what the datastore hands out, in the container that it names', async () => {
  await emulator.makeContainers();
  await emulator.makeContainers();
  const { sasToken } = await post<{ sasToken: string }>(emulator, '/datastores/workspaceblobstore/listSecrets', {
    expirableSecret: true,
  });
  const { text } = await call(emulator, 'GET', below(emulator, '/datastores/workspaceblobstore'), {
    token: await tokenOf(emulator),
  });
  const { accountName, containerName, endpoint, protocol } = JSON.parse(text).properties;
  const container = `${protocol}://${endpoint}/${accountName}/${containerName}`;
  expect(await roundTrip(container, sasToken)).toEqual([201, 200, 200, 403]);
});

test('the container of a pending upload is there when its address is told, and each has its own', async () => {
  const [one, two] = await Promise.all(['one', 'two'].map((name) => pendingUpload(emulator, name)));
  const query = one?.credential.sasUri.split('?')[1] ?? '';
  expect(await roundTrip(one?.blobUri ?? '', query)).toEqual([201, 200, 200, 403]);
  expect((await roundTrip(two?.blobUri ?? '', query)).slice(0, 2)).toEqual([403, 403]);
});

test('a store that is not there does not keep anybody from an answer', async () => {
  const lonely = await startEmulator({ storage: { url: 'http://127.0.0.1:1/devstoreaccount1' } });
  try {
    const { blobUri } = await pendingUpload(lonely, 'one');
    expect(blobUri).toMatch(/^http:\/\/127\.0\.0\.1:1\/devstoreaccount1\//);
    await expect(lonely.makeContainers()).rejects.toThrow('http://127.0.0.1:1/devstoreaccount1/azureml-blobstore-');
  } finally {
    await lonely.close();
  }
});
