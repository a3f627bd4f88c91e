import type { AccessToken } from '@azure/core-auth';
import { AzureCliCredential } from '@azure/identity';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { chooseSignIn } from '../../../../src/azure/sign-in/choose.ts';
import { signInFailure } from '../../../../src/azure/sign-in/failure.ts';
import { Failure } from '../../../../src/failure.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';
import { TARGET } from '../workspace.ts';

const IDS = { tenantId: 'tenant', clientId: 'client' };
const SECRET = { AZURE_CLIENT_SECRET: 'hush' };
const OIDC = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x?y', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token' };
const WORKLOAD = { AZURE_FEDERATED_TOKEN_FILE: '/token' };
const JOB = { GITHUB_ACTIONS: 'true' };
const LOGIN = { '/home/me/.azure/azureProfile.json': '{"subscriptions":[{"id":"s"}]}' };
const NO_LOGIN = { '/home/me/.azure/azureProfile.json': '{"installationId":"i","subscriptions":[]}' };

const nobody = async () => {
  throw new Error('nothing is sent before the first token is needed');
};

async function choose(ids: object, env: Record<string, string>, files: Record<string, string> = {}) {
  const deps = fakeDeps({ env: { HOME: '/home/me', ...env }, files });
  return { deps, signIn: await chooseSignIn({ ...TARGET, ...ids }, deps, nobody) };
}

const SECRET_WAY = 'client secret of client client';
const OIDC_WAY = 'GitHub ID token as client client';
const WORKLOAD_WAY = 'workload identity of client client';
const LOGIN_WAY = 'the login of azure/login or az';

describe('the way to sign in', () => {
  test.each<[string, object, Record<string, string>, Record<string, string>]>([
    [SECRET_WAY, IDS, { ...SECRET, ...OIDC, ...WORKLOAD, ...JOB }, LOGIN],
    [OIDC_WAY, IDS, { ...OIDC, ...WORKLOAD, ...JOB }, LOGIN],
    [OIDC_WAY, IDS, OIDC, {}],
    [LOGIN_WAY, IDS, WORKLOAD, LOGIN],
    [LOGIN_WAY, {}, { ...OIDC, ...JOB }, LOGIN],
    [LOGIN_WAY, { tenantId: 'tenant' }, {}, LOGIN],
    [WORKLOAD_WAY, IDS, { ...WORKLOAD, ...JOB }, {}],
    [WORKLOAD_WAY, IDS, WORKLOAD, NO_LOGIN],
    ['managed identity client', IDS, {}, {}],
    ['managed identity', {}, { ...OIDC, ...JOB }, NO_LOGIN],
    ['managed identity', {}, WORKLOAD, {}],
  ])('%s', async (way, ids, env, files) => {
    expect((await choose(ids, env, files)).signIn.description).toBe(way);
  });

  test('the login is looked for where az keeps it', async () => {
    const files = { '/elsewhere/azureProfile.json': '{"subscriptions":[{"id":"s"}]}' };
    const { signIn } = await choose({}, { AZURE_CONFIG_DIR: '/elsewhere' }, files);
    expect(signIn.description).toBe(LOGIN_WAY);
  });

  test.each([{}, { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }, { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't' }])(
    'a job that may not ask for an ID token is told which permission it lacks: %j',
    async (env) => {
      const failure = (await choose(IDS, { ...JOB, ...env }, LOGIN).catch((error: unknown) => error)) as Failure;
      expect(failure).toBeInstanceOf(Failure);
      expect(failure.details.nextStep).toBe('Add `permissions: id-token: write` to the job.');
    },
  );

  test('the token to ask for ID tokens with is masked', async () => {
    expect((await choose(IDS, OIDC)).deps.report.masked).toEqual(['request-token']);
  });
});

describe('a sign-in that hangs', () => {
  const hung = async () => {
    const tool = jest.spyOn(AzureCliCredential.prototype, 'getToken').mockReturnValue(new Promise(() => {}));
    const { deps, signIn } = await choose({}, {}, LOGIN);
    const ask = () => signIn.ask({ scope: 'scope' }, { signal: deps.signal, deadline: deps.clock.now() + 1_000 });
    return { deps, tool, ask };
  };
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  test('ends when the job is cancelled', async () => {
    const { deps, ask } = await hung();
    const token = ask();
    deps.cancel();
    await expect(token).rejects.toThrow('cancelled by a test');
  });

  test('is not begun when the job is cancelled already', async () => {
    const { deps, tool, ask } = await hung();
    deps.cancel();
    await expect(ask()).rejects.toThrow('cancelled by a test');
    expect(tool).not.toHaveBeenCalled();
  });

  test('may fail when nobody waits for it any more', async () => {
    const { deps, tool, ask } = await hung();
    const killed = new AbortController();
    tool.mockReturnValue(
      new Promise((_, reject) => killed.signal.addEventListener('abort', () => reject(new Error('az was killed')))),
    );
    const token = ask();
    deps.cancel();
    await expect(token).rejects.toThrow('cancelled by a test');
    killed.abort();
    await new Promise((resolve) => setTimeout(resolve));
  });

  test('ends at a deadline', async () => {
    jest.useFakeTimers();
    const { ask } = await hung();
    const refused = expect(ask()).rejects.toThrow(`sign-in with ${LOGIN_WAY} failed: no token after 120 s`);
    await jest.advanceTimersByTimeAsync(121_000);
    await refused;
  });
});

