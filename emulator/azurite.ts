import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerClient } from '@azure/storage-blob';

/** Azurite, Microsoft's own emulator of blob storage, with one account and one container. */
export interface Azurite {
  readonly account: string;
  readonly key: string;
  readonly container: string;
  /** `127.0.0.1:10000`, as a datastore names its endpoint. */
  readonly endpoint: string;
  readonly protocol: 'http' | 'https';
  /** The container, opened with the key, to look into. */
  readonly client: ContainerClient;
  close(): Promise<void>;
}

export interface AzuriteOptions {
  /** Serves https and takes Entra tokens. PEM. */
  readonly certificates?: { readonly certificate: string; readonly key: string };
}

/** Starts Azurite on a free port, with what it stores kept in memory and its other files in a folder of its own. */
export async function startAzurite({ certificates }: AzuriteOptions = {}): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), 'azurite-'));
  const [account, key] = ['stemulator', randomBytes(64).toString('base64')];
  const protocol = certificates ? 'https' : 'http';
  const words = [
    join(import.meta.dirname, '../node_modules/azurite/dist/src/blob/main.js'),
    ...['--blobPort', '0', '--inMemoryPersistence', '--silent', '--disableTelemetry', '--skipApiVersionCheck'],
  ];
  if (certificates) {
    await writeFile(join(folder, 'cert.pem'), certificates.certificate);
    await writeFile(join(folder, 'key.pem'), certificates.key);
    words.push('--cert', join(folder, 'cert.pem'), '--key', join(folder, 'key.pem'), '--oauth', 'basic');
  }
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { PATH: process.env['PATH'], AZURITE_ACCOUNTS: `${account}:${key}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endpoint = `127.0.0.1:${await listeningPort(child)}`;
  const container = 'azureml-blobstore';
  const url = `${protocol}://${endpoint}/${account}/${container}`;
  // Not before: jest cannot link it beside the ARM client, which asks for parts of it as CommonJS.
  const { ContainerClient, StorageSharedKeyCredential } = await import('@azure/storage-blob');
  const client = new ContainerClient(url, new StorageSharedKeyCredential(account, key));
  await client.create();
  return {
    ...{ account, key, container, endpoint, protocol, client },
    async close() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function listeningPort(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const [, port] = /listens on https?:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (port) resolve(port);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('close', () => reject(new Error(`Azurite ended: ${said}`)));
  });
}
