import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { operationTime, pureEmulator } from '../unit/emulator/pure-emulator.ts';
import type { PureEmulator } from '../unit/emulator/pure-emulator.ts';
import { faultLine } from '../../src/failure.ts';
import { planEndpoint } from '../../src/plan/changes.ts';
import type { EndpointPlan } from '../../src/plan/changes.ts';
import type { JsonObject } from '../../src/json.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';
import { anyNewEndpoint, anyThreeEndpoints, type EndpointYaml } from './yaml.ts';

const iris = '/onlineEndpoints/iris';

function read(emulator: PureEmulator): JsonObject | undefined {
  const { status, body } = emulator.arm('GET', iris);
  return status === 200 ? body : undefined;
}

function plan(emulator: PureEmulator, content: EndpointYaml): EndpointPlan {
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

function create(content: EndpointYaml): PureEmulator {
  const emulator = pureEmulator({}, { staleReads: 0 });
  write(emulator, iris, plan(emulator, content).body);
  return emulator;
}

/** An endpoint as the first YAML makes it, in the middle of what others do: with deployments, and tags of a rollout. */
function begun(content: EndpointYaml): PureEmulator {
  const emulator = create(content);
  for (const name of ['blue', 'green', 'red']) {
    const { kind } = read(emulator)!;
    const of = { properties: { endpointComputeType: kind === 'K8S' ? 'Kubernetes' : 'Managed' } };
    write(emulator, `${iris}/deployments/${name}`, { location: 'westeurope', ...of });
  }
  const { location, tags, identity, properties } = read(emulator)!;
  write(emulator, iris, { location, tags: { ...Object(tags), ...ROLLOUT }, identity, properties });
  return emulator;
}

const ROLLOUT = { 'aml-rollout.step': '1', 'AML-Rollout.by': 'somebody' };

/** What the tags of an endpoint become, one YAML after the other: by their names without case, as Azure compares them. */
function tagsAfter(contents: readonly EndpointYaml[]): Record<string, string> {
  const after = new Map(Object.entries(ROLLOUT).map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of contents.flatMap(({ tags = {} }) => Object.entries(tags))) {
    if (value === null) after.delete(name.toLowerCase());
    else after.set(name.toLowerCase(), `${value}`);
  }
  return Object.fromEntries(after);
}

/** Names in lower case, without those of weight 0. */
function canonical(split: object): object {
  const weighty = Object.entries(split).filter(([, percent]) => percent !== 0);
  return Object.fromEntries(weighty.map(([name, percent]) => [name.toLowerCase(), percent]));
}

/** What the last YAML that names the key says there. */
function last<K extends keyof EndpointYaml>(contents: readonly EndpointYaml[], key: K): EndpointYaml[K] {
  return contents.findLast((content) => content[key] !== undefined)?.[key];
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
      fc.property(anyThreeEndpoints, ([first, second]) => {
        const emulator = begun(first);
        write(emulator, iris, plan(emulator, second).body);
        expect(plan(emulator, second)).toMatchObject({ action: 'none', changes: [] });
        const kept = Object.entries(first).flatMap(([key, value]) => {
          if (key === 'name' || !(key in second)) return [[key, value]];
          return key === 'tags' || key === 'properties' ? [[key, unnamed(value, second[key])]] : [];
        });
        expect(plan(emulator, Object.fromEntries(kept) as EndpointYaml)).toMatchObject({ action: 'none', changes: [] });
      }),
    );
  });

  test('Azure has what the YAMLs said, the last that named it first', () => {
    fc.assert(
      fc.property(anyThreeEndpoints, (contents) => {
        const [first, ...later] = contents;
        const emulator = begun(first);
        for (const content of later) write(emulator, iris, plan(emulator, content).body);
        const { tags, kind, properties } = read(emulator)! as { tags: object; kind: string; properties: JsonObject };
        const shown = Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]);
        expect(shown).toHaveLength(Object.keys(Object.fromEntries(shown)).length);
        expect(Object.fromEntries(shown)).toEqual(tagsAfter(contents));
        expect(properties['properties']).toMatchObject(Object.assign({}, ...contents.map((each) => each.properties)));
        expect(properties['traffic']).toEqual(canonical(last(contents, 'traffic') ?? {}));
        expect(properties['mirrorTraffic']).toEqual(canonical(last(contents, 'mirror_traffic') ?? {}));
        expect(kind).toBe(last(contents, 'compute') === undefined ? 'Managed' : 'K8S');
      }),
      { numRuns: 60 },
    );
  });
});

/** What one map says and the other does not; tags compare without case, and so here do all. */
function unnamed(map: unknown, other: unknown): object {
  const named = Object.keys(Object(other) as object).map((name) => name.toLowerCase());
  return Object.fromEntries(
    Object.entries(Object(map) as object).filter(([name]) => !named.includes(name.toLowerCase())),
  );
}

describe('the cases of the round trip', () => {
  const cases = fc.sample(anyThreeEndpoints, 300);
  const lower = (map: object | undefined): string[] => Object.keys(map ?? {}).map((name) => name.toLowerCase());
  const shared =
    (key: 'tags' | 'properties' | 'traffic') =>
    ([, one, other]: readonly EndpointYaml[]) =>
      lower(one![key]).some((name) => lower(other![key]).includes(name));

  // A floor is about a third of what there are, so that another seed passes too.
  test.each<[string, number, (contents: readonly EndpointYaml[]) => boolean]>([
    ['two files name the same tag', 25, shared('tags')],
    ['two files name the same property', 25, shared('properties')],
    ['two files split the traffic between the same deployments', 15, shared('traffic')],
    [
      'a file removes the tag of one before it',
      10,
      ([first, second]) =>
        Object.entries(second!.tags ?? {}).some(
          ([name, value]) => value === null && lower(first!.tags).includes(name.toLowerCase()),
        ),
    ],
    ['they are of Kubernetes', 30, ([first]) => first!['compute'] !== undefined],
    [
      'a mirror stays while the traffic changes',
      4,
      ([, one, other]) =>
        lower(canonical(one!.mirror_traffic ?? {})).length > 0 && !!other!.traffic && !other!.mirror_traffic,
    ],
  ])('%s often enough', (_, floor, isOne) => {
    expect(cases.filter(isOne).length).toBeGreaterThanOrEqual(floor);
  });
});
