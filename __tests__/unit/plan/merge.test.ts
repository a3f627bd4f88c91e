import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planEndpoint } from '../../../src/plan/changes.ts';
import { computeId, createBody, mergedBody } from '../../../src/plan/desired.ts';
import { type JsonObject, objectAt } from '../../../src/json.ts';
import { liveTraffic } from '../../../src/plan/live.ts';
import { anyLive, anySpec, AROUND, live, spec, UAI } from './endpoints.ts';

const propertiesOf = (body: JsonObject) => objectAt(body, 'properties');
const READ_ONLY = ['provisioningState', 'scoringUri', 'swaggerUri', 'keys'];

/** Azure after it has taken a PUT: the body, and what only Azure sets. */
function taken(body: JsonObject, before: JsonObject): JsonObject {
  return { ...before, ...body, properties: { ...propertiesOf(before), ...propertiesOf(body) } };
}

describe('laws of the merge', () => {
  test('a YAML that names nothing changes nothing', () => {
    fc.assert(
      fc.property(anyLive, (has) => {
        expect(planEndpoint(spec(), has, AROUND)).toMatchObject({ action: 'none', changes: [] });
      }),
    );
  });

  test('what the YAML does not name is carried as it is', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const body = mergedBody(wants, has, AROUND);
        const before = propertiesOf(has);
        const after = propertiesOf(body);
        expect(after['futureField']).toEqual(before['futureField']);
        expect(body['location']).toBe(has['location']);
        expect(body['kind']).toBe(has['kind']);
        if (wants.description === undefined) expect(after['description']).toEqual(before['description']);
        if (!wants.authMode) expect(after['authMode']).toBe(before['authMode']);
        if (!wants.publicNetworkAccess) expect(after['publicNetworkAccess']).toBe(before['publicNetworkAccess']);
        if (!wants.traffic) expect(after['traffic']).toEqual(liveTraffic(has));
        if (!wants.tags) expect(body['tags']).toEqual(has['tags']);
        if (!wants.identity) expect(objectAt(body, 'identity')['type']).toBe(objectAt(has, 'identity')['type']);
        expect(Object.keys(objectAt(after, 'properties'))).toEqual(
          expect.arrayContaining(Object.keys(objectAt(before, 'properties'))),
        );
      }),
    );
  });

  test('tags that the YAML does not name stay, and those of a rollout whatever it names', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const after = objectAt(mergedBody(wants, has, AROUND), 'tags');
        const named = Object.keys(wants.tags ?? {}).map((name) => name.toLowerCase());
        for (const [name, value] of Object.entries(objectAt(has, 'tags'))) {
          if (name.startsWith('aml-rollout') || !named.includes(name.toLowerCase())) expect(after[name]).toBe(value);
        }
      }),
    );
  });

  test('once Azure has taken it, nothing is left to do', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const after = taken(mergedBody(wants, has, AROUND), has);
        expect(planEndpoint(wants, after, AROUND).changes).toEqual([]);
      }),
    );
  });

  test('merging twice is merging once', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const once = mergedBody(wants, has, AROUND);
        expect(mergedBody(wants, taken(once, has), AROUND)).toEqual(once);
      }),
    );
  });

  test('a plan is empty exactly when every field is as the YAML wants it', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const { action, changes } = planEndpoint(wants, has, AROUND);
        expect(action).toBe(changes.length > 0 ? 'update' : 'none');
        for (const { from, to } of changes) expect(from).not.toEqual(to);
      }),
    );
  });

  test('what only Azure sets is never sent', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const body = mergedBody(wants, has, AROUND);
        expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['systemData']));
        for (const name of ['id', 'name', 'type', 'systemData']) expect(body).not.toHaveProperty(name);
        for (const name of READ_ONLY) expect(propertiesOf(body)).not.toHaveProperty(name);
        expect(JSON.stringify(body['identity'])).not.toContain('principalId');
      }),
    );
  });

  test('no weight of zero is ever sent', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const { traffic, mirrorTraffic } = propertiesOf(mergedBody(wants, has, AROUND));
        for (const weight of Object.values({ ...(traffic as object), ...(mirrorTraffic as object) })) {
          expect(weight).toBeGreaterThan(0);
        }
      }),
    );
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
