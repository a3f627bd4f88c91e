import { Failure } from '../../failure.ts';
import type { ServiceError } from '../../http/errors.ts';
import { type Datastore, DATASTORE, type StorageSecret } from './datastore.ts';

type How = StorageSecret['how'];

/**
 * Says what a refusal of the storage account means and what to do about it.
 * Source: Microsoft Learn, "Blob service error codes", "Common REST API error codes" and "Shared access signature error
 * codes".
 * @param how the container was opened: what is wrong with a key is not mended by a role
 */
export function explainStorage(error: ServiceError, datastore: Datastore, how: How): Failure {
  const words = error.serviceMessage || `the storage account answered HTTP ${error.status}`;
  const { code, request, requestId } = error;
  return new Failure(words, { code, request, requestId, nextStep: nextStep(error, datastore, how), cause: error });
}

function nextStep({ code, status }: ServiceError, { account, container }: Datastore, how: How): string {
  switch (code) {
    case 'AuthorizationPermissionMismatch':
    case 'AuthorizationResourceTypeMismatch':
    case 'AuthorizationServiceMismatch':
      return permission(how, account, container);
    case 'AuthorizationSourceIPMismatch':
      return `Give datastore ${DATASTORE} a shared access signature that this machine's IP address may use.`;
    case 'AuthorizationFailure':
      return `The network rules of storage account ${account} refuse this machine; let it in, or run where it may reach it.`;
    case 'KeyBasedAuthenticationNotPermitted':
      return `Storage account ${account} takes no keys; make the datastore identity-based.`;
    case 'AuthenticationFailed':
    case 'InvalidAuthenticationInfo':
    case 'NoAuthenticationInformation':
      return SIGN_IN[how](account);
    case 'ContainerNotFound':
    case 'ContainerBeingDeleted':
      return `Container ${container} belongs to the workspace and is gone; restore it in storage account ${account}.`;
    case 'InvalidBlockList':
    case 'InvalidBlobOrBlock':
      return 'Another client is uploading the same file; run again once it has finished.';
    default:
      if (status === 403) return policy(account);
      return status >= 500 || status === 429
        ? `Storage account ${account} is busy or has a server error; run again, and the upload resumes where it stopped.`
        : 'Fix what the storage account rejected and run again.';
  }
}

function permission(how: How, account: string, container: string): string {
  switch (how) {
    case 'entra':
      return (
        `Grant the signed-in identity the role "Storage Blob Data Contributor" on storage account ${account}, ` +
        'then wait a few minutes for it to take effect.'
      );
    case 'sas':
      return (
        `Give datastore ${DATASTORE} a shared access signature that may read, create, write and list the blobs of ` +
        `container ${container} in storage account ${account}.`
      );
    case 'key':
      // A key may do everything that the account lets anybody do.
      return policy(account);
  }
}

function policy(account: string): string {
  return `Ask the administrator of storage account ${account}: a policy or a network rule blocks this request.`;
}

/** What to do when the account does not take what it was opened with. */
const SIGN_IN: Readonly<Record<How, (account: string) => string>> = {
  key: (account) =>
    `Check that datastore ${DATASTORE} holds the present key of storage account ${account}, and the clock of this machine.`,
  // Azure ML makes signatures out of the key too, where the datastore has one.
  sas: (account) =>
    `Check that datastore ${DATASTORE} holds the present key of storage account ${account} or a shared access signature ` +
    'that has not run out, and the clock of this machine.',
  entra: (account) =>
    `Check that the signed-in identity is of the tenant of storage account ${account} and has the role "Storage Blob Data ` +
    'Contributor" there, and the clock of this machine.',
};
