import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Consequence, FaultRule } from '../../../emulator/faults.ts';
import { type Azure, leaks, startAzure, writes } from '../../support/azure.ts';
import { hastyHttp } from '../../support/hasty-http.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure();
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const UPDATE = { operation: 'update', endpoint: 'iris', timeout: '10m' } as const;
const YAML = { files: { 'endpoints/iris.yml': 'name: iris\ndescription: new words\ntags: {owner: ml}\n' } };
const PUT = { method: 'PUT', path: 'onlineEndpoints/iris?' };
const GET = { method: 'GET', path: 'onlineEndpoints/iris?' };
const ACCEPTED = 'PUT onlineEndpoints/iris 201';
const LOST = 'PUT onlineEndpoints/iris 0';

const iris = () => azure.state().endpoints.find(({ name }) => name === 'iris')!;

/** What no weather may take away. */
function expectNothingLost(): void {
  const { tags, properties } = iris();
  expect(tags).toMatchObject({ team: 'flowers', 'aml-rollout.step': '3' });
  expect(properties).toMatchObject({
    traffic: { blue: 100 },
    mirrorTraffic: { green: 10 },
    properties: { costCentre: '42' },
  });
}

const provisioning = {
  status: 400,
  body: {
    error: { code: 'BadRequest', message: 'Cannot update endpoint because it is in Updating provisioning state' },
  },
};
const throttled = { status: 429, body: { error: { code: 'TooManyRequests', message: 'Slow down' } } };

/** Trouble that passes, and what the wire may see of writes in the end. */
const PASSING: readonly (readonly [string, FaultRule, readonly string[]])[] = [
  ['the connection is cut before the PUT', { match: PUT, then: { reset: true } }, [LOST, ACCEPTED]],
  ['the connection is cut after the PUT', { match: PUT, then: { 'reset-after': true } }, [LOST]],
  ['the answer to the PUT is cut in the middle', { match: PUT, then: { truncate: true } }, [ACCEPTED]],
  [
    'a login page answers the PUT',
    { match: PUT, then: { garbage: 'html' } },
    ['PUT onlineEndpoints/iris 200', ACCEPTED],
  ],
  ['the PUT answers 408', { match: PUT, then: { status: 408 } }, ['PUT onlineEndpoints/iris 408', ACCEPTED]],
  ['the PUT answers 409', { match: PUT, then: { status: 409 } }, ['PUT onlineEndpoints/iris 409', ACCEPTED]],
  [
    'the PUT answers 400 "provisioning state"',
    { match: PUT, then: provisioning },
    ['PUT onlineEndpoints/iris 400', ACCEPTED],
  ],
  ['the PUT answers 401', { match: PUT, then: { 'expire-token': true } }, ['PUT onlineEndpoints/iris 401', ACCEPTED]],
  ...[500, 502, 503, 504].map(
    (status) =>
      [
        `the PUT answers ${status}`,
        { match: PUT, then: { status } },
        [`PUT onlineEndpoints/iris ${status}`, ACCEPTED],
      ] as const,
  ),
  [
    'the PUT is throttled three times',
    { match: PUT, times: 3, then: throttled },
    [...Array<string>(3).fill('PUT onlineEndpoints/iris 429'), ACCEPTED],
  ],
  [
    'the PUT answers 500 four times',
    { match: PUT, times: 4, then: { status: 500 } },
    [...Array<string>(4).fill('PUT onlineEndpoints/iris 500'), ACCEPTED],
  ],
  ['the operation takes long', { match: PUT, then: { operation: { takes: 40 } } }, [ACCEPTED]],
  ['reads stay stale after success', { match: PUT, then: { stale: 8 } }, [ACCEPTED]],
  ...(
    [
      ['cut', 2, { reset: true }],
      ['half an answer', 2, { truncate: true }],
      ['a login page', 2, { garbage: 'html' }],
      // A second 401, after a fresh sign-in, is meant.
      ['401', 1, { 'expire-token': true }],
      ['408', 2, { status: 408 }],
      ['429', 2, throttled],
      ['503', 2, { status: 503 }],
    ] as readonly (readonly [string, number, Consequence])[]
  ).flatMap(([name, times, then]): (readonly [string, FaultRule, readonly string[]])[] => [
    [`the first read: ${name}`, { match: GET, times, then }, [ACCEPTED]],
    [`a read back: ${name}`, { match: GET, after: 1, times, then }, [ACCEPTED]],
    [`a poll: ${name}`, { match: { path: 'mfeOperationsStatus' }, times, then }, [ACCEPTED]],
  ]),
  [
    'Azure forgets the operation',
    { match: { path: 'mfeOperationsStatus' }, times: 'always', then: { status: 404 } },
    [ACCEPTED],
  ],
];

