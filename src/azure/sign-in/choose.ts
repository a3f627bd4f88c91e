import type { TokenCredential } from '@azure/core-auth';
import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import type { AzureTarget } from '../../config/config.ts';
import type { Deps } from '../../deps.ts';
import { Failure } from '../../failure.ts';
import { idTokenClaims, type IdTokenSource, idTokenSource } from '../../github/id-token.ts';
import type { Http } from '../../http/http.ts';
import { withRetries } from '../../http/retry.ts';
import { type Ask, askingBy, type Exchange } from './ask.ts';
import { LOGIN_OF_A_TOOL, MANAGED_IDENTITY } from './failure.ts';

/** In milliseconds. */
const LONGEST_AZ = 30_000;

/** A way to sign in, chosen from what was configured. */
export interface SignIn {
  /** For the log: `GitHub ID token as client 1234…`. */
  readonly description: string;
  readonly ask: Ask;
}

type SignInDeps = Pick<Deps, 'env' | 'files' | 'clock' | 'report'>;

/**
 * Chooses the way to sign in: client secret, GitHub OIDC, the login of `azure/login` or `az`, workload or managed
 * identity. A way that was configured but fails is an error; the next one is never tried behind the user's back.
 * @throws Failure when client and tenant ask for GitHub OIDC but the job may not have an ID token
 */
export async function chooseSignIn(target: AzureTarget, deps: SignInDeps, http: Http): Promise<SignIn> {
  const { env } = deps;
  const { tenantId, clientId } = target;
  const authority = { authorityHost: target.cloud.authority, disableInstanceDiscovery: target.cloud.ownAuthority };
  const by = (description: string, open: (exchange: Exchange) => TokenCredential): SignIn => ({
    description,
    ask: askingBy(description, open, deps.report),
  });
  const secret = env['AZURE_CLIENT_SECRET'];
  const tokenFilePath = env['AZURE_FEDERATED_TOKEN_FILE'];
  if (tenantId && clientId && secret) {
    return by(
      `client secret of client ${clientId}`,
      ({ additionalPolicies }) =>
        new ClientSecretCredential(tenantId, clientId, secret, { ...authority, additionalPolicies }),
    );
  }
  if (tenantId && clientId) {
    const idToken = idTokenSource(env, http, deps.report.mask);
    if (idToken) {
      return by(`GitHub ID token as client ${clientId}`, (exchange) => {
        const { additionalPolicies } = exchange;
        const assertion = () => freshIdToken(target, deps, idToken, exchange);
        return new ClientAssertionCredential(tenantId, clientId, assertion, { ...authority, additionalPolicies });
      });
    }
    if (env['GITHUB_ACTIONS'] === 'true' && !tokenFilePath) throw missingIdToken();
  }
  if (await hasAzLogin(deps)) {
    const options = { ...(tenantId ? { tenantId } : {}), processTimeoutInMs: LONGEST_AZ };
    return by(LOGIN_OF_A_TOOL, () => new AzureCliCredential(options));
  }
  if (tokenFilePath && tenantId && clientId) {
    const options = { ...authority, tenantId, clientId, tokenFilePath };
    return by(
      `workload identity of client ${clientId}`,
      ({ additionalPolicies }) => new WorkloadIdentityCredential({ ...options, additionalPolicies }),
    );
  }
  return by(
    clientId ? `${MANAGED_IDENTITY} ${clientId}` : MANAGED_IDENTITY,
    () => new ManagedIdentityCredential(clientId ? { clientId } : {}),
  );
}

/** An ID token lives five minutes, a deployment longer: each exchange asks for its own (AADSTS700024, Azure/login 372). */
async function freshIdToken(
  { cloud }: AzureTarget,
  deps: SignInDeps,
  idToken: IdTokenSource,
  { limits, offer }: Exchange,
): Promise<string> {
  try {
    const ask = () => idToken(cloud.idTokenAudience, limits.signal);
    const token = await withRetries('always', { ...deps, limits }, ask);
    offer({ claims: idTokenClaims(token) });
    return token;
  } catch (noIdToken) {
    offer({ noIdToken });
    throw noIdToken;
  }
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
