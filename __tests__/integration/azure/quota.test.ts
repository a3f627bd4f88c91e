import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Failure, faultLine, InputFaults } from '../../../src/failure.ts';
import { armRequests, type Azure, type Result, startAzure, writes } from '../../support/azure.ts';

const DS3 = 'Standard_DS3_v2';

let azure: Azure;

/** Blue has the traffic and two instances, red has neither traffic nor mirror and one: 12 and 8 cores, of 24. */
beforeEach(async () => {
  const machine = (name: string, capacity: number) => ({
    name,
    sku: { name: 'Default', capacity },
    properties: { instanceType: DS3 },
  });
  const iris = {
    name: 'iris',
    properties: { traffic: { blue: 100 } },
    deployments: [machine('blue', 2), machine('red', 1)],
  };
  const quotas = { standardDSv2Family: { limit: 24 } };
  azure = await startAzure({
    seed: {
      workspaces: [{ name: 'ws-emulator', endpoints: [iris], environments: [{ name: 'iris', version: '1' }] }],
      quotas,
    },
  });
});

afterEach(() => azure.close());

function deploy(name: string, type: string, count: number): Promise<Result> {
  const files = {
    [`endpoints/iris/deployments/${name}.yml`]: [
      `name: ${name}`,
      'endpoint_name: iris',
      'environment: azureml:iris:1',
      `instance_type: ${type}`,
      `instance_count: ${count}`,
    ].join('\n'),
  };
  return azure.run({ operation: 'deploy', endpoint: 'iris' }, { files });
}

function faultsOf(result: Result): string[] {
  const error: unknown = result.failure();
  if (!(error instanceof InputFaults)) throw error;
  return error.faults.map(faultLine);
}

function looks({ requests }: Result): string[] {
  return armRequests(requests).filter((line) => /usages|vmSizes/.test(line));
}

describe('the quota of a region', () => {
  test('has room for what fits', async () => {
    const result = await deploy('green', 'Standard_DS2_v2', 1);
    expect([result.exitCode, result.deps.report.texts().filter((text) => text.includes('not checked'))]).toEqual([
      0,
      [],
    ]);
    expect(looks(result)).toHaveLength(2);
  });

  test('has none for one more, which is told before the first write with what could go', async () => {
    const result = await deploy('green', DS3, 1);
    expect(faultsOf(result)).toEqual([
      'endpoints/iris/deployments/green.yml:4:16: green needs 8 cores of standardDSv2Family (ceil(1.2 × 1) × 4 for ' +
        'Standard_DS3_v2), 4 are free of 24 in westeurope; delete red, which has no traffic and holds 8, or take fewer ' +
        'instances or another size, or have the quota of standardDSv2Family raised',
    ]);
    expect([result.exitCode, writes(result.requests)]).toEqual([2, []]);
  });

  test('is compared with what an update adds', async () => {
    expect(faultsOf(await deploy('blue', DS3, 5))).toEqual([
      expect.stringContaining('blue needs 12 more cores of standardDSv2Family'),
    ]);
    expect((await deploy('blue', DS3, 3)).exitCode).toBe(0);
  });

  test('is not asked for what does not grow', async () => {
    const result = await deploy('blue', DS3, 1);
    expect([result.exitCode, looks(result)]).toEqual([0, []]);
  });

  test('has no size of another name', async () => {
    expect(faultsOf(await deploy('green', 'Standard_DS3v2', 1))).toEqual([
      'endpoints/iris/deployments/green.yml:4:16: instance_type Standard_DS3v2 is not a VM size that Azure ML has in ' +
        'westeurope; did you mean Standard_DS3_v2?',
    ]);
  });

  test('doubts a size that Azure does not list for online endpoints, and leaves it to Azure', async () => {
    const result = await deploy('green', 'Standard_DS1_v2', 1);
    expect(result.lines.filter(({ level }) => level === 'warning')).toEqual([
      {
        level: 'warning',
        text:
          'instance_type Standard_DS1_v2 is a VM size that Azure ML does not list for managed online endpoints in ' +
          'westeurope, and may refuse; Standard_DS2_v2 is listed',
        at: { file: 'endpoints/iris/deployments/green.yml', line: 4, column: 16 },
      },
    ]);
    const [error] = result.outcome().failures as [Failure];
    expect(error.details.at).toMatchObject({ line: 4 });
    expect(error.details.nextStep).toContain('SKU list');
  });

  test.each([
    ['garbage', { garbage: true }, /quota and VM sizes were not checked before the write/],
    ['a refusal', { deny: true }, /quota and VM sizes were not checked before the write: the signed-in identity lacks/],
    ['weather that lasts', { status: 503 }, /quota and VM sizes were not checked before the write/],
  ] as const)('stops nothing when Azure does not tell it: %s', async (_, then, words) => {
    azure.fault({ match: { path: 'vmSizes' }, times: 'always', then });
    const result = await deploy('green', 'Standard_DS2_v2', 1);
    expect(result.exitCode).toBe(0);
    expect(result.deps.report.texts()).toContainEqual(expect.stringMatching(words));
  });

  test('is told after bad weather that passes', async () => {
    azure.fault({ match: { path: 'usages' }, times: 2, then: { status: 429 } });
    expect((await deploy('green', DS3, 1)).exitCode).toBe(2);
  });
});
