import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Json, type JsonObject, objectAt } from '../../../../src/json.ts';
import { createBody, mergedBody } from '../../../../src/plan/deployment/desired.ts';
import type { DeploymentSpec } from '../../../../src/spec/deployment/model.ts';
import { anyLive, anySpec } from './any.ts';
import { AROUND, ASSETS, live, named, plan, spec } from './deployments.ts';

/** All values with their place, those of empty maps too. */
function leaves(value: Json | undefined, path: readonly string[] = []): [readonly string[], Json | undefined][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path, value]];
  const entries = Object.entries(value as JsonObject);
  return entries.length === 0 ? [[path, value]] : entries.flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function at(body: JsonObject, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (parent, key) => (Object.hasOwn(Object(parent), key) ? (parent as JsonObject)[key] : undefined),
    body,
  );
}

/** Whether the YAML says anything at this place, or above it where what it says is taken as a whole. */
function isNamed(wants: DeploymentSpec, path: readonly string[]): boolean {
  const [first = '', second = ''] = path;
  if (first === 'tags')
    return Object.keys(objectAt(wants.body, 'tags')).some((tag) => tag.toLowerCase() === second.toLowerCase());
  if (second === 'environmentVariables') return at(wants.body, path.slice(0, 2)) !== undefined;
  if (path[2] === 'collections' && at(wants.body, path.slice(0, 3)) !== undefined) {
    return at(wants.body, path.slice(0, 4)) === undefined || at(wants.body, path) !== undefined;
  }
  if (second === 'scaleSettings') {
    const settings = at(wants.body, path.slice(0, 2));
    return settings !== undefined;
  }
  if (at(wants.body, path) !== undefined) return true;
  return leaves(wants.body).some(([own]) => own.every((key, index) => key === path[index]));
}

const CARRIED = ['location', 'kind', 'sku', 'tags', 'properties'];
const SET_ANYWAY = ['properties.provisioningState', 'sku.name', 'properties.endpointComputeType'];

describe('laws of the merge', () => {
  test('a YAML that names nothing changes nothing', () => {
    fc.assert(
      fc.property(anyLive, (has) => {
        expect(plan(spec(), has)).toMatchObject({ action: 'none', changes: [] });
      }),
    );
  });

  test('what the YAML does not name is carried as it is', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const body = mergedBody(wants, has, {}, AROUND);
        for (const [path, value] of leaves(has)) {
          const isElsewhere = !CARRIED.includes(path[0]!) || SET_ANYWAY.includes(path.join('.'));
          if (isElsewhere || isNamed(wants, path) || Object(value) === value) continue;
          expect([path, at(body, path)]).toEqual([path, value]);
        }
      }),
    );
  });

  test('what the YAML names is in the body', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const body = mergedBody(wants, has, {}, AROUND);
        for (const [path, value] of leaves(wants.body)) {
          if (path[0] === 'tags' || Object(value) === value) continue;
          expect([path, at(body, path)]).toEqual([path, value]);
        }
      }),
    );
  });

  test('tags are those of both, the YAML first, and those of a rollout are never its own', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const isOfRollout = (name: string): boolean => name.startsWith('aml-rollout');
        const lowered = (record: JsonObject): [string, Json | undefined][] =>
          Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]);
        const expected = new Map(lowered(objectAt(has, 'tags')));
        for (const [name, value] of lowered(objectAt(wants.body, 'tags'))) {
          if (isOfRollout(name)) continue;
          if (value === null) expected.delete(name);
          else expected.set(name, value);
        }
        const after = lowered(objectAt(mergedBody(wants, has, {}, AROUND), 'tags'));
        expect(new Map(after)).toEqual(expected);
        expect(after).toHaveLength(expected.size);
      }),
    );
  });

  test('environment variables are those of the YAML, where it names any', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const variables = (body: JsonObject): unknown => objectAt(body, 'properties')['environmentVariables'];
        const after = variables(mergedBody(wants, has, {}, AROUND));
        expect(after).toEqual(variables(wants.body) ?? variables(has));
      }),
    );
  });

  test('once Azure has taken it, nothing is left to do', () => {
    fc.assert(
      fc.property(anySpec, anyLive, (wants, has) => {
        const { body } = plan(wants, has);
        const taken = { ...has, ...body };
        const again = plan(wants, taken);
        expect(again).toMatchObject({ action: 'none', changes: [] });
        expect(again.body).toEqual(body);
      }),
    );
  });
});

