import fc from 'fast-check';

const uai = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer';

// Azure compares names of tags without case, so a map with two spellings of one would not be its own equal.
const key = fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/);
// Braces both open and closed would be a placeholder.
const text = fc.string({ maxLength: 12 }).filter((any) => !/\{\{.*\}\}/s.test(any));
const map = fc.dictionary(key, text, { maxKeys: 3, noNullPrototype: true });
const split = fc.integer({ min: 0, max: 100 }).map((blue) => ({ blue, green: 100 - blue }));

const named = {
  description: text,
  tags: map,
  properties: map,
  identity: fc.constantFrom(
    { type: 'none' },
    { type: 'system_assigned' },
    { type: 'user_assigned', user_assigned_identities: [uai] },
    { type: 'system_assigned,user_assigned', user_assigned_identities: [{ resource_id: uai }] },
  ),
  public_network_access: fc.constantFrom('enabled', 'disabled'),
};

/** Whatever a YAML may say of an endpoint without deployments. JSON is YAML, so its text is `JSON.stringify`. */
export const anyNewEndpoint = fc.record(
  { name: fc.constant('iris'), auth_mode: fc.constantFrom('key', 'aml_token', 'aad_token'), ...named },
  { requiredKeys: ['name'] },
);

/** Whatever it may say later. The mode stays: Azure takes such a change, and ignores it. */
export const anyChange = fc.record(
  { name: fc.constant('iris'), traffic: split, mirror_traffic: fc.constantFrom({}, { red: 10 }), ...named },
  { requiredKeys: ['name'] },
);
