import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** The part of GitHub that keeps the comments of one pull request. */
export interface PullRequestComments {
  readonly url: string;
  readonly bodies: readonly string[];
  close(): Promise<void>;
}

/** GitHub's REST calls that list and create comments (docs.github.com, "REST API endpoints for issue comments"). */
export async function servePullRequestComments(): Promise<PullRequestComments> {
  const bodies: string[] = [];
  const server = createServer((request, response) => void answer(bodies, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(bodies: string[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, value: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  if (!/^\/repos\/[^/]+\/[^/]+\/issues\/\d+\/comments(\?|$)/.test(request.url ?? '')) {
    send(404, { message: 'Not Found' });
  } else if (request.method === 'GET') {
    send(
      200,
      bodies.map((body, id) => ({ id, body })),
    );
  } else {
    const { body } = (await json(request)) as { body: string };
    send(201, { id: bodies.push(body) - 1, body });
  }
}
