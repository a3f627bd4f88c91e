import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { containersOf } from './arm/datastores.ts';
import { makeCertificates } from './certificates.ts';
import { addFaults, addTraffic, controlPath, handOut, viewRequests, viewState } from './control.ts';
import type { StateView } from './control.ts';
import { dispatch, record } from './dispatch.ts';
import { clientEnvironment } from './environment.ts';
import { parseFaults } from './fault-grammar.ts';
import type { FaultRule } from './faults.ts';
import { json } from './http.ts';
import type { Outcome, Request } from './http.ts';
import { defaultBehaviour } from './options.ts';
import type { EmulatorOptions } from './options.ts';
import { plant } from './seed.ts';
import { emptyState } from './state.ts';
import type { RecordedRequest, State } from './state.ts';
import { makeContainer as makeContainerIn } from './storage-container.ts';
import type { StorageCredentials } from './storage.ts';
import { parseOrders } from './traffic/order.ts';
import type { TrafficOrder } from './traffic/order.ts';
import { minute as realMinute } from './traffic/time.ts';
import { readRequest, writeOutcome } from './wire.ts';

/** A running emulator. */
export interface Emulator {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** The certificate authority that clients must trust, in PEM. */
  readonly ca: string;
  /** A file with `ca`, there until `close`. */
  readonly caFile: string;
  /** The variables that a client needs. */
  readonly env: Readonly<Record<string, string>>;
  state(): StateView;
  requests(): RecordedRequest[];
  /** Adds rules as `POST /_emulator/faults` does. */
  fault(...rules: readonly FaultRule[]): void;
  /** Sends clients to an endpoint, as `POST /_emulator/traffic` does. */
  traffic(...orders: readonly TrafficOrder[]): void;
  /** Lets the datastores hand out something else, as `POST /_emulator/storage` does. */
  handOut(credentials: StorageCredentials): void;
  /** Makes the containers that the datastores name; needs a store that is there. */
  makeContainers(): Promise<void>;
  /** Back to the seed, as `POST /_emulator/reset` does. */
  reset(): void;
  /** Cuts all connections, frees the port and removes `caFile`. */
  close(): Promise<void>;
}

/** Serves HTTPS on 127.0.0.1 with a certificate authority of its own. Throws when the seed is faulty or the port taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, latency = 0, seed = {}, minute = realMinute, now = Date.now, onRequest, ...others } = options;
  const { makeContainer = (container) => makeContainerIn(state.storage, container, now()), ...given } = others;
  const behaviour = { ...defaultBehaviour, ...given, pace: { minute, origin: now() } };
  const certificates = await makeCertificates();
  const server = createServer({ cert: certificates.certificate, key: certificates.key });
  const stop = await listen(server, port);
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = emptyState(url, randomBytes(32).toString('hex'), behaviour, seed);
  try {
    plant(state, now());
  } catch (error) {
    await stop();
    throw error;
  }
  const closing = answerRequests(server, { state, latency, now, onRequest, makeContainer });
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
    handOut: (credentials) => handOut(state, credentials),
    makeContainers: async () => {
      for (const container of containersOf(state)) await makeContainer(container);
    },
    traffic: (...orders) => addTraffic(state, parseOrders(orders), now()),
    reset: () => plant(state, now()),
    close: async () => {
      closing.abort();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What a server needs to answer. */
interface Insides {
  readonly state: State;
  /** Milliseconds. */
  readonly latency: number;
  readonly now: () => number;
  readonly onRequest: EmulatorOptions['onRequest'];
  readonly makeContainer: (container: string) => Promise<void>;
}

/** Resolves with the way to stop it: a server closes only when its last connection has, so they are cut. */
async function listen(server: Server, port: number): Promise<() => Promise<void>> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
}

function answerRequests(server: Server, insides: Insides): AbortController {
  const closing = new AbortController();
  server.on('request', (incoming, outgoing) => {
    // A failure means that the client went away or the emulator is closing: nobody is left to answer.
    answerRequest(insides, incoming, outgoing, closing.signal).catch(() => outgoing.destroy());
  });
  return closing;
}

async function answerRequest(
  { state, latency, now, onRequest, makeContainer }: Insides,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const request = await readRequest(incoming);
  await onRequest?.(request);
  const outcome = outcomeOf(state, request, now());
  // A store that is not there fails the client's upload, which says more than a failure here would.
  for (const container of state.promisedContainers.splice(0)) await makeContainer(container).catch(() => undefined);
  const pause = outcome.delay + (request.path.startsWith(controlPath) ? 0 : latency);
  if (pause > 0) await sleep(pause, undefined, { signal });
  writeOutcome(outgoing, outcome);
}

function outcomeOf(state: State, request: Request, now: number): Outcome {
  try {
    return dispatch(state, request, now);
  } catch (error) {
    record(state, request, 500, now);
    const reply = json(500, { error: { code: 'EmulatorDefect', message: String(error) } });
    return { reply, delay: 0, connection: 'kept' };
  }
}
