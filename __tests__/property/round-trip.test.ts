import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { operationTime, pureEmulator } from '../unit/emulator/pure-emulator.ts';
import type { PureEmulator } from '../unit/emulator/pure-emulator.ts';
import { faultLine } from '../../src/failure.ts';
import { planEndpoint } from '../../src/plan/changes.ts';
import type { EndpointPlan } from '../../src/plan/changes.ts';
import type { JsonObject } from '../../src/json.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';
import { anyChange, anyNewEndpoint } from './yaml.ts';

const iris = '/onlineEndpoints/iris';
const deployment = { location: 'westeurope', properties: { endpointComputeType: 'Managed' } };

function read(emulator: PureEmulator): JsonObject | undefined {
  const { status, body } = emulator.arm('GET', iris);
  return status === 200 ? body : undefined;
}

function plan(emulator: PureEmulator, content: object): EndpointPlan {
  const { spec, faults } = readEndpoint(JSON.stringify(content), 'iris.yml');
  if (!spec) throw new Error(faults.map(faultLine).join('\n'));
  const { id, location } = emulator.arm('GET', '').body;
  return planEndpoint(spec, read(emulator), { location, workspaceId: id });
}

function write(emulator: PureEmulator, path: string, body: object): void {
  const { status, body: answer } = emulator.arm('PUT', path, body);
  if (status !== 201) throw new Error(JSON.stringify(answer));
  emulator.now += operationTime;
}

function create(content: object): PureEmulator {
  const emulator = pureEmulator({}, { staleReads: 0 });
  write(emulator, iris, plan(emulator, content).body);
  return emulator;
}

describe('from YAML to Azure and back', () => {
  test('what was made of a YAML is no change to it', () => {
    fc.assert(
      fc.property(anyNewEndpoint, (content) => {
        expect(plan(create(content), content)).toMatchObject({ action: 'none', changes: [] });
      }),
    );
  });

  test('what was changed by a YAML is no change to it, and keeps what the YAML before it named', () => {
    fc.assert(
      fc.property(anyNewEndpoint, anyChange, (first, second) => {
        const emulator = create(first);
        for (const name of ['blue', 'green', 'red']) write(emulator, `${iris}/deployments/${name}`, deployment);
        write(emulator, iris, plan(emulator, second).body);
        expect(plan(emulator, second)).toMatchObject({ action: 'none', changes: [] });
        const named = ['tags', 'properties', 'description', ...Object.keys(second)];
        const kept = Object.fromEntries(
          Object.entries(first).filter(([key]) => key === 'name' || !named.includes(key)),
        );
        expect(plan(emulator, kept)).toMatchObject({ action: 'none', changes: [] });
      }),
    );
  });
});
