import { describe, expect, test } from '@jest/globals';
import { ConnectionError, ServiceError } from '../../../src/http/errors.ts';
import { explain } from '../../../src/azure/explain.ts';
import { missingPermission } from '../../../src/azure/permissions.ts';
import { Failure } from '../../../src/failure.ts';
import { TARGET } from './workspace.ts';

const explained = (status: number, code: string, message: string) =>
  explain(
    new ServiceError({
      status,
      body: { error: { code, message } },
      request: 'PUT onlineEndpoints/iris',
      requestId: 'id',
    }),
    TARGET,
  ) as Failure;

describe('an answer of Azure', () => {
  test.each<[number, string, string, RegExp, RegExp]>([
    [401, 'ExpiredAuthenticationToken', 'Old.', /^Old\.$/, /`tenant-id`, `cloud`/],
    [403, 'RequestDisallowedByPolicy', 'Policy.', /^Policy\.$/, /Azure Policy or a network rule/],
    [404, 'SubscriptionNotFound', 'None.', /^None\.$/, /`subscription-id`/],
    [404, 'InvalidSubscriptionId', 'None.', /^None\.$/, /`subscription-id`/],
    [404, 'ResourceGroupNotFound', 'None.', /^workspace ws is not in resource group rg: None\.$/, /`resource-group`/],
    [404, 'ParentResourceNotFound', 'None.', /^workspace ws is not in/, /`workspace-name`/],
    [404, 'ResourceNotFound', "'x/workspaces/ws' was not found", /^workspace ws is not in/, /`workspace-name`/],
    [404, 'ResourceNotFound', "'x/onlineEndpoints/iris' was not found", /^'x\/onlineEndpoints/, /a moment ago/],
    [404, 'NotFound', 'Gone.', /^Gone\.$/, /a moment ago/],
    [409, 'Conflict', 'Busy.', /^Busy\.$/, /Another operation/],
    [409, 'ScopeLocked', 'Locked.', /^Locked\.$/, /the lock .* removed/],
    [409, 'MissingSubscriptionRegistration', 'Not registered.', /^Not/, /az provider register/],
    [409, 'DisallowedOperation', 'Disabled.', /^Disabled\.$/, /ask who owns it/],
    [409, 'ResourceGroupBeingDeleted', 'Going.', /^Going\.$/, /`resource-group`/],
    [429, 'TooManyRequests', 'Slow.', /^Slow\.$/, /rate of requests/],
    [500, 'InternalServerError', 'Oops.', /^Oops\.$/, /Microsoft support/],
    [400, 'BadArgument', 'Wrong.', /^Wrong\.$/, /^Fix what Azure rejected and run again\.$/],
    [
      400,
      'BadRequest',
      'There is already an endpoint with this name, Endpoint name needs to be unique within a region',
      /^the name is taken by somebody else/,
      /choose another one/,
    ],
  ])('%d %s', (status, code, words, message, step) => {
    const failure = explained(status, code, words);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure.message).toMatch(message);
    expect(failure.details).toMatchObject({ code, request: 'PUT onlineEndpoints/iris', requestId: 'id' });
    expect(failure.details.nextStep).toMatch(step);
  });

  test('without words tells at least the status', () => {
    const failure = explain(new ServiceError({ status: 502, body: undefined, request: 'GET x' }), TARGET) as Failure;
    expect(failure.message).toBe('Azure answered HTTP 502');
  });
});

describe('no answer', () => {
  test.each([
    ['SELF_SIGNED_CERT_IN_CHAIN', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
    ['CERT_HAS_EXPIRED', /NODE_EXTRA_CA_CERTS/],
    ['ENOTFOUND', /does not resolve/],
    ['EAI_AGAIN', /does not resolve/],
    ['ECONNREFUSED', /HTTPS_PROXY/],
    ['ETIMEDOUT', /HTTPS_PROXY/],
  ])('%s', (code, step) => {
    const failure = explain(new ConnectionError('GET x', code, 'connection failed'), TARGET) as Failure;
    expect(failure.message).toBe('GET x: connection failed');
    expect(failure.details).toMatchObject({ code, nextStep: expect.stringMatching(step) });
  });
});

test('what is not of Azure stays what it is', () => {
  const error = new Error('x');
  expect(explain(error, TARGET)).toBe(error);
});

describe('a missing permission', () => {
  const ML = 'Microsoft.MachineLearningServices/workspaces';
  const sentence = (action: string) =>
    `The client 'c' with object id 'o' does not have authorization to perform action '${action}' over scope '/s/ws' or the scope is invalid.`;

  test.each([
    [`${ML}/onlineEndpoints/write`, 'AzureML Data Scientist'],
    [`${ML}/onlineEndpoints/listKeys/action`, 'AzureML Data Scientist'],
    [`${ML}/onlineEndpoints/score/action`, 'AzureML Data Scientist'],
    [`${ML}/onlineEndpoints/deployments/read`, 'AzureML Data Scientist'],
    [`${ML}/computes/read`, 'AzureML Data Scientist'],
    [`${ML}/read`, 'Reader'],
    ['Microsoft.MachineLearningServices/locations/usages/read', 'Reader'],
    ['Microsoft.Insights/metrics/read', 'Monitoring Reader'],
    ['Microsoft.Storage/storageAccounts/write', 'Contributor'],
  ])('%s', (action, role) => {
    expect(missingPermission(sentence(action))).toEqual({ action, scope: '/s/ws', role });
  });

  test('without a scope, and in a sentence of another kind', () => {
    expect(missingPermission("may not perform action 'a/b'")).toEqual({
      action: 'a/b',
      scope: undefined,
      role: 'Contributor',
    });
    expect(missingPermission('Resource was disallowed by policy.')).toBeUndefined();
  });
});
