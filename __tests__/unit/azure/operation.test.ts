import { describe, expect, test } from '@jest/globals';
import { ConnectionError, ServiceError } from '../../../src/http/errors.ts';
import { followOperation } from '../../../src/azure/operation.ts';
import { type Answer, fakeWorkspace, response } from './workspace.ts';

const STATE = 'https://management.azure.com/state';
const started = response({ status: 201, headers: { 'azure-asyncoperation': STATE, location: 'https://x/resource' } });
const state = (status: string, more: object = {}): Answer => ({ body: { status, ...more } });
const unavailable = new ServiceError({ status: 503, body: undefined, request: 'GET state' });

describe('a long-running operation', () => {
  test.each(['Succeeded', 'succeeded', 'SUCCEEDED'])('ends well with %s', async (word) => {
    const workspace = fakeWorkspace([state('Updating'), state('Accepted'), state('Something New'), state(word)]);
    expect(await followOperation(workspace, started, 'update of iris')).toBeUndefined();
    expect(workspace.sent).toEqual(Array(4).fill(`GET ${STATE}`));
    expect(workspace.deps.report.texts().at(-1)).toMatch(/^update of iris: done after \d s$/);
  });

  test('that fails says why, in the words of Azure and of its details', async () => {
    const error = {
      code: 'DeploymentFailed',
      message: 'It\n failed.',
      details: [{ code: 'OutOfQuota', message: 'No cores.' }, { message: 'No cores.' }],
    };
    const workspace = fakeWorkspace([state('Failed', { error })]);
    const failure = await followOperation(workspace, started, 'update of iris');
    expect(failure?.message).toMatch(/^update of iris failed after \d s: It failed\. · No cores\.$/);
    expect(failure?.details).toMatchObject({ code: 'DeploymentFailed', requestId: 'id-1' });
  });

  test.each(['Canceled', 'cancelled'])('that somebody cancelled says so: %s', async (word) => {
    const failure = await followOperation(fakeWorkspace([state(word)]), started, 'update of iris');
    expect(failure?.message).toMatch(/^update of iris was cancelled in Azure after \d s$/);
  });

  test.each([404, 403])('that Azure does not show (%d) is left to the resource to tell', async (status) => {
    const hidden = new ServiceError({ status, body: undefined, request: 'GET state' });
    expect(await followOperation(fakeWorkspace([state('Updating'), hidden]), started, 'x')).toBeUndefined();
  });

  test('that answers without a state is left to the resource to tell', async () => {
    const workspace = fakeWorkspace([{ body: null }]);
    expect(await followOperation(workspace, started, 'x')).toBeUndefined();
    expect(workspace.sent).toHaveLength(1);
  });

  test('that asks for no pause is still asked once a second', async () => {
    const now = { ...state('Updating'), headers: { 'retry-after': '0' } };
    const workspace = fakeWorkspace([now, now, now, state('Succeeded')]);
    const begin = workspace.deps.clock.now();
    await followOperation(workspace, started, 'x');
    expect(Math.round((workspace.deps.clock.now() - begin) / 1_000)).toBe(3);
  });

  test('without any address has ended already', async () => {
    const workspace = fakeWorkspace([]);
    await followOperation(workspace, response({ status: 200 }), 'x');
    await followOperation(workspace, response({ status: 201, headers: { location: 'https://x/resource' } }), 'x');
    expect(workspace.sent).toEqual([]);
  });

  test('with a Location alone is asked until it is no longer accepted', async () => {
    const workspace = fakeWorkspace([{ status: 202 }, { status: 202 }, { status: 204 }]);
    const accepted = response({ status: 202, headers: { location: 'https://x/result' } });
    expect(await followOperation(workspace, accepted, 'x')).toBeUndefined();
    expect(workspace.sent).toEqual(Array(3).fill('GET https://x/result'));
  });

  test('keeps to Retry-After, of the start and of each answer', async () => {
    const workspace = fakeWorkspace([{ ...state('Updating'), headers: { 'retry-after': '7' } }, state('Succeeded')]);
    const begin = workspace.deps.clock.now();
    const slow = response({ status: 202, headers: { 'azure-asyncoperation': STATE, 'retry-after': '3' } });
    await followOperation(workspace, slow, 'x');
    expect(Math.round((workspace.deps.clock.now() - begin) / 1_000)).toBe(10);
  });

  test('bears polls that fail for a while', async () => {
    const cut = new ConnectionError('GET state', 'ECONNRESET', 'cut');
    const script = [unavailable, cut, unavailable, unavailable, state('Updating'), cut, state('Succeeded')];
    const workspace = fakeWorkspace(script);
    expect(await followOperation(workspace, started, 'x')).toBeUndefined();
    expect(workspace.sent).toHaveLength(7);
    expect(workspace.deps.report.texts()[0]).toContain('could not read its state');
  });

  test('gives up after five silent polls in a row', async () => {
    await expect(followOperation(fakeWorkspace([unavailable]), started, 'x')).rejects.toBe(unavailable);
  });

  test('does not hide a refusal of another kind', async () => {
    const refused = new ServiceError({ status: 400, body: undefined, request: 'GET state' });
    await expect(followOperation(fakeWorkspace([refused]), started, 'x')).rejects.toBe(refused);
  });

  test('that never ends runs into the deadline', async () => {
    const workspace = fakeWorkspace([state('Updating')], 3_600_000);
    await expect(followOperation(workspace, started, 'update of iris')).rejects.toThrow(
      'update of iris: timed out after 1 h (last state: Updating)',
    );
    expect(workspace.sent.length).toBeGreaterThan(800);
    expect(workspace.sent.length).toBeLessThan(830);
  });
});
