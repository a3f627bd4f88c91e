import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { valuesAt, withValue } from '../../../../src/spec/deployment/arm-path.ts';
import { durationIn, isoDuration } from '../../../../src/spec/deployment/duration.ts';
import { deploymentFields } from '../../../../src/spec/deployment/fields.ts';
import { joined, relativeFrom } from '../../../../src/spec/path.ts';
import { kubernetesSpec, managedSpec } from './reading.ts';

const everything = `
description: Blue
tags: {owner: ml, cost: 0042, old: null}
properties: {a: b}
model_mount_path: /mnt
environment_variables: {A: 1, B: true, C: text, D: 0x10}
app_insights_enabled: true
instance_count: 3
scale_settings: {type: DEFAULT}
request_settings: {request_timeout_ms: 90500, max_concurrent_requests_per_instance: 2, max_queue_wait_ms: 1}
liveness_probe: {initial_delay: 90, period: 10, timeout: 2, success_threshold: 1, failure_threshold: 30}
readiness_probe: {period: 3600}
startup_probe: {failure_threshold: 3}
egress_public_network_access: disabled
private_network_connection: true
data_collector:
  sampling_rate: 0.5
  rolling_rate: Hour
  request_logging: {capture_headers: [x-a, x-b]}
  collections:
    inputs: {enabled: "True", client_id: c}
    outputs: {enabled: false}
provisioning_state: Succeeded
id: /subscriptions/s
`;

describe('the body of a managed deployment', () => {
  test('has what the file names, in the words of ARM and at its places', async () => {
    expect((await managedSpec(everything)).body).toEqual({
      tags: { owner: 'ml', cost: '0042', old: null },
      sku: { name: 'Default', capacity: 3 },
      properties: {
        endpointComputeType: 'Managed',
        description: 'Blue',
        properties: { a: 'b', 'private-network-connection': 'true' },
        modelMountPath: '/mnt',
        environmentVariables: { A: '1', B: 'true', C: 'text', D: '0x10' },
        appInsightsEnabled: true,
        instanceType: 'Standard_DS3_v2',
        scaleSettings: { scaleType: 'Default' },
        requestSettings: { requestTimeout: 'PT1M30.5S', maxConcurrentRequestsPerInstance: 2, maxQueueWait: 'PT0.001S' },
        livenessProbe: {
          initialDelay: 'PT1M30S',
          period: 'PT10S',
          timeout: 'PT2S',
          successThreshold: 1,
          failureThreshold: 30,
        },
        readinessProbe: { period: 'PT1H' },
        startupProbe: { failureThreshold: 3 },
        egressPublicNetworkAccess: 'Disabled',
        dataCollector: {
          rollingRate: 'Hour',
          requestLogging: { captureHeaders: ['x-a', 'x-b'] },
          collections: {
            inputs: { dataCollectionMode: 'Enabled', clientId: 'c', samplingRate: 0.5 },
            outputs: { dataCollectionMode: 'Disabled', samplingRate: 0.5 },
          },
        },
      },
    });
  });

  test('has nothing that the file does not name, but what tells its kind', async () => {
    expect((await managedSpec('')).body).toEqual({
      properties: { endpointComputeType: 'Managed', instanceType: 'Standard_DS3_v2' },
    });
  });

  test('reads back as the file says it', async () => {
    const fields = deploymentFields((await managedSpec(everything)).body);
    expect(Object.fromEntries(fields)).toEqual({
      type: 'managed',
      description: 'Blue',
      'tags.owner': 'ml',
      'tags.cost': '0042',
      'tags.old': null,
      'properties.a': 'b',
      model_mount_path: '/mnt',
      'environment_variables.A': '1',
      'environment_variables.B': 'true',
      'environment_variables.C': 'text',
      'environment_variables.D': '0x10',
      app_insights_enabled: true,
      instance_type: 'Standard_DS3_v2',
      instance_count: 3,
      'scale_settings.type': 'default',
      'request_settings.request_timeout_ms': 90500,
      'request_settings.max_concurrent_requests_per_instance': 2,
      'request_settings.max_queue_wait_ms': 1,
      'liveness_probe.initial_delay': 90,
      'liveness_probe.period': 10,
      'liveness_probe.timeout': 2,
      'liveness_probe.success_threshold': 1,
      'liveness_probe.failure_threshold': 30,
      'readiness_probe.period': 3600,
      'startup_probe.failure_threshold': 3,
      egress_public_network_access: 'disabled',
      private_network_connection: true,
      'data_collector.sampling_rate': 0.5,
      'data_collector.rolling_rate': 'hour',
      'data_collector.request_logging.capture_headers': ['x-a', 'x-b'],
      'data_collector.collections.inputs.enabled': 'true',
      'data_collector.collections.inputs.client_id': 'c',
      'data_collector.collections.outputs.enabled': 'false',
    });
  });
});

