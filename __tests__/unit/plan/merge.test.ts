import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Change, planEndpoint } from '../../../src/plan/changes.ts';
import { computeId, createBody, mergedBody } from '../../../src/plan/desired.ts';
import { type JsonObject, objectAt } from '../../../src/json.ts';
import {
  anyCase,
  anyLive,
  AROUND,
  canonical,
  type Case,
  idOfCompute,
  isOfRollout,
  live,
  saidBy,
  spec,
  UAI,
} from './endpoints.ts';

const propertiesOf = (body: JsonObject) => objectAt(body, 'properties');
const READ_ONLY = ['provisioningState', 'scoringUri', 'swaggerUri', 'keys'];

/** Azure after it has taken a PUT: the body, and what only Azure sets. */
function taken(body: JsonObject, before: JsonObject): JsonObject {
  const properties = { ...propertiesOf(before), ...propertiesOf(body), provisioningState: 'Succeeded' };
  return { ...before, ...body, properties };
}

/** What Azure gave up on is written again, whatever the YAML says. */
function givenUp(has: JsonObject): object[] {
  const from = propertiesOf(has)['provisioningState'];
  return from === 'Failed' ? [{ path: 'provisioning_state', from, to: 'Succeeded' }] : [];
}

const law = (holds: (given: Case & { readonly body: JsonObject; readonly after: JsonObject }) => void): void => {
  fc.assert(
    fc.property(anyCase, ({ wants, has }) => {
      const body = mergedBody(wants, has, AROUND);
      holds({ wants, has, body, after: propertiesOf(body) });
    }),
  );
};

const lowerCase = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());