describe('an update in weather that passes', () => {
  test.each(PASSING)('%s', async (_, rule, expected) => {
    azure.fault(rule);
    const result = await azure.run(UPDATE, YAML);
    expect(result.deps.report.texts().join('\n')).not.toContain('unexpected');
    expect(result.exitCode).toBe(0);
    expect(result.outcome().endpoints).toMatchObject([{ name: 'iris', changed: true, status: 'succeeded' }]);
    expect(writes(result.requests)).toEqual(expected);
    expect(iris().properties['description']).toBe('new words');
    expect(iris().tags).toMatchObject({ owner: 'ml' });
    expectNothingLost();
    expect(result.deps.journal.open()).toEqual([]);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('a PUT that arrived is performed once, whatever became of its answer', async () => {
    for (const then of [{ 'reset-after': true }, { truncate: true }] as const) {
      azure.reset();
      azure.fault({ match: PUT, then });
      await azure.run(UPDATE, YAML);
      expect(azure.state().operations.filter(({ kind }) => kind === 'update')).toHaveLength(1);
    }
  });

  test.each([GET, PUT, { path: 'mfeOperationsStatus' }])(
    'a request that hangs is given up and looked after: %j',
    async (match) => {
      const hasty = hastyHttp(500);
      try {
        azure.fault({ match, then: { hang: true } });
        const result = await azure.run(UPDATE, YAML);
        expect(result.exitCode).toBe(0);
        expect(iris().properties['description']).toBe('new words');
        expectNothingLost();
      } finally {
        hasty.mockRestore();
      }
    },
  );

  test('Retry-After is kept, and a long one still has its heartbeat', async () => {
    azure.fault({ match: PUT, then: { ...throttled, headers: { 'retry-after': '40' } } });
    const result = await azure.run(UPDATE, YAML);
    expect(result.exitCode).toBe(0);
    const texts = result.deps.report.texts();
    const beats = texts.filter((text) => text.includes('refused (TooManyRequests), to be tried again'));
    expect(beats).toHaveLength(2);
  });
});

/** Trouble that stays. */
const STAYING: readonly (readonly [string, FaultRule, { code: string; says: RegExp; puts: number }])[] = [
  [
    'the PUT answers 500 for ever',
    { match: PUT, times: 'always', then: { status: 500 } },
    { code: 'HTTP 500', says: /HTTP 500/, puts: 6 },
  ],
  [
    'the PUT is throttled for ever',
    { match: PUT, times: 'always', then: throttled },
    { code: 'TooManyRequests', says: /Slow down/, puts: 42 },
  ],
  [
    'the PUT is busy for ever',
    { match: PUT, times: 'always', then: { status: 409 } },
    { code: 'HTTP 409', says: /^Azure answered HTTP 409$/, puts: 42 },
  ],
  [
    'the PUT is refused',
    { match: PUT, then: { status: 400, body: { error: { code: 'BadArgument', message: 'No' } } } },
    { code: 'BadArgument', says: /^No$/, puts: 1 },
  ],
  [
    'the PUT is forbidden',
    { match: PUT, then: { deny: true } },
    {
      code: 'AuthorizationFailed',
      says: /lacks Microsoft\.MachineLearningServices\/workspaces\/onlineEndpoints\/write/,
      puts: 1,
    },
  ],
  [
    'the operation fails',
    { match: PUT, then: { operation: { status: 'Failed', error: { code: 'OutOfQuota', message: 'No cores left' } } } },
    { code: 'OutOfQuota', says: /update of endpoint iris failed after .*: No cores left/, puts: 1 },
  ],
  [
    'the operation is cancelled',
    { match: PUT, then: { operation: { status: 'Canceled' } } },
    { code: '', says: /was cancelled in Azure/, puts: 1 },
  ],
  [
    'the operation never ends',
    { match: PUT, then: { operation: { never: true } } },
    { code: 'Timeout', says: /timed out after (10 min|9 min 59 s) \(last state: Updating\)/, puts: 1 },
  ],
  [
    'reads are stale for ever',
    { match: PUT, then: { stale: 1000 } },
    { code: '', says: /done but does not show it/, puts: 1 },
  ],
];

describe('an update in weather that stays', () => {
  test.each(STAYING)('%s', async (_, rule, { code, says, puts }) => {
    azure.fault(rule);
    const result = await azure.run(UPDATE, YAML);
    expect(result.exitCode).toBe(1);
    const failure = result.failure();
    expect(failure.message).toMatch(says);
    if (code) expect(failure.details.code).toBe(code);
    expect(failure.details.nextStep).toMatch(/\.$/);
    expect(writes(result.requests)).toHaveLength(puts);
    expectNothingLost();
    expect(leaks(azure, result)).toEqual([]);
  });

  test('what was left under way stays in the journal', async () => {
    azure.fault({ match: PUT, then: { operation: { never: true } } });
    const result = await azure.run(UPDATE, YAML);
    expect(result.deps.journal.open()).toEqual([{ endpoint: 'iris', what: 'update of endpoint iris' }]);
  });

  test('so it does when the sign-in fails in the midst of it', async () => {
    azure.fault({ match: PUT, then: { operation: { never: true } } });
    azure.fault({ match: { path: 'mfeOperationsStatus' }, times: 'always', then: { 'expire-token': true } });
    azure.fault({
      match: { path: 'oauth2' },
      after: 1,
      times: 'always',
      then: { status: 400, body: { error: 'invalid_client', error_description: 'AADSTS7000222: expired.' } },
    });
    const result = await azure.run(UPDATE, YAML);
    expect(result.failure().details.code).toBe('AADSTS7000222');
    expect(result.deps.journal.open()).toEqual([{ endpoint: 'iris', what: 'update of endpoint iris' }]);
  });

  test('a Failed endpoint is written again though every field is right', async () => {
    azure.fault({ match: PUT, then: { operation: { status: 'Failed' } } });
    await azure.run(UPDATE, YAML);
    const result = await azure.run(UPDATE, { files: { 'endpoints/iris.yml': 'name: iris\n' } });
    expect(result.exitCode).toBe(0);
    expect(writes(result.requests)).toEqual([ACCEPTED]);
    expect(iris().properties['provisioningState']).toBe('Succeeded');
  });
});
