import { isArm } from './arm.ts';
import { expiredToken, notAuthorized } from './arm/gateway.ts';
import { withArmHeaders } from './arm/headers.ts';
import { parsePath } from './arm/path.ts';
import { errorOf } from './deployment-failures.ts';
import type { DeploymentFault } from './deployment-failures.ts';
import type { Consequence, OperationFault } from './faults.ts';
import { json } from './http.ts';
import type { Outcome, Reply, Request } from './http.ts';
import type { Operation, State } from './state.ts';

/** Lets a request suffer what a rule has in store for it. `answer` performs the request. */
export function suffer(state: State, request: Request, now: number, fault: Consequence, answer: () => Reply): Outcome {
  const delay = fault.delay ?? 0;
  if (fault.reset) return { reply: undefined, connection: 'cut', delay };
  if (fault.hang) return { reply: undefined, connection: 'hanging', delay };
  const instead = replyInstead(state, request, now, fault);
  if (instead) return { reply: instead, connection: 'kept', delay };
  const known = state.operations.length;
  const reply = answer();
  for (const operation of state.operations.slice(known)) bend(operation, now, fault);
  if (fault['reset-after']) return { reply: undefined, connection: 'cut', delay };
  return { reply, connection: fault.truncate ? 'cut in the middle' : 'kept', delay };
}

function replyInstead(state: State, request: Request, now: number, fault: Consequence): Reply | undefined {
  const reply = scriptedReply(fault) ?? refusal(state, request, now, fault);
  return reply && isArm(request) ? withArmHeaders(state, request, reply) : reply;
}

function scriptedReply({ status, body, headers, garbage }: Consequence): Reply | undefined {
  if (garbage === 'json') return json(200, { unexpected: ['answer'] });
  if (garbage) return text(200, '<html><body>Sign in to the network</body></html>');
  if (status === undefined) return undefined;
  return typeof body === 'string' ? text(status, body, headers) : json(status, body ?? null, headers);
}

function refusal(state: State, request: Request, now: number, fault: Consequence): Reply | undefined {
  if (fault['expire-token']) return expiredToken(state, now - 1000, now);
  const path = fault.deny ? parsePath(request.path) : undefined;
  return path && notAuthorized(state, request.method, path);
}

function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const type = body.trimStart().startsWith('<') ? 'text/html' : 'text/plain';
  return { status, headers: { 'content-type': `${type}; charset=utf-8`, ...headers }, body };
}

function bend(operation: Operation, now: number, { operation: wanted, deployment, stale }: Consequence): void {
  if (stale !== undefined) operation.lag = stale;
  if (wanted) bendOperation(operation, now, wanted);
  if (deployment) bendDeployment(operation, deployment);
}

function bendDeployment(operation: Operation, wanted: DeploymentFault): void {
  const { deployment } = operation.subject;
  if (!deployment || operation.change.kind === 'delete') return;
  const { failure, error, log = [] } = typeof wanted === 'string' ? { failure: wanted } : wanted;
  deployment.story = { failure, log };
  if (failure === undefined) return;
  operation.ending = 'Failed';
  operation.error = error ?? errorOf(failure);
}

function bendOperation(operation: Operation, now: number, { status, error, never, takes }: OperationFault): void {
  if (takes !== undefined) operation.endsAt = now + takes;
  if (never) operation.endsAt = undefined;
  if (status ?? error) operation.ending = status ?? 'Failed';
  operation.error = error;
}