const WAY = 'client secret of client c';
const failed = (...[way, error, circumstances]: Parameters<typeof signInFailure>) =>
  signInFailure(way, error, circumstances) as Failure;

describe('why there is no token', () => {
  test.each<[string, Parameters<typeof signInFailure>, string, RegExp]>([
    [
      'Entra in the error',
      [WAY, new Error('bad: Error(s): 1 - Description: AADSTS7000222: Expired. Trace ID: x'), {}],
      'AADSTS7000222: Expired.',
      /has expired/,
    ],
    [
      'Entra on the wire',
      [
        WAY,
        new Error('endpoints_resolution_error'),
        { seen: { host: 'h', status: 400, description: 'AADSTS90002: No tenant.\r\nTrace ID: x' } },
      ],
      'AADSTS90002: No tenant.',
      /tenant-id/,
    ],
    [
      'a code without advice',
      [WAY, new Error('AADSTS1: Odd.'), {}],
      'AADSTS1: Odd.',
      /`tenant-id`, `client-id` and `cloud`/,
    ],
    [
      'no host',
      [WAY, new Error('endpoints_resolution_error'), { seen: { host: 'h', silence: 'ENOTFOUND' } }],
      'no response from h (ENOTFOUND)',
      /does not resolve/,
    ],
    [
      'no trust',
      [WAY, new Error('network_error'), { seen: { host: 'h', silence: 'SELF_SIGNED_CERT_IN_CHAIN' } }],
      'no response from h (SELF_SIGNED_CERT_IN_CHAIN)',
      /NODE_EXTRA_CA_CERTS/,
    ],
    [
      'a status',
      [WAY, new Error('network_error'), { seen: { host: 'h', status: 503 } }],
      'h answered HTTP 503',
      /Run again/,
    ],
    [
      'a web page',
      [WAY, new Error('unknown_error'), { seen: { host: 'h', status: 200 } }],
      'h returned an unexpected HTTP 200 response',
      /login page/,
    ],
    [
      'no ID token',
      ['GitHub ID token as client c', new Error('wrapped'), { noIdToken: new Error('HTTP 503'), claims: 'old' }],
      'HTTP 503',
      /run the job again/,
    ],
    [
      'no az',
      [LOGIN_WAY, new Error('Azure CLI could not be found.\nmore'), {}],
      'Azure CLI could not be found.',
      /azure\/login/,
    ],
    [
      'no identity',
      ['managed identity', new Error('x client_error: Error(s): Not Available - y'), {}],
      'this machine has no managed identity',
      /managed identity/,
    ],
    [
      'an identity in trouble',
      ['managed identity c', new Error('IMDS said no'), {}],
      'IMDS said no',
      /managed identity/,
    ],
    ['anything else', [WAY, 'text', {}], 'text', /Check `tenant-id`/],
  ])('%s', (_, parameters, words, step) => {
    const failure = failed(...parameters);
    expect(failure.message).toBe(`sign-in with ${parameters[0]} failed: ${words}`);
    expect(failure.details.nextStep).toMatch(step);
  });

  test('the claims that Entra compared stand beside its words', () => {
    const failure = failed(WAY, new Error('AADSTS700213: No match.'), { claims: 'issuer i, subject s, audience a' });
    expect(failure.message).toMatch(/AADSTS700213: No match\. \(issuer i, subject s, audience a\)$/);
  });

  test('a failure of ours stays as it is', () => {
    const ours = new Failure('ours');
    expect(signInFailure(WAY, ours, {})).toBe(ours);
  });

  test('a way that gives nothing says so', async () => {
    jest.spyOn(AzureCliCredential.prototype, 'getToken').mockResolvedValue(null as unknown as AccessToken);
    const { deps, signIn } = await choose({}, {}, LOGIN);
    const token = signIn.ask({ scope: 'scope' }, { signal: deps.signal, deadline: Infinity });
    await expect(token).rejects.toThrow('sign-in gave no token for scope');
    jest.restoreAllMocks();
  });

  test('a request id is only taken from words that have one', () => {
    const id = '11111111-1111-1111-1111-111111111111';
    expect(failed(WAY, new Error(`AADSTS1: x Correlation ID: ${id} y`), {}).details.requestId).toBe(id);
    expect(failed(WAY, new Error('AADSTS1: x Correlation ID: Not Available'), {}).details.requestId).toBeUndefined();
  });
});
