import { AzureMachineLearningWorkspaces } from '@azure/arm-machinelearning';
import { bearerTokenAuthenticationPolicyName } from '@azure/core-rest-pipeline';
import type { AzureTarget } from '../config/config.ts';
import type { Clock, Deps, Limits, Report } from '../deps.ts';
import { Failure } from '../failure.ts';
import {
  type Http,
  type HttpResponse,
  httpThrough,
  plainHttp,
  requestId,
  strangeAnswer,
  successBody,
} from '../http/http.ts';
import { type Repeat, withRetries } from '../http/retry.ts';
import { claimsWanted } from './sign-in/challenge.ts';
import { chooseSignIn } from './sign-in/choose.ts';
import { type SharedWork, sharedWork } from './shared-work.ts';
import { keepTokens, type Token, type Tokens } from './sign-in/tokens.ts';

export const USER_AGENT = 'azureml-online-endpoint-action';

export interface ArmRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below the workspace (`/onlineEndpoints/iris`; empty for the workspace itself), or a whole URL that Azure gave us to go on with. */
  readonly path: string;
  readonly body?: unknown;
  readonly repeat: Repeat;
  /** Whether a success is what Azure says here. Whoever stands in between may say 200 to anything. */
  readonly expects?: (body: unknown) => boolean;
}

export interface ArmResponse {
  readonly status: number;
  readonly body: unknown;
  /** What errors call the request. */
  readonly request: string;
  readonly requestId: string | undefined;
  header(name: string): string | undefined;
}

/** One Azure ML workspace, and the limits of the work that is done in it. */
export interface Workspace {
  readonly target: AzureTarget;
  /** ARM id of the workspace. */
  readonly id: string;
  readonly clock: Clock;
  readonly report: Report;
  readonly limits: Limits;
  /**
   * Sends a request to ARM and answers with a success.
   * @throws ServiceError, ConnectionError, or Failure when the sign-in failed
   */
  send(request: ArmRequest): Promise<ArmResponse>;
  /**
   * The workspace itself, asked for once: its region, and the proof that it is there.
   * @throws as `send` does
   */
  describe(): Promise<ArmResponse>;
  /** HTTP without ARM's sign-in: for the scoring URL. */
  readonly http: Http;
  /** A masked Entra token for a scope. @throws Failure, or the signal's reason */
  token(scope: string): Promise<Token>;
  within(limits: Limits): Workspace;
}

type ConnectDeps = Pick<Deps, 'env' | 'files' | 'clock' | 'report'>;

/**
 * Signs in (at the first request) and speaks to one workspace.
 * `@azure/arm-machinelearning` 2.1.1 models API version 2022-10-01 and its serialiser drops what that version did not
 * have (`mirrorTraffic` among others); so its client, sign-in and pipeline carry raw bodies of a current version.
 */
export async function connect(target: AzureTarget, deps: ConnectDeps, limits: Limits): Promise<Workspace> {
  const http = plainHttp(USER_AGENT);
  const signIn = await chooseSignIn(target, deps, http);
  deps.report.info(`signing in with ${signIn.description}`);
  const session: Session = { target, http: armHttp(target), tokens: keepTokens(signIn.ask, deps) };
  const base = workspaceId(target);
  const send = (request: ArmRequest, within: Limits): Promise<ArmResponse> =>
    withRetries(request.repeat, { ...deps, limits: within }, () => sendOnce(session, request, within, deps.clock));
  const describe = askedOnce((within) => send({ method: 'GET', path: '', repeat: 'always' }, within));
  const workspace = (within: Limits): Workspace => ({
    target,
    id: base,
    http,
    limits: within,
    clock: deps.clock,
    report: deps.report,
    within: workspace,
    token: (scope) => session.tokens.get({ scope }, within),
    send: (request) => send(request, within),
    describe: () => describe(within),
  });
  return workspace(limits);
}

/** Remembers an answer, not a failure. Whoever asks meanwhile waits for the same one, as long as its own limits say. */
function askedOnce<T>(ask: (limits: Limits) => Promise<T>): (limits: Limits) => Promise<T> {
  let known: { readonly answer: T } | undefined;
  let asking: SharedWork<T> | undefined;
  return async (limits) => {
    if (known) return known.answer;
    asking ??= sharedWork(ask, () => (asking = undefined));
    const answer = await asking.join(limits);
    known = { answer };
    return answer;
  };
}

