import { describe, expect, test } from '@jest/globals';
import { listDeployments } from '../../../src/azure/deployments.ts';
import { getEndpoint, listEndpoints, workspaceLocation } from '../../../src/azure/endpoints.ts';
import { ConnectionError, ServiceError } from '../../../src/http/errors.ts';
import { whatIsMissing } from '../../../src/azure/missing.ts';
import { fakeWorkspace } from './workspace.ts';

const refused = (status: number, code: string, message = '') =>
  new ServiceError({ status, body: { error: { code, message } }, request: 'GET x' });
const notFound = refused(404, 'NotFound');

describe('what a 404 is about', () => {
  test.each(['SubscriptionNotFound', 'InvalidSubscriptionId', 'ResourceGroupNotFound', 'parentresourcenotfound'])(
    '%s says it alone',
    async (code) => {
      const workspace = fakeWorkspace([]);
      expect(await whatIsMissing(refused(404, code), workspace)).toBe('workspace');
      expect(workspace.sent).toEqual([]);
    },
  );

  test('so does a deployment that is not found', async () => {
    const words = 'Deployment blue not found in endpoint iris, workspace ws';
    expect(await whatIsMissing(refused(404, 'UserError', words), fakeWorkspace([]))).toBe('deployment');
  });

  test.each([
    ['is there', {}, 'endpoint'],
    ['is not there', refused(404, 'ResourceNotFound'), 'workspace'],
    ['may not be read', refused(403, 'AuthorizationFailed'), 'endpoint'],
    ['does not answer', new ConnectionError('GET x', 'ECONNRESET', 'cut'), 'endpoint'],
  ])('else the workspace is asked for: it %s', async (_, answer, missing) => {
    const workspace = fakeWorkspace([answer]);
    expect(await whatIsMissing(notFound, workspace)).toBe(missing);
    expect(workspace.sent).toEqual(['GET ']);
  });

  test('a cancelled job is no answer to that', async () => {
    const cancelled = new Error('cancelled');
    await expect(whatIsMissing(notFound, fakeWorkspace([cancelled]))).rejects.toBe(cancelled);
  });
});

describe('reading', () => {
  test('an endpoint that is not there is none, one above it that is not there is an error', async () => {
    expect(await getEndpoint(fakeWorkspace([notFound, {}]), 'iris')).toBeUndefined();
    const gone = refused(404, 'ResourceGroupNotFound');
    await expect(getEndpoint(fakeWorkspace([gone]), 'iris')).rejects.toBe(gone);
  });

  test('deployments of an endpoint that is not there are none; another refusal is an error', async () => {
    expect(await listDeployments(fakeWorkspace([notFound, {}]), 'iris')).toEqual([]);
    await expect(listDeployments(fakeWorkspace([notFound, notFound]), 'iris')).rejects.toBe(notFound);
    await expect(listDeployments(fakeWorkspace([refused(403, 'X')]), 'iris')).rejects.toThrow('X');
  });

  test('a list that leads back to itself ends', async () => {
    const page = { body: { value: [{ name: 'a' }, 'not an endpoint'], nextLink: 'https://x/next' } };
    const workspace = fakeWorkspace([page]);
    expect(await listEndpoints(workspace)).toEqual([{ name: 'a' }, { name: 'a' }]);
    expect(workspace.sent).toEqual(['GET /onlineEndpoints', 'GET https://x/next']);
  });

  test.each([
    ['no object', { body: [] }, 'without a description of the resource'],
    ['no location', { body: {} }, 'without its location'],
  ])('a workspace with %s', async (_, answer, says) => {
    await expect(workspaceLocation(fakeWorkspace([answer]))).rejects.toThrow(says);
  });
});
