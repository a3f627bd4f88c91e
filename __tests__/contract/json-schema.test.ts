import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { endpointJsonSchema } from '../../scripts/json-schema.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';

const accepts = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(endpointJsonSchema());

test('the committed schema is the one that the checks read', async () => {
  const committed: unknown = JSON.parse(await readFile('endpoint.schema.json', 'utf8'));
  expect(committed).toEqual(JSON.parse(JSON.stringify(endpointJsonSchema())));
});

test('every example endpoint passes it', async () => {
  const names = (await readdir('endpoints')).filter((name) => name.endsWith('.yml'));
  expect(names).not.toHaveLength(0);
  for (const name of names)
    expect([name, accepts(parse(await readFile(`endpoints/${name}`, 'utf8')))]).toEqual([name, true]);
});

describe('schema and checks are of one mind about', () => {
  test.each([
    ['name: iris', true],
    ['name: i', false],
    ['description: no name', false],
    ['name: iris\nauth_mode: Key', true],
    ['name: iris\nauth_mode: AMLToken', true],
    ['name: iris\nauth_mode: aml_token', true],
    ['name: iris\nauth_mode: password', false],
    ['name: iris\ntrafic: {}', false],
    ['name: iris\ntraffic: {blue: 90, green: 10}', true],
    ['name: iris\ntraffic: {blue: "90", green: 10}', false],
    ['name: iris\ntraffic: {blue: 101}', false],
    ['name: iris\ntraffic: {b!: 100}', false],
    ['name: iris\ntraffic:', false],
    ['name: iris\nmirror_traffic: {green: 51}', false],
    ['name: iris\nmirror_traffic: {green: 50}', true],
    ['name: iris\ntags: {a: 1, b: true, c: null, d: text}', true],
    ['name: iris\ntags: {a: [1]}', false],
    ['name: iris\nproperties: {a: 1}', false],
    ['name: iris\nidentity: {type: system_assigned}', true],
    ['name: iris\nidentity: {}', false],
    ['name: iris\nidentity: {type: user_assigned, user_assigned_identities: [/subscriptions/s/id]}', true],
    [
      'name: iris\nidentity: {type: user_assigned, user_assigned_identities: [{resource_id: /subscriptions/s/id}]}',
      true,
    ],
    ['name: iris\nidentity: {type: user_assigned, user_assigned_identities: [{client_id: x}]}', false],
    ['name: iris\ncompute: azureml:cluster', true],
    ['name: iris\ncompute: AzureML:cluster', true],
    ['name: iris\ncompute: cluster', false],
    ['name: iris\ncompute: azureml:cluster\npublic_network_access: enabled', false],
    ['name: iris\npublic_network_access: Disabled', true],
    ['name: iris\nprovisioning_state: Succeeded', true],
    ['name: iris\ndescription: 5', false],
  ])('%j', (yaml, valid) => {
    expect({ checks: readEndpoint(yaml, 'iris.yml').faults.length === 0, schema: accepts(parse(yaml)) }).toEqual({
      checks: valid,
      schema: valid,
    });
  });
});
