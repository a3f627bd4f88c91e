import { expect, test } from '@jest/globals';
import { irisSeed } from '../pure-emulator.ts';
import type { PureEmulator } from '../pure-emulator.ts';
import { clusterSeed, endpointPath, read, recordingOf } from './recording.ts';

const aDay = 24 * 60 * 60;

function score(emulator: PureEmulator, key: string) {
  const { scoringUri } = read(emulator).body.properties;
  const target = scoringUri.replace(emulator.state.url, '');
  const headers = { authorization: `Bearer ${key}`, 'azureml-model-deployment': 'blue' };
  return emulator.send('POST', target, { headers, body: { data: [1] } });
}

test('test_online_endpoint_invoke.yaml: a token lives a day, and is worth a new one after half of it', () => {
  const emulator = recordingOf({
    workspaces: [{ name: 'ws-emulator', endpoints: [{ name: 'iris', properties: { authMode: 'AMLToken' } }] }],
  });
  const { status, body } = emulator.arm('POST', `${endpointPath}/token`);
  expect(status).toBe(200);
  const now = emulator.now / 1000;
  expect(body).toEqual({
    accessToken: expect.any(String),
    tokenType: 'Bearer',
    expiryTimeUtc: now + aDay,
    refreshAfterTimeUtc: now + aDay / 2,
  });
});

test('test_online_endpoint_invoke.yaml: an answer names the deployment that gave it', () => {
  const emulator = recordingOf(irisSeed);
  const { primaryKey } = emulator.arm('POST', `${endpointPath}/listKeys`).body;
  const { status, headers } = score(emulator, primaryKey);
  expect(status).toBe(200);
  expect(headers).toEqual({
    'azureml-model-deployment': 'blue',
    'content-type': 'application/json',
    server: 'azureml-frontdoor',
    'x-request-id': expect.any(String),
  });
});

test('test_online_endpoint_k8s.yaml: an endpoint on a cluster answers at its own address', () => {
  const emulator = recordingOf(clusterSeed);
  const { primaryKey } = emulator.arm('POST', `${endpointPath}/listKeys`).body;
  expect(score(emulator, primaryKey).status).toBe(200);
});
