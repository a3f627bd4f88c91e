import { describe, expect, test } from '@jest/globals';
import { type Operation, OPERATIONS } from '../../../src/config/operations.ts';
import { configOf, faultsOf, type Inputs, parsed, WORKSPACE } from './inputs.ts';

const ONE: Inputs = { ...WORKSPACE, endpoint: 'Iris' };
const request = (select: string[]) => ({ folder: 'endpoints', select, overrides: [], env: {} });

/** The least that each operation needs, and what comes of it. */
const LEAST: Readonly<Record<Operation, readonly [Inputs, object]>> = {
  validate: [{}, { request: request(['*']) }],
  plan: [WORKSPACE, { request: request(['*']), failOnDrift: false }],
  create: [ONE, { endpoint: 'iris', request: request(['iris']), timeout: 3_600_000 }],
  update: [ONE, { request: request(['iris']), timeout: 3_600_000, confirm: '', maxConcurrency: 4 }],
  apply: [ONE, { request: request(['iris']), timeout: 3_600_000, confirm: '', maxConcurrency: 4 }],
  deploy: [ONE, { request: request(['iris']), timeout: 3_600_000, maxConcurrency: 4, deleteFailed: false }],
  rollout: [ONE, { request: request(['iris']), rollout: { policy: '', until: undefined, maxDuration: 19_800_000 } }],
  promote: [ONE, { endpoint: 'iris', timeout: 3_600_000 }],
  rollback: [ONE, { endpoint: 'iris', timeout: 3_600_000 }],
  show: [ONE, { select: ['iris'], repair: undefined }],
  list: [WORKSPACE, { select: ['*'] }],
  url: [ONE, { endpoint: 'iris' }],
  token: [ONE, { endpoint: 'iris', key: 'primary' }],
  invoke: [
    { ...ONE, 'request-file': 'r.json' },
    { endpoint: 'iris', requestFile: 'r.json', expectStatus: 200, key: 'primary', timeout: 3_600_000 },
  ],
  logs: [ONE, { endpoint: 'iris', deployment: undefined, container: 'inference-server', tail: 100 }],
  'regenerate-keys': [ONE, { endpoint: 'iris', key: 'primary', timeout: 3_600_000 }],
  delete: [ONE, { endpoint: 'iris', deployment: undefined, confirm: '', timeout: 3_600_000 }],
};

describe.each(Object.keys(OPERATIONS) as Operation[])('%s', (operation) => {
  const [inputs, expected] = LEAST[operation];

  test('needs no more than this', () => {
    expect(parsed({ operation, ...inputs })).toMatchObject({ config: { operation, ...expected }, unused: [] });
  });

  test('misses each of these', () => {
    for (const name of Object.keys(inputs)) {
      const faults = faultsOf({ operation, ...inputs, [name]: '' });
      // An endpoint may be left out where that means all of them.
      const optional = name === 'endpoint' && ['validate', 'plan', 'list'].includes(operation);
      expect(faults).toHaveLength(optional ? 0 : 1);
      if (!optional) expect(faults[0]).toMatch(new RegExp(`^input ${name} is missing`));
    }
  });
});

test.each([
  ['', 'input operation is missing; allowed: validate, plan, '],
  ['destroy', 'input operation is "destroy"; allowed: validate, plan, '],
  ['toString', 'input operation is "toString"; allowed: validate, plan, '],
])('the operation %j', (operation, message) => {
  expect(faultsOf({ operation })).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['*', 'input deployment is "*"; give exactly one deployment name'],
  ['blue,green', 'input deployment is "blue,green"; give exactly one deployment name'],
])('the deployment %j is more than one', (deployment, message) => {
  expect(faultsOf({ ...ONE, operation: 'delete', deployment })).toEqual([message]);
});

test.each([
  [{ container: 'istio' }, 'input container is "istio"; allowed: inference-server, storage-initializer, model-data-c'],
  [{ tail: '0' }, 'input tail is "0"; allowed: a whole number from 1 to'],
])('logs of %j', (inputs, message) => {
  expect(faultsOf({ ...ONE, operation: 'logs', ...inputs })).toEqual([expect.stringContaining(message)]);
});

