import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Keys, Shape } from '../../../../src/spec/schema.ts';
import { ENDPOINT_KEYS, ONLY_IN_DEPLOYMENTS } from '../../../../src/spec/schema.ts';
import { DEPLOYMENT_KEYS } from '../../../../src/spec/deployment/schema.ts';
import { faultsOf, kubernetesFaults, managedFaults } from './reading.ts';

const at = 'd/blue.yml:3:';
const zero = 'az ml drops a 0 without a word, and Azure then takes its own value';

describe('the value of a key of a managed deployment', () => {
  test.each([
    ['instance_count: 0', '17: instance_count must be an integer of at least 1, not 0'],
    ['instance_count: "2"', '17: instance_count must be an integer of at least 1, not "2"; write 2 without quotes'],
    ['instance_count: "0"', '17: instance_count must be an integer of at least 1, not "0"'],
    ['instance_count: 99999999999999999999', '17: instance_count must be an integer of at most 2147483647, not 99999999999999999999'],
    ['instance_count: 1.5', '17: instance_count must be an integer of at least 1, not 1.5'],
    ['instance_count:', '1: instance_count has no value; comment the key out'],
    ['liveness_probe: 5', '17: liveness_probe must be a map, not 5'],
    ['liveness_probe: {initial_delay: 0}', `33: liveness_probe.initial_delay must be an integer of at least 1, not 0; ${zero}`],
    ['liveness_probe: {success_threshold: 2}', '37: liveness_probe.success_threshold must be 1, not 2'],
    ['startup_probe: {success_threshold: 2}', '36: startup_probe.success_threshold must be 1, not 2'],
    ['liveness_probe: {failure_threshold: 0}', '37: liveness_probe.failure_threshold must be an integer of at least 1, not 0'],
    ['readiness_probe: {timeout: 1s}', '28: readiness_probe.timeout must be an integer of at least 1, not 1s'],
    ['readiness_probe: {periode: 1}', '19: unknown key readiness_probe.periode; did you mean period?'],
    ['request_settings: {request_timeout_ms: 0}', `40: request_settings.request_timeout_ms must be an integer from 1 to 180000, or to 300000 for a Kubernetes deployment, not 0; ${zero}`],
    ['request_settings: {max_concurrent_requests_per_instance: 3000000000}', '58: request_settings.max_concurrent_requests_per_instance must be an integer of at most 2147483647, not 3000000000'],
    ['request_settings: {max_queue_wait_ms: 0}', `39: request_settings.max_queue_wait_ms must be an integer of at least 1, not 0; ${zero}`],
    ['environment_variables: {A: }', '25: environment_variables.A has no value; comment the key out'],
    ['environment_variables: {A: {b: c}}', '28: environment_variables.A must be text, not a map'],
    ['environment_variables: [A]', '24: environment_variables must be a map such as {KEY: value}, not a list'],
    ['tags: {aml-rollout: x}', '8: tags: aml-rollout is reserved for the state of rollouts; name it otherwise'],
    ['app_insights_enabled: yes', '23: app_insights_enabled must be true or false, not yes'],
    ['app_insights_enabled: "tRue"', '23: app_insights_enabled must be true or false, not "tRue"'],
    ['app_insights_enabled: "true"', '23: app_insights_enabled must be true or false, not "true"; write true without quotes'],
    ['model_mount_path: 5', '19: model_mount_path must be text, and 5 is a number; write "5"'],
    ['egress_public_network_access: maybe', '31: egress_public_network_access must be enabled or disabled, not maybe'],
    ['data_collector: {}', '17: data_collector has no collections'],
    ['data_collector: {collections: {a: {}}}', '35: data_collector.collections.a has no enabled; write true or false'],
    ['data_collector: {collections: {a: {enabled: maybe}}}', '45: data_collector.collections.a.enabled must be true or false, not maybe'],
    ['data_collector: {collections: {}, sampling_rate: 1.1}', '50: data_collector.sampling_rate must be a number from 0 to 1, not 1.1'],
    ['data_collector: {collections: {}, sampling_rate: "5"}', '50: data_collector.sampling_rate must be a number from 0 to 1, not "5"'],
    ['data_collector: {collections: {}, sampling_rate: "0.5"}', '50: data_collector.sampling_rate must be a number from 0 to 1, not "0.5"; write 0.5 without quotes'],
    ['data_collector: {collections: {}, rolling_rate: year}', '49: data_collector.rolling_rate must be minute, hour or day, not year'],
    ['data_collector: {collections: {}, request_logging: {capture_headers: a}}', '70: data_collector.request_logging.capture_headers must be a list, not a'],
    ['instnce_count: 1', '1: unknown key instnce_count; did you mean instance_count?'],
    ['traffic: {blue: 100}', "1: traffic is an endpoint's key; it goes into the YAML of the endpoint"],
  ])('%s', async (line, fault) => {
    expect(await managedFaults(line)).toEqual([at + fault]);
  }); // prettier-ignore

  test('is taken from a placeholder, and never told when it is wrong', async () => {
    const env = { COUNT: 'secret' };
    expect(await managedFaults('instance_count: ${{ env.COUNT }}', { env })).toEqual([
      `${at}17: instance_count must be an integer of at least 1, not \${{ env.COUNT }}`,
    ]);
    expect(await managedFaults('instance_count: ${{ env.COUNT }}', { env: { COUNT: '3' } })).toEqual([]);
    expect(await managedFaults('instance_count: "{{COUNT}}"', { env: { COUNT: '3' } })).toEqual([
      `${at}17: instance_count must be an integer of at least 1, not "{{COUNT}}"; write {{COUNT}} without quotes`,
    ]);
    expect(await managedFaults('instance_count: "1{{COUNT}}"', { env: { COUNT: '3' } })).toEqual([
      `${at}17: instance_count must be an integer of at least 1, not "1{{COUNT}}"`,
    ]);
    expect(await managedFaults('instance_count: ${{ env.COUNT }}')).toEqual([
      `${at}17: the environment variable COUNT is not set; \${{ env.COUNT }} needs it`,
    ]);
  });
});

