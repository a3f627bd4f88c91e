import { formatDuration } from '../duration.ts';
import { Failure } from '../failure.ts';
import type { Workspace } from './connect.ts';
import { isUntouched, ServiceError } from '../http/errors.ts';
import { type HttpResponse, requestId, retryAfterMilliseconds } from '../http/http.ts';
import { withRetries } from '../http/retry.ts';
import { HEARTBEAT } from '../http/wait.ts';

export interface ScoringRequest {
  readonly url: string;
  /** Key or token of the endpoint. */
  readonly token: string;
  readonly body: Uint8Array;
  readonly contentType: string;
  /** Deployment to call, bypassing the traffic split. */
  readonly deployment?: string | undefined;
  readonly expectStatus: number;
}

export interface ScoringAnswer {
  readonly status: number;
  readonly text: string;
  /** The deployment that answered, where the service says so. */
  readonly deployment: string | undefined;
  /** Why the answer is not the expected one. */
  readonly failure?: Failure;
}

const LABEL = 'POST scoring URL';
/** Kubernetes deployments may take five minutes for an answer. */
const LONGEST_ANSWER = 310_000;

/**
 * What the scoring front end means by a status.
 * Source: Microsoft Learn, "Troubleshoot online endpoints", HTTP status codes.
 */
const MEANINGS: Readonly<Record<number, string>> = {
  401: 'The endpoint does not take this key or token; has it just been rotated?',
  403: 'The signed-in identity needs Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action (role "AzureML Data Scientist").',
  404: 'No deployment takes this request: give one some traffic, or check the path of a custom container (`path`, in a policy `smoke.path`).',
  408: 'The model took longer than `request_timeout_ms` of its deployment.',
  413: 'The request is too large.',
  424: "The model's own code failed; look at the logs of the deployment.",
  429: 'The deployment has more requests waiting than it takes; add instances or send requests more slowly.',
};

/**
 * Sends one request to the scoring URL and checks the status.
 * It is repeated only when it surely did not reach the model, since nobody knows what a model does with a request.
 */
export async function score(workspace: Workspace, request: ScoringRequest): Promise<ScoringAnswer> {
  const response = await patientScore(workspace, request);
  const answer = {
    status: response.status,
    text: response.text,
    deployment: response.header('azureml-model-deployment'),
  };
  if (response.status === request.expectStatus) return answer;
  return { ...answer, failure: unexpected(response, request.expectStatus, workspace.report) };
}

/** A refusal that stays after all retries is an answer like any other. */
async function patientScore(workspace: Workspace, request: ScoringRequest): Promise<HttpResponse> {
  let last: HttpResponse | undefined;
  try {
    return await withRetries('if-untouched', workspace, async () => {
      last = await withHeartbeat(workspace.report, sendScore(workspace, request));
      if (last.status !== request.expectStatus) throwWhenUntouched(last);
      return last;
    });
  } catch (error) {
    if (last && error instanceof ServiceError) return last;
    throw error;
  }
}

export interface ProbeAnswer extends ScoringAnswer {
  readonly contentType: string | undefined;
  /** Milliseconds until the whole answer was there. */
  readonly took: number;
}

/**
 * Sends one request, once, and tells what came of it: whoever measures wants no second try.
 * @param patience milliseconds for the whole answer
 * @throws ConnectionError without an answer; its code is `ETIMEDOUT` when `patience` ran out
 */
export async function scoreOnce(workspace: Workspace, request: ScoringRequest, patience: number): Promise<ProbeAnswer> {
  const started = workspace.clock.now();
  const response = await sendScore(workspace, request, patience);
  const answer = {
    status: response.status,
    text: response.text,
    deployment: response.header('azureml-model-deployment'),
    contentType: response.header('content-type'),
    took: workspace.clock.now() - started,
  };
  if (response.status === request.expectStatus) return answer;
  return { ...answer, failure: unexpected(response, request.expectStatus, workspace.report) };
}

function throwWhenUntouched(response: HttpResponse): void {
  const { status } = response;
  const retryAfter = retryAfterMilliseconds(response);
  const refused = new ServiceError({ status, body: undefined, request: LABEL, retryAfter });
  if (isUntouched(refused)) throw refused;
}

function sendScore(workspace: Workspace, request: ScoringRequest, patience = LONGEST_ANSWER): Promise<HttpResponse> {
  return workspace.http(
    {
      method: 'POST',
      url: request.url,
      label: LABEL,
      headers: {
        authorization: `Bearer ${request.token}`,
        'content-type': request.contentType,
        ...(request.deployment ? { 'azureml-model-deployment': request.deployment } : {}),
      },
      body: request.body,
      allowInsecure: true,
      timeout: Math.min(patience, Math.max(1_000, workspace.limits.deadline - workspace.clock.now())),
    },
    workspace.limits.signal,
  );
}

/** A model may think for minutes. Real time, like the time limit of the request itself. */
async function withHeartbeat<T>(report: Workspace['report'], work: Promise<T>): Promise<T> {
  let waited = 0;
  const timer = setInterval(() => {
    waited += HEARTBEAT;
    report.info(`${LABEL}: waiting for the answer (${formatDuration(waited)})`);
  }, HEARTBEAT);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

function unexpected(response: HttpResponse, expected: number, report: Workspace['report']): Failure {
  const reason = response.header('ms-azureml-model-error-reason');
  // Before it is cut: half a secret is none that anything would find.
  const text = report.clean(response.text);
  const words = [reason, text.replace(/\s+/g, ' ').trim().slice(0, 500)].filter(Boolean).join(': ');
  return new Failure(`the endpoint answered ${response.status}, not ${expected}${words ? `: ${words}` : ''}`, {
    code: `HTTP ${response.status}`,
    request: LABEL,
    requestId: requestId(response),
    nextStep: nextStepOf(response),
  });
}

/** A container that does not serve a path says 404, of which a managed endpoint makes a 424. Source: as `MEANINGS`. */
function nextStepOf({ status, header }: HttpResponse): string {
  if (status === 424 && header('ms-azureml-model-error-statuscode') === '404')
    return 'The container does not serve this path: give the one that it serves as `path`, in a policy as `smoke.path`.';
  const meaning = MEANINGS[status];
  if (meaning !== undefined) return meaning;
  return status < 400 ? 'The endpoint responded; check `expect-status`.' : 'Look at the logs of the deployment.';
}
