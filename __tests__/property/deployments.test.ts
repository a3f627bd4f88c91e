import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { faultLine } from '../../src/failure.ts';
import { type Json, type JsonObject, isObject } from '../../src/json.ts';
import type { AssetIds } from '../../src/plan/deployment/assets.ts';
import { type DeploymentPlan, planDeployment } from '../../src/plan/deployment/changes.ts';
import type { Asset, DeploymentSpec } from '../../src/spec/deployment/model.ts';
import { durationIn } from '../../src/spec/deployment/duration.ts';
import { readDeployment } from '../../src/spec/deployment/read.ts';
import { anyDeployment, anyTwoDeployments, type DeploymentYaml, LOCAL_FILES } from '../support/deployment-yaml.ts';
import { fakeDeps } from '../support/fake-deps.ts';
import { operationTime, pureEmulator } from '../unit/emulator/pure-emulator.ts';

const AROUND = { location: 'westeurope', keepCapacity: false };
const { files } = fakeDeps({ files: LOCAL_FILES });

const NEEDED = ['name', 'endpoint_name', 'type', 'instance_type'];

async function specOf(content: DeploymentYaml): Promise<DeploymentSpec> {
  const { spec, faults } = await readDeployment(JSON.stringify(content), 'blue.yml', { files, endpoints: ['iris'] });
  if (!spec) throw new Error(faults.map(faultLine).join('\n'));
  return spec;
}

/** An id for each asset that the YAML names; another YAML has others. */
function assetsOf(spec: DeploymentSpec, version = 1): AssetIds {
  const resolved = (kind: string, asset: Asset<unknown> | undefined) => {
    const id = asset?.how === 'id' ? asset.id : `azureml://registries/r/${kind}/iris/versions/${version}`;
    return { id, shown: id };
  };
  const collected = Object.entries(spec.collected ?? {}).map(([name, data]) => [name, resolved('data', data)]);
  return {
    ...(spec.model ? { model: resolved('models', spec.model) } : {}),
    ...(spec.code ? { code: resolved('codes', spec.code) } : {}),
    ...(spec.environment ? { environment: resolved('environments', spec.environment) } : {}),
    collected: Object.fromEntries(collected) as NonNullable<AssetIds['collected']>,
  };
}

/** A workspace with an endpoint of the kind that the deployment needs, and nothing on it. */
function workspace(kind: DeploymentSpec['kind']) {
  const emulator = pureEmulator({}, { staleReads: 0 });
  const path = '/onlineEndpoints/iris/deployments/blue';
  const write = (to: string, body: JsonObject): void => {
    const { status, body: answer } = emulator.arm('PUT', to, body);
    if (status !== 201) throw new Error(JSON.stringify(answer));
    emulator.now += operationTime;
  };
  const compute = kind === 'kubernetes' ? { compute: `${emulator.arm('GET', '').body.id}/computes/cluster` } : {};
  write('/onlineEndpoints/iris', { location: 'westeurope', properties: { authMode: 'Key', ...compute } });
  return {
    write: (body: JsonObject) => write(path, body),
    read: (): JsonObject => emulator.arm('GET', path).body,
  };
}

/** The same deployment as Azure may show it as well: other spellings, and what Azure adds. */
function otherwise(live: JsonObject): JsonObject {
  const shown = respelled(live) as { properties: JsonObject };
  const { environmentVariables, ...properties } = shown.properties;
  const added = {
    AML_APP_ROOT: '/var/azureml-app/onlinescoring',
    AZUREML_MODEL_DIR: '/var/azureml-app/azureml-models/x',
  };
  return {
    ...shown,
    etag: 'new',
    properties: { ...properties, environmentVariables: { ...added, ...Object(environmentVariables) }, futureField: 1 },
  };
}

function respelled(value: Json | undefined, key = ''): Json {
  if (Array.isArray(value)) return value.map((item: Json) => respelled(item));
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, respelled(inner, name)]));
  }
  if (typeof value !== 'string') return value ?? null;
  if (/^(model|environmentId|codeId|dataId|egressPublicNetworkAccess|instanceType|scaleType)$/.test(key)) {
    return value.toUpperCase();
  }
  const isDuration = /^(initialDelay|period|timeout|pollingInterval|requestTimeout|maxQueueWait)$/.test(key);
  return isDuration ? `PT${durationIn('milliseconds', value)! / 1000}S` : value;
}

function expectNothing(plan: DeploymentPlan): void {
  expect(plan).toMatchObject({ action: 'none', changes: [] });
}

