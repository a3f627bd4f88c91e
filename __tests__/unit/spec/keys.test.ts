import { describe, expect, test } from '@jest/globals';
import { ENDPOINT_KEYS } from '../../../src/spec/schema.ts';
import { faultsBelowName, faultsOf, specBelowName, specOf } from './reading.ts';

const RULE = '3 to 32 letters, digits and hyphens, with a letter first and a letter or digit last';
/** What the ids of identities begin with. */
const IDS = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/';
const SCHEMAS = 'https://azuremlschemas.azureedge.net/latest';

describe('name', () => {
  test.each([
    ['description: x', '1:1: name is missing; write name: iris'],
    ['\n\ndescription: x', '3:1: name is missing; write name: iris'],
    ['name:', `1:1: name has no value; write ${RULE}`],
    ['name: ~', `1:7: name has no value; write ${RULE}`],
    ['name: 5', `1:7: name must be ${RULE}, not 5`],
    ['name: [iris]', `1:7: name must be ${RULE}, not a list`],
    ['name: iris_2', `1:7: name must be ${RULE}, not iris_2`],
    ['name: ir', `1:7: name must be ${RULE}, not ir`],
    ['name: ""', `1:7: name must be ${RULE}, not ""`],
    ['name: irys', '1:7: name is irys but the file is iris.yml; write name: iris, or git mv iris.yml irys.yml'],
  ])('%j', (text, fault) => {
    expect(faultsOf(text)).toEqual([`iris.yml:${fault}`]);
  });

  test('case does not count, and lower case is sent', () => {
    expect(specOf('name: IRIS').name).toBe('iris');
  });
});

describe('unknown keys', () => {
  test.each([
    ['trafic: {}', '2:1: unknown key trafic; did you mean traffic?'],
    ['authMode: key', '2:1: unknown key authMode; did you mean auth_mode?'],
    ['instance_type: x', `2:1: instance_type is a deployment's key; it goes into the YAML of the deployment`],
    ['model: {}', `2:1: model is a deployment's key; it goes into the YAML of the deployment`],
    [
      'identity: {type: none, kind: x, Type: y}',
      '2:24: unknown key identity.kind; known keys: type, user_assigned_identities',
    ],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toContain(`iris.yml:${fault}`);
  });

  test('without a near one, the known ones are listed', () => {
    expect(faultsBelowName('zebra: 1')).toEqual([
      'iris.yml:2:1: unknown key zebra; known keys: $schema, name, description, tags, properties, auth_mode, identity, ' +
        'traffic, mirror_traffic, public_network_access, compute',
    ]);
  });

  test('what az ml writes itself is accepted and not used', () => {
    const text = 'location: [x]\nid: /s\nkind:\nprovisioning_state: 5\nscoring_uri: u\nopenapi_uri: u';
    expect(specBelowName(text)).toEqual(expect.objectContaining({ name: 'iris', kind: 'managed' }));
  });
});

describe('text', () => {
  test.each([
    ['description: 5', '2:14: description must be text, and 5 is a number; write "5"'],
    ['description: true', '2:14: description must be text, and true is a boolean; write "true"'],
    ['description: [x]', '2:14: description must be text, not a list'],
    ['description: {a: x}', '2:14: description must be text, not a map'],
    ['description:', '2:1: description has no value; comment the key out'],
    ['description: null', '2:14: description has no value; comment the key out'],
    ['properties: {a: [5]}', '2:17: properties.a must be text, not a list'],
    ['properties: {a: null}', '2:17: properties.a has no value; comment the key out'],
    ['properties: x', '2:13: properties must be a map such as {key: value}, not x'],
    ['properties:', '2:1: properties has no value; comment the key out, or write {}'],
    ['$schema: 5', '2:10: $schema must be text, and 5 is a number; write "5"'],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });

  test('long values are shown in part, on one line', () => {
    const [fault] = faultsBelowName(`auth_mode: "${'\\n'.repeat(9)}${'x'.repeat(99)}"`);
    expect(fault).toBe(`iris.yml:2:12: auth_mode must be key, aml_token or aad_token, not "${'x'.repeat(57)}..."`);
  });

  test('nor do they turn the reading order around', () => {
    expect(faultsBelowName('auth_mode: "\\u202Ekey\\u2066"')).toEqual([
      'iris.yml:2:12: auth_mode must be key, aml_token or aad_token, not "key"',
    ]);
  });

  test('empty text is text', () => {
    expect(specBelowName(`description: ''`).description).toBe('');
  });
});

test('numbers and booleans in properties are text as written', () => {
  const { properties } = specBelowName('properties: {a: 1.10, b: true, c: text}');
  expect(properties).toEqual({ a: '1.10', b: 'true', c: 'text' });
});

