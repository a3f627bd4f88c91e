import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCertificates } from './certificates.ts';
import { addFaults, controlPath, viewRequests, viewState } from './control.ts';
import type { StateView } from './control.ts';
import { dispatch } from './dispatch.ts';
import type { Outcome } from './dispatch.ts';
import { clientEnvironment } from './environment.ts';
import { parseFaults } from './fault-grammar.ts';
import type { FaultRule } from './faults.ts';
import type { Reply, Request } from './http.ts';
import { defaultBehaviour } from './options.ts';
import type { EmulatorOptions } from './options.ts';
import { plant } from './seed.ts';
import { emptyState } from './state.ts';
import type { RecordedRequest, State } from './state.ts';

/** A running emulator. */
export interface Emulator {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** The certificate authority that clients must trust: its PEM, and a file with it that lives as long as the emulator. */
  readonly ca: string;
  readonly caFile: string;
  /** The variables that a client needs. */
  readonly env: Readonly<Record<string, string>>;
  state(): StateView;
  requests(): RecordedRequest[];
  /** Adds rules as `POST /_emulator/faults` does. */
  fault(...rules: readonly FaultRule[]): void;
  /** Back to the seed, as `POST /_emulator/reset` does. */
  reset(): void;
  /** Cuts all connections, frees the port and removes the file. */
  close(): Promise<void>;
}

/** Serves HTTPS on 127.0.0.1 with a certificate authority of its own. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, latency = 0, seed = {}, ...behaviour } = options;
  const certificates = await makeCertificates();
  const server = createServer({ cert: certificates.certificate, key: certificates.key });
  const closing = new AbortController();
  const sockets = trackSockets(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = emptyState(url, randomBytes(32).toString('hex'), { ...defaultBehaviour, ...behaviour }, seed);
  try {
    plant(state, Date.now());
  } catch (error) {
    server.close();
    throw error;
  }
  server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
    serve(state, incoming, outgoing, latency, closing.signal).catch(() => incoming.destroy());
  });
  const folder = await mkdtemp(join(tmpdir(), 'azureml-emulator-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, certificates.authority);
  return {
    url,
    ca: certificates.authority,
    caFile,
    env: clientEnvironment(state, caFile),
    state: () => viewState(state),
    requests: () => viewRequests(state),
    fault: (...rules) => addFaults(state, parseFaults(rules)),
    reset: () => plant(state, Date.now()),
    close: async () => {
      closing.abort();
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function serve(
  state: State,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  latency: number,
  signal: AbortSignal,
): Promise<void> {
  const request = await readRequest(incoming);
  const outcome = dispatch(state, request, Date.now());
  const pause = outcome.delay + (request.path.startsWith(controlPath) ? 0 : latency);
  if (pause > 0) await sleep(pause, undefined, { signal });
  answer(incoming, outgoing, outcome);
}

function answer(incoming: IncomingMessage, outgoing: ServerResponse, { reply, connection }: Outcome): void {
  if (connection === 'hanging') return;
  if (connection === 'cut' || !reply) {
    incoming.socket.destroy();
    return;
  }
  outgoing.writeHead(reply.status, headersOf(reply));
  if (connection === 'kept') {
    outgoing.end(reply.body);
    return;
  }
  const half = reply.body.slice(0, Math.floor(reply.body.length / 2));
  outgoing.write(half, () => incoming.socket.destroy());
}

function headersOf({ status, headers, body }: Reply): Record<string, string> {
  return status === 204 ? { ...headers } : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'https://127.0.0.1');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers: Object.fromEntries(headers) as Record<string, string>,
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function trackSockets(server: ReturnType<typeof createServer>): Set<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}
