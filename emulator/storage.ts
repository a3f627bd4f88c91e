import { createHmac } from 'node:crypto';

/** What a datastore hands out: the account's key, a shared access signature, or nothing, so that Entra's token is needed. */
export type StorageCredentials = 'key' | 'sas' | 'none';

/** The storage account behind the datastores, as options, seed and control give it. All of it may be left out. */
export interface StorageOptions {
  /** The blob endpoint: `http://127.0.0.1:10000/devstoreaccount1`, or `https://ACCOUNT.blob.core.windows.net`. */
  readonly url?: string;
  /** Each workspace has its own, named as Azure names it, unless told. */
  readonly container?: string;
  readonly credentials?: StorageCredentials;
  /** The account's key in base64. Needed unless the account is `devstoreaccount1`, whose key is public. */
  readonly key?: string;
}

/** A storage account in the words of a datastore. */
export interface Storage {
  readonly accountName: string;
  /** The host after `ACCOUNT.blob.`; for a loopback address that address with its port, which is addressed path-style. */
  readonly endpoint: string;
  readonly protocol: 'http' | 'https';
  readonly container: string | undefined;
  readonly credentials: StorageCredentials;
  readonly key: string;
}

export const storageCredentials: readonly StorageCredentials[] = ['key', 'sas', 'none'];

/** The account of every Azurite and its key, as Microsoft publishes them (learn.microsoft.com, storage-use-azurite). */
const azurite = {
  account: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

/**
 * Reads the options. Without an address the store is one that nobody serves: names below `.invalid` never resolve
 * (RFC 6761), so nothing can leave this machine by mistake. `spareKey` is the key of such a store. Throws on a faulty one.
 */
export function storageOf(options: StorageOptions, spareKey: string): Storage {
  const { url, container, credentials = 'key', key } = options;
  if (!storageCredentials.includes(credentials)) {
    throw new Error(`storage.credentials is '${credentials as string}'; it may be ${storageCredentials.join(', ')}`);
  }
  const address = url === undefined ? nowhere : addressOf(url);
  const known = address.accountName === azurite.account ? azurite.key : undefined;
  const chosen = key ?? known ?? (url === undefined ? spareKey : undefined);
  if (chosen === undefined && credentials !== 'none') throw new Error(`storage ${url} needs a key`);
  return { ...address, container, credentials, key: chosen ?? '' };
}

/** The address of a container, without a final slash. */
export function containerUrl({ protocol, accountName, endpoint }: Storage, container: string): string {
  const path = isLoopback(endpoint) ? `${endpoint}/${accountName}` : `${accountName}.blob.${endpoint}`;
  return `${protocol}://${path}/${container}`;
}

/** Whether it is the store that nobody serves. */
export function isNowhere({ endpoint }: Storage): boolean {
  return endpoint === nowhere.endpoint;
}

/** What follows `ACCOUNT.blob.` in this cloud. A loopback address has no such thing, so that name leads nowhere. */
export function storageSuffix({ endpoint }: Storage): string {
  return isLoopback(endpoint) ? nowhere.endpoint : endpoint;
}

/**
 * A service SAS for a container, good for reading, writing and listing until `expiry` (milliseconds since 1970). The
 * fields and their order are those of "Create a service SAS" of the Blob service's REST reference, version 2020-12-06 on.
 */
export function containerSas(storage: Storage, container: string, expiry: number): string {
  const end = utcSeconds(expiry);
  const permissions = 'racwl';
  const resource = `/blob/${storage.accountName}/${container}`;
  const protocols = storage.protocol === 'https' ? 'https' : 'https,http';
  const fields = [permissions, '', end, resource, '', '', protocols, sasVersion, 'c', '', '', '', '', '', '', ''];
  const query = {
    sv: sasVersion,
    spr: protocols,
    se: end,
    sr: 'c',
    sp: permissions,
    sig: sign(storage, fields.join('\n')),
  };
  return new URLSearchParams(query).toString();
}

/** An account SAS for containers, good for making one until `expiry` ("Create an account SAS", version 2020-12-06 on). */
export function accountSas(storage: Storage, expiry: number): string {
  const end = utcSeconds(expiry);
  const permissions = 'wc';
  const fields = [storage.accountName, permissions, 'b', 'c', '', end, '', '', sasVersion, '', ''];
  const query = { sv: sasVersion, ss: 'b', srt: 'c', sp: permissions, se: end, sig: sign(storage, fields.join('\n')) };
  return new URLSearchParams(query).toString();
}

const sasVersion = '2021-12-02';

function utcSeconds(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}

function sign({ key }: Storage, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
}

const nowhere = { accountName: 'emulator', endpoint: 'nowhere.invalid', protocol: 'https' } as const;

function addressOf(text: string): Pick<Storage, 'accountName' | 'endpoint' | 'protocol'> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const protocol = url?.protocol === 'https:' ? 'https' : 'http';
  if (!url || url.protocol !== `${protocol}:`) throw new Error(`storage '${text}' is no http or https address`);
  if (isLoopback(url.host)) {
    const accountName = url.pathname.split('/')[1] ?? '';
    if (accountName === '') throw new Error(`storage '${text}' lacks the account in its path`);
    return { accountName, endpoint: url.host, protocol };
  }
  const [accountName = '', endpoint] = url.host.split('.blob.');
  if (endpoint === undefined) throw new Error(`storage '${text}' is neither on loopback nor at ACCOUNT.blob.SUFFIX`);
  return { accountName, endpoint, protocol };
}

function isLoopback(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/i.test(host);
}