describe('the cases that the laws are held to', () => {
  const cases = fc.sample(fc.tuple(anySpec, anyLive), 400);
  const names = (body: JsonObject, path: readonly string[]): string[] =>
    Object.keys(Object(at(body, path)) as object).map((name) => name.toLowerCase());

  // A floor is about a third of what there are, so that another seed passes too.
  test.each([
    ['tags', 40],
    ['properties.environmentVariables', 10],
    ['properties.properties', 10],
    ['properties.livenessProbe', 30],
    ['properties.dataCollector.collections', 3],
  ])('%s have something in common often enough', (path, floor) => {
    const both = cases.filter(([wants, has]) =>
      names(wants.body, path.split('.')).some((name) => names(has, path.split('.')).includes(name)),
    );
    expect(both.length).toBeGreaterThanOrEqual(floor);
  });
});

describe('the body of a new deployment', () => {
  test('has what the YAML names and what Azure asks for, and no more', () => {
    const wants = spec(
      { sku: { capacity: 2 }, tags: { owner: 'ml', gone: null }, properties: { instanceType: 'Standard_DS3_v2' } },
      { model: { how: 'version', name: 'iris', version: '7' } },
    );
    expect(createBody(wants, ASSETS, AROUND)).toEqual({
      location: 'westeurope',
      sku: { name: 'Default', capacity: 2 },
      tags: { owner: 'ml' },
      properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2', model: ASSETS.model.id },
    });
  });

  test('of Kubernetes says so', () => {
    expect(createBody(spec({}, { kind: 'kubernetes' }), {}, AROUND)).toEqual({
      location: 'westeurope',
      sku: { name: 'Default' },
      tags: {},
      properties: { endpointComputeType: 'Kubernetes' },
    });
  });
});

describe('the body of a change', () => {
  test('has nothing that only Azure sets', () => {
    const body = mergedBody(spec(), live(), {}, AROUND);
    expect(Object.keys(body).sort()).toEqual(['kind', 'location', 'properties', 'sku', 'tags']);
    expect(body['properties']).not.toHaveProperty('provisioningState');
  });

  test('keeps an identity without the ids that Azure made for it', () => {
    const has = live({}, { identity: { type: 'SystemAssigned', principalId: 'p', tenantId: 't' } });
    expect(mergedBody(spec(), has, {}, AROUND)['identity']).toEqual({ type: 'SystemAssigned' });
  });

  test('to another type of scaling keeps no setting of the one before', () => {
    const has = live({ scaleSettings: { scaleType: 'TargetUtilization', minInstances: 1 } });
    const body = mergedBody(named({ scaleSettings: { scaleType: 'Default' } }), has, {}, AROUND);
    expect(body['properties']).toMatchObject({ scaleSettings: { scaleType: 'Default' } });
    expect(at(body, ['properties', 'scaleSettings', 'minInstances'])).toBeUndefined();
  });

  test('has the collections of the YAML alone, each with what it does not say of them', () => {
    const has = live({
      dataCollector: {
        collections: {
          request: { dataCollectionMode: 'Disabled', clientId: 'c' },
          old: { dataCollectionMode: 'Enabled' },
        },
        rollingRate: 'Day',
      },
    });
    const wants = named({ dataCollector: { collections: { request: { dataCollectionMode: 'Enabled' } } } });
    expect(objectAt(mergedBody(wants, has, {}, AROUND), 'properties')['dataCollector']).toEqual({
      collections: { request: { dataCollectionMode: 'Enabled', clientId: 'c' } },
      rollingRate: 'Day',
    });
    expect(plan(wants, has).changes).toEqual([
      { path: 'data_collector.collections.request.enabled', from: 'false', to: 'true' },
      { path: 'data_collector.collections.old.enabled', from: 'true' },
    ]);
  });
});
