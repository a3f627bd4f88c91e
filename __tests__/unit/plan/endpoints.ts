import fc from 'fast-check';
import { type Json, type JsonObject, objectAt } from '../../../src/json.ts';
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

/** A YAML, and what Azure has. */
export interface Case {
  readonly wants: EndpointSpec;
  readonly has: JsonObject;
}

type Said = Pick<
  EndpointSpec,
  | 'description'
  | 'tags'
  | 'properties'
  | 'authMode'
  | 'identity'
  | 'traffic'
  | 'mirrorTraffic'
  | 'publicNetworkAccess'
  | 'compute'
>;

// Few names, in several spellings: YAML and Azure often mean the same one, which Azure compares without case.
const tag = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('owner', 'Owner', 'team', 'Team', 'constructor') },
  { weight: 1, arbitrary: fc.constantFrom('aml-rollout.step', 'AML-Rollout.Step', 'aml-rollout') },
);
const property = fc.constantFrom('mine', 'yours', 'azureml.mine', 'constructor');
const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'A', 'b') },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
);
const weight = fc.oneof(fc.constantFrom(0, 50, 100), fc.integer({ min: 0, max: 100 }));
const weights = fc.record({ blue: weight, green: weight, red: weight }, { requiredKeys: [], noNullPrototype: true });

/** None, or several; no name twice when case does not count, as Azure keeps them. */
const tags: fc.Arbitrary<Record<string, string | null>> = fc
  .uniqueArray(fc.tuple(tag, fc.option(word, { freq: 2 })), {
    selector: ([name]) => name.toLowerCase(),
    minLength: 2,
    maxLength: 4,
  })
  .chain((several) => fc.constantFrom([], several, several, several))
  .map((entries) => Object.fromEntries(entries));

/** All that an endpoint can say, in the words of a YAML. */
const anySaid: fc.Arbitrary<Required<Said>> = fc.record({
  description: word,
  tags,
  properties: fc.dictionary(property, word, { maxKeys: 3, noNullPrototype: true }),
  authMode: fc.constantFrom('Key', 'AMLToken', 'AADToken'),
  identity: fc.constantFrom<Identity>(
    { type: 'None', userAssigned: [] },
    { type: 'SystemAssigned', userAssigned: [] },
    { type: 'UserAssigned', userAssigned: [UAI] },
    { type: 'SystemAssigned,UserAssigned', userAssigned: [UAI, `${UAI}-2`] },
  ),
  traffic: weights,
  mirrorTraffic: weights,
  publicNetworkAccess: fc.constantFrom('Enabled', 'Disabled'),
  compute: fc.constantFrom('cluster', 'gpu', `${AROUND.workspaceId}/computes/cluster`),
});

/** How Azure happens to show it, and what it shows besides. */
const anyView = fc.record({
  upper: fc.boolean(),
  kubernetes: fc.boolean(),
  described: fc.boolean(),
  identified: fc.boolean(),
  location: fc.constantFrom('westeurope', 'eastus2', undefined),
  sku: fc.constantFrom(undefined, { name: 'Default', tier: 'Standard', capacity: 3 }),
  provisioningState: fc.constantFrom('Succeeded', 'Succeeded', 'Succeeded', 'Updating', 'Failed'),
  futureField: fc.jsonValue({ maxDepth: 2 }),
});
type View = typeof anyView extends fc.Arbitrary<infer T> ? T : never;

function shownBy(said: Required<Said>, view: View): JsonObject {
  const { upper, kubernetes, location, sku, provisioningState, futureField } = view;
  const spelled = (text: string): string => (upper ? text.toUpperCase() : text);
  const split = (named: object): JsonObject =>
    Object.fromEntries(Object.entries(named).map(([name, percent]) => [spelled(name), percent as number]));
  const { type, userAssigned } = said.identity;
  const ids = userAssigned.map((id): [string, JsonObject] => [spelled(id), { clientId: 'c', principalId: 'p' }]);
  const identity = {
    type: upper ? type.replace(',', ', ') : type,
    ...(type.includes('System') ? { principalId: 'p', tenantId: 't' } : {}),
    ...(ids.length > 0 ? { userAssignedIdentities: Object.fromEntries(ids) } : {}),
  };
  return live(
    {
      authMode: upper ? said.authMode.toLowerCase() : said.authMode,
      description: view.described ? said.description : null,
      publicNetworkAccess: upper ? said.publicNetworkAccess.toLowerCase() : said.publicNetworkAccess,
      compute: kubernetes ? spelled(idOfCompute(said.compute)) : null,
      traffic: split(said.traffic),
      mirrorTraffic: split(said.mirrorTraffic),
      properties: { ...said.properties, 'azureml.onlineendpointid': 'x' },
      provisioningState,
      futureField: futureField as Json,
    },
    {
      kind: kubernetes ? 'K8S' : 'Managed',
      tags: Object.fromEntries(Object.entries(said.tags).map(([name, value]) => [name, value ?? 'once'])),
      identity: view.identified ? identity : null,
      ...(location === undefined ? { location: null } : { location }),
      ...(sku === undefined ? {} : { sku }),
    },
  );
}