test('the body of a Kubernetes deployment has its resources and scale', async () => {
  const spec = await kubernetesSpec(
    'resources: {requests: {cpu: "0.1", memory: 0.5Gi, gpu: "1"}, limits: {nvidia.com/gpu: "2"}}\n' +
      'scale_settings: {type: target-utilization, min_instances: 1, max_instances: 3, polling_interval: 10, target_utilization_percentage: 70}',
  );
  expect(spec.body).toEqual({
    properties: {
      endpointComputeType: 'Kubernetes',
      containerResourceRequirements: {
        containerResourceRequests: { cpu: '0.1', memory: '0.5Gi', gpu: '1' },
        containerResourceLimits: { gpu: '2' },
      },
      scaleSettings: {
        scaleType: 'TargetUtilization',
        minInstances: 1,
        maxInstances: 3,
        pollingInterval: 'PT10S',
        targetUtilizationPercentage: 70,
      },
    },
  });
  expect(deploymentFields(spec.body).get('resources.requests.nvidia.com/gpu')).toBe('1');
});

describe('fields of a live body', () => {
  test('are the same whatever the spelling of a duration or a word', () => {
    const fields = deploymentFields({
      properties: {
        endpointComputeType: 'managed',
        livenessProbe: { period: 'PT90S', timeout: 'odd' },
        requestSettings: { requestTimeout: 'PT1M30S' },
        properties: { 'private-network-connection': 'True' },
        egressPublicNetworkAccess: 'Elsewhere',
      },
    });
    expect(Object.fromEntries(fields)).toEqual({
      type: 'managed',
      'liveness_probe.period': 90,
      'liveness_probe.timeout': 'odd',
      'request_settings.request_timeout_ms': 90000,
      private_network_connection: true,
      egress_public_network_access: 'Elsewhere',
    });
  });

  test('are none where ARM has null or nothing, and ids where assets are', () => {
    const body = {
      tags: {},
      sku: null,
      properties: {
        description: null,
        model: '/m',
        environmentId: '/e',
        codeConfiguration: { codeId: '/c', scoringScript: null },
      },
    };
    expect(Object.fromEntries(deploymentFields(body))).toEqual({
      model: '/m',
      environment: '/e',
      'code_configuration.code': '/c',
    });
  });

  test('show rates that differ, where the YAML has one', () => {
    const collections = { a: { samplingRate: 1 }, b: { samplingRate: 0.5 } };
    const fields = deploymentFields({ properties: { dataCollector: { collections } } });
    expect(fields.get('data_collector.sampling_rate')).toBe('1, 0.5');
  });

  test('come out of any body', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (properties, tags) => {
        deploymentFields({ properties, tags });
      }),
    );
  });
});

describe('values at ARM paths', () => {
  test('are set beside what is there', () => {
    const body = { a: { b: 1, c: { d: 2 } } };
    expect(withValue(body, 'a.b', 3)).toEqual({ a: { b: 3, c: { d: 2 } } });
    expect(withValue(body, 'a.c', { e: 4 })).toEqual({ a: { b: 1, c: { d: 2, e: 4 } } });
    expect(withValue(body, 'x.y', null)).toEqual({ ...body, x: { y: null } });
    expect(withValue({ m: { one: {}, two: { a: 1 } } }, 'm.*.r', 5)).toEqual({
      m: { one: { r: 5 }, two: { a: 1, r: 5 } },
    });
    expect(body).toEqual({ a: { b: 1, c: { d: 2 } } });
  });

  test('are found', () => {
    expect(valuesAt({ a: { b: null, c: 0 } }, 'a.b')).toEqual([]);
    expect(valuesAt({ a: { b: null, c: 0 } }, 'a.c')).toEqual([0]);
    expect(valuesAt({ a: 5 }, 'a.b.c')).toEqual([]);
    expect(valuesAt({ a: { x: { r: 1 }, y: {}, z: { r: 2 } } }, 'a.*.r')).toEqual([1, 2]);
    expect(valuesAt({}, 'constructor.name')).toEqual([]);
  });
});

describe('durations', () => {
  test.each([
    [90, 'seconds', 'PT1M30S'],
    [100000, 'seconds', 'P1DT3H46M40S'],
    [86400, 'seconds', 'P1D'],
    [1500, 'milliseconds', 'PT1.5S'],
    [1, 'milliseconds', 'PT0.001S'],
  ] as const)('%d %s is %s', (value, unit, iso) => {
    expect(isoDuration(value, unit)).toBe(iso);
  });

  test('come back as they went', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 40 }),
        fc.constantFrom('seconds' as const, 'milliseconds' as const),
        (value, unit) => {
          expect(durationIn(unit, isoDuration(value, unit))).toBe(value);
        },
      ),
    );
  });

  test.each([
    ['PT90S', 90],
    ['pt1m30s', 90],
    ['PT0.5M', undefined],
    ['P1W', 604800],
    ['PT1,5S', 1.5],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['90', undefined],
    ['', undefined],
  ])('%s is %p seconds', (iso, seconds) => {
    expect(durationIn('seconds', iso)).toBe(seconds);
  });
});

describe('paths', () => {
  test.each([
    ['a/b', '../c/', 'a/c'],
    ['a/b', '../../..', '..'],
    ['', './x//y/.', 'x/y'],
    ['a', '.', 'a'],
    ['a', '..', '.'],
    ['a', '/etc/../x', '/x'],
    ['a', '/..', '/'],
    ['../out', 'x', '../out/x'],
  ])('%s and %s make %s', (folder, path, whole) => {
    expect(joined(folder, path)).toBe(whole);
  });

  test('lead back from a folder', () => {
    const step = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));
    fc.assert(
      fc.property(path, path, (folder, target) => {
        expect(joined(folder, relativeFrom(folder, target))).toBe(target);
      }),
    );
  });
});
