import {
  AnonymousCredential,
  type BlockBlobClient,
  ContainerClient,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import type { Limits } from '../../deps.ts';
import { USER_AGENT, type Workspace } from '../connect.ts';
import type { Token } from '../sign-in/tokens.ts';
import { ServiceError } from '../../http/errors.ts';
import { asConnectionError, retryAfterMilliseconds } from '../../http/http.ts';
import { withRetries } from '../../http/retry.ts';
import { type Datastore, type StorageSecret, storageSecret } from './datastore.ts';
import { explainStorage } from './explain.ts';

/** Milliseconds for one request: enough for a block at 35 kB a second. */
const REQUEST_TIME = 120_000;
/** One audience serves the storage of all clouds. Source: `@azure/storage-blob`, `StorageOAuthScopes`. */
const STORAGE_SCOPE = 'https://storage.azure.com/.default';

/** A blob as a list shows it. */
export interface StoredBlob {
  readonly size: number;
  /** In base64; absent for one that came in blocks and was given none. */
  readonly md5: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The container that is uploaded to. Every request may be repeated: a blob or block that is put a second time replaces
 * itself, a list of blocks is the same list.
 * All throw ConnectionError, Failure, or the signal's reason.
 */
export interface Container {
  readonly datastore: Datastore;
  /** All blobs whose names begin so, by name. */
  list(prefix: string, limits: Limits): Promise<Map<string, StoredBlob>>;
  put(blob: string, bytes: Uint8Array, limits: Limits): Promise<void>;
  /** The sizes of the blocks that are there and were never put together, by their ids. */
  staged(blob: string, limits: Limits): Promise<Map<string, number>>;
  stage(blob: string, block: string, bytes: Uint8Array, limits: Limits): Promise<void>;
  commit(blob: string, blocks: readonly string[], md5: Uint8Array, limits: Limits): Promise<void>;
  setMetadata(blob: string, metadata: Readonly<Record<string, string>>, limits: Limits): Promise<void>;
}

/** Opens the container with the secret of its datastore. @throws ServiceError or ConnectionError */
export async function openContainer(workspace: Workspace, datastore: Datastore): Promise<Container> {
  const secret = await storageSecret(workspace, datastore);
  workspace.report.info(`uploads go to ${datastore.url}, opened with ${WORDS[secret.how]}`);
  const access: Access = { workspace, datastore, secret };
  return {
    datastore,
    list: (prefix, limits) =>
      call(access, `GET ${datastore.container}?prefix=${prefix}`, limits, (client, abortSignal) =>
        list(client, prefix, abortSignal),
      ),
    async put(blob, bytes, limits) {
      await call(access, `PUT ${blob}`, limits, (client, abortSignal) =>
        client.getBlockBlobClient(blob).upload(bytes, bytes.length, { abortSignal }),
      );
    },
    staged: (blob, limits) =>
      call(access, `GET ${blob}?comp=blocklist`, limits, (client, abortSignal) =>
        staged(client.getBlockBlobClient(blob), abortSignal),
      ),
    async stage(blob, block, bytes, limits) {
      await call(access, `PUT ${blob}?comp=block`, limits, (client, abortSignal) =>
        client.getBlockBlobClient(blob).stageBlock(block, bytes, bytes.length, { abortSignal }),
      );
    },
    async commit(blob, ids, md5, limits) {
      const headers = { blobHTTPHeaders: { blobContentMD5: md5 } };
      await call(access, `PUT ${blob}?comp=blocklist`, limits, (client, abortSignal) =>
        client.getBlockBlobClient(blob).commitBlockList([...ids], { ...headers, abortSignal }),
      );
    },
    async setMetadata(blob, metadata, limits) {
      await call(access, `PUT ${blob}?comp=metadata`, limits, (client, abortSignal) =>
        client.getBlockBlobClient(blob).setMetadata({ ...metadata }, { abortSignal }),
      );
    },
  };
}

const WORDS = { key: 'the account key', sas: 'a shared access signature', entra: 'the sign-in' } as const;

interface Access {
  readonly workspace: Workspace;
  readonly datastore: Datastore;
  secret: StorageSecret;
  /** The last client, and what it was opened with. */
  opened?: { readonly client: ContainerClient; readonly secret: StorageSecret; readonly token: string | undefined };
}

/**
 * The client of one request. A token is taken within its limits and handed over as it is: left to renew it, the SDK would
 * do so in the background, and end the process when that fails.
 */
async function clientOf(access: Access, workspace: Workspace): Promise<ContainerClient> {
  const { secret, datastore } = access;
  const token = secret.how === 'entra' ? await workspace.token(STORAGE_SCOPE) : undefined;
  const { opened } = access;
  if (opened?.secret === secret && opened.token === token?.token) return opened.client;
  const client = openClient(datastore, secret, token);
  access.opened = { client, secret, token: token?.token };
  return client;
}

function openClient({ account, url }: Datastore, secret: StorageSecret, token: Token | undefined): ContainerClient {
  const options = {
    retryOptions: { maxTries: 1 },
    // Handed on to the pipeline, although the types of the client do not name it.
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: USER_AGENT },
  };
  switch (secret.how) {
    case 'key':
      return new ContainerClient(url, new StorageSharedKeyCredential(account, secret.key), options);
    case 'sas':
      return new ContainerClient(`${url}?${secret.token}`, new AnonymousCredential(), options);
    case 'entra':
      return new ContainerClient(url, { getToken: async () => handedOver(token) }, options);
  }
}

function handedOver(token: Token | undefined): { token: string; expiresOnTimestamp: number } | null {
  return token ? { token: token.token, expiresOnTimestamp: token.expiresAt } : null;
}

async function list(
  client: ContainerClient,
  prefix: string,
  abortSignal: AbortSignal,
): Promise<Map<string, StoredBlob>> {
  const found = new Map<string, StoredBlob>();
  for await (const { name, properties, metadata } of client.listBlobsFlat({
    prefix,
    includeMetadata: true,
    abortSignal,
  })) {
    const md5 = properties.contentMD5 && Buffer.from(properties.contentMD5).toString('base64');
    found.set(name, { size: properties.contentLength ?? 0, md5, metadata: metadata ?? {} });
  }
  return found;
}

type Work<T> = (client: ContainerClient, signal: AbortSignal) => Promise<T>;

async function staged(client: BlockBlobClient, abortSignal: AbortSignal): Promise<Map<string, number>> {
  try {
    const { uncommittedBlocks = [] } = await client.getBlockList('uncommitted', { abortSignal });
    return new Map(uncommittedBlocks.map(({ name, size }) => [name, size]));
  } catch (error) {
    if ((error as Refusal).code === 'BlobNotFound') return new Map();
    throw error;
  }
}

/** Retries as all requests of this project are retried, and with another secret where the first one is refused. */
async function call<T>(access: Access, label: string, limits: Limits, work: Work<T>): Promise<T> {
  const workspace = access.workspace.within(limits);
  const attempt = () =>
    withRetries('always', workspace, async () => once(label, await clientOf(access, workspace), limits.signal, work));
  const { secret } = access;
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (access.secret === secret && !(await renew(workspace, access, error)))
      throw explainStorage(error, access.datastore, secret.how);
  }
  const { how } = access.secret;
  try {
    return await attempt();
  } catch (error) {
    throw error instanceof ServiceError ? explainStorage(error, access.datastore, how) : error;
  }
}

