import type { Failure } from '../../../src/failure.ts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultRule } from '../../../emulator/faults.ts';
import { type Azure, IRIS, leaks, type Result, startAzure } from '../../support/azure.ts';
import { hastyHttp } from '../../support/hasty-http.ts';

let azure: Azure;
beforeAll(async () => {
  const endpoints = [
    IRIS,
    { name: 'aml', properties: { authMode: 'AMLToken', traffic: { blue: 100 } }, deployments: [{ name: 'blue' }] },
    { name: 'aad', properties: { authMode: 'AADToken', traffic: { blue: 100 } }, deployments: [{ name: 'blue' }] },
    { name: 'idle' },
  ];
  azure = await startAzure({
    amlTokenLifetime: 60 * 60_000,
    seed: { workspaces: [{ name: 'ws-emulator', endpoints }] },
  });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const tokenOf = async (endpoint: string, key = 'primary') =>
  (await azure.run({ operation: 'token', endpoint, key })).outcome().answer!;
const rotations = () => azure.state().operations.filter(({ kind }) => kind === 'keys');

function expectOnlyMasked(result: Result): void {
  expect(leaks(azure, result)).toEqual([]);
  expect(result.deps.report.masked).toContain(result.outcome().answer);
}

describe('token', () => {
  test.each(['primary', 'secondary'])('the %s key, which does not expire', async (key) => {
    const result = await azure.run({ operation: 'token', endpoint: 'iris', key });
    expect(result.outcome()).toMatchObject({ secret: true, outputs: { 'token-type': 'key' } });
    expect(result.outcome().outputs).not.toHaveProperty('token-expires-at');
    expect(azure.state().secrets).toContain(result.outcome().answer);
    expect(result.deps.report.texts()).toContain(`${key} key of endpoint iris`);
    expectOnlyMasked(result);
  });

  test('the two keys differ', async () => {
    expect(await tokenOf('iris', 'primary')).not.toBe(await tokenOf('iris', 'secondary'));
  });

  test.each([
    ['aml', 'aml_token'],
    ['aad', 'aad_token'],
  ])('of %s: an %s with its end', async (endpoint, type) => {
    const result = await azure.run({ operation: 'token', endpoint });
    const { outputs } = result.outcome();
    expect(outputs?.['token-type']).toBe(type);
    const minutes = (Date.parse(outputs!['token-expires-at']!) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(50);
    expect(minutes).toBeLessThan(61);
    expectOnlyMasked(result);
  });

  test.each([{ status: 503 }, { reset: true }, { truncate: true }] as const)('asks again: %j', async (then) => {
    azure.fault({ match: { path: 'listKeys' }, times: 2, then });
    expect((await azure.run({ operation: 'token', endpoint: 'iris' })).exitCode).toBe(0);
  });

  test('an answer without a key is an error that says so', async () => {
    azure.fault({ match: { path: 'listKeys' }, times: 'always', then: { garbage: 'json' } });
    expect((await azure.run({ operation: 'token', endpoint: 'iris' })).failure().message).toBe(
      'POST onlineEndpoints/iris/listKeys: unexpected response; is a proxy or a login page in between?',
    );
  });
});

describe('regenerate-keys', () => {
  const ROTATE = { operation: 'regenerate-keys', endpoint: 'iris', timeout: '10m' } as const;
  const SENT = { path: 'regenerateKeys' };

  test.each(['primary', 'secondary'])('turns the %s key and leaves the other', async (key) => {
    const other = key === 'primary' ? 'secondary' : 'primary';
    const before = [await tokenOf('iris', key), await tokenOf('iris', other)];
    const result = await azure.run({ ...ROTATE, key });
    expect(result.outcome().answer).toBe(`iris: new ${key} key`);
    const after = [await tokenOf('iris', key), await tokenOf('iris', other)];
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(leaks(azure, result)).toEqual([]);
  });

  test.each<[string, FaultRule, number]>([
    ['the answer is cut off', { match: SENT, then: { 'reset-after': true } }, 0],
    ['the answer is cut in the middle', { match: SENT, then: { truncate: true } }, 0],
    ['Azure is busy', { match: SENT, times: 2, then: { status: 409 } }, 0],
    ['Azure throttles', { match: SENT, times: 2, then: { status: 429 } }, 0],
    ['the token ran out', { match: SENT, then: { 'expire-token': true } }, 0],
    ['the operation takes long', { match: SENT, then: { operation: { takes: 80 } } }, 0],
  ])('turns it exactly once when %s', async (_, rule, exitCode) => {
    const before = await tokenOf('iris');
    azure.fault(rule);
    const result = await azure.run(ROTATE);
    expect(result.exitCode).toBe(exitCode);
    expect(rotations()).toHaveLength(1);
    expect(await tokenOf('iris')).not.toBe(before);
    expect(result.deps.journal.open()).toEqual([]);
  });

  test.each<[string, FaultRule]>([
    ['the request is cut before it arrives', { match: SENT, then: { reset: true } }],
    ['Azure answers 500', { match: SENT, then: { status: 500 } }],
    ['the request hangs', { match: SENT, then: { hang: true } }],
  ])('is not sent twice when %s: it fails, and the key is as it was', async (_, rule) => {
    const before = await tokenOf('iris');
    azure.fault(rule);
    const hasty = hastyHttp(500);
    const result = await azure.run(ROTATE);
    hasty.mockRestore();
    expect(result.exitCode).toBe(1);
    expect(result.requests.filter(({ path }) => path.includes('regenerateKeys'))).toHaveLength(1);
    expect(await tokenOf('iris')).toBe(before);
  });

  test('an operation that fails is told in the words of Azure', async () => {
    azure.fault({
      match: SENT,
      then: { operation: { status: 'Failed', error: { code: 'Vault', message: 'No vault' } } },
    });
    expect((await azure.run(ROTATE)).failure().message).toMatch(
      /^rotation of the primary key of endpoint iris failed after .*: No vault$/,
    );
  });

  test('a key that goes on showing is an error, not another turn', async () => {
    const body = { primaryKey: 'the-old-primary-key', secondaryKey: 'the-old-secondary-key' };
    azure.fault({ match: { path: 'listKeys' }, times: 'always', then: { status: 200, body } });
    const result = await azure.run(ROTATE);
    expect(result.failure().message).toContain('done but still hands out the old key');
    expect(rotations()).toHaveLength(1);
  });

  test('only an endpoint with keys has keys to turn', async () => {
    const { message, details } = (await azure.run({ ...ROTATE, endpoint: 'aml' })).failure();
    expect(message).toBe('endpoint aml does not use keys; its auth_mode is aml_token');
    expect(details.nextStep).toContain('`auth_mode: key`');
    expect(rotations()).toEqual([]);
  });
});

describe('invoke', () => {
  const INVOKE = { operation: 'invoke', endpoint: 'iris', 'request-file': 'request.json' } as const;
  const FILES = { files: { 'request.json': '{"rows":[1]}' } };
  const SCORE = { path: '/score' };

  test.each(['iris', 'aml', 'aad'])('with the credential that %s takes', async (endpoint) => {
    const result = await azure.run({ ...INVOKE, endpoint }, FILES);
    expect(result.outcome().outputs).toMatchObject({ 'response-status': '200' });
    expect(JSON.parse(result.outcome().answer!)).toEqual({ endpoint, deployment: 'blue', request: { rows: [1] } });
    expect(result.deps.report.texts()).toContain('answered 200 by deployment blue');
    expect(leaks(azure, result)).toEqual([]);
  });

  test('one deployment, past the traffic', async () => {
    const result = await azure.run({ ...INVOKE, deployment: 'Green' }, FILES);
    expect(JSON.parse(result.outcome().answer!)).toMatchObject({ deployment: 'green' });
  });

  test('a deployment that is not there', async () => {
    const { message, details } = (await azure.run({ ...INVOKE, deployment: 'red' }, FILES)).failure();
    expect(message).toBe('endpoint iris has no deployment red');
    expect(details.nextStep).toBe('Use one of: blue, green.');
    const idle = (await azure.run({ ...INVOKE, endpoint: 'idle', deployment: 'red' }, FILES)).failure();
    expect(idle.details.nextStep).toBe('It has no deployments at all.');
  });

  test.each([
    [401, /rotated/],
    [404, /traffic/],
    [408, /request_timeout_ms/],
    [424, /model's own code/],
    [429, /more requests waiting/],
    [503, /logs of the deployment/],
  ])('a status of %d and what it means', async (status, step) => {
    const headers = { 'ms-azureml-model-error-reason': 'the reason' };
    azure.fault({ match: SCORE, times: 'always', then: { status, body: 'some  words', headers } });
    const result = await azure.run(INVOKE, FILES);
    const [failure] = result.outcome().failures as Failure[];
    const { message, details } = failure!;
    expect(result.exitCode).toBe(1);
    expect(result.outcome().outputs).toEqual({ 'response-status': String(status), response: 'some  words' });
    expect(message).toBe(`the endpoint answered ${status}, not 200: the reason: some words`);
    expect(details.nextStep).toMatch(step);
    expect(result.requests.filter(({ path }) => path.endsWith('/score'))).toHaveLength(status === 429 ? 6 : 1);
  });

  test('the status that was expected is a success', async () => {
    azure.fault({ match: SCORE, then: { status: 429, body: 'full' } });
    const result = await azure.run({ ...INVOKE, 'expect-status': '429' }, FILES);
    expect(result.outcome().answer).toBe('full');
  });

  test('a throttled request is sent again, one that may have arrived is not', async () => {
    azure.fault({ match: SCORE, times: 2, then: { status: 429 } });
    expect((await azure.run(INVOKE, FILES)).exitCode).toBe(0);
    azure.reset();
    azure.fault({ match: SCORE, then: { reset: true } });
    const result = await azure.run(INVOKE, FILES);
    expect(result.exitCode).toBe(1);
    expect(result.failure().details.code).toBe('ECONNRESET');
    expect(result.requests.filter(({ path }) => path.endsWith('/score'))).toHaveLength(1);
  });

  test.each([
    ['missing.json', undefined, 'input request-file: missing.json cannot be read (ENOENT)'],
    ['huge.json', new Uint8Array(100 * 1024 * 1024 + 1), 'is larger than 100 MiB, which no endpoint takes'],
  ])('a request file that cannot be sent: %s', async (file, content, message) => {
    const result = await azure.run({ ...INVOKE, 'request-file': file }, { files: content ? { [file]: content } : {} });
    expect(result.exitCode).toBe(2);
    expect(result.lines.at(-1)).toMatchObject({ level: 'error', text: message });
    expect(result.requests).toEqual([]);
  });

  test('an answer too large for an output stays the answer', async () => {
    azure.fault({ match: SCORE, then: { status: 200, body: 'x'.repeat(900_001) } });
    const result = await azure.run(INVOKE, FILES);
    expect(result.outcome().outputs).not.toHaveProperty('response');
    expect(result.outcome().answer).toHaveLength(900_001);
    expect(result.lines.filter(({ level }) => level === 'warning')).toHaveLength(1);
  });
});
