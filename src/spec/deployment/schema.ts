import { INT32, type Keys, NETWORK_ACCESS, READ_ONLY, type TextForm } from '../schema.ts';
import { NAME_PATTERN, NAME_RULE } from '../names.ts';
import { ENVIRONMENT_KEYS, MODEL_KEYS } from './asset-keys.ts';
import { duration, record } from './parts.ts';
import { DATA_COLLECTOR_KEYS, probe, RESOURCE_KEYS } from './setting-keys.ts';

const NAME: TextForm = { words: NAME_RULE, pattern: NAME_PATTERN };

const REFERENCE: TextForm = {
  words:
    'azureml:<name>:<version>, azureml:<name>@latest, azureml://registries/..., an ARM id (/subscriptions/...) or a map',
  pattern: /\S/,
};

export const DEPLOYMENT_TYPES = { managed: 'Managed', kubernetes: 'Kubernetes' } as const;
export const SCALE_TYPES = { default: 'Default', target_utilization: 'TargetUtilization' } as const;
/** The longest request, in milliseconds. Source: Microsoft Learn, reference-yaml-deployment-managed-online and -kubernetes-online. */
export const LONGEST_REQUEST = { managed: 180_000, kubernetes: 300_000 } as const;

/**
 * Every key of an online deployment's YAML, for managed and Kubernetes deployments, and where ARM has its value. The checks,
 * the body that is sent and the comparison with what is live read this table. `arm` goes on from the `arm` of the key
 * around it.
 * Source: Microsoft Learn, reference-yaml-deployment-managed-online and reference-yaml-deployment-kubernetes-online; of
 * `since` azure-rest-api-specs, machinelearningservices; azure-ai-ml, `_schema/_deployment/online`, `_schema/assets` and `entities/_deployment`.
 */
