import { describe, expect, test } from '@jest/globals';
import type { PureEmulator } from '../pure-emulator.ts';
import { recordingOf } from './recording.ts';

/** The api-version of the recording's models, environments, codes and datastores. */
const version = '2022-05-01';

const place = 'azureml-blobstore-36d312cd-652a-4c9a-8b25-e3057a35b13a';
const azure = { url: 'https://tajieast26149039407.blob.core.windows.net', container: place, key: 'a2V5' };

const code = `https://tajieast26149039407.blob.core.windows.net/${place}/LocalUpload/82584ec7/onlinescoring`;
const sixFields = {
  createdAt: expect.any(String),
  createdBy: expect.any(String),
  createdByType: expect.any(String),
  lastModifiedAt: expect.any(String),
  lastModifiedBy: expect.any(String),
  lastModifiedByType: expect.any(String),
};

function idOf(emulator: PureEmulator, path: string): string {
  const group = `/subscriptions/${emulator.state.subscriptionId}/resourceGroups/rg-emulator`;
  return `${group}/providers/Microsoft.MachineLearningServices/workspaces/ws-emulator/${path}`;
}

describe('test_endpoint_and_deployment_exist_with_yaml.yaml', () => {
  test('the fields of a datastore', () => {
    const emulator = recordingOf({ storage: azure });
    const { status, body } = emulator.arm('GET', '/datastores/workspaceblobstore', undefined, version);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: idOf(emulator, 'datastores/workspaceblobstore'),
      name: 'workspaceblobstore',
      type: 'Microsoft.MachineLearningServices/workspaces/datastores',
      properties: {
        description: null,
        tags: null,
        properties: null,
        isDefault: true,
        credentials: { credentialsType: 'AccountKey' },
        datastoreType: 'AzureBlob',
        accountName: 'tajieast26149039407',
        containerName: place,
        endpoint: 'core.windows.net',
        protocol: 'https',
        serviceDataAccessAuthIdentity: 'WorkspaceSystemAssignedIdentity',
      },
      systemData: sixFields,
    });
  });

  test('secrets are asked for without a body', () => {
    const { status, body } = recordingOf({ storage: azure }).arm(
      'POST',
      '/datastores/workspaceblobstore/listSecrets',
      undefined,
      version,
    );
    expect([status, body]).toEqual([200, { secretsType: 'AccountKey', key: 'a2V5' }]);
  });

  test('a code that was there is 200, and stays as little anonymous as it was', () => {
    const emulator = recordingOf();
    const path = '/codes/075358a3/versions/1';
    const sent = (isAnonymous: boolean) => ({ properties: { isAnonymous, isArchived: false, codeUri: code } });
    emulator.arm('PUT', path, sent(false), version);
    emulator.now += 60_000;
    const { status, body, headers } = emulator.arm('PUT', path, sent(true), version);
    expect([status, headers['location']]).toEqual([200, undefined]);
    expect(body).toEqual({
      id: idOf(emulator, 'codes/075358a3/versions/1'),
      name: '1',
      type: 'Microsoft.MachineLearningServices/workspaces/codes/versions',
      // `provisioningState` is of 2023 (azure-cli-extensions#6662).
      properties: {
        description: null,
        tags: {},
        properties: {},
        isArchived: false,
        isAnonymous: false,
        codeUri: code,
        provisioningState: 'Succeeded',
      },
      systemData: sixFields,
    });
    expect(body.systemData.lastModifiedAt > body.systemData.createdAt).toBe(true);
  });

  test('an environment is 201 also when it was there, with its address and its conda file as JSON', () => {
    const emulator = recordingOf();
    const path = '/environments/online-endpoint-mir-test/versions/3';
    const condaFile =
      'channels:\n- conda-forge\ndependencies:\n- python=3.6.1\n- pip:\n  - joblib==1.0.1\nname: model-env\n';
    const sent = { properties: { isAnonymous: false, isArchived: false, condaFile, image: 'mcr.microsoft.com/i:1' } };
    const statuses = [0, 1].map(() => emulator.arm('PUT', path, sent, version).status);
    expect(statuses).toEqual([201, 201]);
    const { body, headers } = emulator.arm('PUT', path, sent, version);
    expect(headers['location']).toContain(`${idOf(emulator, path.slice(1))}?api-version=${version}`);
    const { condaFile: shown, ...properties } = body.properties;
    expect(shown).toBe(
      '{\n  "channels": [\n    "conda-forge"\n  ],\n  "dependencies": [\n    "python=3.6.1",\n    {\n' +
        '      "pip": [\n        "joblib==1.0.1"\n      ]\n    }\n  ],\n  "name": "model-env"\n}',
    );
    expect(properties).toMatchObject({
      environmentType: 'UserCreated',
      image: 'mcr.microsoft.com/i:1',
      osType: 'Linux',
    });
  });

  test('a model shows `resourceGroups` in its own spelling, and fields that nobody sent', () => {
    const emulator = recordingOf();
    const uri = (groups: string) =>
      `azureml://subscriptions/s/${groups}/taji-east2/workspaces/w/datastores/d/paths/m.pkl`;
    const sent = {
      properties: { properties: {}, tags: {}, modelType: 'custom_model', modelUri: uri('resourcegroups') },
    };
    expect(emulator.arm('PUT', '/models/mir_test_model/versions/1', sent, version).status).toBe(201);
    const { status, body } = emulator.arm('PUT', '/models/mir_test_model/versions/1', sent, version);
    expect(status).toBe(200);
    expect(body.properties).toMatchObject({ flavors: {}, jobName: null, modelUri: uri('resourceGroups') });
  });
});
