import { describe, expect, test } from '@jest/globals';
import { idTokenPath, idTokenQuery } from '../../../emulator/github.ts';
import { issueToken } from '../../../emulator/tokens.ts';
import { pureEmulator, tokenRequest } from './pure-emulator.ts';
import type { Answer, PureEmulator } from './pure-emulator.ts';

const audience = 'api://AzureADTokenExchange';
const issuer = 'https://token.actions.githubusercontent.com';
const subject = 'repo:octo-org/octo-repo:ref:refs/heads/main';

function askForToken(emulator: PureEmulator, changes: Readonly<Record<string, string>>, tenant?: string): Answer {
  const path = `/${tenant ?? emulator.state.identity.tenantId}/oauth2/v2.0/token`;
  return emulator.send('POST', path, { body: tokenRequest(emulator.state, changes) });
}

function exchange(emulator: PureEmulator, assertion: string): Answer {
  return askForToken(emulator, { client_secret: '', client_assertion: assertion });
}

function askForIdToken(emulator: PureEmulator, token: string): Answer {
  const target = `${idTokenPath}?${idTokenQuery}&audience=${encodeURIComponent(audience)}`;
  return emulator.send('GET', target, { headers: { authorization: `Bearer ${token}` } });
}

describe('discovery', () => {
  test('names the token endpoint of the tenant', () => {
    const emulator = pureEmulator();
    const { tenantId } = emulator.state.identity;
    const { status, body } = emulator.send('GET', `/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(status).toBe(200);
    expect(body.token_endpoint).toBe(`https://127.0.0.1:1/${tenantId}/oauth2/v2.0/token`);
  });

  test('does not know another tenant', () => {
    const { status, body } = pureEmulator().send('GET', '/contoso/v2.0/.well-known/openid-configuration');
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
  });

  test('answers instance discovery', () => {
    expect(pureEmulator().send('GET', '/common/discovery/instance?api-version=1.1').body.metadata).toHaveLength(1);
  });
});

describe('a client with its secret', () => {
  test('gets a token with the claims of its identity', () => {
    const emulator = pureEmulator();
    const { status, body } = askForToken(emulator, {});
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    const claims = JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString());
    const { tenantId, clientId, objectId } = emulator.state.identity;
    expect(claims).toMatchObject({
      aud: 'https://management.azure.com',
      tid: tenantId,
      appid: clientId,
      oid: objectId,
      iat: emulator.now / 1000,
      exp: emulator.now / 1000 + 3600,
    });
    expect(emulator.state.secrets).toContain(body.access_token);
  });

  test.each([
    'https://127.0.0.1:1',
    'https://ml.azure.com',
    'https://storage.azure.com',
    'https://management.azure.com/',
  ])('may ask for %s', (resource) => {
    expect(askForToken(pureEmulator(), { scope: `${resource}/.default` }).status).toBe(200);
  });

  test.each([
    ['a wrong client', { client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
    ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client', 7000215],
    ['no credential', { client_secret: '' }, 401, 'invalid_client', 7000218],
    ['no grant', { grant_type: '' }, 400, 'invalid_request', 900144],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['a bare scope', { scope: 'https://ml.azure.com' }, 400, 'invalid_scope', 1002012],
    ['an unknown resource', { scope: 'https://example.com/.default' }, 400, 'invalid_resource', 500011],
  ])('is refused with %s', (_, changes, status, error, code) => {
    const answer = askForToken(pureEmulator(), changes);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ error, error_codes: [code] });
    expect(answer.body.error_description).toContain(`AADSTS${code}: `);
    expect(Object.keys(answer.body)).toEqual(expect.arrayContaining(['timestamp', 'trace_id', 'correlation_id']));
  });

  test('is refused in a tenant that does not exist', () => {
    expect(askForToken(pureEmulator(), {}, 'contoso').body).toMatchObject({
      error: 'invalid_request',
      error_codes: [90002],
    });
  });
});

describe("a job with GitHub's ID token", () => {
  test('exchanges it, within its life more than once', () => {
    const emulator = pureEmulator();
    const { status, body } = askForIdToken(emulator, emulator.state.identity.idTokenRequestToken);
    expect(status).toBe(200);
    expect(body.count).toBe(body.value.length);
    expect(exchange(emulator, body.value).status).toBe(200);
    expect(exchange(emulator, body.value).status).toBe(200);
    expect(emulator.state.secrets).toContain(body.value);
  });

  test('gets a fresh one each time', () => {
    const emulator = pureEmulator();
    const { idTokenRequestToken } = emulator.state.identity;
    expect(askForIdToken(emulator, idTokenRequestToken).body.value).not.toBe(
      askForIdToken(emulator, idTokenRequestToken).body.value,
    );
  });

  test('gets none with a wrong request token', () => {
    expect(askForIdToken(pureEmulator(), 'guess').status).toBe(401);
  });

  test('is refused after five minutes', () => {
    const emulator = pureEmulator();
    const { value } = askForIdToken(emulator, emulator.state.identity.idTokenRequestToken).body;
    emulator.now += 5 * 60_000;
    const { status, body } = exchange(emulator, value);
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [700024] });
  });

  test.each([
    ['issuer', { iss: 'https://example.com', sub: subject, aud: audience }, 700211],
    ['subject', { iss: issuer, sub: 'repo:other/repo:ref:refs/heads/main', aud: audience }, 700213],
    ['audience', { iss: issuer, sub: subject, aud: 'https://github.com/octo-org' }, 700212],
  ])('is refused with a wrong %s', (_, claims, code) => {
    const emulator = pureEmulator();
    const { status, body } = exchange(emulator, issueToken(emulator.state, claims, emulator.now, 1000));
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [code] });
  });

  test.each(['api://AzureADTokenExchangeUSGov', 'api://AzureADTokenExchangeChina'])('may use audience %s', (aud) => {
    const emulator = pureEmulator();
    const assertion = issueToken(emulator.state, { iss: issuer, sub: subject, aud }, emulator.now, 1000);
    expect(exchange(emulator, assertion).status).toBe(200);
  });

  test.each(['nonsense', 'a.b.c'])('is refused with the assertion %s', (assertion) => {
    expect(exchange(pureEmulator(), assertion).body.error_codes).toEqual([50027]);
  });
});

test('the metadata name the emulated cloud with the fields that clients read', () => {
  const [cloud] = pureEmulator().send('GET', '/metadata/endpoints?api-version=2022-09-01').body;
  expect(cloud).toMatchObject({
    name: 'AzureEmulator',
    portal: 'https://portal.azure.com/',
    resourceManager: 'https://127.0.0.1:1',
    authentication: { loginEndpoint: 'https://127.0.0.1:1', identityProvider: 'AAD' },
    suffixes: { storage: 'nowhere.invalid' },
  });
});
