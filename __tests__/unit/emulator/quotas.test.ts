import { describe, expect, test } from '@jest/globals';
import type { Quota } from '../../../emulator/seed.ts';
import { irisSeed, operationTime, pureEmulator } from './pure-emulator.ts';
import type { Answer, PureEmulator } from './pure-emulator.ts';

const family = 'standardDSv2Family';
const words = 'Standard DSv2 Family Cluster Dedicated vCPUs';
const deployments = '/onlineEndpoints/iris/deployments';

function withQuota(quota: Partial<Quota>): PureEmulator {
  return pureEmulator({ ...irisSeed, quotas: { [family]: quota } });
}

function deploy(emulator: PureEmulator, name: string, instanceType: string, capacity = 1): Answer {
  const properties = { endpointComputeType: 'Managed', instanceType };
  return emulator.settle('PUT', `${deployments}/${name}`, {
    location: 'westeurope',
    sku: { name: 'Default', capacity },
    properties,
  });
}

function ask(emulator: PureEmulator, what: string): Answer {
  const scope = `/subscriptions/${emulator.state.subscriptionId}/providers/Microsoft.MachineLearningServices`;
  return emulator.send('GET', `${scope}/locations/westeurope/${what}?api-version=2024-10-01`, {
    headers: { authorization: `Bearer ${emulator.token()}` },
  });
}

function usage(emulator: PureEmulator): unknown {
  const { value } = ask(emulator, 'usages').body;
  return value.find(({ name }: { name: { value: string } }) => name.value === words);
}

describe('usages', () => {
  test('have the form of the REST API', () => {
    const emulator = withQuota({ limit: 24, used: 2 });
    expect(usage(emulator)).toEqual({
      id: `/subscriptions/${emulator.state.subscriptionId}/usages/Standard_DSv2_Family_Cluster_Dedicated_vCPUs`,
      type: 'Microsoft.MachineLearningServices/vmFamily/usages',
      unit: 'Count',
      name: { value: words, localizedValue: words },
      currentValue: 2,
      limit: 24,
    });
  });

  test('grow and shrink with the deployments, a fifth more than they have', () => {
    const emulator = withQuota({ limit: 100, used: 0 });
    deploy(emulator, 'red', 'Standard_DS3_v2', 5);
    expect(usage(emulator)).toMatchObject({ currentValue: 24 });
    deploy(emulator, 'red', 'STANDARD_DS3_V2', 1);
    expect(usage(emulator)).toMatchObject({ currentValue: 8 });
    emulator.settle('DELETE', `${deployments}/red`);
    expect(usage(emulator)).toMatchObject({ currentValue: 0 });
  });

  test('of quotas are the limits alone', () => {
    const { value } = ask(withQuota({ limit: 24 }), 'quotas').body;
    const found = value.find(({ name }: { name: { value: string } }) => name.value === words);
    expect(found).toMatchObject({ type: 'Microsoft.MachineLearningServices/vmFamily/quotas', limit: 24 });
    expect(found).not.toHaveProperty('currentValue');
  });

  test('of an unknown family are a faulty seed', () => {
    expect(() => pureEmulator({ quotas: { nonsense: { limit: 1 } } })).toThrow('standardDSv2Family');
  });
});

test('sizes have the form of the REST API', () => {
  const { value } = ask(pureEmulator(), 'vmSizes').body;
  expect(value.find(({ name }: { name: string }) => name === 'Standard_DS3_v2')).toEqual({
    name: 'Standard_DS3_v2',
    family: 'standardDSv2Family',
    vCPUs: 4,
    gpus: 0,
    osVhdSizeMB: 1047552,
    maxResourceVolumeMB: 28672,
    memoryGB: 14,
    lowPriorityCapable: true,
    premiumIO: true,
    supportedComputeTypes: ['AmlCompute', 'ComputeInstance', 'MIR'],
  });
});

describe('a deployment', () => {
  test('beyond the quota is refused in the words of Azure', () => {
    const emulator = withQuota({ limit: 6 });
    const { status, body } = deploy(emulator, 'red', 'Standard_DS3_v2');
    expect(status).toBe(400);
    const [detail] = body.error.details;
    expect(detail.code).toBe('InferencingClientCreateDeploymentFailed');
    const { errors } = JSON.parse(detail.message.replace('InferencingClient HttpRequest error, error detail: ', ''));
    expect(errors.VmSize[0]).toMatch(
      /^Not enough quota available for Standard_DS3_v2 in SubscriptionId [-0-9a-f]+\. Current usage\/limit: 0\/6\. Additional needed: 8 Please see troubleshooting guide, available here: https:\/\/aka\.ms\/oe-tsg#error-outofquota$/,
    );
    expect(emulator.arm('GET', `${deployments}/red`).status).toBe(404);
  });

  test('of a size without a reserve takes what it has', () => {
    const emulator = pureEmulator({ ...irisSeed, quotas: { StandardNCADSA100v4Family: { limit: 24 } } });
    expect(deploy(emulator, 'red', 'Standard_NC24ads_A100_v4').status).toBe(201);
    expect(deploy(emulator, 'violet', 'Standard_NC24ads_A100_v4').status).toBe(400);
  });

  test('that is written again frees what it had', () => {
    const emulator = withQuota({ limit: 8 });
    deploy(emulator, 'red', 'Standard_DS3_v2');
    expect(deploy(emulator, 'red', 'Standard_DS3_v2').status).toBe(201);
    expect(deploy(emulator, 'red', 'Standard_DS4_v2').status).toBe(400);
  });

  test.each(['Standard_NONSENSE', 'Standard_DS1_v2'])('of size %s is refused', (size) => {
    const { status, body } = deploy(pureEmulator(irisSeed), 'red', size);
    expect([status, body.error.details[0].message]).toEqual([400, expect.stringContaining('[U]')]);
  });

  test('needs an instance, and is one of twenty', () => {
    const emulator = pureEmulator(irisSeed);
    expect(deploy(emulator, 'red', 'Standard_F2s_v2', 0).status).toBe(400);
    const body = { location: 'westeurope', properties: { endpointComputeType: 'Managed' } };
    for (let count = 3; count <= 20; count += 1) emulator.arm('PUT', `${deployments}/d-${count}`, body);
    expect(emulator.arm('GET', deployments).body.value).toHaveLength(20);
    emulator.now += operationTime;
    expect(emulator.arm('PUT', `${deployments}/d-21`, body).status).toBe(400);
    expect(emulator.arm('PUT', `${deployments}/d-20`, body).status).toBe(201);
  });
});
