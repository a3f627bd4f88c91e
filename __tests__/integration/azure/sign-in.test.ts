import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Consequence } from '../../../emulator/faults.ts';
import type { Circumstances } from '../../support/fake-deps.ts';
import { type Azure, type Inputs, leaks, startAzure, until } from '../../support/azure.ts';
import { hastyHttp } from '../../support/hasty-http.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const NOBODY = '11111111-1111-1111-1111-111111111111';
const OIDC = { AZURE_CLIENT_SECRET: '' };
const url = (inputs: Inputs = {}, circumstances: Circumstances = {}) =>
  azure.run({ operation: 'url', endpoint: 'iris', ...inputs }, circumstances);
const signInRequests = (requests: readonly { path: string }[], part: string) =>
  requests.filter(({ path }) => path.includes(part));

describe('a way to sign in', () => {
  test('the client secret, masked from the start', async () => {
    const result = await url();
    expect(result.exitCode).toBe(0);
    expect(result.deps.report.texts()[0]).toMatch(/^signing in with client secret of client [\da-f-]+$/);
    expect(result.deps.report.masked).toContain(azure.env['AZURE_CLIENT_SECRET']);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('GitHub OIDC, with a fresh ID token for every exchange, each masked', async () => {
    const yaml = { 'endpoints/iris.yml': 'name: iris\ndescription: new\n' };
    azure.fault({ match: { path: 'mfeOperationsStatus' }, then: { 'expire-token': true } });
    const result = await azure.run({ operation: 'update', endpoint: 'iris' }, { env: OIDC, files: yaml });
    expect(result.exitCode).toBe(0);
    const exchanges = result.requests.filter(({ method, path }) => method === 'POST' && path.includes('oauth2'));
    const assertions = exchanges.map(({ body }) => new URLSearchParams(String(body)).get('client_assertion'));
    expect(assertions).toHaveLength(2);
    expect(new Set(assertions).size).toBe(2);
    expect(result.deps.report.masked).toEqual(expect.arrayContaining(assertions));
    expect(leaks(azure, result)).toEqual([]);
  });

  test('every access token is masked before it is used', async () => {
    const result = await azure.run({ operation: 'list' }, { env: OIDC });
    const issued = azure.state().secrets.filter((secret) => secret.startsWith('ey'));
    expect(result.deps.report.masked).toEqual(expect.arrayContaining(issued.slice(-1)));
  });
});

/** Trouble of the services that a sign-in asks, once. */
const ONCE: readonly (readonly [string, string, Consequence])[] = [
  ['oauth2', 'answers 503', { status: 503 }],
  ['oauth2', 'cuts the connection', { reset: true }],
  ['openid-configuration', 'answers 500', { status: 500 }],
  ['idtoken', 'answers 503', { status: 503 }],
  ['idtoken', 'answers 429', { status: 429 }],
  ['idtoken', 'cuts the connection', { reset: true }],
  ['idtoken', 'answers half', { truncate: true }],
  ['idtoken', 'answers a web page', { garbage: 'html' }],
];

describe('a sign-in in bad weather', () => {
  test.each(ONCE)('%s %s once', async (path, _, then) => {
    azure.fault({ match: { path }, then });
    const result = await url({}, { env: OIDC });
    expect(result.exitCode).toBe(0);
    expect(signInRequests(result.requests, path).length).toBeGreaterThan(1);
    expect(leaks(azure, result)).toEqual([]);
  });

  test.each([
    ['a web page', { garbage: 'html' }],
    ['something else', { garbage: 'json' }],
  ] as const)('Entra answers %s', async (_, then) => {
    azure.fault({ match: { path: 'oauth2' }, times: 'always', then });
    const failure = (await url()).failure();
    expect(failure.message).toMatch(/returned an unexpected HTTP 200 response$/);
    expect(failure.details.nextStep).toContain('login page');
  });

  test.each([{ status: 503 }, { status: 401 }, { reset: true }, { garbage: 'json' }] as const)(
    'GitHub gives no ID token: %j',
    async (then) => {
      azure.fault({ match: { path: 'idtoken' }, times: 'always', then });
      const failure = (await url({}, { env: OIDC })).failure();
      expect(failure.message).toMatch(/^sign-in with GitHub ID token as client [\da-f-]+ failed: /);
      expect(failure.details.nextStep).toBe('GitHub gave no ID token; run the job again.');
    },
  );

  test('an Entra that never answers is given up', async () => {
    const hasty = hastyHttp(500);
    azure.fault({ match: { path: 'oauth2' }, times: 'always', then: { hang: true } });
    const failure = (await url()).failure();
    hasty.mockRestore();
    expect(failure.message).toMatch(/timed out waiting for a response|no response from 127\.0\.0\.1:\d+ \(ETIMEDOUT\)/);
  });

  test('a cancelled job does not wait for Entra', async () => {
    azure.fault({ match: { path: 'oauth2' }, then: { hang: true } });
    const { deps, result } = azure.start({ operation: 'url', endpoint: 'iris' });
    await until(() => signInRequests(azure.requests(), 'oauth2').length > 0);
    const begin = Date.now();
    deps.cancel();
    expect((await result).exitCode).toBe(130);
    expect(Date.now() - begin).toBeLessThan(500);
  });
});

/** What was configured but does not work is an error, in Entra's words and with its code. */
const REFUSED: readonly (readonly [string, Inputs, Record<string, string>, string, RegExp])[] = [
  ['no such tenant', { 'tenant-id': NOBODY }, {}, 'AADSTS90002', /tenant-id/],
  ['no such client', { 'client-id': NOBODY }, {}, 'AADSTS700016', /client-id/],
  ['a wrong secret', {}, { AZURE_CLIENT_SECRET: 'not-the-secret' }, 'AADSTS7000215', /AZURE_CLIENT_SECRET is wrong/],
  [
    'no such resource',
    { 'resource-manager-endpoint': 'https://127.0.0.1:9' },
    {},
    'AADSTS500011',
    /resource-manager-endpoint/,
  ],
];

describe('a sign-in that is refused', () => {
  test.each(REFUSED)('%s', async (_, inputs, env, code, step) => {
    const result = await url(inputs, { env });
    const { message, details } = result.failure();
    expect(message).toMatch(new RegExp(`^sign-in with client secret of client [\\da-f-]+ failed: ${code}: `));
    expect(details.code).toBe(code);
    expect(details.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(details.nextStep).toMatch(step);
    expect(JSON.stringify(result.lines)).not.toContain('not-the-secret');
    expect(leaks(azure, result)).toEqual([]);
  });

  test.each([
    ['AADSTS700213: No matching federated identity record found for presented assertion subject', /subject above/],
    ['AADSTS700212: No matching federated identity record found for presented assertion audience', /audience/],
    ['AADSTS70021: No matching federated identity record found', /federated credential for this subject/],
  ])('%s: the claims stand beside it', async (words, step) => {
    const body = {
      error: 'invalid_client',
      error_description: `${words}. Trace ID: x Correlation ID: ${NOBODY} Timestamp: y`,
    };
    azure.fault({ match: { path: 'oauth2' }, times: 'always', then: { status: 400, body } });
    const result = await url({}, { env: OIDC });
    const { message, details } = result.failure();
    expect(message).toContain(
      '(issuer https://token.actions.githubusercontent.com, subject repo:octo-org/octo-repo:ref:refs/heads/main, audience api://AzureADTokenExchange)',
    );
    expect(message).not.toContain('Trace ID');
    expect(details).toMatchObject({ code: words.split(':')[0], requestId: NOBODY });
    expect(details.nextStep).toMatch(step);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('a sovereign cloud has its own audience of the ID token', async () => {
    await url({ cloud: 'AzureUSGovernment' }, { env: OIDC });
    const asked = signInRequests(azure.requests(), 'idtoken').map(
      ({ path }) => new URLSearchParams(path.split('?')[1]),
    );
    expect(asked.map((query) => query.get('audience'))).toContain('api://AzureADTokenExchangeUSGov');
  });
});
