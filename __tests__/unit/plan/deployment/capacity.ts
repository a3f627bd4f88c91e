import type { EndpointCapacity, RegionCapacity, WantedDeployment } from '../../../../src/plan/deployment/capacity.ts';
import { familyKey, type VmSize } from '../../../../src/plan/deployment/cores.ts';
import type { LiveDeployment } from '../../../../src/plan/live.ts';
import type { DeploymentSpec } from '../../../../src/spec/deployment/model.ts';

export const SIZES: readonly VmSize[] = [
  { name: 'Standard_DS2_v2', family: 'standardDSv2Family', cores: 2 },
  { name: 'Standard_DS3_v2', family: 'standardDSv2Family', cores: 4 },
  { name: 'Standard_F16s_v2', family: 'standardFSv2Family', cores: 16 },
  { name: 'Standard_NC24ads_A100_v4', family: 'standardNCADSA100v4Family', cores: 24 },
];

/** A region with these sizes. @param quotas of a family: what is used, and the limit */
export function region(quotas: Readonly<Record<string, readonly [number, number]>>): RegionCapacity {
  const entries = Object.entries(quotas).map(
    ([family, [used, limit]]) => [familyKey(family), { used, limit }] as const,
  );
  return { region: 'westeurope', sizes: SIZES, quotas: new Map(entries) };
}

/** A managed deployment in ARM's words. */
export function machine(type: string | undefined, count?: number, state = 'Succeeded'): LiveDeployment {
  return {
    ...(count === undefined ? {} : { sku: { name: 'Default', capacity: count } }),
    properties: { ...(type === undefined ? {} : { instanceType: type }), provisioningState: state },
  };
}

export function named(name: string, live: LiveDeployment): LiveDeployment {
  return { ...live, name };
}

export function wanted(
  name: string,
  body: LiveDeployment,
  live?: LiveDeployment,
  more: Partial<DeploymentSpec> = {},
): WantedDeployment {
  const file = `${name}.yml`;
  const positions = new Map([
    ['instance_type', { file, line: 5, column: 16 }],
    ['instance_count', { file, line: 6, column: 17 }],
  ]);
  const spec = { name, endpoint: 'iris', file, kind: 'managed', body, positions, placeholders: new Map(), ...more };
  return { spec: spec as DeploymentSpec, live, plan: { action: live ? 'update' : 'create', body } };
}

export function iris(deployments: readonly WantedDeployment[], more: Partial<EndpointCapacity> = {}): EndpointCapacity {
  return { name: 'iris', live: undefined, wanted: deployments, present: [], ...more };
}
