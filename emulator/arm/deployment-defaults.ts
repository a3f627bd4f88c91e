import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';

const always: JsonObject = {
  description: null,
  environmentVariables: {},
  modelMountPath: null,
  appInsightsEnabled: false,
  egressPublicNetworkAccess: 'Enabled',
};

const probe: JsonObject = {
  failureThreshold: 30,
  successThreshold: 1,
  timeout: 'PT2S',
  period: 'PT10S',
  initialDelay: 'PT10S',
};

/** test_online_endpoint_invoke.yaml: before the first success a managed deployment shows neither probes nor a time limit. */
function managed(ready: boolean): JsonObject {
  return {
    scaleSettings: { scaleType: 'Default' },
    requestSettings: {
      maxQueueWait: 'PT0S',
      requestTimeout: ready ? 'PT5S' : 'PT0S',
      maxConcurrentRequestsPerInstance: 1,
    },
    livenessProbe: ready ? probe : null,
    readinessProbe: ready ? probe : null,
  };
}

/** test_online_endpoint_k8s_deployment_cpu.yaml, whose body names the probes; without them they are [U]. */
const kubernetes: JsonObject = {
  scaleSettings: {
    scaleType: 'TargetUtilization',
    pollingInterval: 'PT1S',
    targetUtilizationPercentage: 70,
    minInstances: 1,
    maxInstances: 1,
  },
  requestSettings: { maxQueueWait: 'PT0.5S', requestTimeout: 'PT0S', maxConcurrentRequestsPerInstance: 1 },
  livenessProbe: null,
  readinessProbe: null,
  containerResourceRequirements: {
    containerResourceRequests: { cpu: '0.1', memory: '0.500Gi', gpu: null },
    containerResourceLimits: { cpu: null, memory: null, gpu: null },
  },
};

/** A deployment's properties with what the service fills in where a body was silent. */
export function withDefaults(properties: JsonObject, ready: boolean): JsonObject {
  const defaults = properties['endpointComputeType'] === 'Managed' ? managed(ready) : kubernetes;
  return { ...always, ...defaults, ...properties, requestSettings: requestSettings(defaults, properties) };
}

/** Each of these settings has a default of its own. */
function requestSettings(defaults: JsonObject, properties: JsonObject): JsonObject {
  return { ...objectOf(defaults['requestSettings']), ...objectOf(properties['requestSettings']) };
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}
