import { handleArm } from './arm.ts';
import { advance } from './arm/operations.ts';
import { suffer } from './consequences.ts';
import { handleComments } from './comments.ts';
import { controlPath, handleControl } from './control.ts';
import { handleEntra } from './entra.ts';
import { takeFault } from './faults.ts';
import { handleGitHub } from './github.ts';
import { json, parseJson } from './http.ts';
import type { Outcome, Reply, Request } from './http.ts';
import { handleMetadata } from './metadata.ts';
import { handleScoring } from './scoring.ts';
import type { State } from './state.ts';

/**
 * The emulator as a function: changes `state` in place and says what to answer at `now` (milliseconds since 1970). It
 * does no I/O and draws its randomness from the state.
 */
export function dispatch(state: State, request: Request, now: number): Outcome {
  advance(state, now);
  if (request.path.startsWith(controlPath)) return kept(handleControl(state, request, now));
  const fault = takeFault(state.faults, request);
  const answer = (): Reply => answerOf(state, request, now);
  const outcome = fault ? suffer(state, request, now, fault, answer) : kept(answer());
  record(state, request, outcome.reply?.status ?? 0, now);
  return outcome;
}

/** Keeps a request, with the status that answered it, for `GET /_emulator/requests`. */
export function record(state: State, request: Request, status: number, now: number): void {
  state.requests.push({
    method: request.method,
    path: request.target,
    status,
    body: request.text === '' ? null : (parseJson(request.text) ?? request.text),
    time: now,
  });
}

function answerOf(state: State, request: Request, now: number): Reply {
  return (
    handleGitHub(state, request, now) ??
    handleComments(state, request) ??
    handleMetadata(state, request) ??
    handleArm(state, request, now) ??
    handleScoring(state, request, now) ??
    handleEntra(state, request, now) ??
    json(404, { error: { code: 'NotFound', message: `The emulator has nothing at ${request.path}. [U]` } })
  );
}

function kept(reply: Reply): Outcome {
  return { reply, connection: 'kept', delay: 0 };
}
