import { describe, expect, test } from '@jest/globals';
import { computeFaults, quotaFaults } from '../../../../src/operations/prepare/preflight.ts';
import { faultLine } from '../../../../src/failure.ts';
import type { EndpointSpec } from '../../../../src/spec/model.ts';
import { type Routes, refusal, routedWorkspace } from '../../azure/routed.ts';
import { iris, machine, wanted } from '../../plan/deployment/capacity.ts';

const DS3 = 'Standard_DS3_v2';
const TYPE = 'Microsoft.MachineLearningServices/vmFamily/dedicatedCores/usages';
const region: Routes = {
  '/westeurope/vmSizes': { value: [{ name: DS3, family: 'standardDSv2Family', vCPUs: 4 }] },
  '/westeurope/usages': { value: [{ type: TYPE, name: { value: 'standardDSv2Family' }, currentValue: 0, limit: 6 }] },
  '': { location: 'westeurope' },
};

describe('quota', () => {
  test('is not asked for when nothing grows', async () => {
    const workspace = routedWorkspace(region);
    expect(await quotaFaults(workspace, [iris([wanted('blue', machine(DS3, 2), machine(DS3, 2))])])).toEqual([]);
    expect(workspace.sent).toEqual([]);
  });

  test('is asked for in the region of a live endpoint, else of the workspace', async () => {
    const blue = wanted('blue', machine(DS3, 1));
    const alive = routedWorkspace(region);
    expect(await quotaFaults(alive, [iris([blue], { live: { location: 'westeurope' } })])).toHaveLength(1);
    expect(alive.sent).toHaveLength(2);
    const fresh = routedWorkspace(region);
    const faults = await quotaFaults(fresh, [iris([blue])]);
    expect(faults.map(faultLine)).toEqual([expect.stringContaining('6 are free of 6 in westeurope')]);
    expect(fresh.sent[0]).toBe('GET ');
  });

  test('is left to Azure where it is not told, with a line that says so', async () => {
    const blue = iris([wanted('blue', machine(DS3, 1))]);
    const blind = routedWorkspace({ '': refusal(403, 'AuthorizationFailed') });
    expect(await quotaFaults(blind, [blue])).toEqual([]);
    expect(blind.deps.report.texts()).toEqual([expect.stringContaining('quota was not checked before the write: ')]);
    const silent = routedWorkspace({ ...region, '/westeurope/usages': { value: [] } });
    expect(await quotaFaults(silent, [blue])).toEqual([]);
    expect(silent.deps.report.texts()).toEqual([
      'quota of standardDSv2Family was not checked before the write: Azure shows none in westeurope',
    ]);
  });
});

describe('the compute of a new endpoint', () => {
  const spec = (compute?: string, placeholders = new Map<string, string>()) =>
    ({
      name: 'iris',
      ...(compute === undefined ? {} : { compute }),
      positions: new Map([['compute', { file: 'iris.yml', line: 3, column: 10 }]]),
      placeholders,
    }) as unknown as EndpointSpec;
  const present = {
    '/computes/cluster': { properties: { computeType: 'Kubernetes' } },
    '': { location: 'westeurope' },
  };

  test('is looked up by name or by id', async () => {
    const workspace = routedWorkspace(present);
    const id =
      '/subscriptions/S/resourceGroups/R/providers/Microsoft.MachineLearningServices/workspaces/ws/computes/cluster';
    expect(await computeFaults(workspace, spec('cluster'))).toEqual([]);
    expect(await computeFaults(workspace, spec(id))).toEqual([]);
    expect(workspace.sent).toEqual(['GET /computes/cluster', `GET ${id}`]);
  });

  test('is a fault when the workspace does not have it', async () => {
    const faults = await computeFaults(routedWorkspace(present), spec('clutser'));
    expect(faults.map(faultLine)).toEqual([
      'iris.yml:3:10: compute clutser is not in workspace ws; attach the cluster first',
    ]);
    const placeholders = new Map([['compute', '${{ env.CLUSTER }}']]);
    const [hidden] = await computeFaults(routedWorkspace(present), spec('clutser', placeholders));
    expect(hidden?.message).toBe('compute ${{ env.CLUSTER }} is not in workspace ws; attach the cluster first');
  });

  test('is no question for a managed endpoint', async () => {
    const workspace = routedWorkspace(present);
    expect(await computeFaults(workspace, spec())).toEqual([]);
    expect(workspace.sent).toEqual([]);
  });

  test('is left to Azure when it may not be read, or when the workspace itself is missing', async () => {
    const forbidden = routedWorkspace({ '/computes/cluster': refusal(403, 'AuthorizationFailed') });
    expect(await computeFaults(forbidden, spec('cluster'))).toEqual([]);
    expect(forbidden.deps.report.texts()).toEqual([
      expect.stringContaining('the compute was not checked before the write: '),
    ]);
    expect(await computeFaults(routedWorkspace({}), spec('cluster'))).toEqual([]);
  });
});
