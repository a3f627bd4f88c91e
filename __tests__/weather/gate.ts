import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy that tunnels for as long as it is let. */
export interface Gate {
  readonly url: string;
  /** Nobody listens from now on; open tunnels stay. */
  shut(): void;
  open(): void;
  /** Leads all tunnels from now on to another port, whatever they ask for. */
  divert(port: number): void;
  close(): Promise<void>;
}

export async function startGate(): Promise<Gate> {
  const sockets = new Set<Socket>();
  let elsewhere: number | undefined;
  const server = createServer();
  server.on('connect', (request, client: Socket, head: Buffer) => {
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const remote = connect(elsewhere ?? Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      remote.write(head);
      remote.pipe(client).pipe(remote);
    });
    for (const socket of [client, remote]) socket.on('error', () => socket.destroy());
    sockets.add(client).add(remote);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    shut: () => void server.close(),
    open: () => void server.listen(port, '127.0.0.1'),
    divert: (other) => {
      elsewhere = other;
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
