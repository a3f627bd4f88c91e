import { describe, expect, test } from '@jest/globals';
import { failureNames } from '../../../emulator/deployment-failures.ts';
import type { DeploymentFault, FailureName } from '../../../emulator/deployment-failures.ts';
import { irisSeed, operationTime, pureEmulator } from './pure-emulator.ts';
import type { Answer, PureEmulator } from './pure-emulator.ts';

const iris = '/onlineEndpoints/iris';
const red = `${iris}/deployments/red`;
const body = { location: 'westeurope', properties: { endpointComputeType: 'Managed' } };

function failing(deployment: DeploymentFault): { emulator: PureEmulator; status: Answer } {
  const emulator = pureEmulator(irisSeed);
  emulator.fault({ match: { method: 'PUT', path: '/deployments/red' }, then: { deployment } });
  const { headers } = emulator.arm('PUT', red, body);
  emulator.now += operationTime;
  const target = (headers['azure-asyncoperation'] ?? '').replace(emulator.state.url, '');
  return {
    emulator,
    status: emulator.send('GET', target, { headers: { authorization: `Bearer ${emulator.token()}` } }),
  };
}

function log(emulator: PureEmulator, containerType: string, tail = 1000, path = red): string {
  return emulator.arm('POST', `${path}/getLogs`, { containerType, tail }).body.content;
}

test.each(failureNames)('%s fails the operation with its code, and touches no traffic', (failure) => {
  const { emulator, status } = failing(failure);
  expect(status.body).toMatchObject({
    status: 'Failed',
    error: { code: expect.any(String), message: expect.any(String) },
  });
  expect(emulator.arm('GET', red).body.properties.provisioningState).toBe('Failed');
  expect(emulator.arm('GET', iris).body.properties).toMatchObject({
    provisioningState: 'Succeeded',
    traffic: { blue: 100 },
  });
});

test.each([
  ['quota', 'OutOfQuota'],
  ['region-capacity', 'OutOfQuota'],
  ['memory', 'OutOfQuota'],
  ['image-build', 'ImageBuildFailure'],
  ['bad-argument', 'BadArgument'],
  ['start-up', 'ResourceNotReady'],
  ['probe', 'ResourceNotReady'],
  ['registry-pull', 'BadArgument'],
  ['identity', 'BadArgument'],
  ['secret-injection', 'SecretsInjectionError'],
  ['model-download', 'BadArgument'],
  ['image-pull-loop', 'ImagePullLoopBackOff'],
  ['crash-loop', 'DeploymentCrashLoopBackOff'],
] as const)('%s has the code %s', (failure, code) => {
  expect(failing(failure).status.body.error.code).toBe(code);
});

test('a failed deployment is listed until it is written again or deleted', () => {
  const { emulator } = failing('start-up');
  const names = (): string[] =>
    emulator.arm('GET', `${iris}/deployments`).body.value.map(({ name }: { name: string }) => name);
  expect(names()).toContain('red');
  emulator.settle('PUT', red, body);
  expect(emulator.arm('GET', red).body.properties.provisioningState).toBe('Succeeded');
  expect(log(emulator, 'InferenceServer')).not.toContain('Traceback');
  emulator.settle('DELETE', red);
  expect(names()).not.toContain('red');
});

test('an update that fails leaves the old body', () => {
  const emulator = pureEmulator(irisSeed);
  emulator.fault({ match: { method: 'PUT' }, then: { deployment: 'probe' } });
  emulator.settle('PUT', `${iris}/deployments/blue`, { ...body, tags: { a: 'b' } });
  expect(emulator.arm('GET', `${iris}/deployments/blue`).body).toMatchObject({
    tags: {},
    properties: { provisioningState: 'Failed' },
  });
});

