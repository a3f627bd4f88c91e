import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Workspace } from '../../../src/azure/connect.ts';
import type { Limits } from '../../../src/deps.ts';
import { type Azure, startAzure, until } from '../../support/azure.ts';
import { openRun } from '../../support/asset-scene.ts';
import type { FakeDeps } from '../../support/fake-deps.ts';

const LIFETIME = 2_000;

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure({ accessTokenLifetime: LIFETIME });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const OIDC = { AZURE_CLIENT_SECRET: '' };
const IRIS = { path: 'onlineEndpoints/iris?' };
const REFUSED = {
  status: 400,
  body: { error: 'invalid_client', error_description: 'AADSTS7000222: The provided client secret keys are expired.' },
};

const open = (env: Record<string, string> = {}) => openRun({ ...azure, env: { ...azure.env, ...env } });
const look = (workspace: Workspace) =>
  workspace.send({ method: 'GET', path: '/onlineEndpoints/iris', repeat: 'always' });
const exchanges = () => azure.requests().filter(({ path }) => path.includes('oauth2'));
const delay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const secondWind = ({ clock }: FakeDeps): Limits => ({
  signal: new AbortController().signal,
  deadline: clock.now() + 300_000,
});

describe('a token that runs out', () => {
  test('ends nothing while nobody needs one, and is an error of who does', async () => {
    const { workspace } = await open();
    await look(workspace);
    azure.fault({ match: { path: 'oauth2' }, times: 'always', then: REFUSED });
    await look(workspace);
    await delay(LIFETIME + 2_000);
    expect(exchanges()).toHaveLength(1);
    await expect(look(workspace)).rejects.toMatchObject({ details: { code: 'AADSTS7000222' } });
  });

  test('is renewed before it does, once for all who ask', async () => {
    const { workspace, deps } = await open();
    await look(workspace);
    deps.clock.advance(LIFETIME);
    await Promise.all([look(workspace), look(workspace), look(workspace)]);
    expect(exchanges()).toHaveLength(2);
  });

  test('or that Azure takes back is replaced by one that says what Azure wants to hear', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1790812800"}}}';
    const encoded = Buffer.from(claims).toString('base64');
    const headers = { 'www-authenticate': `Bearer error="insufficient_claims", claims="${encoded}"` };
    azure.fault({ match: IRIS, then: { status: 401, headers } });
    const { workspace } = await open();
    expect((await look(workspace)).status).toBe(200);
    const asked = exchanges().map(({ body }) => new URLSearchParams(String(body)).get('claims') ?? '');
    expect(asked[0]).not.toContain('nbf');
    expect(JSON.parse(asked[1]!)).toMatchObject(JSON.parse(claims) as object);
  });
});

describe('a cancel during the sign-in', () => {
  test('ends all who wait for it, and nothing fails behind their backs', async () => {
    azure.fault({ match: { path: 'oauth2' }, times: 'always', then: { hang: true } });
    const { workspace, deps } = await open();
    const looks = Promise.allSettled(Array.from({ length: 6 }, () => look(workspace)));
    await until(() => exchanges().length > 0);
    deps.cancel();
    const reasons = (await looks).map((each) => 'reason' in each && String(each.reason));
    expect(reasons).toEqual(Array(6).fill('Error: cancelled by a test'));
    await delay(100);
    await expect(look(workspace)).rejects.toThrow('cancelled by a test');
  });
});

describe('who goes on after a cancel', () => {
  test('gets a token in the place of one that has run out', async () => {
    const { workspace, deps } = await open();
    await look(workspace);
    deps.cancel();
    await delay(LIFETIME);
    expect((await look(workspace.within(secondWind(deps)))).status).toBe(200);
  });

  test('gets a token in the place of one that is refused', async () => {
    const { workspace, deps } = await open();
    await look(workspace);
    deps.cancel();
    azure.fault({ match: IRIS, then: { 'expire-token': true } });
    expect((await look(workspace.within(secondWind(deps)))).status).toBe(200);
  });

  test('gets a first one', async () => {
    azure.fault({ match: { path: 'oauth2' }, then: { hang: true } });
    const { workspace, deps } = await open();
    const cut = look(workspace);
    await until(() => exchanges().length > 0);
    deps.cancel();
    await expect(cut).rejects.toThrow('cancelled by a test');
    expect((await look(workspace.within(secondWind(deps)))).status).toBe(200);
  });
});

test('a sign-in is given the time of the work that needs it, not that of the first', async () => {
  const { workspace, deps } = await open(OIDC);
  deps.clock.advance(2 * 3_600_000);
  azure.fault({ match: { path: 'idtoken' }, then: { status: 503 } });
  await expect(look(workspace)).rejects.toThrow('HTTP 503');
  azure.fault({ match: { path: 'idtoken' }, then: { status: 503 } });
  expect((await look(workspace.within(secondWind(deps)))).status).toBe(200);
});
