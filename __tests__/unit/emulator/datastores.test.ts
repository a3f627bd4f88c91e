import { describe, expect, test } from '@jest/globals';
import type { StorageOptions } from '../../../emulator/storage.ts';
import { pureEmulator } from './pure-emulator.ts';
import type { PureEmulator } from './pure-emulator.ts';

const store = '/datastores/workspaceblobstore';
const azurite: StorageOptions = { url: 'http://127.0.0.1:10000/devstoreaccount1' };

function secretsOf(emulator: PureEmulator): string[] {
  return emulator.send('GET', '/_emulator/state').body.secrets;
}

describe('the address', () => {
  test.each([
    [azurite.url, { accountName: 'devstoreaccount1', endpoint: '127.0.0.1:10000', protocol: 'http' }],
    ['https://localhost:10000/acc', { accountName: 'acc', endpoint: 'localhost:10000', protocol: 'https' }],
    ['https://acc.blob.core.windows.net', { accountName: 'acc', endpoint: 'core.windows.net', protocol: 'https' }],
    [undefined, { accountName: 'emulator', endpoint: 'nowhere.invalid', protocol: 'https' }],
  ])('%s is told in the words of a datastore', (url, told) => {
    const emulator = pureEmulator({ storage: { ...(url ? { url } : {}), key: 'a2V5', container: 'mine' } });
    expect(emulator.arm('GET', store).body.properties).toMatchObject({ ...told, containerName: 'mine' });
  });

  test.each([
    ['an account', { url: 'http://127.0.0.1:10000' }, 'lacks the account'],
    ['http', { url: 'ftp://127.0.0.1/a' }, 'no http'],
    ['a blob host', { url: 'https://storage.example.com/a' }, 'neither on loopback'],
    ['a key', { url: 'https://a.blob.core.windows.net' }, 'needs a key'],
    ['known credentials', { credentials: 'keys' as 'key' }, 'key, sas, none'],
  ])('needs %s', (_, storage, words) => {
    expect(() => pureEmulator({ storage })).toThrow(words);
  });

  test('of the options gives way to the seed', () => {
    const emulator = pureEmulator(
      { storage: { container: 'seeded' } },
      { storage: { ...azurite, container: 'given' } },
    );
    expect(emulator.arm('GET', store).body.properties).toMatchObject({
      containerName: 'seeded',
      endpoint: '127.0.0.1:10000',
    });
  });
});

describe('secrets', () => {
  test('are the key, which is told as a secret', () => {
    const emulator = pureEmulator({ storage: azurite });
    const { key, secretsType } = emulator.arm('POST', `${store}/listSecrets`).body;
    expect([secretsType, key.length]).toEqual(['AccountKey', 88]);
    expect(secretsOf(emulator)).toContain(key);
  });

  test('are a signature for a client that asks for one that expires', () => {
    const emulator = pureEmulator({ storage: azurite });
    const { sasToken, secretsType } = emulator.arm('POST', `${store}/listSecrets`, { expirableSecret: true }).body;
    const query = new URLSearchParams(sasToken);
    expect([secretsType, query.get('sr'), query.get('se')]).toEqual(['Sas', 'c', '2026-01-01T01:00:00Z']);
    expect(secretsOf(emulator)).toEqual(expect.arrayContaining([sasToken, query.get('sig')]));
  });

  test('follow the control door, until a reset', () => {
    const emulator = pureEmulator({ storage: azurite });
    const kinds = (['sas', 'none', 'key'] as const).map((credentials) => {
      expect(emulator.send('POST', '/_emulator/storage', { body: { credentials } }).status).toBe(200);
      const { status, body } = emulator.arm('POST', `${store}/listSecrets`);
      return [emulator.arm('GET', store).body.properties.credentials.credentialsType, status, body.secretsType];
    });
    expect(kinds).toEqual([
      ['Sas', 200, 'Sas'],
      ['None', 400, undefined],
      ['AccountKey', 200, 'AccountKey'],
    ]);
    emulator.send('POST', '/_emulator/storage', { body: { credentials: 'none' } });
    emulator.send('POST', '/_emulator/reset');
    expect(emulator.arm('POST', `${store}/listSecrets`).status).toBe(200);
    expect(emulator.send('POST', '/_emulator/storage', { body: { credentials: 'much' } }).status).toBe(400);
  });
});

test('the default datastore is in the list, and no other is', () => {
  const emulator = pureEmulator();
  expect(emulator.arm('GET', '/datastores?isDefault=true').body.value).toMatchObject([{ name: 'workspaceblobstore' }]);
  expect(emulator.arm('GET', '/datastores?isDefault=false').body.value).toEqual([]);
  expect(emulator.arm('GET', '/datastores/other').status).toBe(404);
  expect(emulator.arm('POST', '/datastores/other/listSecrets').status).toBe(404);
});

test('a pending upload gets a fresh container and a signature for it', () => {
  const emulator = pureEmulator({ storage: { ...azurite, container: 'mine' } });
  const { blobReferenceForConsumption: place, pendingUploadType } = emulator.arm(
    'POST',
    '/codes/one/versions/1/startPendingUpload',
    { pendingUploadType: 'TemporaryBlobReference' },
  ).body;
  expect(pendingUploadType).toBe('TemporaryBlobReference');
  expect(place.blobUri).toMatch(/^http:\/\/127\.0\.0\.1:10000\/devstoreaccount1\/[0-9a-f]{8}-[0-9a-f]-[-0-9a-f]{36}$/);
  expect(place.credential).toEqual({ credentialType: 'SAS', sasUri: expect.stringContaining(`${place.blobUri}?sv=`) });
});
