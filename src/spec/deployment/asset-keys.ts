import { type Keys, READ_ONLY } from '../schema.ts';
import { NAMESPACED, record, refused, VERSION } from './parts.ts';

export const MODEL_TYPES = {
  custom_model: 'custom_model',
  mlflow_model: 'mlflow_model',
  triton_model: 'triton_model',
} as const;
export const OS_TYPES = { linux: 'Linux', windows: 'Windows' } as const;

/** A model that is registered from what the file says. */
export const MODEL_KEYS: Keys = {
  $schema: { type: 'ignored', description: 'The schema that an editor checks the map with.' },
  name: {
    type: 'text',
    form: NAMESPACED,
    description: 'Name to register it under; without one it is registered under a name made of its content.',
  },
  version: { ...VERSION, description: 'Version to register it under; needs a name.' },
  type: { type: 'choice', values: MODEL_TYPES, description: 'The format of the model; custom_model when absent.' },
  path: {
    type: 'text',
    required: true,
    description: 'A file or folder, from the folder of this file; or a URI that Azure reads.',
  },
  description: { type: 'text', description: 'What the model is for.' },
  tags: record('{owner: ml}', 'Tags of the model.'),
  properties: record('{key: value}', 'Properties of the model.'),
  stage: refused('register the model with it, and refer to the model'),
  flavors: refused('register the model with them, and refer to the model'),
  datastore: refused('content goes to the datastore workspaceblobstore'),
  system_metadata: refused('register the model with it, and refer to the model'),
  default_deployment_template: refused('register the model with it, and refer to the model'),
  allowed_deployment_templates: refused('register the model with them, and refer to the model'),
  id: READ_ONLY,
  utc_time_created: READ_ONLY,
  creation_context: READ_ONLY,
  job_name: READ_ONLY,
  latest_version: READ_ONLY,
  intellectual_property: READ_ONLY,
};

const ROUTE: Keys = {
  path: { type: 'text', required: true, description: 'Path of the route, such as /score.' },
  port: { type: 'integer', minimum: 1, maximum: 65535, required: true, description: 'Port of the container.' },
};

/** An environment that is registered from what the file says. */
export const ENVIRONMENT_KEYS: Keys = {
  $schema: { type: 'ignored', description: 'The schema that an editor checks the map with.' },
  name: {
    type: 'text',
    form: NAMESPACED,
    description: 'Name to register it under; without one it is registered under a name made of its content.',
  },
  version: { ...VERSION, description: 'Version to register it under; needs a name.' },
  image: {
    type: 'text',
    description: 'The container image, such as mcr.microsoft.com/azureml/minimal-py312-inference.',
  },
  conda_file: {
    type: 'text-or-object',
    text: { type: 'text' },
    object: { type: 'free' },
    description: 'Conda packages that are put on the image: a file, from the folder of this one, or a map.',
  },
  build: {
    type: 'object',
    keys: {
      path: { type: 'text', required: true, description: 'The folder with the Dockerfile and what it copies.' },
      dockerfile_path: { type: 'text', description: 'The Dockerfile within path; Dockerfile when absent.' },
    },
    description: 'The image is built from a Dockerfile; stands in place of image.',
  },
  inference_config: {
    type: 'object',
    keys: {
      liveness_route: {
        type: 'object',
        keys: ROUTE,
        required: true,
        description: 'Where the container says it lives.',
      },
      readiness_route: { type: 'object', keys: ROUTE, required: true, description: 'Where it says it can serve.' },
      scoring_route: { type: 'object', keys: ROUTE, required: true, description: 'Where it takes requests.' },
    },
    description: 'Routes of an image that brings its own server.',
  },
  os_type: { type: 'choice', values: OS_TYPES, description: 'Operating system of the image; linux when absent.' },
  description: { type: 'text', description: 'What the environment is for.' },
  tags: record('{owner: ml}', 'Tags of the environment.'),
  properties: record('{key: value}', 'Properties of the environment.'),
  datastore: refused('content goes to the datastore workspaceblobstore'),
  auto_delete_setting: refused('register the environment with it, and refer to the environment'),
  dependencies: refused('packages go into the conda_file'),
  channels: refused('channels go into the conda_file'),
  id: READ_ONLY,
  creation_context: READ_ONLY,
  latest_version: READ_ONLY,
  intellectual_property: READ_ONLY,
};