test('all faults come at once', () => {
  const faults = faultsOf({
    operation: 'invoke',
    endpoint: 'a,b',
    'subscription-id': 'not-a-guid',
    'expect-status': '99',
    key: 'third',
    timeout: '10',
    cloud: 'AzureMoon',
    'api-version': 'latest',
    'resource-manager-endpoint': 'http://x',
  });
  expect(faults).toEqual([
    'input endpoint is "a,b"; invoke takes exactly one endpoint name',
    'input subscription-id is not a subscription id (a GUID)',
    'input resource-group is missing; give it or set AZURE_RESOURCE_GROUP',
    'input workspace-name is missing; give it or set AZURE_ML_WORKSPACE',
    'input cloud is "AzureMoon"; allowed: AzureCloud, AzureUSGovernment, AzureChinaCloud',
    'input resource-manager-endpoint is "http://x"; allowed: an https URL',
    'input api-version is "latest"; allowed: a date such as 2024-10-01, or 2025-01-01-preview',
    'input request-file is missing',
    'input expect-status is "99"; allowed: a whole number from 100 to 599',
    'input key is "third"; allowed: primary, secondary',
    'input timeout is "10"; allowed: a duration above zero such as 90s, 30m or 2h',
  ]);
});

describe('one endpoint', () => {
  test.each([
    ['iris, rose', 'takes exactly one endpoint name'],
    ['iris rose', 'takes exactly one endpoint name'],
    ['*', 'takes exactly one endpoint name'],
    ['iri?', 'takes exactly one endpoint name'],
    ['1ris', 'allowed: '],
    ['ir', 'allowed: '],
    ['iris-', 'allowed: '],
    ['i'.repeat(33), 'allowed: '],
    ['iris.prod', 'allowed: '],
  ])('is not %j', (endpoint, says) => {
    for (const operation of ['create', 'url', 'token', 'regenerate-keys', 'delete']) {
      expect(faultsOf({ ...WORKSPACE, operation, endpoint })).toEqual([expect.stringContaining(says)]);
    }
  });
});

test('several endpoints, however they are apart', () => {
  expect(configOf('update', { endpoint: ' Iris,rose\n tulip-*\t?x ' }).request.select).toEqual([
    'iris',
    'rose',
    'tulip-*',
    '?x',
  ]);
});

describe('values that stand in for the YAML', () => {
  test.each(['traffic.blue=10', 'traffic={}'])('that give traffic twice, also as set %s, are a fault', (set) => {
    expect(faultsOf({ operation: 'validate', traffic: 'blue=50 green=50', set })).toEqual([
      'input traffic and set both give traffic; give it once',
    ]);
  });

  test('of set, traffic and mirror-traffic', () => {
    const { request: wanted } = configOf('update', {
      endpoint: 'iris',
      set: 'tags.owner=ml\n\n description = a=b \n',
      traffic: 'Blue=90 green=10',
      'mirror-traffic': '{}',
    });
    expect(wanted.overrides).toEqual([
      { path: 'tags.owner', value: 'ml' },
      { path: 'description', value: 'a=b' },
      { path: 'traffic', value: '{"blue":90,"green":10}' },
      { path: 'mirror_traffic', value: '{}' },
    ]);
  });

  test('that cannot be read', () => {
    const faults = faultsOf({
      operation: 'validate',
      set: 'nonsense',
      traffic: 'blue red',
      'mirror-traffic': 'green=101',
    });
    expect(faults).toEqual([
      expect.stringMatching(/^set nonsense: is not path=value/),
      expect.stringMatching(/^input traffic "blue" is not a pair/),
      expect.stringMatching(/^input traffic "red" is not a pair/),
      expect.stringMatching(/^input mirror-traffic "green=101" has no percent/),
    ]);
  });
});

test.each<[Inputs, object]>([
  [
    { key: 'SECONDARY', 'expect-status': '429', timeout: '90s', deployment: 'Blue' },
    { key: 'secondary', expectStatus: 429, timeout: 90_000, deployment: 'blue' },
  ],
  [{ deployment: ' ' }, { deployment: undefined }],
])('invoke with %j', (inputs, expected) => {
  expect(configOf('invoke', { endpoint: 'iris', 'request-file': 'r', ...inputs })).toMatchObject(expected);
});

