import fc from 'fast-check';
import type { JsonObject } from '../../../src/json.ts';
import type { EndpointSpec, Identity } from '../../../src/spec/model.ts';

export const AROUND = {
  location: 'westeurope',
  workspaceId: '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w',
};

export const UAI = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uai';

/** A YAML that names nothing but what a test gives. */
export function spec(named: Partial<EndpointSpec> = {}): EndpointSpec {
  return {
    name: 'iris',
    file: 'endpoints/iris.yml',
    kind: 'managed',
    positions: new Map(),
    placeholders: new Map(),
    names: new Map(),
    ...named,
  };
}

/** A live endpoint as Azure describes it, with what a test gives in place of the usual. */
export function live(properties: JsonObject = {}, rest: JsonObject = {}): JsonObject {
  return {
    id: `${AROUND.workspaceId}/onlineEndpoints/iris`,
    name: 'iris',
    type: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints',
    kind: 'Managed',
    location: 'westeurope',
    tags: {},
    identity: { type: 'SystemAssigned', principalId: 'p', tenantId: 't' },
    systemData: { createdBy: 'somebody' },
    ...rest,
    properties: {
      authMode: 'Key',
      description: null,
      compute: null,
      publicNetworkAccess: 'Enabled',
      keys: null,
      traffic: {},
      mirrorTraffic: {},
      properties: { 'azureml.onlineendpointid': 'x', AzureAsyncOperationUri: 'https://y' },
      provisioningState: 'Succeeded',
      scoringUri: 'https://iris/score',
      swaggerUri: 'https://iris/swagger.json',
      ...properties,
    },
  };
}

const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9._-]{0,8}$/);
const deployment = fc.stringMatching(/^[a-z][a-z0-9-]{1,6}[a-z0-9]$/);
const text = fc.string({ maxLength: 12 });
const weights = fc.dictionary(deployment, fc.integer({ min: 0, max: 100 }), { maxKeys: 3 });
/** No key twice when case does not count, as Azure keeps them. */
const caseless = <T>(record: fc.Arbitrary<Record<string, T>>): fc.Arbitrary<Record<string, T>> =>
  record.filter(
    (value) => new Set(Object.keys(value).map((name) => name.toLowerCase())).size === Object.keys(value).length,
  );
const identity: fc.Arbitrary<Identity> = fc.constantFrom<Identity>(
  { type: 'None', userAssigned: [] },
  { type: 'SystemAssigned', userAssigned: [] },
  { type: 'UserAssigned', userAssigned: [UAI] },
  { type: 'SystemAssigned,UserAssigned', userAssigned: [UAI] },
);

const optional = <T extends object>(record: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(record, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

/** Any YAML, each of its keys there or not. */
export const anySpec: fc.Arbitrary<EndpointSpec> = optional<EndpointSpec>({
  description: text,
  tags: caseless(fc.dictionary(key, fc.option(text, { freq: 4 }), { maxKeys: 4 })),
  properties: fc.dictionary(key, text, { maxKeys: 3 }),
  authMode: fc.constantFrom('Key', 'AMLToken', 'AADToken'),
  identity,
  traffic: weights,
  mirrorTraffic: weights,
  publicNetworkAccess: fc.constantFrom('Enabled', 'Disabled'),
} as { [K in keyof EndpointSpec]: fc.Arbitrary<EndpointSpec[K]> }).map((named) => spec(named));

/** Any endpoint that Azure may hold, with fields that nobody here has heard of. */
export const anyLive: fc.Arbitrary<JsonObject> = fc
  .record({
    properties: fc.record({
      authMode: fc.constantFrom('Key', 'key', 'AMLToken', 'AADToken'),
      description: fc.option(text),
      publicNetworkAccess: fc.constantFrom('Enabled', 'Disabled', 'enabled'),
      traffic: weights,
      mirrorTraffic: weights,
      properties: fc.dictionary(key, text, { maxKeys: 3 }),
      futureField: fc.jsonValue({ maxDepth: 2 }),
    }),
    tags: caseless(fc.dictionary(fc.oneof(key, fc.constant('aml-rollout.step')), text, { maxKeys: 4 })),
    identity: fc.constantFrom<JsonObject>(
      { type: 'SystemAssigned', principalId: 'p', tenantId: 't' },
      { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: { [UAI]: { clientId: 'c', principalId: 'p' } } },
      { type: 'UserAssigned', userAssignedIdentities: { [UAI.toUpperCase()]: { clientId: 'c' } } },
    ),
  })
  .map(({ properties, tags, identity: has }) => live(properties as JsonObject, { tags, identity: has }));
