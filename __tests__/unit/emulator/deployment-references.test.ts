import { describe, expect, test } from '@jest/globals';
import { irisSeed, operationTime, pureEmulator } from './pure-emulator.ts';
import type { PureEmulator } from './pure-emulator.ts';

const red = '/onlineEndpoints/iris/deployments/red';
const [workspace] = irisSeed.workspaces ?? [];

function emulatorWithAssets(): PureEmulator {
  const assets = { models: [{ name: 'm' }], environments: [{ name: 'e', version: '2' }], codes: [{ name: 'c' }] };
  return pureEmulator({ workspaces: [{ name: 'ws-emulator', ...workspace, ...assets }] });
}

function body(properties: object): object {
  return { location: 'westeurope', properties: { endpointComputeType: 'Managed', ...properties } };
}

function idIn(emulator: PureEmulator, path: string, name = 'ws-emulator'): string {
  const group = `/subscriptions/${emulator.state.subscriptionId}/resourceGroups/rg-emulator`;
  return `${group}/providers/Microsoft.MachineLearningServices/workspaces/${name}/${path}`;
}

describe('a deployment', () => {
  test.each([
    ['model', '/models/M/versions/1'],
    ['environmentId', '/environments/e/versions/2'],
    ['environmentId', '/environments/e/labels/latest'],
    ['environmentId', '/environments/AzureML-sklearn-1.5/versions/3'],
  ])('may name a %s by %s', (key, path) => {
    const emulator = emulatorWithAssets();
    expect(emulator.arm('PUT', red, body({ [key]: idIn(emulator, path.slice(1)) })).status).toBe(201);
  });

  test.each([
    ['a model of a registry', { model: 'azureml://registries/r/models/m/versions/1' }],
    ['a curated environment', { environmentId: 'azureml:AzureML-sklearn-1.5:3' }],
    ['a curated environment’s label', { environmentId: 'azureml:AzureML-sklearn-1.5@latest' }],
    ['a short id', { model: 'azureml:m:1' }],
    ['nothing', { model: null }],
  ])('may name %s', (_, properties) => {
    expect(emulatorWithAssets().arm('PUT', red, body(properties)).status).toBe(201);
  });

  test('may name what is in another workspace', () => {
    const emulator = emulatorWithAssets();
    expect(emulator.arm('PUT', red, body({ model: idIn(emulator, 'models/x/versions/1', 'other') })).status).toBe(201);
  });

  test.each([
    ['a model that is not there', 'model', 'models/m/versions/2'],
    ['an environment that is not there', 'environmentId', 'environments/none/versions/1'],
    ['a label of an environment that is not there', 'environmentId', 'environments/none/labels/latest'],
    ['an environment for a model', 'model', 'environments/e/versions/2'],
    ['something without a version', 'model', 'models/m'],
  ])('may not name %s', (_, key, path) => {
    const emulator = emulatorWithAssets();
    const { status, body: refusal } = emulator.arm('PUT', red, body({ [key]: idIn(emulator, path) }));
    expect(status).toBe(400);
    expect(refusal.error.details[0].message).toContain(path);
    expect(emulator.arm('GET', red).status).toBe(404);
  });

  test('may not name a code that is not there, or text', () => {
    const emulator = emulatorWithAssets();
    const codes = [idIn(emulator, 'codes/none/versions/1'), 'azureml:c:9', 'nonsense', 5];
    const statuses = codes.map((codeId) => emulator.arm('PUT', red, body({ codeConfiguration: { codeId } })).status);
    expect(statuses).toEqual([400, 400, 400, 400]);
    const there = { codeConfiguration: { codeId: idIn(emulator, 'codes/c/versions/1'), scoringScript: 'score.py' } };
    expect(emulator.arm('PUT', red, body(there)).status).toBe(201);
  });
});

describe('the time and order of writes', () => {
  test('deployments may take longer than endpoints', () => {
    const emulator = pureEmulator(irisSeed, { deploymentTime: 5 * operationTime });
    emulator.arm('PUT', red, body({}));
    emulator.now += operationTime;
    expect(emulator.arm('GET', red).body.properties.provisioningState).toBe('Updating');
    emulator.now += 4 * operationTime;
    expect(emulator.arm('GET', red).body.properties.provisioningState).toBe('Succeeded');
  });

  test('two of one endpoint are written side by side, unless the region takes one at a time', () => {
    const green = '/onlineEndpoints/iris/deployments/green';
    const statuses = [false, true].map((serialDeployments) => {
      const emulator = pureEmulator(irisSeed, { serialDeployments });
      emulator.arm('PUT', red, body({}));
      return emulator.arm('PUT', green, body({})).status;
    });
    expect(statuses).toEqual([201, 409]);
  });
});