/** A signature runs out within a long upload, and an account may take no keys at all. @returns whether there is another way */
async function renew(workspace: Workspace, access: Access, { status, code }: ServiceError): Promise<boolean> {
  const { datastore, secret } = access;
  if (status !== 403 || secret.how === 'entra') return false;
  if (code === 'KeyBasedAuthenticationNotPermitted') {
    workspace.report.info(`storage account ${datastore.account} takes no keys; signing in to it`);
    access.secret = { how: 'entra' };
  } else if (code === 'AuthenticationFailed' && secret.how === 'sas') {
    access.secret = await storageSecret(workspace, datastore);
  } else {
    return false;
  }
  return true;
}

async function once<T>(label: string, client: ContainerClient, signal: AbortSignal, work: Work<T>): Promise<T> {
  const timeout = AbortSignal.timeout(REQUEST_TIME);
  try {
    return await work(client, AbortSignal.any([signal, timeout]));
  } catch (error) {
    signal.throwIfAborted();
    throw serviceError(label, error) ?? asConnectionError(label, error, timeout.aborted);
  }
}

interface Refusal {
  readonly statusCode?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

function serviceError(request: string, error: unknown): ServiceError | undefined {
  const { statusCode, code, message, response } = error as Refusal;
  if (typeof statusCode !== 'number' || statusCode < 300) return undefined;
  const header = (name: string) => response?.headers.get(name);
  return new ServiceError({
    status: statusCode,
    // The second line of a message repeats the request's id, the third the time.
    body: typeof code === 'string' ? { code, message: String(message).split('\n')[0] } : undefined,
    request,
    requestId: header('x-ms-request-id'),
    retryAfter: retryAfterMilliseconds({ header }),
  });
}
