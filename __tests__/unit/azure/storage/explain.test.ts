import { expect, test } from '@jest/globals';
import type { StorageSecret } from '../../../../src/azure/storage/datastore.ts';
import { explainStorage } from '../../../../src/azure/storage/explain.ts';
import { ServiceError } from '../../../../src/http/errors.ts';

const DATASTORE = { account: 'st', container: 'blobs', url: 'https://st.blob.example/blobs', isIdentityBased: false };

function nextStep(how: StorageSecret['how'], code: string, status = 403): string | undefined {
  const body = { error: { code, message: 'in words' } };
  const error = new ServiceError({ status, body, request: 'PUT model.bin', requestId: 'id' });
  const failure = explainStorage(error, DATASTORE, how);
  expect(failure).toMatchObject({ message: 'in words', details: { code, request: 'PUT model.bin', requestId: 'id' } });
  return failure.details.nextStep;
}

const ROLE = /role "Storage Blob Data Contributor"/;
const SIGNATURE = /datastore workspaceblobstore a shared access signature/;
const KEY = /present key of storage account st/;
const POLICY = /a policy or a network rule/;

test.each<[string, StorageSecret['how'], RegExp]>([
  ['AuthorizationPermissionMismatch', 'key', POLICY],
  ['AuthorizationPermissionMismatch', 'sas', /signature that may read, create, write and list .* container blobs/],
  [
    'AuthorizationPermissionMismatch',
    'entra',
    /^Grant the signed-in identity the role "Storage Blob Data Contributor"/,
  ],
  ['AuthorizationResourceTypeMismatch', 'sas', SIGNATURE],
  ['AuthorizationServiceMismatch', 'sas', SIGNATURE],
  ['AuthorizationSourceIPMismatch', 'sas', /signature that this machine's IP address may use/],
  ['AuthenticationFailed', 'key', /holds the present key of storage account st, and the clock/],
  [
    'AuthenticationFailed',
    'sas',
    /present key of storage account st or a shared access signature that has not run out/,
  ],
  ['AuthenticationFailed', 'entra', /of the tenant of storage account st and has the role .*, and the clock/],
  ['InvalidAuthenticationInfo', 'key', KEY],
  ['InvalidAuthenticationInfo', 'sas', KEY],
  ['InvalidAuthenticationInfo', 'entra', /tenant/],
  ['NoAuthenticationInformation', 'entra', /tenant/],
  ['AuthorizationFailure', 'key', /network rules/],
  ['AuthorizationFailure', 'sas', /network rules/],
  ['AuthorizationFailure', 'entra', /network rules/],
  ['AccountIsDisabled', 'key', POLICY],
])('%s, opened with %s', (code, how, step) => {
  expect(nextStep(how, code)).toMatch(step);
});

test.each(['key', 'sas'] as const)('%s is not helped by a role, since nobody signs in to the account', (how) => {
  for (const code of ['AuthorizationPermissionMismatch', 'AuthenticationFailed', 'InvalidAuthenticationInfo']) {
    expect(nextStep(how, code)).not.toMatch(ROLE);
  }
});

test('a sign-in is not helped by a key', () => {
  for (const code of ['AuthenticationFailed', 'InvalidAuthenticationInfo', 'NoAuthenticationInformation']) {
    expect(nextStep('entra', code)).not.toMatch(/\bkey\b|signature/);
  }
});

test.each([
  ['ContainerNotFound', 404, /Container blobs .* restore it/],
  ['InvalidBlockList', 400, /Another client/],
  ['ServerBusy', 503, /resumes where it stopped/],
  ['InvalidHeaderValue', 400, /^Fix what/],
])('%s is the same however it was opened', (code, status, step) => {
  for (const how of ['key', 'sas', 'entra'] as const) expect(nextStep(how, code, status)).toMatch(step);
});
