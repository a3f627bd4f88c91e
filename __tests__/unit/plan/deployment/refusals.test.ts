import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../src/json.ts';
import {
  crowdFaults,
  deletionRefusal,
  deploymentRefusals,
  kindFaults,
  kindOfEndpoint,
} from '../../../../src/plan/deployment/refusals.ts';
import { deploymentFaults } from '../../../../src/plan/refusals.ts';
import { planEndpoint } from '../../../../src/plan/changes.ts';
import type { DeploymentSpec } from '../../../../src/spec/deployment/model.ts';
import { AROUND as AROUND_ENDPOINT, live as liveEndpoint, spec as endpointSpec } from '../endpoints.ts';
import { live, named, plan, spec } from './deployments.ts';

const at = (line: number) => ({ file: 'blue.yml', line, column: 1 });
const positions = new Map([
  ['name', at(1)],
  ['type', at(2)],
  ['instance_type', at(3)],
]);

function refused(wants: DeploymentSpec, has: JsonObject | undefined): object[] {
  return deploymentRefusals(wants, plan(wants, has));
}

describe('what Azure would refuse, or take and not do', () => {
  test('another type', () => {
    expect(refused(spec({}, { kind: 'kubernetes', positions }), live())).toEqual([
      { ...at(2), message: expect.stringContaining('cannot turn a managed deployment into a Kubernetes one') },
    ]);
    expect(refused(spec(), live({ endpointComputeType: 'Kubernetes' }))).toEqual([
      { file: 'blue.yml', message: expect.stringContaining('cannot turn a Kubernetes deployment into a managed one') },
    ]);
  });

  test('another instance type on Kubernetes', () => {
    const wants = named({ instanceType: 'large' }, { kind: 'kubernetes', positions });
    const has = (instanceType?: string) => live({ endpointComputeType: 'Kubernetes', instanceType });
    expect(refused(wants, has('small'))).toEqual([
      { ...at(3), message: expect.stringMatching(/large would not take effect .*; give the deployment another name/) },
    ]);
    expect(refused(wants, has('large'))).toEqual([]);
    expect(refused(wants, has())).toEqual([]);
    expect(refused(wants, undefined)).toEqual([]);
    const hidden = { ...wants, placeholders: new Map([['instance_type', '{{SIZE}}']]) };
    expect(refused(hidden, has('small'))).toMatchObject([{ message: expect.stringContaining('{{SIZE}} would not') }]);
  });

  test('not another instance type of a managed deployment', () => {
    expect(refused(named({ instanceType: 'Standard_F4s' }), live())).toEqual([]);
  });

  test('a deployment that does not fit its endpoint', () => {
    const managed = kindOfEndpoint(liveEndpoint());
    const kubernetes = kindOfEndpoint(liveEndpoint({ compute: '/x/computes/one' }));
    expect([managed, kubernetes]).toEqual(['managed', 'kubernetes']);
    expect(kindFaults(spec(), managed)).toEqual([]);
    expect(kindFaults(spec({}, { positions }), kubernetes)).toEqual([
      { ...at(2), message: 'the deployment is managed, but endpoint iris is Kubernetes; write type: kubernetes' },
    ]);
  });
});

describe('all the deployments of one endpoint', () => {
  const many = (count: number, name = 'd') =>
    Array.from({ length: count }, (_, index) => spec({}, { name: `${name}${index}`, file: `${name}${index}.yml` }));
  const lives = (count: number) => many(count).map(({ name }) => ({ name: name.toUpperCase() }));

  test.each([
    [20, 0, 0],
    [20, 20, 0],
    [2, 19, 0],
    [21, 0, 1],
    [3, 25, 0],
  ])('%d in the YAML and %d live: %d too many', (wanted, present, expected) => {
    expect(crowdFaults(many(wanted), lives(present))).toHaveLength(expected);
  });

  test('each that is too many is told, with the number', () => {
    expect(crowdFaults(many(3, 'new'), lives(18))).toEqual([
      { file: 'new2.yml', message: expect.stringMatching(/would have 21 deployments, and Azure takes 20 at most/) },
    ]);
  });
});

describe('a deployment to delete', () => {
  test('is refused while it has traffic, with the split', () => {
    const endpoint = liveEndpoint({ traffic: { Blue: 90, green: 10 }, mirrorTraffic: { red: 5 } });
    expect(deletionRefusal(endpoint, 'BLUE')).toBe(
      'deployment blue of endpoint iris has 90 % of the live traffic (blue=90 green=10)',
    );
    expect(deletionRefusal(endpoint, 'red')).toBe(
      'deployment red of endpoint iris has 5 % of the mirrored traffic (red=5)',
    );
    expect(deletionRefusal(endpoint, 'yellow')).toBeUndefined();
  });

  test('goes where its weight is 0, and where it has the name of something that each object has', () => {
    expect(deletionRefusal(liveEndpoint({ traffic: { blue: 0 } }), 'blue')).toBeUndefined();
    expect(deletionRefusal(liveEndpoint(), 'constructor')).toBeUndefined();
  });
});

describe('traffic to deployments that the same run writes', () => {
  const wants = endpointSpec({ traffic: { blue: 90, green: 10 } });
  const endpointPlan = planEndpoint(wants, liveEndpoint(), AROUND_ENDPOINT);
  const failed = [{ name: 'blue', properties: { provisioningState: 'Failed' } }];

  test('is taken', () => {
    expect(deploymentFaults(wants, endpointPlan, failed, ['blue', 'green'])).toEqual([]);
  });

  test('but not to others', () => {
    expect(deploymentFaults(wants, endpointPlan, failed, ['blue'])).toEqual([
      { message: expect.stringContaining('names deployment green, which does not exist (the endpoint has blue)') },
    ]);
  });
});
