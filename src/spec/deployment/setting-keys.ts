import { INT32, type Key, type Keys, READ_ONLY, type TextForm } from '../schema.ts';
import { duration, NAMESPACED, VERSION } from './parts.ts';

const CPU: TextForm = { words: 'an amount of CPU such as "0.5" or "500m"', pattern: /^(?:\d+(?:\.\d+)?|\d+m)$/ };
const MEMORY: TextForm = {
  words: 'an amount of memory such as "0.5Gi" or "512Mi"',
  pattern: /^\d+(?:\.\d+)?(?:[KMGTPE]i|[kMGTPEm]|[eE][-+]?\d+)?$/,
};
const COUNT: TextForm = { words: 'a number of GPUs such as "1"', pattern: /^\d+$/ };
const ROLLING_RATES = { minute: 'Minute', hour: 'Hour', day: 'Day' } as const;
const COLLECTING = { true: 'Enabled', false: 'Disabled' } as const;

const COLLECTION: Keys = {
  enabled: {
    type: 'choice',
    values: COLLECTING,
    required: true,
    arm: 'dataCollectionMode',
    description: 'Whether this collection is written: true or false, in quotes or not.',
  },
  data: {
    type: 'text-or-object',
    text: { type: 'text' },
    object: {
      type: 'object',
      keys: {
        name: { type: 'text', form: NAMESPACED, description: 'Name of the data asset.' },
        version: { ...VERSION, description: 'Version of the data asset; 1 when absent.' },
        path: { type: 'text', description: 'Where the data is written: azureml://datastores/...' },
        data_id: READ_ONLY,
      },
    },
    arm: 'dataId',
    as: 'asset',
    description: 'The data asset that is written: a reference, or a map with name, version and path.',
  },
  client_id: { type: 'text', arm: 'clientId', description: 'Client id of the identity that writes.' },
};

export const DATA_COLLECTOR_KEYS: Keys = {
  collections: {
    type: 'record',
    of: { type: 'object', keys: COLLECTION },
    keys: 'any',
    example: '{model_inputs: {enabled: true}}',
    required: true,
    arm: 'collections',
    description: 'What is collected, by name; request and response are names with a meaning for Azure.',
  },
  sampling_rate: {
    type: 'number',
    minimum: 0,
    maximum: 1,
    // In ARM each collection has its own; the YAML has one for all. Source: azure-ai-ml, `entities/_deployment/data_collector.py`.
    arm: 'collections.*.samplingRate',
    description: 'The share of the requests that is collected.',
  },
  rolling_rate: {
    type: 'choice',
    values: ROLLING_RATES,
    arm: 'rollingRate',
    description: 'How often a new file of data is begun.',
  },
  request_logging: {
    type: 'object',
    keys: {
      capture_headers: {
        type: 'list',
        of: { type: 'text' },
        arm: 'captureHeaders',
        description: 'Headers of requests that are logged.',
      },
    },
    arm: 'requestLogging',
    description: 'What is logged of requests.',
  },
};

export const RESOURCE_KEYS: Keys = {
  cpu: { type: 'text', form: CPU, arm: 'cpu', description: 'CPU, in the units of Kubernetes.' },
  memory: { type: 'text', form: MEMORY, arm: 'memory', description: 'Memory, in the units of Kubernetes.' },
  'nvidia.com/gpu': { type: 'text', form: COUNT, arm: 'gpu', description: 'How many GPUs.' },
  gpu: { type: 'text', form: COUNT, arm: 'gpu', description: 'The same as nvidia.com/gpu.' },
};

/**
 * @param successes the only threshold of successes that is taken, where there is one. Source for liveness: Microsoft Learn,
 * reference-yaml-deployment-managed-online; for start-up: Kubernetes, configure-liveness-readiness-startup-probes [U]
 */
export function probe(arm: string, successes: number | undefined, description: string): Key {
  return {
    type: 'object',
    keys: {
      initial_delay: { ...duration('seconds', 'Before the first try, in seconds.'), arm: 'initialDelay' },
      period: { ...duration('seconds', 'Between two tries, in seconds.'), arm: 'period' },
      timeout: { ...duration('seconds', 'The longest that a try may take, in seconds.'), arm: 'timeout' },
      success_threshold: {
        type: 'integer',
        minimum: 1,
        maximum: successes ?? INT32,
        arm: 'successThreshold',
        description: `Successes in a row after a failure that make it good again${successes === 1 ? '; always 1' : ''}.`,
      },
      failure_threshold: {
        type: 'integer',
        minimum: 1,
        maximum: INT32,
        arm: 'failureThreshold',
        description: 'Failures in a row that make it bad.',
      },
    },
    arm: `properties.${arm}`,
    description,
  };
}