describe('logs', () => {
  test.each<FailureName>(['quota', 'region-capacity', 'image-build', 'bad-argument', 'identity', 'secret-injection'])(
    'of %s are empty: no container ever started',
    (failure) => {
      const { emulator } = failing(failure);
      expect([log(emulator, 'InferenceServer'), log(emulator, 'StorageInitializer')]).toEqual(['', '']);
    },
  );

  test('of a crash end in the traceback of the user', () => {
    const { emulator } = failing('start-up');
    const text = log(emulator, 'InferenceServer');
    expect(text).toContain('File "/var/azureml-app/onlinescoring/score.py", line 12, in init');
    expect(text).toMatch(/^ModuleNotFoundError: No module named 'sklearn'$/m);
    expect(text).toContain('UserContainerStart: InProgress');
  });

  test('of a probe have its events, and no traceback', () => {
    const text = log(failing('probe').emulator, 'InferenceServer');
    expect(text.match(/Readiness probe failed: HTTP probe failed with statuscode: 502/g)).toHaveLength(4);
    expect(text).not.toContain('Traceback');
  });

  test('of a model that cannot be downloaded are the storage initializer’s', () => {
    const { emulator } = failing('model-download');
    expect(log(emulator, 'StorageInitializer')).toContain('AuthorizationPermissionMismatch');
    expect(log(emulator, 'InferenceServer')).toContain('Please check storage-initializer log for detail.');
    expect(log(emulator, 'InferenceServer')).not.toContain('Container logs:');
  });

  test('have the lines that were ordered, with or without a failure', () => {
    const lines = ['::set-output name=token::stolen', '##[error]not ours'];
    const failed = failing({ failure: 'probe', log: lines });
    expect(log(failed.emulator, 'InferenceServer').split('\n')).toEqual(expect.arrayContaining(lines));
    const served = failing({ log: lines });
    expect(served.status.body.status).toBe('Succeeded');
    expect(log(served.emulator, 'InferenceServer').split('\n')).toEqual(expect.arrayContaining(lines));
  });

  test('have the traceback that was ordered in place of the usual one, where the server ends', () => {
    const { emulator } = failing({ failure: 'start-up', log: ['Traceback (most recent call last):', 'KeyError: 1'] });
    const lines = log(emulator, 'InferenceServer').split('\n');
    expect(lines.filter((line) => /Traceback|Error:/.test(line))).toEqual([
      'Traceback (most recent call last):',
      'KeyError: 1',
    ]);
    expect(lines[lines.indexOf('KeyError: 1') + 1]).toContain('Worker exiting');
  });

  test('are as many lines as asked for, the last ones', () => {
    const { emulator } = failing('start-up');
    const all = log(emulator, 'InferenceServer').split('\n');
    expect(log(emulator, 'InferenceServer', 2)).toBe(all.slice(-2).join('\n'));
    expect(log(emulator, 'InferenceServer', 1, `${iris}/deployments/blue`).split('\n')).toHaveLength(1);
    expect(emulator.arm('POST', `${red}/getLogs`, { tail: 0 }).status).toBe(400);
    expect(emulator.arm('POST', `${red}/getLogs`, { containerType: 'Other' }).status).toBe(400);
  });
});

test('an error of one’s own stands in for that of the failure', () => {
  const error = {
    code: 'DeploymentFailed',
    message: 'words',
    details: [{ code: 'ResourceNotReady', message: 'more' }],
  };
  expect(failing({ failure: 'start-up', error }).status.body.error).toEqual(error);
});

test('a seed may have a failed deployment', () => {
  const deployments = [{ name: 'red', failure: 'start-up' as const, log: ['mine'] }];
  const emulator = pureEmulator({ workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris', deployments }] }] });
  expect(emulator.arm('GET', red).body.properties.provisioningState).toBe('Failed');
  expect(log(emulator, 'InferenceServer').split('\n')).toContain('mine');
});

test('a write that starts no deployment and a deletion are let alone', () => {
  const emulator = pureEmulator(irisSeed);
  emulator.fault({ match: { method: 'DELETE' }, then: { deployment: 'probe' } });
  emulator.settle('DELETE', `${iris}/deployments/green`);
  expect(emulator.arm('GET', `${iris}/deployments/green`).status).toBe(404);
});

test.each([
  ['an unknown failure', 'nonsense'],
  ['nothing', null],
  ['an unknown key', { failure: 'probe', lines: [] }],
  ['an error without a failure', { error: {} }],
  ['lines that are no text', { log: [1] }],
])('a fault with %s is refused, and the failures are named', (_, deployment) => {
  const { status, body: refusal } = pureEmulator().send('POST', '/_emulator/faults', {
    body: { then: { deployment } },
  });
  expect(status).toBe(400);
  expect(refusal.error).toContain('secret-injection');
});