describe('from YAML to Azure and back', () => {
  test('what was made of a YAML is no change to it, however Azure spells it', async () => {
    await fc.assert(
      fc.asyncProperty(anyDeployment, async (content) => {
        const spec = await specOf(content);
        const assets = assetsOf(spec);
        const azure = workspace(spec.kind);
        azure.write(planDeployment(spec, undefined, assets, AROUND).body);
        expectNothing(planDeployment(spec, azure.read(), assets, AROUND));
        expectNothing(planDeployment(spec, otherwise(azure.read()), assets, AROUND));
      }),
    );
  });

  test('what was changed by a YAML is no change to it, and keeps what the YAML before it named', async () => {
    await fc.assert(
      fc.asyncProperty(anyTwoDeployments, async ([first, second]) => {
        const [before, after] = [await specOf(first), await specOf(second)];
        const azure = workspace(before.kind);
        azure.write(planDeployment(before, undefined, assetsOf(before), AROUND).body);
        azure.write(planDeployment(after, azure.read(), assetsOf(after, 2), AROUND).body);
        expectNothing(planDeployment(after, azure.read(), assetsOf(after, 2), AROUND));
        const kept = await specOf(unnamed(first, second));
        expectNothing(planDeployment(kept, azure.read(), assetsOf(kept), AROUND));
        const { tags, properties } = azure.read() as { tags: object; properties: JsonObject };
        const shown = Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]);
        expect(shown.sort()).toEqual(Object.entries(tagsAfter([first, second])).sort());
        expect(properties['properties']).toMatchObject({
          ...texts(first['properties']),
          ...texts(second['properties']),
        });
        const variables = second['environment_variables'] ?? first['environment_variables'];
        if (variables) expect(properties['environmentVariables']).toEqual(texts(variables));
      }),
    );
  });
});

/** What the first YAML names and the second does not, and what each must name. */
function unnamed(first: DeploymentYaml, second: DeploymentYaml): DeploymentYaml {
  // Azure does not show how many instances there are of what scales by itself, so nobody can keep their number.
  const lost = 'scale_settings' in second ? ['instance_count'] : [];
  const own = Object.entries(first).flatMap(([key, value]) => {
    if (NEEDED.includes(key) || !(key in second || lost.includes(key))) return [[key, value]];
    // Those of Azure and of a YAML are one map, key by key.
    return key === 'tags' || key === 'properties' ? [[key, without(value, second[key])]] : [];
  });
  const size = second['instance_type'];
  return { ...Object.fromEntries(own), ...(size === undefined ? {} : { instance_type: size }) };
}

const lower = (map: unknown): string[] => Object.keys(Object(map) as object).map((name) => name.toLowerCase());

function without(map: unknown, other: unknown): object {
  const named = lower(other);
  return Object.fromEntries(
    Object.entries(Object(map) as object).filter(([name]) => !named.includes(name.toLowerCase())),
  );
}

/** As Azure takes them: all is text, and a tag that is `null` is none. Names of tags in lower case. */
function tagsAfter(contents: readonly DeploymentYaml[]): object {
  const after = new Map<string, string>();
  for (const [name, value] of contents.flatMap(({ tags }) => Object.entries(Object(tags) as object))) {
    if (value === null) after.delete(name.toLowerCase());
    else after.set(name.toLowerCase(), String(value));
  }
  return Object.fromEntries(after);
}

function texts(map: unknown): object {
  return Object.fromEntries(Object.entries(Object(map) as object).map(([name, value]) => [name, String(value)]));
}

describe('the cases of the round trip', () => {
  const cases = fc.sample(anyTwoDeployments, 300);
  const shared =
    (key: string) =>
    ([first, second]: readonly DeploymentYaml[]) =>
      lower(first![key]).some((name) => lower(second![key]).includes(name));

  // A floor is about a third of what there are, so that another seed passes too.
  test.each<[string, number, (contents: readonly DeploymentYaml[]) => boolean]>([
    ['two files name the same tag', 15, shared('tags')],
    ['two files name the same property', 15, shared('properties')],
    ['two files name the same environment variable', 15, shared('environment_variables')],
    ['two files name the same probe', 40, shared('liveness_probe')],
    [
      'the second removes a tag of the first',
      5,
      ([first, second]) =>
        Object.entries(Object(second!['tags']) as object).some(
          ([name, value]) => value === null && lower(first!['tags']).includes(name.toLowerCase()),
        ),
    ],
  ])('%s often enough', (_, floor, isOne) => {
    expect(cases.filter(isOne).length).toBeGreaterThanOrEqual(floor);
  });
});
