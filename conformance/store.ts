import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { ContainerClient } from '@azure/storage-blob';
import { startAzurite } from '../emulator/azurite.ts';
import { makeCertificates } from '../emulator/certificates.ts';
import type { StorageOptions } from '../emulator/storage.ts';

/** Azurite under a host name. Names below `.invalid` never resolve (RFC 6761): only through the tunnel is it reached. */
export interface Store {
  readonly storage: StorageOptions;
  makeContainer(name: string): Promise<void>;
  /** What a client's environment must have beside the emulator's own, given the authority that it trusts already. */
  environment(authority: string): Promise<Record<string, string>>;
  close(): Promise<void>;
}

const SUFFIX = 'emulator.invalid';

/**
 * Starts Azurite with TLS, and a proxy that leads to it. The SDK writes every storage address as
 * `https://ACCOUNT.blob.SUFFIX`, with the suffix of the cloud's metadata and no way to name a port (`STORAGE_ACCOUNT_URLS`);
 * a proxy and an authority to trust are things that any client takes from its environment.
 */
export async function startStore(): Promise<Store> {
  const certificates = await makeCertificates({ authority: 'Emulated store', hosts: [`*.blob.${SUFFIX}`] });
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificates.authority]);
  const azurite = await startAzurite({ certificates });
  const tunnel = await startTunnel(Number(azurite.endpoint.split(':')[1]));
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  return {
    storage: {
      url: `https://${azurite.account}.blob.${SUFFIX}`,
      container: azurite.container,
      key: azurite.key,
      credentials: 'sas',
    },
    async makeContainer(name) {
      const { url, credential } = azurite.client;
      await new ContainerClient(url.replace(/[^/]+$/, name), credential).createIfNotExists();
    },
    async environment(authority) {
      const file = join(folder, 'authorities.pem');
      await writeFile(file, `${authority}\n${certificates.authority}\n`);
      return {
        ...{ HTTPS_PROXY: tunnel.url, NO_PROXY: '127.0.0.1' },
        ...{ REQUESTS_CA_BUNDLE: file, NODE_EXTRA_CA_CERTS: file },
      };
    },
    async close() {
      await tunnel.close();
      await azurite.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A proxy that knows one place; whoever asks for another is cut off, so that nothing leaves this machine. */
async function startTunnel(port: number): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((_, answer) => answer.writeHead(403).end());
  server.on('connect', ({ url = '' }, client: Socket) => {
    sockets.add(client);
    client.on('error', () => client.destroy());
    if (!url.endsWith(`.blob.${SUFFIX}:443`)) {
      client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    sockets.add(upstream);
    upstream.on('error', () => client.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
