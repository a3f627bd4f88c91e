import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { FaultRule } from '../../../emulator/faults.ts';
import { armRequests, type Azure, IRIS, leaks, startAzure, writes, until } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  const idle = { name: 'idle', deployments: [{ name: 'blue' }] };
  azure = await startAzure({ seed: { workspaces: [{ name: 'ws-emulator', endpoints: [IRIS, idle] }] } });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const DELETE = { operation: 'delete', endpoint: 'idle', timeout: '10m' } as const;
const SENT = { method: 'DELETE', path: 'onlineEndpoints/idle' };
const GET = { method: 'GET', path: 'onlineEndpoints/idle?' };
const ACCEPTED = 'DELETE onlineEndpoints/idle 202';
const exists = (name: string) => azure.state().endpoints.some((endpoint) => endpoint.name === name);

describe('delete', () => {
  test('names the deployments that go along, and waits until nothing is there', async () => {
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(result.outcome().answer).toBe('idle: deleted with blue');
    expect(result.deps.report.texts()).toContain('- idle: will be deleted with deployments blue');
    expect(exists('idle')).toBe(false);
    expect(writes(result.requests)).toEqual([ACCEPTED]);
    expect(result.deps.journal.open()).toEqual([]);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('finds nothing to do the second time, and says so', async () => {
    await azure.run(DELETE);
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(result.outcome().endpoints).toMatchObject([{ name: 'idle', status: 'unchanged', changed: false }]);
    expect(result.lines).toContainEqual({
      level: 'notice',
      text: 'endpoint idle is not in workspace ws-emulator; there is nothing to delete',
    });
    expect(writes(result.requests)).toEqual([]);
  });

  test.each([
    ['', 1],
    ['idle', 1],
    ['Iris', 0],
  ])('asks for confirm %j of an endpoint with live traffic', async (confirm, exitCode) => {
    const result = await azure.run({ operation: 'delete', endpoint: 'iris', confirm });
    expect(result.exitCode).toBe(exitCode);
    expect(exists('iris')).toBe(exitCode !== 0);
    if (exitCode === 0) return;
    expect(result.failure().message).toContain('live traffic (blue=100, mirrored green=10)');
    expect(result.failure().details).toMatchObject({ code: 'ConfirmationNeeded' });
    expect(writes(result.requests)).toEqual([]);
  });
});

const PASSING: readonly (readonly [string, FaultRule, readonly string[]])[] = [
  ['cut before', { match: SENT, then: { reset: true } }, ['DELETE onlineEndpoints/idle 0', ACCEPTED]],
  ['cut after', { match: SENT, then: { 'reset-after': true } }, ['DELETE onlineEndpoints/idle 0']],
  ['500', { match: SENT, then: { status: 500 } }, ['DELETE onlineEndpoints/idle 500', ACCEPTED]],
  ['409', { match: SENT, then: { status: 409 } }, ['DELETE onlineEndpoints/idle 409', ACCEPTED]],
  ['a long operation', { match: SENT, then: { operation: { takes: 60 } } }, [ACCEPTED]],
  ['a read that fails', { match: GET, times: 2, then: { status: 503 } }, [ACCEPTED]],
  ['a poll that fails', { match: { path: 'mfeOperationsStatus' }, times: 3, then: { reset: true } }, [ACCEPTED]],
];

describe('a deletion in bad weather', () => {
  test.each(PASSING)('%s', async (_, rule, expected) => {
    azure.fault(rule);
    const result = await azure.run(DELETE);
    expect(result.deps.report.texts().filter((text) => text.includes('unexpected'))).toEqual([]);
    expect(result.exitCode).toBe(0);
    expect(exists('idle')).toBe(false);
    expect(writes(result.requests)).toEqual(expected);
    expect(azure.state().operations.filter(({ kind }) => kind === 'delete')).toHaveLength(1);
    expect(result.deps.journal.open()).toEqual([]);
  });

  test('reads that still show it after the end are waited out, and nothing is deleted twice', async () => {
    const before = await azure.run({ operation: 'show', endpoint: 'idle' });
    const body = {
      name: 'idle',
      properties: { provisioningState: 'Succeeded' },
    };
    expect(before.exitCode).toBe(0);
    azure.fault({ match: GET, after: 2, times: 3, then: { status: 200, body } });
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(writes(result.requests)).toEqual([ACCEPTED]);
  });

  test('one that Azure goes on showing for ever is an error', async () => {
    const body = { name: 'idle', properties: { provisioningState: 'Succeeded' } };
    azure.fault({ match: GET, times: 'always', then: { status: 200, body } });
    const result = await azure.run(DELETE);
    expect(result.failure().message).toContain('done but still shows it as Succeeded');
    expect(writes(result.requests)).toEqual([ACCEPTED]);
  });

  test('an endpoint that is being changed is waited for, without asking for what Azure would refuse', async () => {
    azure.fault({ match: { method: 'PUT', path: 'idle?' }, then: { operation: { takes: 80 } } });
    const other = azure.run(
      { operation: 'update', endpoint: 'idle' },
      { files: { 'endpoints/idle.yml': 'name: idle\ndescription: x\n' } },
    );
    await until(() => azure.state().operations.length > 0);
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(armRequests(result.requests).filter((request) => request.startsWith('DELETE'))).toEqual([ACCEPTED]);
    await other;
  });

  test.each([
    [
      'fails',
      { match: SENT, then: { operation: { status: 'Failed', error: { code: 'Locked', message: 'A lock' } } } },
      'Locked',
      1,
    ],
    ['never ends', { match: SENT, then: { operation: { never: true } } }, 'Timeout', 1],
    ['is refused', { match: SENT, then: { deny: true } }, 'AuthorizationFailed', 1],
    ['meets 500 for ever', { match: SENT, times: 'always', then: { status: 500 } }, 'HTTP 500', 6],
  ] as readonly (readonly [string, FaultRule, string, number])[])(
    'one that %s is an error',
    async (_, rule, code, sent) => {
      azure.fault(rule);
      const result = await azure.run(DELETE);
      expect(result.exitCode).toBe(1);
      expect(result.failure().details.code).toBe(code);
      expect(writes(result.requests)).toHaveLength(sent);
      expect(result.deps.journal.open()).toHaveLength(code === 'Timeout' || code === 'HTTP 500' ? 1 : 0);
    },
  );

  test('a Failed endpoint can be deleted', async () => {
    azure.fault({ match: { method: 'PUT', path: 'idle?' }, then: { operation: { status: 'Failed' } } });
    await azure.run(
      { operation: 'update', endpoint: 'idle' },
      { files: { 'endpoints/idle.yml': 'name: idle\ndescription: x\n' } },
    );
    const result = await azure.run(DELETE);
    expect(result.exitCode).toBe(0);
    expect(exists('idle')).toBe(false);
  });
});
