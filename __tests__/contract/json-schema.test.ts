import { globSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { deploymentJsonSchema, endpointJsonSchema, rolloutJsonSchema } from '../../scripts/json-schema.ts';
import { readPolicy } from '../../src/rollout/policy/read.ts';
import { readDeployment } from '../../src/spec/deployment/read.ts';
import { readEndpoint } from '../../src/spec/endpoint.ts';
import { fakeDeps } from '../support/fake-deps.ts';

const UAI = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer';
const KUBERNETES = 'https://azuremlschemas.azureedge.net/latest/kubernetesOnlineEndpoint.schema.json';

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const accepts = ajv.compile(endpointJsonSchema());
const acceptsDeployment = ajv.compile(deploymentJsonSchema());
const acceptsPolicy = ajv.compile(rolloutJsonSchema());

test.each([
  ['endpoint', endpointJsonSchema()],
  ['deployment', deploymentJsonSchema()],
  ['rollout', rolloutJsonSchema()],
])('the committed schema of %s files is the one that the checks read', async (what, schema) => {
  const committed: unknown = JSON.parse(await readFile(`${what}.schema.json`, 'utf8'));
  expect(committed).toEqual(JSON.parse(JSON.stringify(schema)));
});

test('every example endpoint passes it', async () => {
  const names = (await readdir('endpoints')).filter((name) => name.endsWith('.yml'));
  expect(names).not.toHaveLength(0);
  for (const name of names)
    expect([name, accepts(parse(await readFile(`endpoints/${name}`, 'utf8')))]).toEqual([name, true]);
});

test('every example deployment passes it', async () => {
  const names = [...globSync('endpoints/*/deployments/*.yml'), ...globSync('examples/*/deployment.yml')];
  expect(names).toContain('examples/custom-container/deployment.yml');
  for (const name of names)
    expect([name, acceptsDeployment(parse(await readFile(name, 'utf8')))]).toEqual([name, true]);
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
    ['name: iris\nproperties: {a: 1, b: true, c: text}', true],
    ['name: iris\nproperties: {a: [1]}', false],
    ['name: iris\nproperties: {a: null}', false],
    ['name: iris\nidentity: {type: system_assigned}', true],
    ['name: iris\nidentity: {}', false],
    [`name: iris\nidentity: {type: user_assigned, user_assigned_identities: [${UAI}]}`, true],
    [
      `name: iris\nidentity: {type: UserAssigned, user_assigned_identities: [{resource_id: ${UAI.toUpperCase()}}]}`,
      true,
    ],
    ['name: iris\nidentity: {type: user_assigned, user_assigned_identities: [foo]}', false],
    ['name: iris\nidentity: {type: user_assigned, user_assigned_identities: [{resource_id: /subscriptions/s}]}', false],
    ['name: iris\nidentity: {type: user_assigned}', false],
    ['name: iris\nidentity: {type: user_assigned, user_assigned_identities: []}', false],
    [`name: iris\nidentity: {type: system_assigned, user_assigned_identities: [${UAI}]}`, false],
    ['name: iris\nidentity: {type: none, user_assigned_identities: []}', true],
    [`name: iris\nidentity: {type: "SystemAssigned, UserAssigned", user_assigned_identities: [${UAI}]}`, true],
    [`name: iris\nidentity: {type: "system_assigned,user-assigned", user_assigned_identities: [${UAI}]}`, true],
    ['name: iris\nidentity: {type: "system_assigned, user_assigned"}', false],
    ['name: iris\nauth_mode: k e y', false],
    ['name: iris\nauth_mode: aml token', false],
    ['name: iris\nauth_mode: aml-Token', true],
    ['name: iris\nauth_mode: A-A-D--token', false],
    ['name: iris\npublic_network_access: dis-abled', false],
    ['name: iris\ncompute: azureml:cluster\nauth_mode: aad_token', false],
    ['name: iris\ncompute: azureml:cluster\nauth_mode: AMLToken', true],
    ['name: iris\ncompute: azureml:cluster\nmirror_traffic: {}', false],
    [`name: iris\n$schema: ${KUBERNETES}`, false],
    [`name: iris\n$schema: ${KUBERNETES}\ncompute: azureml:cluster`, true],
    [`name: iris\n$schema: ${KUBERNETES}\ncompute: azureml:cluster\npublic_network_access: enabled`, false],
    [`name: iris\n$schema: ${KUBERNETES}\ncompute: azureml:cluster\nmirror_traffic: {}`, false],
    [`name: iris\n$schema: ${KUBERNETES.replace('kubernetes', 'managed')}`, true],
    ['name: iris\ntags: {AML-rollout.step: x}', false],
    ['name: iris\ntags: {aml: rollout}', true],
    ["name: iris\ntags: {'{{D}}': x}", false],
    ["name: iris\ntags: {'a-${{ env.D }}': x}", false],
    ["name: iris\ntags: {'${{azureml://connections/c}}': x}", true],
    ["name: iris\nproperties: {'{{D}}': x}", false],
    ['name: iris\nidentity: {type: user_assigned, user_assigned_identities: [{client_id: x}]}', false],
    ['name: iris\ncompute: azureml:cluster', true],
    ['name: iris\ncompute: AzureML:cluster', true],
    ['name: iris\ncompute: cluster', false],
    ['name: iris\ncompute: azureml:cluster\npublic_network_access: enabled', false],
    ['name: iris\npublic_network_access: Disabled', true],
    ['name: iris\nprovisioning_state: Succeeded', true],
    ['name: iris\ndescription: 5', false],
    ["name: iris\ntraffic: {'{{D}}': 100}", true],
    ["name: iris\ntraffic: {'${{ env.D }}': 100}", true],
    ["name: iris\ntraffic: {'${{env.D}}': '{{PERCENT}}'}", false],
    ["name: iris\ntraffic:\n  '{{ D }}': ${{env.PERCENT}}", true],
    ["name: iris\ntraffic: {'old-{{D}}': 100}", true],
    ["name: iris\ntraffic: {'{{D-E}}': 100}", false],
    ["name: iris\ntraffic: {blue: '1{{D}}'}", false],
    ["name: '{{NAME}}'\nauth_mode: '{{MODE}}_token'", true],
    ['name: iris\nidentity: {type: "${{ env.KIND }}_assigned"}', true],
  ])('%j', (yaml, valid) => {
    const env = { D: 'blue', PERCENT: '100', NAME: 'iris', MODE: 'aml', KIND: 'system' };
    expect({
      checks: readEndpoint(yaml, 'iris.yml', { env }).faults.length === 0,
      schema: accepts(parse(yaml)),
    }).toEqual({
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
    [`${managed}scale_settings: {type: Default, min_instances: 1}`, false],
    [`${managed}scale_settings: {type: target_utilization}`, false],
    ['type: kubernetes\nscale_settings: {type: TargetUtilization, min_instances: 1}', true],
    ['type: kubernetes\nmodel: azureml:iris:1', true],
    ['type: kubernetes\nmodel: AzureML://registries/r/models/iris/versions/1', false],
    ['type: kubernetes\nenvironment: azureml://registries/r/environments/iris/versions/1', false],
    [`${managed}environment: {}`, false],
    [`${managed}environment: {image: x, build: {path: build}}`, false],
    [`${managed}environment: {build: {path: build}, conda_file: {dependencies: [python]}}`, false],
    [`${managed}environment: {image: x, version: 1}`, false],
    [`${managed}environment: {image: x, version: 1, name: e}`, true],
    [`${managed}environment: azureml:e:1`, true],
    [`${managed}model: {path: model, version: 1}`, false],
    [`${managed}tags: {aml-rollout: x}`, false],
    [`${managed}environment_variables: {"{{A}}": x}`, false],
    [`${managed}code_configuration: {$schema: x, code: code, scoring_script: score.py}`, true],
    [`${managed}request_settings: {max_concurrent_requests_per_instance: 3000000000}`, false],
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

describe('schema and checks are of one mind about a policy with', () => {
  test.each([
    ['preset: fast', true],
    ['preset: Blue-Green', true],
    ['preset: bluegreen', true],
    ['preset: slow', false],
    ['prest: fast', false],
    ['steps: [5, 50]', true],
    ['steps: [0]', false],
    ['steps: []', true],
    ['steps: 5', false],
    ['bake: 10m', true],
    ['bake: 10', false],
    ['bake: 10 m', false],
    ['holdback: 51', false],
    ['mirror: {percent: 50}', true],
    ['mirror: {percent: 51}', false],
    ['mirror: {bake: 5m}', false],
    ['smoke: {request: a.json, expect: {/a: 1, /b: null}, compare: {tolerance: 1e-6, max-diff: 10%}}', true],
    ['smoke: {count: 5}', false],
    ['smoke: {request: a.json, path: /v1/models/iris:predict}', true],
    ['smoke: {request: a.json, path: "/predict?a=b"}', true],
    ['smoke: {request: a.json, path: predict}', false],
    ['smoke: {request: a.json, path: //evil.example}', false],
    ['smoke: {request: a.json, path: /a/../b}', false],
    ['smoke: {request: a.json, path: https://evil.example/score}', false],
    ['smoke: {request: a.json, path: "/a b"}', false],
    ['smoke: {request: a.json, path: 5}', false],
    ['smoke: {request: a.json, expect: {/a: []}}', false],
    ['smoke: {request: a.json, compare: {max-diff: 0.1}}', false],
    ['errors: off', true],
    ['errors: false', false],
    ['errors: {worse-than: 1.5x, max-rate: 5%, min-requests: 50, codes: [408, 5xx]}', true],
    ['errors: {worse-than: 1.5}', false],
    ['latency: {metric: p50, worse-than: 1.3x, max-ms: 800}', true],
    ['latency: {metric: p75}', false],
    ['on-no-data: promote\non-failure: hold\non-cancel: rollback', true],
    ['on-cancel: pause', false],
  ])('%j', (yaml, valid) => {
    const { faults } = readPolicy(yaml, 'rollout.yml', {});
    expect({ checks: faults.length === 0, schema: acceptsPolicy(parse(yaml)) }).toEqual({
      checks: valid,
      schema: valid,
    });
  });
});