describe('tags', () => {
  test('scalars are text as written; null removes a tag', () => {
    const text = 'tags: {a: 1.10, b: 0042, c: TRUE, d: 2024-01-01, e: null, f: ~, g: , h: "null", i: yes, j: ""}';
    expect(specBelowName(text).tags).toEqual({
      a: '1.10', b: '0042', c: 'TRUE', d: '2024-01-01', e: null, f: null, g: null, h: 'null', i: 'yes', j: '',
    }); // prettier-ignore
  });

  test.each([
    ['tags: {a: {b: c}}', '2:11: tags.a must be text, a number, true, false or null, not a map'],
    ['tags: {a: [b]}', '2:11: tags.a must be text, a number, true, false or null, not a list'],
    ['tags: [a]', '2:7: tags must be a map such as {owner: ml}, not a list'],
    ['tags:', '2:1: tags has no value; comment the key out, or write {}'],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });
});

describe('auth_mode and public_network_access', () => {
  test.each([
    ['key', 'Key'],
    ['Key', 'Key'],
    ['KEY', 'Key'],
    ['aml_token', 'AMLToken'],
    ['AMLToken', 'AMLToken'],
    ['amlToken', 'AMLToken'],
    ['AAD_TOKEN', 'AADToken'],
    ['aad-token', 'AADToken'],
    ['AADToken', 'AADToken'],
  ])('auth_mode %s is %s', (written, armSpelling) => {
    // prettier-ignore
    expect(specBelowName(`auth_mode: ${written}`).authMode).toBe(armSpelling);
  });

  test.each([
    ['enabled', 'Enabled'],
    ['DISABLED', 'Disabled'],
  ])('public_network_access %s is %s', (written, arm) => {
    expect(specBelowName(`public_network_access: ${written}`).publicNetworkAccess).toBe(arm);
  });

  test.each([
    ['auth_mode: keys', '2:12: auth_mode must be key, aml_token or aad_token, not keys'],
    ['auth_mode: 5', '2:12: auth_mode must be key, aml_token or aad_token, not 5'],
    ['auth_mode: {}', '2:12: auth_mode must be key, aml_token or aad_token, not a map'],
    ['auth_mode: k e y', '2:12: auth_mode must be key, aml_token or aad_token, not k e y'],
    ['auth_mode: A-A-D--token', '2:12: auth_mode must be key, aml_token or aad_token, not A-A-D--token'],
    ['public_network_access: dis-abled', '2:24: public_network_access must be enabled or disabled, not dis-abled'],
    ['auth_mode:', '2:1: auth_mode has no value; comment the key out'],
    ['public_network_access: true', '2:24: public_network_access must be enabled or disabled, not true'],
    ['public_network_access: yes', '2:24: public_network_access must be enabled or disabled, not yes'],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });
});

test('a tag that is written in two cases', () => {
  const fault = 'iris.yml:2:14: tags: A and a are the same tag; names are case-insensitive';
  expect(faultsBelowName('tags: {A: x, a: y}')).toEqual([fault]);
});

describe('kind', () => {
  test.each([
    ['', 'managed'],
    [`$schema: ${SCHEMAS}/managedOnlineEndpoint.schema.json`, 'managed'],
    ['$schema: ../schemas/endpoint.schema.json', 'managed'],
    ['compute: azureml:aks', 'kubernetes'],
    [`$schema: ${SCHEMAS}/kubernetesOnlineEndpoint.schema.json\ncompute: azureml:aks`, 'kubernetes'],
    [`$schema: ${SCHEMAS}/managedOnlineEndpoint.schema.json\ncompute: azureml:aks`, 'kubernetes'],
  ])('%j is %s', (text, kind) => {
    expect(specBelowName(text).kind).toBe(kind);
  });

  const arm = '/subscriptions/0/resourceGroups/r/providers/Microsoft.MachineLearningServices/workspaces/w/computes/aks';
  test.each([
    ['azureml:aks', 'aks'],
    [arm, arm],
    [`azureml:${arm}`, arm],
  ])('compute %s is %s', (written, compute) => {
    expect(specBelowName(`compute: ${written}`).compute).toBe(compute);
  });

  const only = 'is for managed endpoints only, and compute makes this a Kubernetes one';
  test.each([
    ['compute: aks', '2:10: compute must be azureml:<name> or a whole ARM id (/subscriptions/...), not aks'],
    [
      'compute: /subscriptions/0',
      '2:10: compute must be azureml:<name> or a whole ARM id (/subscriptions/...), not /subscriptions/0',
    ],
    ['compute: azureml:k\nmirror_traffic: {}', `3:1: mirror_traffic ${only}`],
    ['compute: azureml:k\npublic_network_access: enabled', `3:1: public_network_access ${only}`],
    ['compute: azureml:k\nauth_mode: aad_token', `3:12: auth_mode aad_token ${only}; write key or aml_token`],
    [
      `$schema: ${SCHEMAS}/kubernetesOnlineEndpoint.schema.json`,
      '2:1: a Kubernetes endpoint needs a compute; write compute: azureml:<name>',
    ],
    [
      `$schema: ${SCHEMAS}/batchEndpoint.schema.json`,
      '2:10: $schema must name managedOnlineEndpoint.schema.json or kubernetesOnlineEndpoint.schema.json, ' +
        'not https://azuremlschemas.azureedge.net/latest/batchEndpoint...',
    ],
  ])('%j', (text, fault) => {
    expect(faultsBelowName(text)).toEqual([`iris.yml:${fault}`]);
  });

  test('a deployment is told once, whatever else is in it', () => {
    const text = `$schema: ${SCHEMAS}/kubernetesOnlineDeployment.schema.json\nname: blue\nmodel: {{NOPE}}\n`;
    expect(faultsOf(text)).toEqual([
      'iris.yml:1:10: this file is a deployment, not an endpoint; move it out of this folder',
    ]);
  });
});