/** The ARM id of a compute, as the YAML may write it. */
export function idOfCompute(written: string): string {
  return written.startsWith('/') ? written : `${AROUND.workspaceId}/computes/${written}`;
}

const KEYS = [
  'description',
  'tags',
  'properties',
  'authMode',
  'identity',
  'traffic',
  'mirrorTraffic',
  'publicNetworkAccess',
  'compute',
] as const satisfies (keyof Said)[];
type Choice = 'silent' | 'same' | 'other';

const choices = (...words: Choice[]): fc.Arbitrary<Choice[]> =>
  fc.array(fc.constantFrom(...words), { minLength: KEYS.length, maxLength: KEYS.length });

/** Any YAML beside any endpoint: of each key the YAML is silent, says what is live already, or something else. */
export const anyCase: fc.Arbitrary<Case> = fc
  .record({
    said: anySaid,
    other: anySaid,
    view: anyView,
    chosen: fc.oneof(
      { weight: 1, arbitrary: choices('silent', 'same') },
      { weight: 2, arbitrary: choices('silent', 'same', 'other', 'other') },
    ),
  })
  .map(({ said, other, view, chosen }) => {
    const has = shownBy(said, view);
    // A tag that is there under one spelling is named under another; one that is not there is to go away.
    const same = { ...said, tags: { ...upperCase(has['tags'] as Record<string, string>), missing: null } };
    const named = KEYS.flatMap((key, index) =>
      chosen[index] === 'silent' ? [] : [[key, (chosen[index] === 'same' ? same : other)[key]]],
    );
    const wanted = Object.fromEntries(named) as Said;
    return { wants: spec({ ...wanted, kind: wanted.compute === undefined ? 'managed' : 'kubernetes' }), has };
  });

/** Any endpoint that Azure may hold, with fields that nobody here has heard of. */
export const anyLive: fc.Arbitrary<JsonObject> = anyCase.map(({ has }) => has);

function upperCase(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toUpperCase(), value]));
}

/** Names in lower case, without those of weight 0. */
export function canonical(split: unknown): Record<string, number> {
  const weighty = Object.entries(split as Record<string, number>).filter(([, percent]) => percent > 0);
  return Object.fromEntries(weighty.map(([name, percent]) => [name.toLowerCase(), percent]));
}

export const isOfRollout = (name: string): boolean => /^aml-rollout/i.test(name);

/**
 * What an endpoint says, by the paths of a YAML and without the case that Azure does not keep. Written down a second time:
 * the plan is held to it.
 */
export function saidBy(endpoint: JsonObject): Map<string, unknown> {
  const { authMode, description, compute, publicNetworkAccess, properties, traffic, mirrorTraffic } = objectAt(
    endpoint,
    'properties',
  );
  const { type, userAssignedIdentities } = objectAt(endpoint, 'identity');
  const words: Readonly<Record<string, string>> = {
    amltoken: 'aml_token',
    aadtoken: 'aad_token',
    systemassigned: 'system_assigned',
    userassigned: 'user_assigned',
    'systemassigned,userassigned': 'system_assigned,user_assigned',
  };
  const lower = (value: unknown): string | undefined =>
    typeof value === 'string' ? value.toLowerCase().replaceAll(' ', '') : undefined;
  const word = (value: unknown): string | undefined => words[lower(value) ?? ''] ?? lower(value);
  const below = (key: string, record: unknown): [string, unknown][] =>
    Object.entries(Object(record) as object).map(([name, value]) => [`${key}.${name}`, value]);
  const said: [string, unknown][] = [
    ['auth_mode', word(authMode)],
    ['description', description === '' ? undefined : description],
    ['compute', lower(compute)],
    ['public_network_access', word(publicNetworkAccess)],
    ['identity.type', word(type)],
    [
      'identity.user_assigned_identities',
      userAssignedIdentities && Object.keys(userAssignedIdentities).map(lower).sort(),
    ],
    ...below('tags', endpoint['tags']).filter(([path]) => !isOfRollout(path.slice('tags.'.length))),
    ...below('properties', properties),
    ...below('traffic', canonical(traffic)),
    ...below('mirror_traffic', canonical(mirrorTraffic)),
  ];
  return new Map(said.filter(([, value]) => value !== undefined && value !== null));
}
