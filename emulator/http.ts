/** A request as the handlers see it: text only, no socket. */
export interface Request {
  readonly method: string;
  /** Path and query as the request line had them. */
  readonly target: string;
  /** The path alone. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What becomes of a request. Without a reply the connection is cut, or kept open for ever. */
export interface Outcome {
  readonly reply: Reply | undefined;
  readonly connection: 'kept' | 'cut' | 'cut in the middle' | 'hanging';
  /** Milliseconds until the client sees any of it; the state has changed already. */
  readonly delay: number;
}

export type JsonObject = Record<string, unknown>;

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function empty(status: number, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { ...headers }, body: '' };
}

/** The value that `text` writes in JSON, or `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The token of an `Authorization: Bearer …` header, or `undefined` without one. */
export function bearer(request: Request): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
}
