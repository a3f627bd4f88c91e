import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { deploymentJsonSchema, endpointJsonSchema } from '../../scripts/json-schema.ts';
import { readDeployment } from '../../src/spec/deployment/read.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';
import { fakeDeps } from '../support/fake-deps.ts';

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const accepts = ajv.compile(endpointJsonSchema());
const acceptsDeployment = ajv.compile(deploymentJsonSchema());

test.each([
  ['endpoint', endpointJsonSchema()],
  ['deployment', deploymentJsonSchema()],
])('the committed schema of an %s is the one that the checks read', async (what, schema) => {
  const committed: unknown = JSON.parse(await readFile(`${what}.schema.json`, 'utf8'));
  expect(committed).toEqual(JSON.parse(JSON.stringify(schema)));
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

describe('schema and checks are of one mind about a deployment with', () => {
  const { files } = fakeDeps({ files: { 'code/score.py': '', 'model/weights': '', 'build/Dockerfile': '' } });
  const managed = 'instance_type: Standard_DS3_v2\n';
  const probes = ['liveness_probe', 'readiness_probe', 'startup_probe'];
  test.each([
    [managed, true],
    ['instance_count: 1', false],
    ['type: kubernetes', true],
    ['type: Kubernetes\nresources: {requests: {cpu: "0.1", memory: 0.5Gi, nvidia.com/gpu: "1"}}', true],
    ['type: kubernetes\nresources: {requests: {cpu: 0.1}}', false],
    ['type: kubernetes\negress_public_network_access: enabled', false],
    ['type: kubernetes\nrequest_settings: {request_timeout_ms: 300000}', true],
    [`${managed}request_settings: {request_timeout_ms: 300000}`, false],
    [`${managed}request_settings: {request_timeout_ms: 180000, max_queue_wait_ms: 1}`, true],
    [`${managed}request_settings: {request_timeout_ms: 0}`, false],
    [`${managed}resources: {}`, false],
    [`${managed}instance_count: 0`, false],
    [`${managed}instance_count: 500`, true],
    [`${managed}traffic: {blue: 100}`, false],
    [`${managed}model: azureml:iris:1`, true],
    [`${managed}model: {path: model, type: mlflow-model, name: iris, version: 1}`, true],
    [`${managed}model: {path: model, stage: Production}`, false],
    [`${managed}model: {name: iris}`, false],
    [`${managed}code_configuration: {code: code, scoring_script: score.py}`, true],
    [`${managed}code_configuration: {code: code}`, false],
    [`${managed}environment: {image: x, conda_file: {dependencies: [python]}}`, true],
    [`${managed}environment: {build: {path: build}}`, true],
    [`${managed}environment: {image: x, inference_config: {scoring_route: {path: /, port: 1}}}`, false],
    [`${managed}environment_variables: {A: text, B: 1, C: true}`, true],
    [`${managed}environment_variables: {A: null}`, false],
    [`${managed}environment_variables: {A: [1]}`, false],
    [`${managed}app_insights_enabled: true`, true],
    [`${managed}app_insights_enabled: "true"`, false],
    [`${managed}private_network_connection: false`, true],
    [`${managed}scale_settings: {type: default}`, true],
    [`${managed}data_collector: {sampling_rate: 0.5, collections: {model_inputs: {enabled: "True"}}}`, true],
    [`${managed}data_collector: {collections: {model_inputs: {enabled: true, data: azureml:d:1}}}`, true],
    [`${managed}data_collector: {sampling_rate: 1.5, collections: {}}`, false],
    [`${managed}data_collector: {rolling_rate: year, collections: {}}`, false],
    [`${managed}provisioning_state: Succeeded\nid: x`, true],
    ...probes.map((probe): [string, boolean] => [`${managed}${probe}: {initial_delay: 1, failure_threshold: 3}`, true]),
    ...probes.map((probe): [string, boolean] => [`${managed}${probe}: {period: 0}`, false]),
    ...probes.map((probe): [string, boolean] => [`${managed}${probe}: {success_threshold: 2}`, probe.startsWith('r')]),
  ])('%j', async (yaml, valid) => {
    const text = `name: blue\n${yaml}`;
    const { faults } = await readDeployment(text, 'blue.yml', { files, endpoints: ['iris'] });
    expect({ checks: faults.length === 0, schema: acceptsDeployment(parse(text)) }).toEqual({
      checks: valid,
      schema: valid,
    });
  });
});
