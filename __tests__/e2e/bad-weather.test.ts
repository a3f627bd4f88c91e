import { expect, test } from '@jest/globals';
import type { Seed } from '../../emulator/seed.ts';
import type { Emulator } from '../../emulator/server.ts';
import { inScene } from '../support/scene.ts';

const files = { 'endpoints/iris.yml': 'name: iris\n', 'endpoints/taken-by-another.yml': 'name: taken-by-another\n' };
const create = { operation: 'create', endpoint: 'iris' };
const seed: Seed = { workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris' }] }] };

test.concurrent(
  'an access token that runs out in the middle of a poll is replaced',
  inScene({ files, operationTime: 1_500 }, async ({ action, azure }) => {
    azure.fault({ match: { path: 'mfeOperationsStatus' }, then: { 'expire-token': true } });
    expect(await action(create)).toMatchObject({ exitCode: 0, annotations: [] });
    expect(statusesOf(azure, 'mfeOperationsStatus').slice(0, 2)).toEqual([401, 200]);
    expect(statusesOf(azure, '/oauth2/v2.0/token').length).toBeGreaterThan(1);
  }),
);

test.concurrent(
  'a throttled write waits as long as Azure asks, and is sent again',
  inScene({ files }, async ({ action, azure }) => {
    azure.fault({ match: { method: 'PUT' }, then: { status: 429, headers: { 'retry-after': '2' } } });
    expect(await action(create)).toMatchObject({ exitCode: 0, outputs: { status: 'succeeded' } });
    const [refused, accepted] = azure.requests().filter(({ method }) => method === 'PUT');
    expect([refused?.status, accepted?.status]).toEqual([429, 201]);
    expect((accepted?.time ?? 0) - (refused?.time ?? 0)).toBeGreaterThanOrEqual(1_990);
  }),
);

test.concurrent(
  'a failing or cut read is repeated',
  inScene({ seed }, async ({ action, azure }) => {
    const match = { method: 'GET', path: '/onlineEndpoints/iris' };
    azure.fault(
      { match, then: { status: 500 } },
      { match, then: { reset: true } },
      { match, then: { truncate: true } },
    );
    const { exitCode, maskedLog } = await action({ operation: 'url', endpoint: 'iris' });
    expect(exitCode).toBe(0);
    expect(maskedLog).toMatch(/GET onlineEndpoints\/iris answered 500.*; retrying in 1 s/);
  }),
);

test.concurrent(
  'a write whose answer is lost is looked for, not repeated',
  inScene({ files }, async ({ action, azure }) => {
    azure.fault({ match: { method: 'PUT' }, then: { 'reset-after': true } });
    const { exitCode, outputs, maskedLog } = await action(create);
    expect({ exitCode, changed: outputs['changed'] }).toEqual({ exitCode: 0, changed: 'true' });
    expect(maskedLog).toContain('checking whether Azure applied the create of endpoint iris anyway');
    expect(azure.requests().filter(({ method }) => method === 'PUT')).toHaveLength(1);
  }),
);

test.concurrent(
  'a 403 names the action that is missing and a role that has it',
  inScene({ files }, async ({ action, azure }) => {
    azure.fault({ match: { method: 'PUT' }, times: 'always', then: { deny: true } });
    const { exitCode, annotations } = await action(create);
    expect(exitCode).toBe(1);
    expect(annotations[0]?.message).toMatch(
      /lacks Microsoft\.MachineLearningServices\/workspaces\/onlineEndpoints\/write[\s\S]*request id: [\s\S]*AzureML Data Scientist/,
    );
  }),
);

test.concurrent(
  'a 404 of the workspace, of its group, of the subscription and of the endpoint are told apart',
  inScene({ seed }, async ({ action }) => {
    const url = { operation: 'url', endpoint: 'iris' };
    const results = await Promise.all([
      action({ ...url, 'workspace-name': 'nowhere' }),
      action({ ...url, 'resource-group': 'nowhere' }),
      action({ ...url, 'subscription-id': '11111111-2222-3333-4444-555555555555' }),
      action({ ...url, endpoint: 'nobody' }),
    ]);
    expect(results.map(({ exitCode }) => exitCode)).toEqual([1, 1, 1, 1]);
    const [workspace, group, subscription, endpoint] = results.map(({ annotations }) => annotations[0]?.message);
    expect(workspace).toContain('workspace nowhere is not in resource group rg-emulator');
    expect(group).toMatch(/ResourceGroupNotFound[\s\S]*Check `workspace-name`, `resource-group`/);
    expect(subscription).toMatch(/SubscriptionNotFound[\s\S]*Check `subscription-id`/);
    expect(endpoint).toContain('endpoint nobody is not in workspace ws-emulator');
  }),
);

test.concurrent(
  'a web page in place of Azure is named as such',
  inScene({ files }, async ({ action, azure }) => {
    azure.fault({ match: { path: '/onlineEndpoints/iris' }, times: 'always', then: { garbage: 'html' } });
    const { exitCode, annotations } = await action({ ...create, timeout: '3s' });
    expect(exitCode).toBe(1);
    expect(annotations[0]?.message).toContain('is a proxy or a login page in between?');
  }),
);

test.concurrent(
  'a name that somebody else holds in the region is recognised',
  inScene({ files }, async ({ action }) => {
    const { exitCode, annotations } = await action({ operation: 'create', endpoint: 'taken-by-another' });
    expect(exitCode).toBe(1);
    expect(annotations[0]?.message).toMatch(/taken by somebody else in this region[\s\S]*choose another one/);
  }),
);

test.concurrent(
  'an operation that fails in Azure is told in its words; one that never ends stops at the timeout',
  inScene({ files }, async ({ action, azure }) => {
    const error = { code: 'ImageBuildFailure', message: 'No such image.' };
    azure.fault({ match: { method: 'PUT' }, then: { operation: { status: 'Failed', error } } });
    const failed = await action(create);
    expect(failed.exitCode).toBe(1);
    expect(failed.annotations[0]?.message).toMatch(
      /create of endpoint iris failed.*No such image[\s\S]*ImageBuildFailure/,
    );
    azure.fault({ match: { method: 'PUT' }, then: { operation: { never: true } } });
    const endless = await action({ operation: 'apply', endpoint: 'iris', timeout: '3s' });
    expect(endless.exitCode).toBe(1);
    expect(endless.durationMs).toBeLessThan(8_000);
    expect(endless.annotations[0]?.message).toMatch(/timed out after \d s \(last state: Updating\)/);
    expect(endless.post.maskedLog).toContain('still running in Azure: update of endpoint iris');
  }),
);

function statusesOf(azure: Emulator, part: string): number[] {
  return azure.requests().flatMap(({ path, status }) => (path.includes(part) ? [status] : []));
}
