import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Outcome, Reply, Request } from './http.ts';

/** A request read to its end. */
export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const target = incoming.url ?? '/';
  const [path = '/', ...query] = target.split('?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: incoming.method ?? 'GET',
    target,
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers),
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

/** Lets an outcome happen on the connection that asked for it. */
export function writeOutcome(outgoing: ServerResponse, { reply, connection }: Outcome): void {
  if (connection === 'hanging') return;
  if (connection === 'cut' || !reply) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(reply.status, headersOf(reply));
  if (connection === 'kept') {
    outgoing.end(reply.body);
    return;
  }
  const half = reply.body.slice(0, Math.floor(reply.body.length / 2));
  outgoing.write(half, () => outgoing.destroy());
}

function headersOf({ status, headers, body }: Reply): Record<string, string> {
  return status === 204 ? { ...headers } : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}
