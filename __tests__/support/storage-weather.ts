import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';

/** What was sent to the storage. */
export interface StorageRequest {
  /** `PUT src/score.py`, `PUT model.bin?comp=block`, `GET ?comp=list`: below the hash of the upload. */
  readonly what: string;
  /** The blob's whole name, below the container. */
  readonly blob: string;
  /** Of the body. */
  readonly bytes: number;
}

/** What happens to a request instead of being answered, or before it is. */
export type Trouble =
  | { readonly status: number; readonly code?: string; readonly location?: string }
  | 'reset'
  /** Done, and the answer cut off. */
  | 'reset-after';

/** A place between client and storage where every request is seen, and some go wrong. */
export interface StorageWeather {
  /** `127.0.0.1:10000` */
  readonly endpoint: string;
  readonly requests: StorageRequest[];
  /** The next `times` requests whose `what` matches fare so. */
  trouble(matches: RegExp, trouble: Trouble, times?: number): void;
  /** Called before each request is passed on. */
  onRequest: (request: StorageRequest) => void | Promise<void>;
  reset(): void;
  close(): Promise<void>;
}

export interface WeatherOptions {
  /** Speaks TLS on both sides. PEM. */
  readonly certificates?: { readonly authority: string; readonly certificate: string; readonly key: string };
}

/** @param upstream `127.0.0.1:10000` */
export async function startStorageWeather(
  upstream: string,
  { certificates }: WeatherOptions = {},
): Promise<StorageWeather> {
  const rules: { matches: RegExp; trouble: Trouble; left: number }[] = [];
  const onRequest = (incoming: IncomingMessage, answer: ServerResponse) => void serve(incoming, answer);
  const server = certificates
    ? https.createServer({ cert: certificates.certificate, key: certificates.key }, onRequest)
    : http.createServer(onRequest);
  const forward = certificates ? https.request : http.request;
  const weather: StorageWeather = {
    endpoint: '',
    requests: [],
    trouble: (matches, trouble, times = 1) => rules.push({ matches, trouble, left: times }),
    onRequest: () => {},
    reset() {
      rules.length = 0;
      weather.requests.length = 0;
      weather.onRequest = () => {};
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };

  async function serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks);
    const request = { ...addressOf(incoming), bytes: body.length };
    weather.requests.push(request);
    await weather.onRequest(request);
    const rule = rules.find(({ matches, left }) => left > 0 && matches.test(request.what));
    if (rule) rule.left -= 1;
    const trouble = rule?.trouble;
    if (trouble === 'reset') return void incoming.socket.destroy();
    if (typeof trouble === 'object') return refuse(answer, trouble);
    const { method, url, headers } = incoming;
    const [host, port] = upstream.split(':');
    const onward = forward({ host, port, method, path: url, headers, ca: certificates?.authority }, (response) => {
      if (trouble === 'reset-after') {
        response.resume();
        return void incoming.socket.destroy();
      }
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => incoming.socket.destroy());
    onward.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(weather, { endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function refuse(answer: ServerResponse, { status, code, location }: Exclude<Trouble, string>): void {
  const headers = { ...(code && { 'x-ms-error-code': code }), ...(location && { location }) };
  answer.writeHead(status, { 'content-type': 'application/xml', ...headers });
  answer.end(
    code && `<?xml version="1.0"?><Error><Code>${code}</Code><Message>in words\nRequestId:1\nTime:2</Message></Error>`,
  );
}

function addressOf({ method = '', url = '' }: IncomingMessage): { what: string; blob: string } {
  const { pathname, searchParams } = new URL(url, 'http://storage');
  const [blob = '', below = ''] = /LocalUpload\/[^/]+\/(.*)$/.exec(decodeURIComponent(pathname)) ?? [];
  const comp = searchParams.get('comp');
  return { what: `${method} ${below}${comp ? `?comp=${comp}` : ''}`, blob };
}
