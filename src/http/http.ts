import {
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
  type HttpMethods,
  isRestError,
  type PipelineRequest,
  type PipelineResponse,
} from '@azure/core-rest-pipeline';
import { ConnectionError, ServiceError } from './errors.ts';

export interface HttpRequest {
  readonly method: HttpMethods;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
  /** What errors call this request: `PUT onlineEndpoints/iris`. Never holds a secret. */
  readonly label: string;
  /** Lets it go over plain `http:`, which a scoring URL of a Kubernetes cluster without TLS is. */
  readonly allowInsecure?: boolean;
  /** Milliseconds until a silent connection is given up; one minute unless told. */
  readonly timeout?: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly text: string;
  header(name: string): string | undefined;
}

/** Sends one request, once. It never throws for a status, only for the lack of an answer. */
export type Http = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** Sends through `carry`, which may be the pipeline of an ARM client or a bare one. */
export function httpThrough(carry: (request: PipelineRequest) => Promise<PipelineResponse>): Http {
  return async (request, signal) => {
    const timeout = AbortSignal.timeout(request.timeout ?? 60_000);
    try {
      const response = await carry(
        createPipelineRequest({
          method: request.method,
          url: request.url,
          headers: createHttpHeaders(request.headers ?? {}),
          ...(request.body === undefined ? {} : { body: request.body }),
          allowInsecureConnection: request.allowInsecure ?? false,
          abortSignal: AbortSignal.any([signal, timeout]),
        }),
      );
      return {
        status: response.status,
        text: response.bodyAsText ?? '',
        header: (name) => response.headers.get(name),
      };
    } catch (error) {
      signal.throwIfAborted();
      throw asConnectionError(request.label, error, timeout.aborted);
    }
  };
}

/** A pipeline without sign-in and without retries, which honours `HTTPS_PROXY` and `NO_PROXY`. */
export function plainHttp(userAgent: string): Http {
  const client = createDefaultHttpClient();
  const pipeline = createPipelineFromOptions({
    retryOptions: { maxRetries: 0 },
    // A redirect would carry credentials to a host that nobody named.
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: userAgent },
  });
  return httpThrough((request) => pipeline.sendRequest(client, request));
}

/**
 * The JSON of an answer.
 * @throws ServiceError when the status is not a success, ConnectionError when the body is not the JSON that was promised
 */
export function successBody(response: HttpResponse, request: string): unknown {
  const body = parsed(response.text);
  if (response.status < 200 || response.status > 299) {
    const retryAfter = retryAfterMilliseconds(response);
    throw new ServiceError({
      status: response.status,
      body: body === undefined ? response.text : body,
      request,
      requestId: requestId(response),
      retryAfter,
    });
  }
  if (body === undefined && response.text.trim() !== '') {
    throw strangeAnswer(request, 'the response is not JSON');
  }
  return body;
}

/** An answer that Azure does not give. Nobody knows what became of the request. */
export function strangeAnswer(request: string, words: string, cause?: unknown): ConnectionError {
  return new ConnectionError(request, 'INCOMPLETE', `${words}; is a proxy or a login page in between?`, cause);
}

export function requestId(response: HttpResponse): string | undefined {
  return (
    response.header('x-ms-correlation-request-id') ??
    response.header('x-ms-request-id') ??
    response.header('x-request-id')
  );
}

/** `Retry-After` in seconds or as a date; `undefined` when absent or unreadable. */
export function retryAfterMilliseconds(response: Pick<HttpResponse, 'header'>): number | undefined {
  const value = response.header('retry-after-ms') ?? response.header('retry-after');
  if (!value) return undefined;
  const number = Number(value);
  if (!Number.isNaN(number)) return Math.max(0, response.header('retry-after-ms') ? number : number * 1_000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The lack of an answer as an error of ours; what is none of the network's stays what it is. */
export function asConnectionError(label: string, error: unknown, timedOut: boolean): unknown {
  if (timedOut) return new ConnectionError(label, 'ETIMEDOUT', 'timed out waiting for a response', error);
  const code = (error as { code?: unknown }).code;
  if (code === 'PARSE_ERROR') return strangeAnswer(label, 'the response is truncated or not JSON', error);
  if (isRestError(error) || typeof code === 'string') {
    const word = typeof code === 'string' ? code : 'ECONNRESET';
    return new ConnectionError(label, word, `connection failed (${word})`, error);
  }
  if (error instanceof Error && /aborted|socket hang up|premature/i.test(error.message)) {
    return new ConnectionError(label, 'ECONNRESET', 'connection was cut', error);
  }
  return error;
}
