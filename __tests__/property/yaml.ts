import fc from 'fast-check';

/** What stands in a file of an endpoint. JSON is YAML, so its text is `JSON.stringify`. */
export interface EndpointYaml extends Readonly<Record<string, unknown>> {
  readonly name: string;
  readonly tags?: Readonly<Record<string, string | number | boolean | null>>;
  readonly properties?: Readonly<Record<string, string>>;
  readonly traffic?: Readonly<Record<string, number>>;
  readonly mirror_traffic?: Readonly<Record<string, number>>;
}

const uai = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer';

// Few names, so that two files often name the same one, which Azure compares without case.
const tag = fc.constantFrom('owner', 'Owner', 'team', 'Team', 'cost.centre', 'constructor');
const property = fc.constantFrom('mine', 'yours', 'cost.centre', 'constructor');
// Braces both open and closed would be a placeholder.
const text = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom('', 'a', 'b') },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).filter((any) => !/\{\{.*\}\}/s.test(any)) },
);
/** What Azure may be told as a tag; `null` removes one. */
const label = fc.oneof(
  { weight: 3, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(7, true) },
);
const tags = fc
  .uniqueArray(fc.tuple(tag, label), { selector: ([name]) => name.toLowerCase(), maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));

const percent = fc.integer({ min: 0, max: 100 });
/** A deployment has live or mirrored traffic, never both: `red` is only ever mirrored. */
const traffic = fc.oneof(
  percent.map((blue) => ({ blue, green: 100 - blue })),
  fc.constantFrom({}, { Blue: 100 }, { blue: 0, green: 0 }, { GREEN: 100, blue: 0 }),
);
const mirror = fc.constantFrom({}, { red: 10 }, { Red: 50 }, { red: 0 });

const ofBoth = {
  description: text,
  tags,
  properties: fc.dictionary(property, text, { maxKeys: 3, noNullPrototype: true }),
  identity: fc.constantFrom(
    { type: 'none' },
    { type: 'system_assigned' },
    { type: 'user_assigned', user_assigned_identities: [uai] },
    { type: 'system_assigned,user_assigned', user_assigned_identities: [{ resource_id: uai }] },
  ),
};
const ofManaged = { ...ofBoth, public_network_access: fc.constantFrom('enabled', 'disabled') };

const some = (keys: Record<string, fc.Arbitrary<unknown>>, required: string[]): fc.Arbitrary<EndpointYaml> =>
  fc.record({ ...keys, name: fc.constant('iris') }, { requiredKeys: ['name', ...required] as never[] }) as never;

const compute = fc.constantFrom('azureml:cluster', 'AzureML:cluster');

/** Whatever a YAML may say of an endpoint without deployments. */
const newManaged = some({ auth_mode: fc.constantFrom('key', 'aml_token', 'aad_token'), ...ofManaged }, []);
const newKubernetes = some({ auth_mode: fc.constantFrom('key', 'aml_token'), compute, ...ofBoth }, ['compute']);

/** Whatever it may say later. The mode stays: Azure takes such a change, and ignores it. */
const managedChange = some({ traffic, mirror_traffic: mirror, ...ofManaged }, []);
/** The compute stays too, named or not. */
const kubernetesChange = some({ traffic, compute: fc.constant('azureml:cluster'), ...ofBoth }, []);

export const anyNewEndpoint: fc.Arbitrary<EndpointYaml> = fc.oneof(newManaged, newKubernetes);

/** Three files for one endpoint, one after the other: it stays of its kind. */
export const anyThreeEndpoints: fc.Arbitrary<[EndpointYaml, EndpointYaml, EndpointYaml]> = fc.oneof(
  { weight: 2, arbitrary: fc.tuple(newManaged, managedChange, managedChange) },
  { weight: 1, arbitrary: fc.tuple(newKubernetes, kubernetesChange, kubernetesChange) },
);
