import { describe, expect, test } from '@jest/globals';
import { assetName, sameAsset } from '../../../../src/plan/deployment/assets.ts';
import {
  ageOf,
  environmentName,
  instanceCount,
  instanceType,
  modelName,
} from '../../../../src/plan/deployment/live.ts';
import { live, WORKSPACE } from './deployments.ts';

const registry = 'azureml://registries/azureml';

describe('the name of an asset', () => {
  test.each([
    [`${WORKSPACE}/models/iris/versions/7`, 'iris:7'],
    [`azureml:${WORKSPACE}/environments/sk/versions/1`, 'sk:1'],
    [`${registry}/environments/sklearn-1.5/labels/latest`, 'sklearn-1.5@latest'],
    [`${registry}/models/llama/versions/2`, 'llama:2'],
    ['azureml:AzureML-sklearn-1.0:1', 'AzureML-sklearn-1.0:1'],
    ['azureml:AzureML-sklearn@latest', 'AzureML-sklearn@latest'],
    [`${WORKSPACE}/models/0123456789abcdef0123456789abcdef/versions/1`, '01234567…:1'],
    [
      `${WORKSPACE}/environments/CliV2AnonymousEnvironment/versions/0123456789abcdef0123456789abcdef`,
      'CliV2AnonymousEnvironment:01234567…',
    ],
    ['https://account.blob.core.windows.net/c/model', 'https://account.blob.core.windows.net/c/model'],
  ])('%s', (id, name) => {
    expect(assetName(id)).toBe(name);
  });
});

describe('one asset in two spellings', () => {
  test.each([
    [`${WORKSPACE}/models/iris/versions/7`, `azureml:${WORKSPACE.toUpperCase()}/models/iris/versions/7/`, true],
    [`${WORKSPACE}/models/iris/versions/7`, `${WORKSPACE}/models/iris/versions/8`, false],
    [`${WORKSPACE}/models/iris/versions/7`, `${WORKSPACE}2/models/iris/versions/7`, false],
    ['azureml:AzureML-sklearn:1', `${registry}/environments/AzureML-sklearn/versions/1`, true],
    ['azureml:AzureML-sklearn:1', `${registry}/environments/AzureML-sklearn/versions/2`, false],
    ['azureml:AzureML-sklearn', `${registry}/environments/AzureML-sklearn/versions/2`, true],
    ['azureml:AzureML-sklearn', `${registry}/environments/AzureML-other/versions/2`, false],
    ['azureml:AzureML-sklearn@latest', `${registry}/environments/AzureML-sklearn/versions/2`, true],
    ['azureml:AzureML-sklearn/labels/stable', `${registry}/environments/AzureML-sklearn/versions/2`, true],
    ['azureml:AzureML-sklearn/versions/1', `${registry}/environments/AzureML-sklearn/versions/2`, false],
    [`${registry}/environments/sk/labels/latest`, `${registry}/environments/sk/versions/9`, true],
    [`${registry}/environments/sk/labels/latest`, `${registry}2/environments/sk/versions/9`, false],
    [`${registry}/environments/sk/versions/9`, `${registry}/environments/sk/labels/latest`, false],
    ['https://x/y', 'https://x/z', false],
  ])('%s is %s: %s', (wanted, shown, expected) => {
    expect(sameAsset(wanted, shown)).toBe(expected);
  });
});

describe('what people read of a live deployment', () => {
  const has = live({
    model: `${WORKSPACE}/models/iris/versions/7`,
    environmentId: `${registry}/environments/sklearn-1.5/versions/3`,
  });

  test('its parts', () => {
    expect([instanceType(has), instanceCount(has), modelName(has), environmentName(has)]).toEqual([
      'Standard_DS3_v2',
      2,
      'iris:7',
      'sklearn-1.5:3',
    ]);
  });

  test('nothing where there is nothing', () => {
    const bare = { name: 'blue', properties: {} };
    expect([instanceType(bare), instanceCount(bare), modelName(bare), environmentName(bare)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(ageOf(bare, 0)).toBeUndefined();
    expect(ageOf({ systemData: { createdAt: 'nonsense' } }, 0)).toBeUndefined();
  });

  test.each([
    [-5, '0 min'],
    [59, '59 min'],
    [60, '1 h'],
    [47 * 60, '47 h'],
    [48 * 60, '2 d'],
  ])('an age of %d minutes', (minutes, words) => {
    const created = Date.parse('2026-01-02T03:04:05Z');
    expect(ageOf(has, created + minutes * 60_000)).toBe(words);
    const kept = { properties: { properties: { createdAt: '2026-01-02T03:04:05Z' } } };
    expect(ageOf(kept, created + minutes * 60_000)).toBe(words);
  });
});
