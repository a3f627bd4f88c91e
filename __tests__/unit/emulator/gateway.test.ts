import { describe, expect, test } from '@jest/globals';
import { apiVersions } from '../../../emulator/arm/versions.ts';
import { armTarget, irisSeed, pureEmulator } from './pure-emulator.ts';

describe('sign-in', () => {
  test.each([
    ['no token', () => ({}), 'AuthenticationFailed'],
    ['an invented token', () => ({ authorization: 'Bearer a.b.c' }), 'InvalidAuthenticationToken'],
  ])('with %s is refused', (_, headers, code) => {
    const emulator = pureEmulator();
    const { status, body, headers: sent } = emulator.send('GET', armTarget(emulator.state, ''), { headers: headers() });
    expect(status).toBe(401);
    expect(body.error.code).toBe(code);
    expect(sent['www-authenticate']).toContain('authorization_uri=');
  });

  test('with a token for another resource is refused', () => {
    const emulator = pureEmulator();
    const headers = { authorization: `Bearer ${emulator.token('https://ml.azure.com')}` };
    const { status, body } = emulator.send('GET', armTarget(emulator.state, ''), { headers });
    expect(status).toBe(401);
    expect(body.error.code).toBe('InvalidAuthenticationTokenAudience');
  });

  test('with an expired token is refused', () => {
    const emulator = pureEmulator({}, { accessTokenLifetime: 50 });
    const headers = { authorization: `Bearer ${emulator.token()}` };
    emulator.now += 50;
    const { status, body } = emulator.send('GET', armTarget(emulator.state, ''), { headers });
    expect(status).toBe(401);
    expect(body.error.code).toBe('ExpiredAuthenticationToken');
    expect(body.error.message).toContain('1/1/2026 12:00:00 AM');
  });

  test("works with a token for the emulator's own address", () => {
    const emulator = pureEmulator();
    const headers = { authorization: `Bearer ${emulator.token(emulator.state.url)}` };
    expect(emulator.send('GET', armTarget(emulator.state, ''), { headers }).status).toBe(200);
  });
});

describe('api-version', () => {
  test('is required', () => {
    const emulator = pureEmulator();
    const target = armTarget(emulator.state, '').split('?')[0] ?? '';
    const { status, body } = emulator.send('GET', target);
    expect(status).toBe(400);
    expect(body.error.code).toBe('MissingApiVersionParameter');
  });

  test('must be one that exists', () => {
    const { status, body } = pureEmulator().arm('GET', '', undefined, '1999-01-01');
    expect(status).toBe(400);
    expect(body.error.code).toBe('InvalidResourceType');
    expect(body.error.message).toContain('2024-10-01');
  });

  test.each(apiVersions)('may be %s', (version) => {
    expect(pureEmulator().arm('GET', '', undefined, version).status).toBe(200);
  });
});

describe('scopes', () => {
  const workspace = '/providers/Microsoft.MachineLearningServices/workspaces';

  test.each([
    ['subscription', `/subscriptions/other/resourceGroups/rg-emulator${workspace}/ws-emulator`, 'SubscriptionNotFound'],
    ['group', `/subscriptions/{sub}/resourceGroups/other${workspace}/ws-emulator`, 'ResourceGroupNotFound'],
    ['workspace', `/subscriptions/{sub}/resourceGroups/rg-emulator${workspace}/other`, 'ResourceNotFound'],
    [
      'workspace of an endpoint',
      `/subscriptions/{sub}/resourceGroups/rg-emulator${workspace}/other/onlineEndpoints/iris`,
      'ParentResourceNotFound',
    ],
  ])('an unknown %s is 404 from the gateway', (_, path, code) => {
    const emulator = pureEmulator();
    const target = `${path.replace('{sub}', emulator.state.subscriptionId)}?api-version=2024-10-01`;
    const headers = { authorization: `Bearer ${emulator.token()}` };
    const answer = emulator.send('GET', target, { headers });
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe(code);
    expect(answer.headers['x-ms-failure-cause']).toBe('gateway');
  });

  test('an unknown workspace is named as Azure names it', () => {
    const emulator = pureEmulator();
    const target = armTarget(emulator.state, '').replace('ws-emulator', 'other');
    const answer = emulator.send('GET', target, { headers: { authorization: `Bearer ${emulator.token()}` } });
    expect(answer.body.error.message).toBe(
      "The Resource 'Microsoft.MachineLearningServices/workspaces/other' under resource group 'rg-emulator' was not " +
        'found. For more details please go to https://aka.ms/ARMResourceNotFoundFix',
    );
  });

  test('ignore case', () => {
    const emulator = pureEmulator(irisSeed);
    const target = armTarget(emulator.state, '/ONLINEENDPOINTS/IRIS')
      .replace('resourceGroups', 'resourcegroups')
      .replace('ws-emulator', 'WS-Emulator')
      .replace('Microsoft.MachineLearningServices', 'microsoft.machinelearningservices');
    const { status, body } = emulator.send('GET', target, { headers: { authorization: `Bearer ${emulator.token()}` } });
    expect(status).toBe(200);
    expect(body.name).toBe('iris');
  });

  test('a path that leads nowhere is 404', () => {
    expect(pureEmulator().arm('GET', '/batchEndpoints').status).toBe(404);
    expect(pureEmulator().send('GET', '/nowhere').status).toBe(404);
  });
});

describe('roles', () => {
  const write = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write';

  test.each([write, '*/write', '*/ONLINEENDPOINTS/*'])('without %s no endpoint can be written', (pattern) => {
    const emulator = pureEmulator({}, { denied: [pattern] });
    const { status, body } = emulator.arm('PUT', '/onlineEndpoints/iris', {});
    const { clientId, objectId } = emulator.state.identity;
    const scope = armTarget(emulator.state, '/onlineEndpoints/iris').split('?')[0];
    expect(status).toBe(403);
    expect(body.error).toEqual({
      code: 'AuthorizationFailed',
      message:
        `The client '${clientId}' with object id '${objectId}' does not have authorization to perform action '${write}' ` +
        `over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    });
    expect(emulator.arm('GET', '').status).toBe(200);
  });

  test.each([
    ['POST', '/onlineEndpoints/iris/listKeys', 'onlineEndpoints/listKeys/action'],
    ['DELETE', '/onlineEndpoints/iris', 'onlineEndpoints/delete'],
    ['GET', '/onlineEndpoints', 'onlineEndpoints/read'],
    ['PUT', '/onlineEndpoints/iris/deployments/blue', 'onlineEndpoints/deployments/write'],
  ])('%s %s needs %s', (method, path, action) => {
    const emulator = pureEmulator({}, { denied: [`*/${action}`] });
    expect(emulator.arm(method, path, {}).body.error.message).toContain(`/workspaces/${action}'`);
  });
});

test('every answer carries request ids and what is left of the rate limits', () => {
  const { headers } = pureEmulator().arm('GET', '');
  expect(headers).toMatchObject({
    'x-ms-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-ms-correlation-request-id': headers['x-ms-request-id'],
    'x-ms-ratelimit-remaining-subscription-reads': '11999',
  });
});
