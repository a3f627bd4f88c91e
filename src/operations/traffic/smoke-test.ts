import { createHash } from 'node:crypto';
import { callerCredential } from '../../azure/callers.ts';
import type { Workspace } from '../../azure/connect.ts';
import { ConnectionError } from '../../http/errors.ts';
import { stepAfterSilence } from '../../azure/explain.ts';
import { withRetries } from '../../http/retry.ts';
import { type ProbeAnswer, scoreOnce, type ScoringRequest } from '../../azure/scoring.ts';
import { calledUrl } from '../../azure/scoring-url.ts';
import type { Deps } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { objectAt, textAt } from '../../json.ts';
import { type LiveEndpoint, liveName } from '../../plan/live.ts';
import type { Probe } from '../../rollout/minutes.ts';
import type { Smoke } from '../../rollout/model.ts';
import { readAnswer } from '../../rollout/smoke/answer.ts';
import { type Call, judgeSmoke, LONGEST_WARM_UP, type SmokeResult } from '../../rollout/smoke/result.ts';
import { contentType, readRequestFile } from '../request-file.ts';
import { needScoringUrl } from '../url.ts';

/** The new deployments, which have to be well, and the old one that they are compared with. */
export interface SmokeSides {
  readonly canary: readonly string[];
  readonly base: string | undefined;
}

/**
 * Sends the request file to each deployment by name, past the split. Old and new get the same number of requests, so that
 * where Azure counts them they weigh the same. Those that warm up are sent and not looked at.
 * @param time when something happens, by the clock of the rollout
 * @throws Failure when the scoring URL cannot be reached or takes no path, InputFaults when the request file cannot be read
 */
export async function smokeTest(
  workspace: Workspace,
  live: LiveEndpoint,
  sides: SmokeSides,
  smoke: Smoke,
  deps: Pick<Deps, 'files'> & { readonly time: () => number },
): Promise<SmokeResult> {
  const body = await readRequestFile(smoke.request, 'smoke.request', deps);
  const url = calledUrl(needScoringUrl(live), smoke.path);
  const { token } = await callerCredential(workspace, live, 'primary');
  const names = [...sides.canary, ...(sides.base === undefined ? [] : [sides.base])];
  const calls = new Map(names.map((name) => [name, [] as Call[]]));
  const probes: Probe[] = [];
  workspace.report.info(`smoke: ${smoke.warmUp} + ${smoke.count} requests each to ${names.join(', ')}`);
  for (let sent = 0; sent < smoke.warmUp + smoke.count; sent += 1) {
    const isWarmUp = sent < smoke.warmUp;
    for (const deployment of names) {
      const request = { url, token, body, contentType: contentType(smoke.request), deployment };
      const expected = { ...request, expectStatus: smoke.expectStatus };
      const answer = await ask(workspace, live, expected, isWarmUp ? LONGEST_WARM_UP : smoke.maxTime);
      if (answer) probes.push({ deployment, time: deps.time(), status: answer.status });
      if (!isWarmUp) calls.get(deployment)?.push(callOf(answer, smoke, workspace));
    }
  }
  const old = sides.base === undefined ? undefined : { deployment: sides.base, calls: calls.get(sides.base) ?? [] };
  const fresh = new Map(sides.canary.map((name) => [name, calls.get(name) ?? []]));
  return judgeSmoke(smoke, fresh, old, probes);
}

/** `undefined` when it took too long. A connection that breaks says nothing about the model, so it is made again. */
function ask(
  workspace: Workspace,
  live: LiveEndpoint,
  request: ScoringRequest,
  patience: number,
): Promise<ProbeAnswer | undefined> {
  return withRetries('always', workspace, async () => {
    try {
      return await scoreOnce(workspace, request, patience);
    } catch (error) {
      if (error instanceof ConnectionError && error.code === 'ETIMEDOUT') return undefined;
      throw error;
    }
  }).then(
    (answer) => {
      if (answer?.status === 403 && isPrivate(live)) throw unreachable(live, answer.failure?.message ?? 'HTTP 403');
      return answer;
    },
    (error: unknown) => {
      throw error instanceof ConnectionError ? unreachable(live, error.message, error) : error;
    },
  );
}

function callOf(answer: ProbeAnswer | undefined, smoke: Smoke, { report }: Workspace): Call {
  if (!answer) {
    const refusal = `gave no answer within ${smoke.maxTime} ms`;
    return { status: 0, took: smoke.maxTime, answer: { kind: 'text', text: '' }, refusal };
  }
  const { status, took, failure } = answer;
  const content = readAnswer(report.clean(answer.text), answer.contentType, sha256);
  return { status, took, answer: content, ...(failure ? { refusal: failure.message } : {}) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function isPrivate(live: LiveEndpoint): boolean {
  return textAt(objectAt(live, 'properties'), 'publicNetworkAccess')?.toLowerCase() === 'disabled';
}

/** What an endpoint without public network access answers from outside is not documented [U]: a refusal or nothing. */
function unreachable(live: LiveEndpoint, words: string, cause?: ConnectionError): Failure {
  const nextStep = isPrivate(live)
    ? 'The endpoint has no public network access: run this job in its network, or leave `smoke` out of the policy.'
    : stepAfterSilence(cause?.code ?? '');
  return new Failure(`smoke: the scoring URL of ${liveName(live)} cannot be reached: ${words}`, {
    code: cause?.code,
    request: 'POST scoring URL',
    nextStep,
    cause,
  });
}