describe('the path of invoke', () => {
  const invoke = { ...ONE, operation: 'invoke', 'request-file': 'r.json' };

  test.each([
    '/v1/models/half_plus_two:predict',
    '/',
    '/a/',
    '/a?version=2&u=https://x/..',
    '/%20a',
    '/...',
    '/.hidden',
  ])('is %s', (path) => {
    expect(configOf('invoke', { endpoint: 'iris', 'request-file': 'r', path })).toMatchObject({ path });
  });

  test.each([
    'v1/models/iris:predict',
    'https://evil.example/score',
    '//evil.example/score',
    '/\\evil.example',
    '/a//b',
    '/a/../b',
    '/..',
    '/./a',
    '/%2e%2E/b',
    '/a%2fb',
    '/a%5Cb',
    '/a%0d%0ab',
    '/a#b',
    '/a b',
    '/é',
    '/a%zz',
    '?a=b',
    'C:/Program Files/Git/predict',
  ])('is not %s', (path) => {
    expect(faultsOf({ ...invoke, path })).toEqual([
      `input path is "${path}"; allowed: a path such as /v1/models/iris:predict, without a host, spaces, "#", "//" or ".."`,
    ]);
  });

  test('is quoted on one line, whatever it is', () => {
    const path = `/a\u2028\n::error::owned${'b'.repeat(100)}`;
    expect(faultsOf({ ...invoke, path })).toEqual([
      expect.stringMatching(/^input path is "\/a ::error::owned(b+)\.{3}";/),
    ]);
  });

  test('is `/score` when none is given, and of no use to any other operation', () => {
    expect(configOf('invoke', { endpoint: 'iris', 'request-file': 'r', path: ' ' })).toMatchObject({ path: undefined });
    for (const operation of Object.keys(OPERATIONS) as Operation[]) {
      const unused = operation === 'invoke' ? [] : ['path'];
      expect(parsed({ operation, ...LEAST[operation][0], path: '/predict' }).unused).toEqual(unused);
    }
  });
});

test.each<[Inputs, string]>([
  [{ timeout: '0s' }, 'timeout'],
  [{ 'max-concurrency': '0' }, 'max-concurrency'],
  [{ 'max-concurrency': '51' }, 'max-concurrency'],
  [{ 'max-concurrency': '4.5' }, 'max-concurrency'],
])('update with %j', (inputs, name) => {
  expect(faultsOf({ ...ONE, operation: 'update', ...inputs })).toEqual([expect.stringContaining(`input ${name} is "`)]);
});

test.each([
  ['true', true],
  ['FALSE', false],
])('fail-on-drift %s', (text, failOnDrift) => {
  expect(configOf('plan', { 'fail-on-drift': text })).toMatchObject({ failOnDrift });
});

test('fail-on-drift is nothing but true or false', () => {
  expect(faultsOf({ ...WORKSPACE, operation: 'plan', 'fail-on-drift': 'yes' })).toEqual([
    'input fail-on-drift is "yes"; allowed: true, false',
  ]);
});

test('inputs that an operation does not read are told, those of the workspace and defaults are not', () => {
  const inputs: Inputs = { ...WORKSPACE, operation: 'validate', timeout: '60m', key: 'secondary', confirm: 'iris' };
  expect(parsed(inputs).unused).toEqual(['key', 'confirm']);
});

test.each<'plan' | 'apply'>(['plan', 'apply'])(
  'prune of %s does not go with deployments, which name a part of what there is',
  (operation) => {
    const inputs = { ...ONE, operation, deployments: 'endpoints/iris/deployments/blue.yml' };
    expect(faultsOf({ ...inputs, prune: 'true' })).toEqual([
      'input prune does not go with deployments: what it does not name would be deleted; leave one of the two out',
    ]);
    expect(configOf(operation, inputs)).toMatchObject({ prune: false });
  },
);