describe('laws of the merge', () => {
  test('a YAML that names nothing changes nothing', () => {
    fc.assert(
      fc.property(anyLive, (has) => {
        const changes = givenUp(has);
        expect(planEndpoint(spec(), has, AROUND)).toMatchObject({
          action: changes.length > 0 ? 'update' : 'none',
          changes,
        });
        expect(saidBy(mergedBody(spec(), has, AROUND))).toEqual(saidBy(has));
      }),
    );
  });

  test('what the YAML does not name is carried as it is', () => {
    law(({ wants, has, body, after }) => {
      const before = propertiesOf(has);
      expect(body['location']).toBe(has['location'] ?? AROUND.location);
      expect([body['kind'], body['sku']]).toEqual([has['kind'], has['sku']]);
      const merged = ['traffic', 'mirrorTraffic', 'properties'];
      for (const [name, value] of Object.entries(before)) {
        const isOthers = READ_ONLY.includes(name) || merged.includes(name) || name in wants;
        if (!isOthers) expect([name, after[name]]).toEqual([name, value]);
      }
      if (!wants.traffic) expect(after['traffic']).toEqual(canonical(before['traffic']));
      if (!wants.mirrorTraffic) expect(after['mirrorTraffic']).toEqual(canonical(before['mirrorTraffic']));
      if (!wants.tags) expect(body['tags']).toEqual(has['tags']);
      if (!wants.identity) {
        const [sent, shown] = [objectAt(body, 'identity'), objectAt(has, 'identity')];
        expect(sent['type']).toBe(shown['type']);
        expect(Object.keys(objectAt(sent, 'userAssignedIdentities'))).toEqual(
          Object.keys(objectAt(shown, 'userAssignedIdentities')),
        );
      }
      expect(after['properties']).toEqual({ ...objectAt(before, 'properties'), ...wants.properties });
    });
  });

  test('what the YAML names is what is sent, whatever is live', () => {
    law(({ wants, body, after }) => {
      for (const name of ['description', 'authMode', 'publicNetworkAccess'] as const) {
        if (wants[name] !== undefined) expect([name, after[name]]).toEqual([name, wants[name]]);
      }
      if (wants.compute !== undefined) expect(after['compute']).toBe(idOfCompute(wants.compute));
      if (wants.traffic) expect(after['traffic']).toEqual(canonical(wants.traffic));
      if (wants.mirrorTraffic) expect(after['mirrorTraffic']).toEqual(canonical(wants.mirrorTraffic));
      expect(after['properties']).toMatchObject(wants.properties ?? {});
      if (wants.identity) {
        const { type, userAssigned } = wants.identity;
        const ids = Object.fromEntries(userAssigned.map((id) => [id, {}]));
        expect(body['identity']).toEqual({ type, ...(userAssigned.length > 0 ? { userAssignedIdentities: ids } : {}) });
      }
    });
  });

  test('tags are those of both, the YAML first, and those of a rollout are never its own', () => {
    law(({ wants, has, body }) => {
      const before = objectAt(has, 'tags');
      const named = new Map(Object.entries(wants.tags ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
      const there = lowerCase(Object.keys(before));
      const expected: [string, unknown][] = [
        ...Object.entries(before).map(([name, value]): [string, unknown] => [
          name,
          isOfRollout(name) || !named.has(name.toLowerCase()) ? value : named.get(name.toLowerCase()),
        ]),
        ...Object.entries(wants.tags ?? {}).filter(
          ([name]) => !isOfRollout(name) && !there.includes(name.toLowerCase()),
        ),
      ];
      expect(body['tags']).toEqual(Object.fromEntries(expected.filter(([, value]) => value !== null)));
    });
  });

  test('no tag is there twice, however it is spelled', () => {
    law(({ body }) => {
      const names = lowerCase(Object.keys(objectAt(body, 'tags')));
      expect(names).toEqual([...new Set(names)]);
    });
  });

  test('once Azure has taken it, nothing is left to do', () => {
    law(({ wants, has, body }) => {
      expect(planEndpoint(wants, taken(body, has), AROUND)).toMatchObject({ action: 'none', changes: [] });
    });
  });

  test('merging twice is merging once', () => {
    law(({ wants, has, body }) => {
      expect(mergedBody(wants, taken(body, has), AROUND)).toEqual(body);
    });
  });

  test('a plan tells what differs and nothing else, and is empty exactly when nothing does', () => {
    law(({ wants, has, body }) => {
      const { action, changes, body: planned } = planEndpoint(wants, has, AROUND);
      const [before, after] = [saidBy(has), saidBy(body)];
      const paths = [...new Set([...before.keys(), ...after.keys()])];
      const differing = paths
        .map((path) => ({ path, from: before.get(path), to: after.get(path) }))
        .filter(({ from, to }) => JSON.stringify(from) !== JSON.stringify(to));
      expect(byPath(changes.map(asSaid))).toEqual(byPath([...differing, ...givenUp(has)]));
      expect(action).toBe(changes.length > 0 ? 'update' : 'none');
      expect(planned).toEqual(body);
    });
  });

  test('what only Azure sets is never sent', () => {
    law(({ body, after }) => {
      for (const name of ['id', 'name', 'type', 'systemData']) expect(body).not.toHaveProperty(name);
      for (const name of READ_ONLY) expect(after).not.toHaveProperty(name);
      expect(JSON.stringify([body['identity']])).not.toMatch(/principalId|clientId|tenantId/);
    });
  });

  test('no weight of zero is ever sent', () => {
    law(({ after: { traffic, mirrorTraffic } }) => {
      for (const split of [traffic, mirrorTraffic]) {
        for (const percent of Object.values(split as object)) expect(percent).toBeGreaterThan(0);
      }
    });
  });
});

/** A change as `saidBy` spells its values. */
function asSaid({ path, from, to }: Change): object {
  const spelled = (value: unknown): unknown =>
    path === 'compute' || path.startsWith('identity.')
      ? value && JSON.parse(JSON.stringify(value).toLowerCase())
      : value;
  return { path, from: spelled(from), to: spelled(to) };
}

function byPath(changes: readonly object[]): object[] {
  const path = (change: object): string => (change as Change).path;
  return [...changes].sort((a, b) => (path(a) < path(b) ? -1 : 1));
}

describe('the cases that the laws are held to', () => {
  const cases = fc.sample(anyCase, 400);
  const shared = ({ wants, has }: Case): { name: string; value: string | null; spelling: string; before: unknown }[] =>
    Object.entries(wants.tags ?? {}).flatMap(([name, value]) =>
      Object.entries(objectAt(has, 'tags'))
        .filter(([spelling]) => spelling.toLowerCase() === name.toLowerCase())
        .map(([spelling, before]) => ({ name, value, spelling, before })),
    );
  const both = (key: 'traffic' | 'mirrorTraffic' | 'properties') => (each: Case) =>
    Object.keys(each.wants[key] ?? {}).some((name) =>
      lowerCase(Object.keys(objectAt(propertiesOf(each.has), key))).includes(name),
    );
  const planOf = ({ wants, has }: Case) => planEndpoint(wants, has, AROUND);

  // A floor is about a third of what there are, so that another seed passes too.
  test.each<[string, number, (each: Case) => boolean]>([
    [
      'a tag is on both sides, spelled otherwise',
      40,
      (each) => shared(each).some(({ name, spelling }) => name !== spelling),
    ],
    [
      'a live tag has another value in the YAML',
      20,
      (each) => shared(each).some(({ value, before }) => value !== null && value !== before),
    ],
    [
      'the YAML removes a live tag',
      10,
      (each) => shared(each).some(({ name, value }) => value === null && !isOfRollout(name)),
    ],
    ['the YAML names a tag of a rollout', 30, ({ wants }) => Object.keys(wants.tags ?? {}).some(isOfRollout)],
    [
      'a tag of a rollout is on both sides, with another value',
      5,
      (each) => shared(each).some(({ name, value, before }) => isOfRollout(name) && value !== before),
    ],
    ['a property is on both sides', 40, both('properties')],
    ['a deployment is in both splits', 60, both('traffic')],
    ['a deployment is in both mirrors', 60, both('mirrorTraffic')],
    [
      'the YAML names traffic alone, and a mirror is live',
      25,
      ({ wants, has }) =>
        !!wants.traffic &&
        !wants.mirrorTraffic &&
        Object.keys(canonical(propertiesOf(has)['mirrorTraffic'])).length > 0,
    ],
    ['the YAML is of Kubernetes', 60, ({ wants }) => wants.kind === 'kubernetes'],
    [
      'the live endpoint is of Kubernetes, and the YAML silent about it',
      30,
      ({ wants, has }) => !wants.compute && has['kind'] === 'K8S',
    ],
    ['the endpoint is elsewhere than the workspace', 40, ({ has }) => has['location'] === 'eastus2'],
    ['Azure shows a sku', 60, ({ has }) => has['sku'] !== undefined],
    ['Azure shows no identity', 60, ({ has }) => has['identity'] === null],
    ['the endpoint has failed', 25, ({ has }) => givenUp(has).length > 0],
    ['nothing is to do', 30, (each) => planOf(each).action === 'none'],
    [
      'nothing is to do although the YAML names half of all keys',
      10,
      (each) => planOf(each).action === 'none' && Object.keys(each.wants).length - Object.keys(spec()).length >= 4,
    ],
    ['one thing alone differs', 10, (each) => planOf(each).changes.length === 1],
  ])('%s often enough', (_, floor, isOne) => {
    expect(cases.filter(isOne).length).toBeGreaterThanOrEqual(floor);
  });
});

describe('tags', () => {
  const has = live({}, { tags: { Owner: 'a', team: 'b', 'aml-rollout.step': '1' } });
  test.each([
    [{}, { Owner: 'a', team: 'b' }],
    [{ owner: 'c' }, { Owner: 'c', team: 'b' }],
    [{ OWNER: null }, { team: 'b' }],
    [
      { owner: null, missing: null, fresh: '' },
      { team: 'b', fresh: '' },
    ],
    [
      { 'aml-rollout.step': null, 'AML-Rollout.gate': 'x' },
      { Owner: 'a', team: 'b' },
    ],
  ])('%j', (tags, expected) => {
    expect(mergedBody(spec({ tags }), has, AROUND)['tags']).toEqual({ ...expected, 'aml-rollout.step': '1' });
  });
});

describe('what is replaced whole', () => {
  const has = live(
    { traffic: { blue: 90, green: 10 }, mirrorTraffic: { red: 5 } },
    { identity: { type: 'UserAssigned', userAssignedIdentities: { [UAI]: { clientId: 'c' } } } },
  );
  test.each([
    [spec(), { blue: 90, green: 10 }, { red: 5 }],
    [spec({ traffic: { green: 100 } }), { green: 100 }, { red: 5 }],
    [spec({ traffic: { blue: 0, green: 100 } }), { green: 100 }, { red: 5 }],
    [spec({ traffic: {} }), {}, { red: 5 }],
    [spec({ mirrorTraffic: {} }), { blue: 90, green: 10 }, {}],
  ])('traffic and mirror %#', (wants, traffic, mirrorTraffic) => {
    expect(propertiesOf(mergedBody(wants, has, AROUND))).toMatchObject({ traffic, mirrorTraffic });
  });

  test.each([
    [undefined, { type: 'UserAssigned', userAssignedIdentities: { [UAI]: {} } }],
    [{ type: 'SystemAssigned', userAssigned: [] } as const, { type: 'SystemAssigned' }],
    [{ type: 'None', userAssigned: [] } as const, { type: 'None' }],
    [
      { type: 'SystemAssigned,UserAssigned', userAssigned: ['/other'] } as const,
      { type: 'SystemAssigned,UserAssigned', userAssignedIdentities: { '/other': {} } },
    ],
  ])('identity %#', (identity, expected) => {
    expect(mergedBody(spec(identity ? { identity } : {}), has, AROUND)['identity']).toEqual(expected);
  });

  test('an endpoint that Azure shows without an identity is sent without one', () => {
    expect(mergedBody(spec(), live({}, { identity: null }), AROUND)).not.toHaveProperty('identity');
  });
});

test('what Azure says of the size and the kind of an endpoint goes back to it', () => {
  const shown = { kind: 'K8S', sku: { name: 'Default', tier: 'Standard', capacity: 3 }, location: 'eastus2' };
  expect(mergedBody(spec({ description: 'new' }), live({}, shown), AROUND)).toMatchObject(shown);
});

describe('properties', () => {
  test('are added and altered, and those that Azure made are carried', () => {
    const has = live({ properties: { 'azureml.onlineendpointid': 'x', AzureAsyncOperationUri: 'y', mine: '1' } });
    const body = mergedBody(spec({ properties: { mine: '2', yours: '3' } }), has, AROUND);
    expect(propertiesOf(body)['properties']).toEqual({
      'azureml.onlineendpointid': 'x',
      AzureAsyncOperationUri: 'y',
      mine: '2',
      yours: '3',
    });
  });
});

describe('a new endpoint', () => {
  test('has the defaults of az ml where the YAML is silent', () => {
    expect(createBody(spec(), AROUND)).toEqual({
      location: 'westeurope',
      tags: {},
      identity: { type: 'SystemAssigned' },
      properties: { authMode: 'Key', properties: {}, traffic: {}, mirrorTraffic: {} },
    });
  });

  test('has what the YAML names', () => {
    const wants = spec({
      kind: 'kubernetes',
      authMode: 'AMLToken',
      description: 'words',
      tags: { owner: 'ml', gone: null },
      identity: { type: 'None', userAssigned: [] },
      compute: 'cluster',
      publicNetworkAccess: 'Disabled',
    });
    expect(createBody(wants, AROUND)).toEqual({
      location: 'westeurope',
      tags: { owner: 'ml' },
      identity: { type: 'None' },
      properties: {
        authMode: 'AMLToken',
        description: 'words',
        compute: `${AROUND.workspaceId}/computes/cluster`,
        publicNetworkAccess: 'Disabled',
        properties: {},
        traffic: {},
        mirrorTraffic: {},
      },
    });
  });
});

test.each([
  ['cluster', `${AROUND.workspaceId}/computes/cluster`],
  ['/subscriptions/x/computes/c', '/subscriptions/x/computes/c'],
])('the compute %s', (written, id) => {
  expect(computeId(written, AROUND)).toBe(id);
});
