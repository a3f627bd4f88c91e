import type { TokenCredential } from '@azure/core-auth';
import {
  AzureCliCredential,
  ClientAssertionCredential,
  type ClientAssertionCredentialOptions,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { type PipelinePolicy, RestError } from '@azure/core-rest-pipeline';
import type { AzureTarget } from '../../config/config.ts';
import type { Deps, Limits } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { idTokenClaims, idTokenSource } from '../../github/id-token.ts';
import type { Http } from '../../http/http.ts';
import { withRetries } from '../../http/retry.ts';
import { type Circumstances, signInFailure } from './failure.ts';
import { witness } from './witness.ts';

/** A way to sign in, chosen from what was configured. */
export interface SignIn {
  /** For the log: `GitHub ID token as client 1234…`. */
  readonly description: string;
  /** A credential without any cached token, for use at the start and after a token was refused. */
  readonly fresh: () => TokenCredential;
}

type Options = ClientAssertionCredentialOptions;
const LONGEST_SIGN_IN = 30_000;
const LONGEST_TRY = 10_000;
/** Beyond all that a way does by itself to try again. */
const LONGEST_ATTEMPTS = 120_000;

type SignInDeps = Pick<Deps, 'env' | 'files' | 'clock' | 'report'>;

/**
 * Chooses the way to sign in: client secret, GitHub OIDC, the login of `azure/login` or `az`, workload or managed
 * identity. A way that was configured but fails is an error; the next one is never tried behind the user's back.
 * @throws Failure when client and tenant ask for GitHub OIDC but the job may not have an ID token
 */
export async function chooseSignIn(target: AzureTarget, deps: SignInDeps, http: Http, limits: Limits): Promise<SignIn> {
  const { env } = deps;
  const bounded = { ...deps, limits };
  const { tenantId, clientId } = target;
  const { policy, last } = witness();
  const options: Options = {
    authorityHost: target.cloud.authority,
    disableInstanceDiscovery: target.cloud.ownAuthority,
    additionalPolicies: [
      { policy: boundedBy(limits.signal), position: 'perCall' },
      { policy: givingUpSilence(), position: 'perRetry' },
      { policy, position: 'perRetry' },
    ],
  };
  const seen = () => ({ seen: last() });
  const secret = env['AZURE_CLIENT_SECRET'];
  const tokenFilePath = env['AZURE_FEDERATED_TOKEN_FILE'];
  if (tenantId && clientId && secret) {
    return named(
      `client secret of client ${clientId}`,
      bounded,
      () => new ClientSecretCredential(tenantId, clientId, secret, options),
      seen,
    );
  }
  if (tenantId && clientId) {
    const idToken = idTokenSource(env, http, deps.report.mask);
    if (idToken) return gitHubSignIn(target, tenantId, clientId, bounded, idToken, options, seen);
    if (env['GITHUB_ACTIONS'] === 'true' && !tokenFilePath) throw missingIdToken();
  }
  if (await hasAzLogin(deps)) {
    return named(
      'the login of azure/login or az',
      bounded,
      () => new AzureCliCredential({ ...(tenantId ? { tenantId } : {}), processTimeoutInMs: LONGEST_SIGN_IN }),
    );
  }
  if (tokenFilePath && tenantId && clientId) {
    return named(
      `workload identity of client ${clientId}`,
      bounded,
      () => new WorkloadIdentityCredential({ ...options, tenantId, clientId, tokenFilePath }),
      seen,
    );
  }
  return named(
    clientId ? `managed identity ${clientId}` : 'managed identity',
    bounded,
    () => new ManagedIdentityCredential(clientId ? { clientId } : {}),
  );
}

function gitHubSignIn(
  target: AzureTarget,
  tenantId: string,
  clientId: string,
  deps: SignInDeps & { limits: Limits },
  idToken: NonNullable<ReturnType<typeof idTokenSource>>,
  options: Options,
  seen: () => Circumstances,
): SignIn {
  let offered: Circumstances = {};
  // An ID token lives five minutes, a deployment longer: each exchange asks for its own (AADSTS700024, Azure/login 372).
  const assertion = async (): Promise<string> => {
    const ask = () => idToken(target.cloud.idTokenAudience, deps.limits.signal);
    try {
      const token = await withRetries('always', deps, ask);
      offered = { claims: idTokenClaims(token) };
      return token;
    } catch (noIdToken) {
      offered = { noIdToken };
      throw noIdToken;
    }
  };
  return named(
    `GitHub ID token as client ${clientId}`,
    deps,
    () => new ClientAssertionCredential(tenantId, clientId, assertion, options),
    () => ({ ...seen(), ...offered }),
  );
}

/** Masks each token before the pipeline sees it, and says in one voice why there is none. */
function named(
  description: string,
  deps: SignInDeps & { limits: Limits },
  create: () => TokenCredential,
  circumstances: () => Circumstances = () => ({}),
): SignIn {
  const fresh = (): TokenCredential => {
    const credential = create();
    return {
      async getToken(scopes, options) {
        try {
          const token = await withinLimits(credential.getToken(scopes, options), deps.limits.signal);
          if (token) deps.report.mask(token.token);
          return token;
        } catch (error) {
          deps.limits.signal.throwIfAborted();
          throw signInFailure(description, error, circumstances());
        }
      },
    };
  };
  return { description, fresh };
}

/** A tool that hangs, and a request that `@azure/identity` makes beside its pipeline, know neither deadline nor cancel. */
async function withinLimits<T>(work: Promise<T>, cancel: AbortSignal): Promise<T> {
  cancel.throwIfAborted();
  const over = new AbortController();
  const timer = setTimeout(
    () => over.abort(new Error(`no token after ${LONGEST_ATTEMPTS / 1_000} s`)),
    LONGEST_ATTEMPTS,
  );
  const stop = AbortSignal.any([cancel, over.signal]);
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason as Error), { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    clearTimeout(timer);
  }
}

/** `@azure/identity` takes an `abortSignal` for a token but does not end its requests on it. */
function boundedBy(signal: AbortSignal): PipelinePolicy {
  return {
    name: 'signInBounds',
    sendRequest(request, next) {
      request.abortSignal = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_SIGN_IN)]);
      return next(request);
    },
  };
}

/** One connection that stays silent is no reason to fail: its end is an error that `@azure/identity` tries again after. */
function givingUpSilence(): PipelinePolicy {
  return {
    name: 'signInTries',
    async sendRequest(request, next) {
      const whole = request.abortSignal;
      const silence = AbortSignal.timeout(LONGEST_TRY);
      request.abortSignal = whole ? AbortSignal.any([whole as AbortSignal, silence]) : silence;
      try {
        return await next(request);
      } catch (error) {
        if (!silence.aborted || whole?.aborted) throw error;
        throw new RestError('timed out waiting for a response', { code: 'ETIMEDOUT', request });
      } finally {
        if (whole) request.abortSignal = whole;
      }
    },
  };
}

function missingIdToken(): Failure {
  return new Failure('this job cannot ask GitHub for an ID token, and AZURE_CLIENT_SECRET is not set', {
    nextStep: 'Add `permissions: id-token: write` to the job.',
  });
}

/** `az` and `azure/login` keep their login here; source: azure-cli `_profile.py`. */
async function hasAzLogin({ env, files }: SignInDeps): Promise<boolean> {
  const home = env['AZURE_CONFIG_DIR'] ?? `${env['HOME'] ?? env['USERPROFILE'] ?? '.'}/.azure`;
  try {
    const bytes = await files.read(`${home}/azureProfile.json`, 10_000_000);
    return Buffer.from(bytes).includes('"id"');
  } catch {
    return false;
  }
}
