import fc from 'fast-check';
import type { JsonObject } from '../../../../src/json.ts';
import type { DeploymentSpec } from '../../../../src/spec/deployment/model.ts';
import { live, spec } from './deployments.ts';

// Few names come often, in several spellings: a YAML and Azure often mean the same one.
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('owner', 'team', 'constructor', '__proto__') },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/) },
);
const tag = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('owner', 'Owner', 'TEAM', 'constructor', '__proto__') },
  { weight: 1, arbitrary: fc.constantFrom('aml-rollout.step', 'AML-Rollout.Step') },
);
const text = fc.oneof(fc.constantFrom('', 'a', 'b'), fc.string({ maxLength: 8 }));
/** No name twice when case does not count, as Azure keeps them. */
const tags = (value: fc.Arbitrary<string | null>): fc.Arbitrary<Record<string, string | null>> =>
  fc
    .uniqueArray(fc.tuple(tag, value), { selector: ([name]) => name.toLowerCase(), maxLength: 4 })
    .map((entries) => Object.fromEntries(entries));
const map = fc.dictionary(key, text, { maxKeys: 3 });
const duration = fc.constantFrom('PT1S', 'PT90S', 'PT1M30S', 'PT0.5S', 'P1DT2H', 'PT3M');
const count = fc.integer({ min: 1, max: 100 });

const optional = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonObject> =>
  fc.record(record, { requiredKeys: [] }) as fc.Arbitrary<JsonObject>;

const probe = optional({
  initialDelay: duration,
  period: duration,
  timeout: duration,
  successThreshold: count,
  failureThreshold: count,
});
const resources = optional({
  cpu: fc.constantFrom('0.5', '500m', '1'),
  memory: fc.constantFrom('0.5Gi', '0.500Gi', '512Mi'),
  gpu: fc.constantFrom('1', '2'),
});
const collection = optional({
  dataCollectionMode: fc.constantFrom('Enabled', 'Disabled', 'enabled'),
  samplingRate: fc.constantFrom(0, 0.5, 1),
  dataId: text,
  clientId: text,
});

/** Properties of ARM that a YAML can name, each there or not. */
const properties = {
  description: text,
  modelMountPath: text,
  environmentVariables: map,
  appInsightsEnabled: fc.boolean(),
  instanceType: fc.constantFrom('Standard_DS3_v2', 'STANDARD_ds3_v2', 'Standard_F4s'),
  egressPublicNetworkAccess: fc.constantFrom('Enabled', 'Disabled'),
  codeConfiguration: optional({ scoringScript: fc.constantFrom('score.py', 'a/b.py') }),
  scaleSettings: fc.oneof(
    fc.constant({ scaleType: 'Default' }),
    optional({ minInstances: count, maxInstances: count, pollingInterval: duration }).map((rest) => ({
      scaleType: 'TargetUtilization',
      ...rest,
    })),
  ),
  requestSettings: optional({
    requestTimeout: duration,
    maxQueueWait: duration,
    maxConcurrentRequestsPerInstance: count,
  }),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  containerResourceRequirements: optional({ containerResourceRequests: resources, containerResourceLimits: resources }),
  dataCollector: optional({
    collections: fc.dictionary(key, collection, { maxKeys: 3 }),
    rollingRate: fc.constantFrom('Hour', 'Day'),
    requestLogging: optional({ captureHeaders: fc.array(text, { maxLength: 2 }) }),
  }),
  properties: map,
};

/** Any YAML, as far as it concerns the body. */
export const anySpec: fc.Arbitrary<DeploymentSpec> = optional({
  tags: tags(fc.option(text, { freq: 3 })),
  sku: fc.record({ capacity: count }),
  properties: optional(properties),
}).map((body) => spec(body));

/** Any deployment that Azure may hold, with fields that nobody here has heard of. */
export const anyLive: fc.Arbitrary<JsonObject> = fc
  .record({
    properties: optional({
      ...properties,
      livenessProbe: fc.option(probe),
      description: fc.option(text),
      model: fc.constantFrom('/x/models/iris/versions/1', 'azureml://registries/r/models/iris/labels/latest'),
      environmentId: fc.constant('/x/environments/e/versions/1'),
      provisioningState: fc.constantFrom('Succeeded', 'Updating'),
      futureField: fc.jsonValue({ maxDepth: 2 }),
    }),
    tags: tags(text),
    capacity: count,
  })
  .map(({ properties: shown, tags: labels, capacity }) =>
    live(shown, { tags: labels, sku: { name: 'Default', tier: 'Standard', capacity } }),
  );
