import { describe, expect, test } from '@jest/globals';
import { regionCapacity } from '../../../src/azure/quota.ts';
import { ConnectionError } from '../../../src/http/errors.ts';
import type { Limits } from '../../../src/deps.ts';
import { Failure } from '../../../src/failure.ts';
import type { Json, JsonObject } from '../../../src/json.ts';
import { refusal, routedWorkspace } from './routed.ts';
import { TARGET } from './workspace.ts';

const NAMESPACE = 'Microsoft.MachineLearningServices';
const SIZES = { value: [{ name: 'Standard_DS3_v2', family: 'standardDSv2Family', vCPUs: 4, gpus: 0 }] };

/** As Azure answers: what tells the priorities apart is the type alone. */
function recorded(kind: string, name: string, currentValue: Json, limit: Json): JsonObject {
  return { type: `${NAMESPACE}/${kind}/usages`, name: { value: name }, currentValue, limit, unit: 'Count' };
}

async function quotas(...value: readonly Json[]): Promise<unknown> {
  const capacity = await regionCapacity(routedWorkspace({ '/vmSizes': SIZES, '/usages': { value } }), 'westeurope');
  return capacity.quotas && Object.fromEntries(capacity.quotas);
}

describe('the quota of a family', () => {
  test('is the dedicated one in the answers that users recorded', async () => {
    expect(
      await quotas(
        recorded('totalClusters', 'TotalClusters', 1, 200),
        recorded('totalDedicatedCores', 'TotalDedicatedCores', 0, 20),
        recorded('vmFamily/lowPriorityCores', 'standardDSv2Family', 3, -1),
        recorded('vmFamily/dedicatedCores', 'standardDSv2Family', 2, 6),
        recorded('vmFamily/lowPriorityCores', 'standardNCADSA100v4Family', 24, -1),
      ),
    ).toEqual({ standarddsv2family: { used: 2, limit: 6 } });
  });

  test('is the dedicated one of the subscription in the examples of the REST API', async () => {
    const name = (priority: string) => `Standard NCASv3_T4 Family Cluster ${priority} vCPUs`;
    expect(
      await quotas(
        recorded('dedicatedCores', 'Total Cluster Dedicated Regional vCPUs', 14, 24),
        recorded('vmFamily', name('LowPriority'), 0, -1),
        recorded('vmFamily', name('Dedicated'), 12, 24),
        recorded('workspaces', name('Dedicated'), 6, 8),
        recorded('workspaces/computes', name('Dedicated'), 6, 8),
      ),
    ).toEqual({ standardncasv3t4family: { used: 12, limit: 24 } });
  });

  test('is unknown where Azure shows no number, and boundless at -1', async () => {
    expect(
      await quotas(
        recorded('vmFamily/dedicatedCores', 'standardDSv2Family', null, 6),
        recorded('vmFamily/dedicatedCores', 'standardFSv2Family', 500, -1),
        recorded('vmFamily/dedicatedCores', 'standardDv2Family', 1, '6'),
      ),
    ).toEqual({ standardfsv2family: { used: 500, limit: Infinity } });
  });

  test('is the more generous one of two', async () => {
    expect(
      await quotas(
        recorded('vmFamily/dedicatedCores', 'standardDSv2Family', 4, 6),
        recorded('vmFamily/dedicatedCores', 'standardDSv2Family', 4, 10),
        recorded('vmFamily/dedicatedCores', 'standardDSv2Family', 4, 8),
      ),
    ).toEqual({ standarddsv2family: { used: 4, limit: 10 } });
  });
});

test('the lists are those of the region, however it is written, and each is asked for once', async () => {
  const workspace = routedWorkspace({ '/vmSizes': SIZES, '/usages': { value: [] } });
  const { region } = await regionCapacity(workspace, 'West Europe');
  const locations = `/subscriptions/${TARGET.subscriptionId}/providers/${NAMESPACE}/locations/westeurope`;
  expect(region).toBe('westeurope');
  expect(workspace.sent.sort()).toEqual([`GET ${locations}/usages`, `GET ${locations}/vmSizes`]);
});