export const DEPLOYMENT_KEYS: Keys = {
  $schema: { type: 'text', description: 'The schema that an editor checks the file with.' },
  name: {
    type: 'text',
    form: NAME,
    required: true,
    description: `Name of the deployment; in the folder of its endpoint, equal to the name of the file: ${NAME_RULE}.`,
  },
  endpoint_name: {
    type: 'text',
    form: NAME,
    description: 'Name of its endpoint; may be absent in the folder of the endpoint, or when one endpoint is selected.',
  },
  type: {
    type: 'choice',
    values: DEPLOYMENT_TYPES,
    arm: 'properties.endpointComputeType',
    description: 'The kind of compute; managed when absent.',
  },
  description: { type: 'text', arm: 'properties.description', description: 'What the deployment is for.' },
  tags: {
    type: 'record',
    of: { type: 'label' },
    keys: 'tag',
    example: '{owner: ml}',
    arm: 'tags',
    description: 'Tags, merged into those of Azure key by key; null removes one.',
  },
  properties: {
    ...record('{key: value}', 'Properties, which Azure lets be added but never removed.'),
    arm: 'properties.properties',
  },
  model: {
    type: 'text-or-object',
    text: { type: 'text', form: REFERENCE },
    object: { type: 'object', keys: MODEL_KEYS },
    arm: 'properties.model',
    as: 'asset',
    description: 'The model: a reference, or a map that is registered.',
  },
  model_mount_path: {
    type: 'text',
    arm: 'properties.modelMountPath',
    description: 'Where the model is mounted in a container of your own.',
  },
  code_configuration: {
    type: 'object',
    keys: {
      $schema: { type: 'ignored', description: 'The schema that an editor checks the map with.' },
      code: {
        type: 'text',
        required: true,
        arm: 'codeId',
        as: 'asset',
        description: 'The folder with the scoring script, from the folder of this file; or a reference.',
      },
      scoring_script: {
        type: 'text',
        required: true,
        arm: 'scoringScript',
        description: 'The scoring script, from the folder of the code.',
      },
    },
    arm: 'properties.codeConfiguration',
    description: 'The code that answers requests.',
  },
  environment: {
    type: 'text-or-object',
    text: { type: 'text', form: REFERENCE },
    object: { type: 'object', keys: ENVIRONMENT_KEYS },
    arm: 'properties.environmentId',
    as: 'asset',
    description: 'The environment: a reference, a map that is registered, or file:<path> of a file with that map.',
  },
  environment_variables: {
    ...record('{KEY: value}', 'Environment variables of the container.'),
    arm: 'properties.environmentVariables',
  },
  app_insights_enabled: {
    type: 'boolean',
    arm: 'properties.appInsightsEnabled',
    description: 'Whether requests and logs go to Application Insights.',
  },
  instance_type: {
    type: 'text',
    arm: 'properties.instanceType',
    description: 'VM size of the instances, such as Standard_DS3_v2; required for a managed deployment.',
  },
  instance_count: {
    type: 'integer',
    minimum: 1,
    maximum: INT32,
    arm: 'sku.capacity',
    description: 'How many instances.',
  },
  scale_settings: {
    type: 'object',
    keys: {
      type: {
        type: 'choice',
        values: SCALE_TYPES,
        required: true,
        arm: 'scaleType',
        description: 'default, or target_utilization for Kubernetes.',
      },
      min_instances: {
        type: 'integer',
        minimum: 1,
        maximum: INT32,
        arm: 'minInstances',
        description: 'The fewest instances.',
      },
      max_instances: {
        type: 'integer',
        minimum: 1,
        maximum: INT32,
        arm: 'maxInstances',
        description: 'The most instances.',
      },
      polling_interval: {
        ...duration('seconds', 'How often the load is looked at, in seconds.'),
        arm: 'pollingInterval',
      },
      target_utilization_percentage: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        arm: 'targetUtilizationPercentage',
        description: 'The load that is aimed at, in percent.',
      },
    },
    arm: 'properties.scaleSettings',
    description: 'How the number of instances changes; a managed deployment takes type default alone.',
  },
  request_settings: {
    type: 'object',
    keys: {
      request_timeout_ms: {
        ...duration(
          'milliseconds',
          `The longest that a request may take, in milliseconds, at most ${LONGEST_REQUEST.managed} (Kubernetes: ${LONGEST_REQUEST.kubernetes}).`,
          LONGEST_REQUEST.kubernetes,
          `an integer from 1 to ${LONGEST_REQUEST.managed}, or to ${LONGEST_REQUEST.kubernetes} for a Kubernetes deployment`,
        ),
        arm: 'requestTimeout',
      },
      max_concurrent_requests_per_instance: {
        type: 'integer',
        minimum: 1,
        maximum: INT32,
        arm: 'maxConcurrentRequestsPerInstance',
        description: 'How many requests an instance takes at once.',
      },
      max_queue_wait_ms: {
        ...duration('milliseconds', 'The longest that a request may wait, in milliseconds. Deprecated by Azure.'),
        arm: 'maxQueueWait',
      },
    },
    arm: 'properties.requestSettings',
    description: 'Limits of requests.',
  },
  liveness_probe: probe('livenessProbe', 1, 'How Azure finds out that the container lives.'),
  readiness_probe: probe('readinessProbe', undefined, 'How Azure finds out that the container can serve.'),
  startup_probe: {
    ...probe('startupProbe', 1, 'How Azure finds out that the container has started. az ml does not know it.'),
    since: '2024-10-01',
  },
  egress_public_network_access: {
    type: 'choice',
    values: NETWORK_ACCESS,
    only: 'managed',
    arm: 'properties.egressPublicNetworkAccess',
    description: 'Whether the deployment reaches the public network.',
  },
  private_network_connection: {
    type: 'boolean',
    only: 'managed',
    // Among the properties, and as their text: no API version of today has a field for it.
    // Source: azure-ai-ml 1.35.2, `entities/_deployment/online_deployment.py` and the body that comes of it.
    arm: 'properties.properties.private-network-connection',
    as: 'text',
    description: 'Whether the deployment has a private connection to the workspace. Experimental in az ml.',
  },
  data_collector: {
    type: 'object',
    keys: DATA_COLLECTOR_KEYS,
    since: '2023-04-01',
    arm: 'properties.dataCollector',
    description: 'What is collected of requests and answers.',
  },
  resources: {
    type: 'object',
    keys: {
      requests: {
        type: 'object',
        keys: RESOURCE_KEYS,
        arm: 'containerResourceRequests',
        description: 'What each container is sure to get.',
      },
      limits: {
        type: 'object',
        keys: RESOURCE_KEYS,
        arm: 'containerResourceLimits',
        description: 'What each container gets at most.',
      },
    },
    only: 'kubernetes',
    arm: 'properties.containerResourceRequirements',
    description: 'Resources of the containers.',
  },
  id: READ_ONLY,
  provisioning_state: READ_ONLY,
  creation_context: READ_ONLY,
};