describe('resources of a Kubernetes deployment', () => {
  test.each([
    ['cpu: "0.5"', undefined],
    ['cpu: 500m', undefined],
    ['cpu: 1', 'resources.requests.cpu must be text, and 1 is a number; write "1"'],
    ['cpu: half', 'resources.requests.cpu must be an amount of CPU such as "0.5" or "500m", not half'],
    ['memory: 0.5Gi', undefined],
    ['memory: "200M"', undefined],
    ['memory: lots', 'resources.requests.memory must be an amount of memory such as "0.5Gi" or "512Mi", not lots'],
    ['nvidia.com/gpu: "1"', undefined],
    ['gpu: one', 'resources.requests.gpu must be a number of GPUs such as "1", not one'],
    ['gpu: "1", nvidia.com/gpu: "1"', 'resources.requests: gpu and nvidia.com/gpu are the same setting; use only one'],
  ])('%s', async (setting, fault) => {
    const faults = await kubernetesFaults(`resources: {requests: {${setting}}}`);
    expect(faults.map((line) => line.replace(/^.*?: /, ''))).toEqual(fault === undefined ? [] : [fault]);
  });
});

test('all faults come at once, in the order of the file', async () => {
  const text = 'name: b\ninstance_count: 0\nmodel: {path: nowhere}\nliveness_probe: {period: 0}\n';
  const lines = await faultsOf(text);
  expect(lines.map((line) => line.split(':')[1])).toEqual(['1', '1', '2', '3', '4']);
});

test('keys that only one kind of file has are told apart', () => {
  const readOnly = Object.keys(DEPLOYMENT_KEYS).filter((key) => DEPLOYMENT_KEYS[key]?.type === 'ignored');
  const own = Object.keys(DEPLOYMENT_KEYS).filter((key) => !(key in ENDPOINT_KEYS) && !readOnly.includes(key));
  expect([...ONLY_IN_DEPLOYMENTS].sort()).toEqual(own.sort());
});

test('every key that has a value says where ARM has it, or that it has no place there', () => {
  const nowhere = ['$schema', 'name', 'endpoint_name'];
  const without = Object.entries(DEPLOYMENT_KEYS).filter(([, key]) => key.arm === undefined && key.type !== 'ignored');
  expect(without.map(([name]) => name)).toEqual(nowhere);
});

function names(keys: Keys): string[] {
  return Object.entries(keys).flatMap(([name, key]) => {
    if (key.type === 'ignored' || key.type === 'refused') return [];
    return [name, ...objectsIn(key).flatMap(names)];
  });
}

function objectsIn(shape: Shape): Keys[] {
  if (shape.type === 'object') return [shape.keys];
  if (shape.type === 'text-or-object') return objectsIn(shape.object);
  return shape.type === 'record' ? objectsIn(shape.of) : [];
}

test('the page on YAML names every key', async () => {
  const page = await readFile('docs/yaml.md', 'utf8');
  const section = page.slice(page.indexOf('## Deployments'), page.indexOf('## Traffic'));
  expect(names(DEPLOYMENT_KEYS).filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
});