describe('identity', () => {
  test.each([
    ['{type: system_assigned}', { type: 'SystemAssigned', userAssigned: [] }],
    ['{type: SystemAssigned, principal_id: x, tenant_id: y}', { type: 'SystemAssigned', userAssigned: [] }],
    ['{type: NONE}', { type: 'None', userAssigned: [] }],
    ['{type: none, user_assigned_identities: []}', { type: 'None', userAssigned: [] }],
    ['{type: user_assigned, user_assigned_identities: [/s/a]}', { type: 'UserAssigned', userAssigned: [`${IDS}a`] }],
    [
      '{type: userAssigned, user_assigned_identities: [{resource_id: /s/a, client_id: c, object_id: o}]}',
      { type: 'UserAssigned', userAssigned: [`${IDS}a`] },
    ],
    [
      '{type: "SystemAssigned, UserAssigned", user_assigned_identities: [/s/a]}',
      { type: 'SystemAssigned,UserAssigned', userAssigned: [`${IDS}a`] },
    ],
  ])('%s', (text, identity) => {
    expect(specBelowName(`identity: ${text.replaceAll('/s/', IDS)}`).identity).toEqual(identity);
  });

  const id = 'the ARM id of one (/subscriptions/.../providers/Microsoft.ManagedIdentity/userAssignedIdentities/<name>)';
  const types = 'system_assigned, user_assigned, "system_assigned,user_assigned" or none';
  test.each([
    ['', '2:1: identity has no value; comment the key out'],
    ['system_assigned', '2:11: identity must be a map with type, not system_assigned'],
    ['{}', `2:11: identity has no type; write ${types}`],
    ['{type: }', `2:12: identity.type has no value; write ${types}`],
    ['{type: managed}', `2:18: identity.type must be ${types}, not managed`],
    ['{type: user_assigned}', '2:18: identity.type user_assigned needs the ARM id of one in user_assigned_identities'],
    [
      '{type: user_assigned, user_assigned_identities: []}',
      '2:18: identity.type user_assigned needs the ARM id of one in user_assigned_identities',
    ],
    [
      '{type: system_assigned, user_assigned_identities: [/s/a]}',
      '2:35: identity.user_assigned_identities goes only with type user_assigned; remove it or change the type',
    ],
    [
      '{type: user_assigned, user_assigned_identities: [/s/a, /s/b]}',
      `2:${63 + IDS.length}: identity.user_assigned_identities takes one identity, since Azure ML supports no more so far; keep one of them`,
    ],
    [
      '{type: user_assigned, user_assigned_identities: scorer}',
      '2:59: identity.user_assigned_identities must be a list, not scorer',
    ],
    [
      '{type: user_assigned, user_assigned_identities: }',
      '2:33: identity.user_assigned_identities has no value; comment the key out, or write []',
    ],
    [
      '{type: user_assigned, user_assigned_identities: [{client_id: c}]}',
      `2:60: identity.user_assigned_identities[0] has no resource_id; write ${id}`,
    ],
    [
      '{type: user_assigned, user_assigned_identities: [" "]}',
      `2:60: identity.user_assigned_identities[0] must be ${id}, not ""`,
    ],
    [
      '{type: user_assigned, user_assigned_identities: [scorer]}',
      `2:60: identity.user_assigned_identities[0] must be ${id}, not scorer`,
    ],
    [
      '{type: user_assigned, user_assigned_identities: [{resource_id: /s/a/b}]}',
      expect.stringContaining(`2:74: identity.user_assigned_identities[0].resource_id must be ${id}, not `),
    ],
  ])('%s', (text, fault) => {
    expect(
      faultsBelowName(`identity: ${text.replaceAll('/s/', IDS)}`).map((line) => line.replace('iris.yml:', '')),
    ).toEqual([fault]);
  });

  test('a faulty key says nothing about those that are missing', () => {
    expect(faultsBelowName('identity: {5: x}')).toEqual(['iris.yml:2:12: the key 5 is not text; quote it']);
  });
});

test('a tag of the rollouts is not for a file to set', () => {
  expect(faultsBelowName('tags: {AML-Rollout.step: 3}')).toEqual([
    'iris.yml:2:8: tags: AML-Rollout.step is reserved for the state of rollouts; name it otherwise',
  ]);
});

test('every key is described', () => {
  for (const key of Object.values(ENDPOINT_KEYS)) expect(key.description).toMatch(/^[A-Z].*\.$/);
});
