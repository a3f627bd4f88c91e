import { describe, expect, test } from '@jest/globals';
import { faultsOf, kubernetesFaults, kubernetesSpec, managedFaults, managedSpec } from './reading.ts';

const at = 'd/blue.yml:3:';
const schemas = 'https://azuremlschemas.azureedge.net/latest';

describe('a managed deployment', () => {
  test('needs an instance type', async () => {
    expect(await faultsOf('name: blue')).toEqual([
      'd/blue.yml:1:1: instance_type is missing; write a VM size such as instance_type: Standard_DS3_v2',
    ]);
  });

  test.each([
    ['resources: {}', '1: resources is for Kubernetes deployments only'],
    [
      'scale_settings: {type: target_utilization}',
      '24: scale_settings.type target_utilization is for Kubernetes deployments; a managed deployment takes only default, and is scaled by Azure Monitor autoscale',
    ],
    [
      'scale_settings: {type: default, min_instances: 1}',
      '33: scale_settings.min_instances goes only with type: target_utilization',
    ],
    ['scale_settings: {}', '17: scale_settings has no type; write default or target_utilization'],
    [
      'request_settings: {request_timeout_ms: 180001}',
      '40: request_settings.request_timeout_ms must be an integer from 1 to 180000 for a managed deployment, not 180001',
    ],
    ['instance_count: 2147483648', '17: instance_count must be an integer of at most 2147483647, not 2147483648'],
    [
      'liveness_probe: {initial_delay: 99999999999}',
      '33: liveness_probe.initial_delay must be an integer of at most 2147483647, not 99999999999',
    ],
    [
      'liveness_probe: {failure_threshold: 99999999999}',
      '37: liveness_probe.failure_threshold must be an integer of at most 2147483647, not 99999999999',
    ],
  ])('%s', async (line, fault) => {
    expect(await managedFaults(line)).toEqual([at + fault]);
  });

  test('is also one that says so in any case', async () => {
    expect((await managedSpec('type: Managed')).kind).toBe('managed');
  });
});

describe('a Kubernetes deployment', () => {
  test('needs no instance type and takes what a managed one does not', async () => {
    const spec = await kubernetesSpec(
      'request_settings: {request_timeout_ms: 300000}\nscale_settings: {type: target_utilization, min_instances: 1, max_instances: 1}',
    );
    expect(spec.kind).toBe('kubernetes');
  });

  test.each([
    ['egress_public_network_access: enabled', '1: egress_public_network_access is for managed deployments only'],
    ['private_network_connection: true', '1: private_network_connection is for managed deployments only'],
    [
      'scale_settings: {type: target_utilization, min_instances: 3, max_instances: 2}',
      '59: scale_settings: min_instances is more than max_instances: 3 and 2',
    ],
    [
      'model: azureml://registries/r/models/n/versions/1',
      "8: model: a Kubernetes deployment takes nothing from registries; use the workspace's own",
    ],
    [
      'environment: azureml://registries/r/environments/n/labels/latest',
      "14: environment: a Kubernetes deployment takes nothing from registries; use the workspace's own",
    ],
  ])('%s', async (line, fault) => {
    expect(await kubernetesFaults(line)).toEqual([at + fault]);
  });

  test('has with its endpoint at most 62 characters of name', async () => {
    const long = 'x'.repeat(32);
    const faults = (name: string) => faultsOf(`name: ${name}\ntype: kubernetes`, { endpoints: [long] });
    expect(await faults('y'.repeat(30))).toEqual([]);
    expect(await faults('y'.repeat(31))).toEqual([expect.stringContaining('more than 62 characters together')]);
    const managed = await faultsOf(`name: ${long}\ninstance_type: x`, { endpoints: [long] });
    expect(managed).toEqual([]);
  });

  test('is not made by its $schema alone', async () => {
    const schema = `$schema: ${schemas}/kubernetesOnlineDeployment.schema.json`;
    expect(await managedFaults(schema)).toEqual([
      `${at}10: $schema is for Kubernetes deployments, but the deployment is managed; write type: kubernetes`,
    ]);
    expect(await kubernetesFaults(schema)).toEqual([]);
  });
});

describe('a file that is something else', () => {
  test.each([
    ['$schema: S/managedOnlineEndpoint.schema.json', 'this file is an endpoint, not a deployment'],
    ['$schema: S/batchEndpoint.schema.json', 'this file is a batch endpoint'],
    ['$schema: S/batchDeployment.schema.json', 'this file is a batch deployment'],
    ['$schema: S/modelBatchDeployment.schema.json', 'this file is a batch deployment'],
    ['$schema: S/model.schema.json', '$schema must name managedOnlineDeployment.schema.json or kubernetesOnline'],
    ['name: iris\nauth_mode: key', 'this file is an endpoint, not a deployment'],
    ['name: iris\ntraffic: {}', 'this file is an endpoint, not a deployment'],
    ['name: blue\nmodel: azureml:a:1\ncompute: x\nmini_batch_size: 3', 'this file is a batch deployment'],
    ['name: iris\nversion: 1\npath: ./model\ntype: custom_model', 'this file is a model'],
    ['name: env\nimage: x\nconda_file: y', 'this file is an environment'],
    ['- name: blue', 'a deployment is a map that starts with name: ..., not a list'],
  ])('%s', async (text, fault) => {
    const faults = await faultsOf(text.replace('S/', `${schemas}/`));
    expect(faults).toEqual([expect.stringContaining(`: ${fault}`)]);
  });

  test('a $schema of somebody else says nothing', async () => {
    expect(await managedFaults('$schema: ../deployment.schema.json')).toEqual([]);
  });
});

describe('names', () => {
  test('are sent in lower case', async () => {
    const spec = await managedSpec('endpoint_name: Iris');
    expect([spec.name, spec.endpoint]).toEqual(['blue', 'iris']);
  });

  test.each([
    ['endpoint_name: wine', ['iris'], `${at}16: endpoint_name wine is not the endpoint iris`],
    [
      'endpoint_name: wine',
      ['iris', 'rice'],
      `${at}16: endpoint_name wine is none of the selected endpoints: iris, rice`,
    ],
    ['', ['iris', 'rice'], 'd/blue.yml:1:1: endpoint_name is missing; write which of iris, rice it belongs to'],
    ['', [], 'd/blue.yml:1:1: endpoint_name is missing; write endpoint_name: <endpoint>'],
  ])('%j among %j', async (line, endpoints, fault) => {
    expect(await managedFaults(line, { endpoints })).toEqual([fault]);
  });

  test('may be that of the file in any case, and no other', async () => {
    expect(await managedFaults('', { expectedName: 'Blue' })).toEqual([]);
    expect(await faultsOf('name: green\ninstance_type: x', { expectedName: 'blue' })).toEqual([
      'd/blue.yml:1:7: name is green but the file is blue.yml; write name: blue, or git mv d/blue.yml d/green.yml',
    ]);
    expect(await faultsOf('instance_type: x', { expectedName: 'blue' })).toEqual([
      'd/blue.yml:1:1: name is missing; write name: blue',
    ]);
    expect(await faultsOf('instance_type: x')).toEqual(['d/blue.yml:1:1: name is missing; write name: <deployment>']);
  });
});