test('a look ahead waits for half a minute, however long the run may take', async () => {
  const workspace = routedWorkspace({ '/vmSizes': SIZES, '/usages': { value: [] } });
  const deadlines: number[] = [];
  const watched = {
    ...workspace,
    within: (limits: Limits) => {
      deadlines.push(limits.deadline - workspace.clock.now());
      return workspace.within(limits);
    },
  };
  await regionCapacity(watched, 'westeurope');
  expect(deadlines).toEqual([expect.any(Number)]);
  expect(deadlines[0]).toBeLessThanOrEqual(30_000);
});

test.each<[string, Json | undefined, boolean | undefined]>([
  ['with MIR', ['AmlCompute', 'mir'], true],
  ['without', ['AmlCompute', 'ComputeInstance'], false],
  ['no list', undefined, undefined],
  ['another shape', 'MIR', undefined],
])('a size serves online endpoints where Azure lists it so: %s', async (_, supportedComputeTypes, serves) => {
  const [size] = SIZES.value;
  const entry = { ...size, ...(supportedComputeTypes === undefined ? {} : { supportedComputeTypes }) };
  const workspace = routedWorkspace({ '/vmSizes': { value: [entry] }, '/usages': { value: [] } });
  expect((await regionCapacity(workspace, 'westeurope')).sizes?.[0]?.serves).toBe(serves);
});

describe('what Azure does not tell', () => {
  test('leaves nothing to compare with, and one line that says why', async () => {
    const forbidden = refusal(
      403,
      'AuthorizationFailed',
      `The client 'x' does not have authorization to perform action '${NAMESPACE}/locations/usages/read' over scope '/subscriptions/S'`,
    );
    const workspace = routedWorkspace({ '/vmSizes': SIZES, '/usages': forbidden });
    expect(await regionCapacity(workspace, 'westeurope')).toEqual({
      region: 'westeurope',
      sizes: [{ name: 'Standard_DS3_v2', family: 'standardDSv2Family', cores: 4 }],
    });
    expect(workspace.deps.report.lines).toEqual([
      {
        level: 'info',
        text: `quota was not checked before the write: the signed-in identity lacks ${NAMESPACE}/locations/usages/read on the subscription`,
      },
    ]);
  });

  test.each<[string, Error | JsonObject]>([
    ['a 404', refusal(404, 'NotFound')],
    ['a 403 of a policy', refusal(403, 'RequestDisallowedByPolicy')],
    ['weather that lasts', refusal(503, 'ServiceUnavailable')],
    ['a dropped connection', new ConnectionError('GET vmSizes', 'ECONNRESET', 'connection was cut')],
    ['an answer of another shape', { amlCompute: [] }],
    ['a list without an end', new Failure('no end', { code: 'Timeout' })],
  ])('is no failure: %s', async (_, answer) => {
    const workspace = routedWorkspace({ '/vmSizes': answer, '/usages': { value: [] } });
    expect(await regionCapacity(workspace, 'westeurope')).toEqual({ region: 'westeurope', quotas: new Map() });
    expect(workspace.deps.report.lines).toEqual([
      { level: 'info', text: expect.stringMatching(/^quota and VM sizes were not checked before the write: /) },
    ]);
  });

  test('is not an empty list, which would refuse every size', async () => {
    const odd = { value: [{ name: 'Standard_DS3_v2', family: 'standardDSv2Family', vCPUs: '4' }] };
    const workspace = routedWorkspace({ '/vmSizes': odd, '/usages': { value: [] } });
    expect(await regionCapacity(workspace, 'westeurope')).not.toHaveProperty('sizes');
  });

  test.each([new Error('cancelled'), new Failure('sign-in failed')])(
    'does not hide the end of the run: %s',
    async (end) => {
      const workspace = routedWorkspace({ '/vmSizes': end, '/usages': { value: [] } });
      await expect(regionCapacity(workspace, 'westeurope')).rejects.toBe(end);
    },
  );
});
