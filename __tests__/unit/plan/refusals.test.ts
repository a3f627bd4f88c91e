import { describe, expect, test } from '@jest/globals';
import { planEndpoint } from '../../../src/plan/changes.ts';
import { deploymentFaults, movesTraffic, refusals, trafficLoss } from '../../../src/plan/refusals.ts';
import type { EndpointSpec } from '../../../src/spec/model.ts';
import { AROUND, live, spec } from './endpoints.ts';

const at = (line: number) => ({ file: 'endpoints/iris.yml', line, column: 1 });
const positions = new Map([
  ['compute', at(2)],
  ['traffic', at(3)],
  ['traffic.blue', at(4)],
  ['mirror_traffic', at(6)],
]);
const planned = (named: Partial<EndpointSpec>, has = live()) => {
  const wants = spec({ positions, ...named });
  return { wants, plan: planEndpoint(wants, has, AROUND) };
};

describe('what Azure would refuse', () => {
  test('another compute', () => {
    const { wants, plan } = planned({ compute: 'two' }, live({ compute: '/x/computes/one' }));
    expect(refusals(wants, plan)).toEqual([
      {
        ...at(2),
        message: expect.stringMatching(/cannot move an endpoint from .*one.* to another compute; delete it first/),
      },
    ]);
  });

  test('another compute, behind a placeholder', () => {
    const placeholders = new Map([['compute', '{{COMPUTE}}']]);
    const { wants, plan } = planned({ compute: 'two', placeholders }, live({ compute: '/x/computes/one' }));
    expect(refusals(wants, plan)[0]?.message).toContain('from {{COMPUTE}} to');
  });

  test('a compute where there was none', () => {
    const { wants, plan } = planned({ compute: 'two' });
    expect(refusals(wants, plan)[0]?.message).toContain('cannot turn a managed endpoint into a Kubernetes one');
  });

  test('nothing of a new endpoint', () => {
    const wants = spec({ compute: 'two' });
    expect(refusals(wants, planEndpoint(wants, undefined, AROUND))).toEqual([]);
  });
});

describe('live and mirrored traffic of one deployment', () => {
  const mirrors = live({ traffic: { blue: 100 }, mirrorTraffic: { green: 10 } });

  test('is a fault at the one that the YAML names', () => {
    const { wants, plan } = planned({ traffic: { blue: 90, green: 10 } }, mirrors);
    expect(refusals(wants, plan)).toEqual([
      { ...at(3), message: expect.stringContaining('green, which still mirrors (10 %)') },
    ]);
    const added = planned({ mirrorTraffic: { blue: 5 } }, mirrors);
    expect(refusals(added.wants, added.plan)).toEqual([
      { ...at(6), message: expect.stringContaining('blue, which has live traffic (100 %)') },
    ]);
  });

  test('shows the placeholder of a name', () => {
    const names = new Map([['traffic.green', 'traffic.{{NEXT}}']]);
    const { wants, plan } = planned({ traffic: { blue: 90, green: 10 }, names }, mirrors);
    expect(refusals(wants, plan)[0]?.message).toContain('deployment {{NEXT}}, which still mirrors');
  });

  test.each<Partial<EndpointSpec>>([
    { traffic: { blue: 90, green: 10 }, mirrorTraffic: {} },
    { traffic: { blue: 90, red: 10 } },
    { mirrorTraffic: { red: 5 } },
    { description: 'x' },
  ])('there is none in %j', (named) => {
    const { wants, plan } = planned(named, mirrors);
    expect(refusals(wants, plan)).toEqual([]);
  });
});

describe('traffic to deployments', () => {
  const deployment = (name: string, provisioningState = 'Succeeded') => ({ name, properties: { provisioningState } });

  test.each<[Partial<EndpointSpec>, boolean]>([
    [{}, false],
    [{ traffic: {} }, false],
    [{ traffic: { blue: 100 } }, true],
    [{ mirrorTraffic: { green: 5 } }, true],
    [{ description: 'x' }, false],
  ])('%j moves some: %s', (named, moves) => {
    expect(movesTraffic(planned(named, live({ traffic: { red: 100 } })).plan)).toBe(moves);
  });

  test.each([
    ['that do not exist', [deployment('green')], 'does not exist (the endpoint has green)'],
    ['where there is none', [], 'does not exist (the endpoint has none)'],
    ['that failed', [deployment('Blue', 'Failed')], 'is Failed and cannot serve'],
    ['that go', [deployment('blue', 'Deleting')], 'is Deleting and cannot serve'],
  ])('%s', (_, deployments, says) => {
    const { wants, plan } = planned({ traffic: { blue: 100 } });
    expect(deploymentFaults(wants, plan, deployments)).toEqual([
      { ...at(4), message: expect.stringContaining(`traffic names deployment blue, which ${says}`) },
    ]);
  });

  test('without a place of its own a fault stands at its key, and without that nowhere', () => {
    const { wants, plan } = planned({ mirrorTraffic: { green: 5 } });
    expect(deploymentFaults(wants, plan, [])).toMatchObject([at(6)]);
    const nowhere = spec({ mirrorTraffic: { green: 5 } });
    expect(deploymentFaults(nowhere, plan, [])[0]).not.toHaveProperty('line');
  });

  test('those that serve are no fault', () => {
    const { wants, plan } = planned({ traffic: { blue: 90, green: 10 } });
    expect(deploymentFaults(wants, plan, [deployment('BLUE'), deployment('green', 'Updating')])).toEqual([]);
  });
});

test.each<[Partial<EndpointSpec>, object | undefined, string | undefined]>([
  [{ traffic: {} }, { blue: 90, green: 10 }, 'blue=90 green=10'],
  [{ traffic: { blue: 0 } }, { blue: 100 }, 'blue=100'],
  [{ traffic: { blue: 100 } }, { green: 100 }, undefined],
  [{ traffic: {} }, {}, undefined],
  [{ traffic: {} }, undefined, undefined],
  [{}, { blue: 100 }, undefined],
])('what is lost when %j meets %j', (named, traffic, lost) => {
  const has = traffic && live({ traffic: traffic as Record<string, number> });
  expect(trafficLoss(spec(named), has)).toBe(lost);
});
