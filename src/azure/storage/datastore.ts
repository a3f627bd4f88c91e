import { Failure } from '../../failure.ts';
import { isObject, type JsonObject, objectAt, textAt } from '../../json.ts';
import { isLoopback } from '../../loopback.ts';
import type { Workspace } from '../connect.ts';
import { ServiceError } from '../../http/errors.ts';
import { isResource, resource } from '../resources.ts';

/** The datastore that every workspace has, and that clients of Azure ML upload to unless told. */
export const DATASTORE = 'workspaceblobstore';

/** A blob container that belongs to the workspace. */
export interface Datastore {
  readonly account: string;
  readonly container: string;
  /** Address of the container, without a slash at the end. */
  readonly url: string;
  /** Whether the datastore keeps no secret, and whoever uses it signs in to the storage account. */
  readonly isIdentityBased: boolean;
}

/** What opens the container. */
export type StorageSecret =
  | { readonly how: 'key'; readonly key: string }
  | { readonly how: 'sas'; readonly token: string }
  | { readonly how: 'entra' };

/** @throws ServiceError, ConnectionError, or Failure when the datastore is of another kind */
export async function workspaceDatastore(workspace: Workspace): Promise<Datastore> {
  const path = `/datastores/${DATASTORE}`;
  const response = await workspace.send({ method: 'GET', path, repeat: 'always', expects: isResource });
  const properties = objectAt(resource(response), 'properties');
  const [account, container] = [textAt(properties, 'accountName'), textAt(properties, 'containerName')];
  if (!account || !container) {
    throw new Failure(`datastore ${DATASTORE} is not a blob container`, {
      request: response.request,
      nextStep: 'Uploads go to the blob container that Azure ML makes with the workspace; look what became of it.',
    });
  }
  const kind = textAt(objectAt(properties, 'credentials'), 'credentialsType')?.toLowerCase();
  const url = `${accountUrl(workspace, account, properties)}/${container}`;
  return { account, container, url, isIdentityBased: kind === 'none' };
}

/** Azurite and the like answer under an address without names: there the account comes first in the path. */
function accountUrl({ target }: Workspace, account: string, properties: JsonObject): string {
  const endpoint = textAt(properties, 'endpoint') ?? target.cloud.storage;
  const protocol = textAt(properties, 'protocol')?.toLowerCase() ?? 'https';
  const isLocal = isLoopback(endpoint);
  if (protocol !== 'https' && !(protocol === 'http' && isLocal)) {
    throw new Failure(`datastore ${DATASTORE} is to be reached by ${protocol}, and keys only go over https`, {
      nextStep: `Set the protocol of datastore ${DATASTORE} to https.`,
    });
  }
  return isLocal ? `${protocol}://${endpoint}/${account}` : `${protocol}://${account}.blob.${endpoint}`;
}

/**
 * The secret of the datastore, masked. Who may not read it signs in to the storage account instead, as azure-ai-ml does.
 * @throws ServiceError or ConnectionError
 */
export async function storageSecret(workspace: Workspace, datastore: Datastore): Promise<StorageSecret> {
  if (datastore.isIdentityBased) return { how: 'entra' };
  // Asks for a signature that runs out, where the service can make one, in place of the key (azure-ai-ml `_list_secrets`).
  const body = { expirableSecret: true, expireAfterHours: 1 };
  const path = `/datastores/${DATASTORE}/listSecrets`;
  try {
    const response = await workspace.send({ method: 'POST', path, body, repeat: 'always', expects: isObject });
    const secrets = resource(response);
    const [key, token] = [textAt(secrets, 'key'), textAt(secrets, 'sasToken')?.replace(/^\?/, '')];
    if (key) workspace.report.mask(key);
    if (token) maskSignature(workspace, token);
    if (token) return { how: 'sas', token };
    return key ? { how: 'key', key } : { how: 'entra' };
  } catch (error) {
    if (!(error instanceof ServiceError && (error.status === 400 || error.status === 403))) throw error;
    workspace.report.info(
      `the secret of datastore ${DATASTORE} could not be read (${error.code}); signing in to the storage account`,
    );
    return { how: 'entra' };
  }
}

/** A signature is written in two ways. */
function maskSignature({ report }: Workspace, token: string): void {
  report.mask(token);
  const signature = new URLSearchParams(token).get('sig');
  if (!signature) return;
  report.mask(signature);
  report.mask(encodeURIComponent(signature));
}
