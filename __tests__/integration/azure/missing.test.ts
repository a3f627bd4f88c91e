import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Azure, type Inputs, leaks, startAzure, writes } from '../../support/azure.ts';

let azure: Azure;
beforeAll(async () => {
  azure = await startAzure({ hiddenReads: 4 });
});
afterEach(() => azure.reset());
afterAll(() => azure.close());

const FILES = { 'endpoints/iris.yml': 'name: iris\n', 'endpoints/rose.yml': 'name: rose\n' };
const run = (inputs: Inputs) => azure.run(inputs, { files: FILES });

describe('what is not there', () => {
  test.each<[string, Inputs, string, RegExp]>([
    [
      'the workspace',
      { 'workspace-name': 'nowhere' },
      'workspace nowhere is not in resource group rg-emulator: ',
      /workspace-name/,
    ],
    [
      'the group',
      { 'resource-group': 'nowhere' },
      'workspace ws-emulator is not in resource group nowhere: ',
      /resource-group/,
    ],
    [
      'the subscription',
      { 'subscription-id': '11111111-1111-1111-1111-111111111111' },
      "The subscription '1111",
      /subscription-id/,
    ],
  ])('%s is told as such, by every operation', async (_, where, message, step) => {
    for (const inputs of [
      { operation: 'plan', endpoint: 'iris' },
      { operation: 'plan' },
      { operation: 'list' },
      { operation: 'create', endpoint: 'rose' },
      { operation: 'apply', endpoint: 'iris' },
      { operation: 'token', endpoint: 'iris' },
      { operation: 'delete', endpoint: 'iris' },
    ] as const) {
      const result = await run({ ...inputs, ...where });
      expect(result.exitCode).toBe(1);
      expect(result.failure().message).toContain(message);
      expect(result.failure().details.nextStep).toMatch(step);
      expect(writes(result.requests)).toEqual([]);
    }
  });

  test.each(['url', 'token', 'show', 'regenerate-keys'])('the endpoint: %s', async (operation) => {
    const result = await run({ operation, endpoint: 'rose' });
    expect(result.failure().message).toBe('endpoint rose is not in workspace ws-emulator');
    expect(result.failure().details.nextStep).toContain('operation `list`');
  });

  test('an endpoint just made and not visible yet is waited for', async () => {
    const result = await run({ operation: 'create', endpoint: 'rose' });
    expect(result.exitCode).toBe(0);
    expect(writes(result.requests)).toEqual(['PUT onlineEndpoints/rose 201']);
    expect(result.requests.filter(({ path, status }) => path.includes('rose?') && status === 404).length).toBe(6);
  });

  test('an endpoint that goes away between two requests is not blamed on the workspace', async () => {
    const gone = {
      status: 404,
      body: { error: { code: 'NotFound', message: 'The specified resource was not found.' } },
    };
    azure.fault({ match: { path: 'listKeys' }, then: gone });
    const { message, details } = (await run({ operation: 'token', endpoint: 'iris' })).failure();
    expect(message).toBe('The specified resource was not found.');
    expect(details.nextStep).toContain('a moment ago');
  });
});

describe('what is not allowed', () => {
  test.each<[string, Inputs, string, string]>([
    ['onlineEndpoints/read', { operation: 'url', endpoint: 'iris' }, 'onlineEndpoints/read', 'AzureML Data Scientist'],
    [
      'onlineEndpoints/write',
      { operation: 'apply', endpoint: 'rose' },
      'onlineEndpoints/write',
      'AzureML Data Scientist',
    ],
    [
      'onlineEndpoints/delete',
      { operation: 'delete', endpoint: 'iris', confirm: 'iris' },
      'onlineEndpoints/delete',
      'AzureML Data Scientist',
    ],
    [
      'listKeys/action',
      { operation: 'token', endpoint: 'iris' },
      'onlineEndpoints/listKeys/action',
      'AzureML Data Scientist',
    ],
    [
      'regenerateKeys/action',
      { operation: 'regenerate-keys', endpoint: 'iris' },
      'onlineEndpoints/regenerateKeys/action',
      'AzureML Data Scientist',
    ],
    ['workspaces/read', { operation: 'create', endpoint: 'rose' }, 'workspaces/read', 'Reader'],
  ])('%s: the action, a role that has it and where', async (operation, inputs, action, role) => {
    azure.fault({ match: { operation }, times: 'always', then: { deny: true } });
    const result = await run(inputs);
    const { message, details } = result.failure();
    expect(message).toMatch(
      new RegExp(`^the signed-in identity lacks Microsoft\\.MachineLearningServices/(workspaces/)?${action}: `),
    );
    expect(details.code).toBe('AuthorizationFailed');
    expect(details.nextStep).toMatch(
      new RegExp(`^Grant it the role "${role}" on /subscriptions/.*/workspaces/ws-emulator`),
    );
    expect(details.requestId).toMatch(/^[\da-f-]{36}$/);
    expect(leaks(azure, result)).toEqual([]);
  });

  test('a 403 of another kind is not taken for a missing role', async () => {
    const body = { error: { code: 'RequestDisallowedByPolicy', message: 'Resource was disallowed by policy.' } };
    azure.fault({ match: { method: 'PUT' }, then: { status: 403, body } });
    const { message, details } = (await run({ operation: 'create', endpoint: 'rose' })).failure();
    expect(message).toBe('Resource was disallowed by policy.');
    expect(details.nextStep).toContain('Azure Policy');
  });

  test('who may not read the workspace is still told that the endpoint is not there', async () => {
    azure.fault({ match: { operation: 'workspaces/read' }, times: 'always', then: { deny: true } });
    expect((await run({ operation: 'url', endpoint: 'rose' })).failure().message).toContain('endpoint rose is not in');
  });
});
