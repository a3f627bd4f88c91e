import { handleArm, isArm, withArmHeaders } from './arm.ts';
import { expiredToken, notAuthorized } from './arm/gateway.ts';
import { advance } from './arm/operations.ts';
import { parsePath } from './arm/path.ts';
import { controlPath, handleControl } from './control.ts';
import { handleEntra } from './entra.ts';
import { takeFault } from './faults.ts';
import type { Consequence, OperationFault } from './faults.ts';
import { handleGitHub } from './github.ts';
import { json, parseJson } from './http.ts';
import type { Reply, Request } from './http.ts';
import { handleMetadata } from './metadata.ts';
import { handleScoring } from './scoring.ts';
import type { Operation, State } from './state.ts';

/** What becomes of a request. Without a reply the connection is cut, or kept open for ever. */
export interface Outcome {
  readonly reply: Reply | undefined;
  /** Milliseconds to wait before anything happens. */
  readonly delay: number;
  readonly connection: 'kept' | 'cut' | 'cut in the middle' | 'hanging';
}

/**
 * The emulator as a function: changes `state` in place and says what to answer at `now` (milliseconds since 1970). It
 * does no I/O and draws its randomness from the state.
 */
export function dispatch(state: State, request: Request, now: number): Outcome {
  advance(state, now);
  if (request.path.startsWith(controlPath)) return kept(handleControl(state, request, now));
  const fault = takeFault(state.faults, request);
  const outcome = fault ? befall(state, request, now, fault) : kept(perform(state, request, now));
  state.requests.push({
    method: request.method,
    path: request.target,
    status: outcome.reply && outcome.connection !== 'cut' ? outcome.reply.status : 0,
    body: request.text === '' ? null : (parseJson(request.text) ?? request.text),
    time: now,
  });
  return outcome;
}

function perform(state: State, request: Request, now: number): Reply {
  return (
    handleGitHub(state, request, now) ??
    handleMetadata(state, request) ??
    handleArm(state, request, now) ??
    handleScoring(state, request, now) ??
    handleEntra(state, request, now) ??
    json(404, { error: { code: 'NotFound', message: `The emulator has nothing at ${request.path}. [U]` } })
  );
}

function befall(state: State, request: Request, now: number, fault: Consequence): Outcome {
  const outcome = troubled(state, request, now, fault);
  return { ...outcome, delay: fault.delay ?? 0 };
}

function troubled(state: State, request: Request, now: number, fault: Consequence): Outcome {
  if (fault.reset) return { reply: undefined, delay: 0, connection: 'cut' };
  if (fault.hang) return { reply: undefined, delay: 0, connection: 'hanging' };
  const instead = replyInstead(state, request, now, fault);
  if (instead) return kept(isArm(request) ? withArmHeaders(state, request, instead) : instead);
  const known = state.operations.length;
  const reply = perform(state, request, now);
  for (const operation of state.operations.slice(known)) bend(operation, now, fault);
  if (fault['reset-after']) return { reply: undefined, delay: 0, connection: 'cut' };
  return fault.truncate ? { reply, delay: 0, connection: 'cut in the middle' } : kept(reply);
}

function replyInstead(state: State, request: Request, now: number, fault: Consequence): Reply | undefined {
  if (fault.status !== undefined) return scripted(fault.status, fault);
  if (fault.garbage === 'json') return json(200, { unexpected: ['answer'] });
  if (fault.garbage) return scripted(200, { body: '<html><body>Sign in to the network</body></html>' });
  if (fault['expire-token']) return expiredToken(state, now - 1000, now);
  const path = fault.deny ? parsePath(request.path) : undefined;
  return path && notAuthorized(state, request.method, path);
}

function scripted(status: number, { body, headers = {} }: Consequence): Reply {
  if (typeof body !== 'string') return body === undefined ? { status, headers, body: '' } : json(status, body, headers);
  const type = body.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
  return { status, headers: { 'content-type': `${type}; charset=utf-8`, ...headers }, body };
}

function bend(operation: Operation, now: number, { operation: wanted, stale }: Consequence): void {
  if (stale !== undefined) operation.lag = stale;
  if (wanted) bendOperation(operation, now, wanted);
}

function bendOperation(operation: Operation, now: number, { status, error, never, takes }: OperationFault): void {
  if (takes !== undefined) operation.endsAt = now + takes;
  if (never) operation.endsAt = undefined;
  if (status ?? error) operation.ending = status ?? 'Failed';
  operation.error = error;
}

function kept(reply: Reply): Outcome {
  return { reply, delay: 0, connection: 'kept' };
}
