import { problemCodes, problemWords } from './error-words.ts';

/** An answer that says no, with all that helps to find out why. */
export class ServiceError extends Error {
  readonly status: number;
  /** The service's code, such as `AuthorizationFailed`; `HTTP 502` where the answer had none. */
  readonly code: string;
  /** All codes in the answer, the outermost first. */
  readonly codes: readonly string[];
  /** The service's own words. */
  readonly serviceMessage: string;
  /** `PUT onlineEndpoints/iris` */
  readonly request: string;
  readonly requestId: string | undefined;
  /** Milliseconds that the service asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(answer: {
    status: number;
    body: unknown;
    request: string;
    requestId?: string | undefined;
    retryAfter?: number | undefined;
  }) {
    const words = problemWords(answer.body);
    const code = words?.code ?? `HTTP ${answer.status}`;
    const message = words?.message ?? '';
    super(`${answer.request}: ${code}${message ? `: ${message}` : ''}`);
    this.name = 'ServiceError';
    this.status = answer.status;
    this.code = code;
    this.codes = problemCodes(answer.body);
    this.serviceMessage = message;
    this.request = answer.request;
    this.requestId = answer.requestId;
    this.retryAfter = answer.retryAfter;
  }
}

/** No answer, or only a part of one. */
export class ConnectionError extends Error {
  /** Node's or OpenSSL's code: `ECONNRESET`, `CERT_HAS_EXPIRED`, … */
  readonly code: string;
  readonly request: string;
  /** Whether the service may have acted on the request. */
  readonly mayHaveArrived: boolean;

  constructor(request: string, code: string, message: string, cause?: unknown) {
    super(`${request}: ${message}`, { cause });
    this.name = 'ConnectionError';
    this.code = code;
    this.request = request;
    this.mayHaveArrived = !isUntrusted(code) && !neverConnected(code, cause);
  }
}

/** A route can also vanish under a connection that has carried bytes; only Node's words tell the two apart. */
function neverConnected(code: string, cause: unknown): boolean {
  if (['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) return true;
  return (
    ['EHOSTUNREACH', 'ENETUNREACH'].includes(code) && cause instanceof Error && cause.message.startsWith('connect ')
  );
}

/** The other side has no certificate that we take, so nothing was sent to it. */
function isUntrusted(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_/.test(code);
}

/** Certificates do not mend themselves within a retry. */
export function isTrustProblem(code: string): boolean {
  return isUntrusted(code) || /ERR_TLS|ERR_SSL|EPROTO/.test(code);
}

/** Code and message of an error body; `undefined` where it has no code. */
export function errorWords(body: unknown): { code: string; message: string } | undefined {
  const words = problemWords(body);
  return words?.code ? { code: words.code, message: words.message } : undefined;
}

/** Whether the same request may succeed a little later. */
export function isTransient(error: unknown): error is ServiceError | ConnectionError {
  if (error instanceof ConnectionError) return !isTrustProblem(error.code);
  return error instanceof ServiceError && (error.status === 408 || error.status === 429 || error.status >= 500);
}

/** Whether the service surely did nothing, so that even a write can be sent again. */
export function isUntouched(error: unknown): error is ServiceError | ConnectionError {
  if (error instanceof ConnectionError) return !error.mayHaveArrived;
  return error instanceof ServiceError && error.status === 429;
}

/** Whether the service may have acted on a request whose answer was lost. */
export function mayHaveWorked(error: unknown): error is ServiceError | ConnectionError {
  if (error instanceof ConnectionError) return error.mayHaveArrived;
  return isTransient(error) && !isUntouched(error);
}

/**
 * Conflicts that no waiting ends, by Azure's code in lower case, each with what ends it.
 * Source: Microsoft Learn, "Lock your resources" and "Resolve errors for resource provider registration".
 */
const LASTING_CONFLICTS: ReadonlyMap<string, string> = new Map([
  ['scopelocked', 'Have the lock on the resource, its resource group or its subscription removed, and run again.'],
  [
    'missingsubscriptionregistration',
    'Register the resource provider that Azure names in the subscription: `az provider register --namespace <provider>`.',
  ],
  ['disallowedoperation', 'The subscription may be disabled or spent; ask who owns it.'],
  ['resourcegroupbeingdeleted', 'The resource group is going away; name another one in `resource-group`.'],
]);

/** What ends a conflict that no waiting ends; `undefined` for all others. */
export function stepAfterConflict({ code }: ServiceError): string | undefined {
  return LASTING_CONFLICTS.get(code.toLowerCase());
}

/**
 * Whether another operation is still at work on the resource. Azure says so with 409, or with 400 and a sentence such as
 * "because it is in Updating provisioning state" (azure-sdk-for-net issue 36961).
 */
export function isBusy(error: unknown): error is ServiceError {
  return (
    error instanceof ServiceError &&
    ((error.status === 409 && stepAfterConflict(error) === undefined) ||
      (error.status === 400 && /provisioning state/i.test(error.serviceMessage)))
  );
}
