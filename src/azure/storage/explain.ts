import { Failure } from '../../failure.ts';
import type { ServiceError } from '../../http/errors.ts';
import type { Datastore } from './datastore.ts';

/**
 * Says what a refusal of the storage account means and what to do about it.
 * Source: Microsoft Learn, "Blob service error codes" and "Common REST API error codes".
 */
export function explainStorage(error: ServiceError, { account, container }: Datastore): Failure {
  const words = error.serviceMessage || `the storage account answered HTTP ${error.status}`;
  const { code, request, requestId } = error;
  return new Failure(words, { code, request, requestId, nextStep: nextStep(error, account, container), cause: error });
}

function nextStep({ code, status }: ServiceError, account: string, container: string): string {
  switch (code) {
    case 'AuthorizationPermissionMismatch':
      return (
        `Grant the signed-in identity the role "Storage Blob Data Contributor" on storage account ${account}, ` +
        'then wait a few minutes for it to take effect.'
      );
    case 'AuthorizationFailure':
      return `The network rules of storage account ${account} refuse this machine; let it in, or run where it may reach it.`;
    case 'KeyBasedAuthenticationNotPermitted':
      return `Storage account ${account} takes no keys; make the datastore identity-based.`;
    case 'AuthenticationFailed':
    case 'InvalidAuthenticationInfo':
    case 'NoAuthenticationInformation':
      return `Check that the datastore of the workspace holds the present key of storage account ${account}, and the clock of this machine.`;
    case 'ContainerNotFound':
    case 'ContainerBeingDeleted':
      return `Container ${container} belongs to the workspace and is gone; restore it in storage account ${account}.`;
    case 'InvalidBlockList':
    case 'InvalidBlobOrBlock':
      return 'Another client is uploading the same file; run again once it has finished.';
    default:
      if (status === 403)
        return `Ask the administrator of storage account ${account}: a policy or a network rule blocks this request.`;
      return status >= 500 || status === 429
        ? `Storage account ${account} is busy or has a server error; run again, and the upload resumes where it stopped.`
        : 'Fix what the storage account rejected and run again.';
  }
}
