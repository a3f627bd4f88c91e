import type { JsonObject } from '../../../../src/json.ts';
import { planDeployment } from '../../../../src/plan/deployment/changes.ts';
import type { DeploymentPlan } from '../../../../src/plan/deployment/changes.ts';
import type { AssetIds } from '../../../../src/plan/deployment/assets.ts';
import type { DeploymentSpec } from '../../../../src/spec/deployment/model.ts';

export const AROUND = { location: 'westeurope', keepCapacity: false };

export const WORKSPACE = '/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w';

export const ASSETS = {
  model: { id: `${WORKSPACE}/models/iris/versions/7`, shown: 'iris:7 (latest)' },
  code: { id: `${WORKSPACE}/codes/1a2b/versions/1`, shown: './src (content 1a2b)' },
  environment: { id: `${WORKSPACE}/environments/sklearn/versions/3`, shown: 'sklearn:3' },
} satisfies AssetIds;

/** A YAML that names nothing but what a test gives. */
export function spec(body: JsonObject = {}, more: Partial<DeploymentSpec> = {}): DeploymentSpec {
  return {
    name: 'blue',
    endpoint: 'iris',
    file: 'blue.yml',
    kind: 'managed',
    body,
    positions: new Map(),
    placeholders: new Map(),
    ...more,
  };
}

/** A YAML that names properties of ARM. */
export function named(properties: JsonObject, more: Partial<DeploymentSpec> = {}): DeploymentSpec {
  return spec({ properties }, more);
}

/** A deployment as Azure shows it, with what it fills in where a body was silent. */
export function live(properties: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const probe = {
    failureThreshold: 30,
    successThreshold: 1,
    timeout: 'PT2S',
    period: 'PT10S',
    initialDelay: 'PT10S',
  };
  return {
    id: `${WORKSPACE}/onlineEndpoints/iris/deployments/blue`,
    name: 'blue',
    type: 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments',
    location: 'westeurope',
    kind: 'Managed',
    tags: {},
    sku: { name: 'Default', tier: 'Standard', capacity: 2 },
    systemData: { createdAt: '2026-01-02T03:04:05Z' },
    properties: {
      endpointComputeType: 'Managed',
      provisioningState: 'Succeeded',
      instanceType: 'Standard_DS3_v2',
      description: null,
      environmentVariables: {},
      appInsightsEnabled: false,
      egressPublicNetworkAccess: 'Enabled',
      scaleSettings: { scaleType: 'Default' },
      requestSettings: { maxQueueWait: 'PT0.5S', requestTimeout: 'PT5S', maxConcurrentRequestsPerInstance: 1 },
      livenessProbe: probe,
      readinessProbe: probe,
      properties: { AzureAsyncOperationUri: 'https://management.azure.com/x' },
      ...properties,
    },
    ...more,
  };
}

export function plan(wants: DeploymentSpec, has?: JsonObject, assets: AssetIds = {}): DeploymentPlan {
  return planDeployment(wants, has, assets, AROUND);
}
