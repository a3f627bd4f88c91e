import { describe, expect, test } from '@jest/globals';
import { configOf, faultsOf, type Inputs, WORKSPACE } from './inputs.ts';

const target = (inputs: Inputs = {}, env: Record<string, string> = {}) => configOf('list', inputs, env).azure;
const faults = (inputs: Inputs = {}, env: Record<string, string> = {}) =>
  faultsOf({ operation: 'list', ...WORKSPACE, ...inputs }, env);

describe('the cloud', () => {
  test.each<[Inputs, string, string, string, string]>([
    [
      {},
      'https://management.azure.com',
      'https://login.microsoftonline.com',
      'https://ml.azure.com',
      'api://AzureADTokenExchange',
    ],
    [
      { cloud: 'azureusgovernment' },
      'https://management.usgovcloudapi.net',
      'https://login.microsoftonline.us',
      'https://ml.azure.us',
      'api://AzureADTokenExchangeUSGov',
    ],
    [
      { cloud: 'AzureChinaCloud' },
      'https://management.chinacloudapi.cn',
      'https://login.chinacloudapi.cn',
      'https://ml.azure.cn',
      'api://AzureADTokenExchangeChina',
    ],
  ])('%j', (inputs, resourceManager, authority, machineLearning, idTokenAudience) => {
    expect(target(inputs).cloud).toMatchObject({
      resourceManager,
      authority,
      machineLearning,
      idTokenAudience,
      ownAuthority: false,
    });
  });

  test.each([
    ['https://login.microsoftonline.us/', 'https://login.microsoftonline.us', false],
    ['https://LOGIN.microsoftonline.com', 'https://LOGIN.microsoftonline.com', false],
    ['https://127.0.0.1:8443//', 'https://127.0.0.1:8443', true],
    ['', 'https://login.microsoftonline.com', false],
  ])('with the authority %j', (AZURE_AUTHORITY_HOST, authority, ownAuthority) => {
    expect(target({}, { AZURE_AUTHORITY_HOST }).cloud).toMatchObject({ authority, ownAuthority });
  });

  test.each(['http://127.0.0.1', 'login.microsoftonline.com', 'ftp://x'])('not over %s', (url) => {
    expect(faults({}, { AZURE_AUTHORITY_HOST: url })).toEqual([
      `AZURE_AUTHORITY_HOST is "${url}"; allowed: an https URL`,
    ]);
    expect(faults({ 'resource-manager-endpoint': url })).toEqual([
      `input resource-manager-endpoint is "${url}"; allowed: an https URL`,
    ]);
  });

  test('with a resource manager of its own', () => {
    expect(target({ 'resource-manager-endpoint': 'https://arm.local/' }).cloud.resourceManager).toBe(
      'https://arm.local',
    );
  });
});

describe('the api-version', () => {
  test.each(['2024-10-01', '2023-04-01', '2025-01-01-preview'])('%s', (version) => {
    expect(target({ 'api-version': version }).apiVersion).toBe(version);
  });

  test.each(['2022-05-01', '2022-10-01'])('%s would lose the mirror', (version) => {
    expect(faults({ 'api-version': version })).toEqual([
      expect.stringContaining('loses mirror_traffic on every write'),
    ]);
  });

  test.each(['latest', '2024-10', '2024-10-01-beta'])('%s is none', (version) => {
    expect(faults({ 'api-version': version })).toEqual([expect.stringContaining(`is "${version}"; allowed: a date`)]);
  });

  test('is a current one unless told', () => {
    expect(target().apiVersion).toBe('2024-10-01');
  });
});

describe('the workspace', () => {
  const ENV = {
    AZURE_SUBSCRIPTION_ID: 'aaaaaaaa-2222-3333-4444-555555555555',
    AZURE_RESOURCE_GROUP: 'rg-env',
    AZURE_ML_WORKSPACE: 'ws-env',
    AZURE_TENANT_ID: 'tenant-env',
    AZURE_CLIENT_ID: 'client-env',
  };

  test('from the environment, and from inputs before it', () => {
    const none = { 'subscription-id': '', 'resource-group': '', 'workspace-name': '' };
    expect(target(none, ENV)).toMatchObject({
      subscriptionId: ENV.AZURE_SUBSCRIPTION_ID,
      resourceGroup: 'rg-env',
      workspaceName: 'ws-env',
      tenantId: 'tenant-env',
      clientId: 'client-env',
    });
    expect(target({ 'tenant-id': 'mine' }, ENV)).toMatchObject({ resourceGroup: 'rg', tenantId: 'mine' });
  });

  test('a client without a tenant names a managed identity; a tenant alone is that of a login', () => {
    expect(target({ 'client-id': 'c' })).toMatchObject({ tenantId: undefined, clientId: 'c' });
    expect(target({ 'tenant-id': 't' })).toMatchObject({ tenantId: 't', clientId: undefined });
  });

  test.each<[Inputs, string[]]>([
    [{ 'tenant-id': 't' }, ['client-id']],
    [{ 'client-id': 'c' }, ['tenant-id']],
    [{}, ['tenant-id', 'client-id']],
    [{ 'tenant-id': 't', 'client-id': 'c' }, []],
  ])('a secret is not passed over in silence, and never shown: %j', (inputs, missing) => {
    const told = faults(inputs, { AZURE_CLIENT_SECRET: 'hush' });
    expect(told).toEqual(missing.map((name) => `input ${name} is missing; AZURE_CLIENT_SECRET is set and needs it`));
  });
});

test.each(['.', '..'])('a workspace or a group named %j is refused', (name) => {
  expect(faults({ 'workspace-name': name, 'resource-group': name })).toEqual([
    `input resource-group is "${name}", which is no name`,
    `input workspace-name is "${name}", which is no name`,
  ]);
});

describe('proxies from the environment', () => {
  test.each(['127.0.0.1:9', 'garbage', 'ftp://proxy', 'http://user:pa%ss@127.0.0.1:9'])('%s is a fault', (value) => {
    const env = { https_proxy: value };
    const found = faults({}, env);
    expect(found).toContain('HTTPS_PROXY is not a URL such as http://proxy.example.org:8080');
    // It may hold a password.
    expect(found.join()).not.toContain(value);
  });

  test.each(['http://proxy:8080', 'https://user:pa%20ss@proxy'])('%s is none', (value) => {
    expect(faults({ timeout: '', cloud: 'nowhere' }, { HTTPS_PROXY: value }).join()).not.toContain('PROXY');
  });
});