/** As it stands in a body. A resource group may have letters that a URL has to encode. */
function workspaceId({ subscriptionId, resourceGroup, workspaceName }: AzureTarget): string {
  return (
    `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}` +
    `/providers/Microsoft.MachineLearningServices/workspaces/${workspaceName}`
  );
}

interface Session {
  readonly target: AzureTarget;
  readonly http: Http;
  readonly tokens: Tokens;
}

/** The pipeline of Azure's client, without its sign-in: see `keepTokens`. */
function armHttp({ cloud, subscriptionId }: AzureTarget): Http {
  const nobody = { getToken: async () => null };
  const client = new AzureMachineLearningWorkspaces(nobody, subscriptionId, {
    endpoint: cloud.resourceManager,
    // Its own policy repeats every method, POST too; see `withRetries`.
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: USER_AGENT },
  });
  client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
  return httpThrough((request) => client.sendRequest(request));
}

async function sendOnce(
  { target, http, tokens }: Session,
  request: ArmRequest,
  limits: Limits,
  clock: Clock,
): Promise<ArmResponse> {
  const url = requestUrl(target, request.path);
  const label = `${request.method} ${shortPath(url)}`;
  const attempt = ({ token }: Token): Promise<HttpResponse> => {
    const { method } = request;
    const body = request.body === undefined ? (method === 'POST' ? '' : undefined) : JSON.stringify(request.body);
    const authorization = `Bearer ${token}`;
    const headers = { accept: 'application/json', 'content-type': 'application/json', authorization };
    const timeout = timeoutWithin(request, limits.deadline - clock.now());
    return http({ method, url, label, headers, body, timeout }, limits.signal);
  };
  const wanted = { scope: `${target.cloud.resourceManager}/.default`, enableCae: true };
  const token = await tokens.get(wanted, limits);
  let response = await attempt(token);
  if (response.status === 401) {
    // A token can be revoked or run out between two polls. Azure did nothing, so the request may go again.
    const claims = claimsWanted(response.header('www-authenticate'));
    response = await attempt(await tokens.renew(token.token, { ...wanted, ...(claims && { claims }) }, limits));
  }
  const body = successBody(response, label);
  if (request.expects?.(body) === false) throw strangeAnswer(label, 'unexpected response');
  return { status: response.status, body, request: label, requestId: requestId(response), header: response.header };
}

/**
 * A silent connection must not outlast the deadline by much; what is sent at its end still gets a moment. What can be
 * asked again is not waited for as long as a write, whose answer Resource Manager may take a minute for.
 */
function timeoutWithin({ repeat }: ArmRequest, left: number): number {
  return Math.min(repeat === 'always' ? 30_000 : 60_000, Math.max(5_000, left));
}

/** @throws Failure for a URL of another host: a bearer token is for nobody else. */
function requestUrl(target: AzureTarget, path: string): string {
  const host = target.cloud.resourceManager;
  const url = new URL(isAddress(path) ? new URL(path, host).href : `${host}${encodeURI(workspaceId(target))}${path}`);
  if (url.origin !== new URL(host).origin) {
    throw new Failure(`Azure pointed to ${url.origin}, which is not ${host}`, {
      nextStep: 'Nothing was sent there. Check `resource-manager-endpoint` and whether a proxy changes answers.',
    });
  }
  if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', target.apiVersion);
  return url.href;
}

/** An address that Azure gave us, whole or without its host. */
function isAddress(path: string): boolean {
  return /^https?:|^\/(subscriptions|providers)\//i.test(path);
}

/** `onlineEndpoints/iris/deployments`: the part of a path that a person needs. */
function shortPath(url: string): string {
  const path = decodeURIComponent(new URL(url).pathname);
  return (
    /\/workspaces\/[^/]+\/(.+)$/.exec(path)?.[1] ??
    /\/locations\/[^/]+\/([^/]+)/.exec(path)?.[1] ??
    path.slice(path.lastIndexOf('/workspaces/') + 1)
  );
}
