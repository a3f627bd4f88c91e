import fc from 'fast-check';

/** What stands in a file of a deployment. JSON is YAML, so its text is `JSON.stringify`. */
export type DeploymentYaml = Readonly<Record<string, unknown>>;

/** The files that deployments of `anyDeployment` name, by their path from the folder of the deployment. */
export const LOCAL_FILES: Readonly<Record<string, string>> = {
  'src/score.py': 'def init():\n    pass\n\n\ndef run(data):\n    return data\n',
  'src/nested/entry.py': 'def init():\n    pass\n\n\ndef run(data):\n    return data\n',
  'src/broken.py': 'def run(data)\n    return data\n',
  'model/weights.bin': 'weights',
  'model.pkl': 'model',
  'conda.yml': 'name: scoring\ndependencies:\n  - python=3.12\n',
  'context/Dockerfile': 'FROM mcr.microsoft.com/azureml/minimal-py312-inference\n',
  'context/other.Dockerfile': 'FROM mcr.microsoft.com/azureml/minimal-py312-inference\n',
  'environment.yml': 'image: mcr.microsoft.com/azureml/minimal-py312-inference:latest\nconda_file: conda.yml\n',
};

const SCOPE = '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg';
const WORKSPACE = `${SCOPE}/providers/Microsoft.MachineLearningServices/workspaces/ws`;

// Few names come often, so that two files name the same ones.
const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('owner', 'team', 'constructor') },
  { weight: 1, arbitrary: fc.stringMatching(/^[a-z][a-z0-9._-]{0,8}$/) },
);
const variable = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('A', 'MODEL', 'Model', 'WORKERS') },
  { weight: 1, arbitrary: fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/) },
);
const text = fc.string({
  unit: fc.constantFrom(...Array.from('abcXYZ 0129:#-_.,/!&*?|>%@\'"[]äß漢')),
  maxLength: 12,
});
const label = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: fc.integer() }, fc.boolean());
const dictionary = (of: fc.Arbitrary<unknown>, keys = key): fc.Arbitrary<Record<string, unknown>> =>
  fc.dictionary(keys, of, { maxKeys: 3, noNullPrototype: true });
const labels = dictionary(label);
// Azure compares names of tags without case, so a map with two spellings of one would not be its own equal.
const tags = fc
  .uniqueArray(
    fc.tuple(
      fc.oneof({ weight: 1, arbitrary: fc.constantFrom('Owner', 'TEAM') }, { weight: 3, arbitrary: key }),
      fc.oneof({ weight: 3, arbitrary: label }, { weight: 1, arbitrary: fc.constant(null) }),
    ),
    { selector: ([name]) => name.toLowerCase(), maxLength: 3 },
  )
  .map((entries) => Object.fromEntries(entries));
const count = fc.integer({ min: 1, max: 40 });
const seconds = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.constantFrom(60, 3600, 3601, 86_400, 90_061));
const milliseconds = fc.oneof(fc.integer({ min: 1, max: 180_000 }), fc.constantFrom(500, 1000, 1500, 60_000, 180_000));

const some = (keys: Record<string, fc.Arbitrary<unknown>>, required: readonly string[] = []): fc.Arbitrary<object> =>
  fc.record(keys, { requiredKeys: required as never[], noNullPrototype: true });

const described = { description: text, tags: labels };
const version = fc.constantFrom('1', '2.0', 'v3');
const ofName = { name: fc.constant('iris'), version };
const named = (arbitrary: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.tuple(arbitrary, fc.option(some(ofName, ['name']), { nil: {} })).map(([inline, name]) => ({ ...inline, ...name }));

const reference = (kind: string): fc.Arbitrary<string> =>
  fc.constantFrom('azureml:iris:7', 'azureml:iris@latest', `azureml:${WORKSPACE}/${kind}/iris/versions/7`);
const ofRegistry = (kind: string): fc.Arbitrary<string> =>
  fc.constantFrom(
    `azureml://registries/azureml/${kind}/iris/versions/7`,
    `azureml://registries/azureml/${kind}/iris/labels/latest`,
  );

const ofModel = {
  type: fc.constantFrom('custom_model', 'mlflow_model', 'triton_model'),
  properties: labels,
  ...described,
};
const uri = fc.constant('azureml://datastores/workspaceblobstore/paths/iris');
const model = fc.oneof(
  named(some({ path: fc.constantFrom('model', './model/', 'model.pkl'), ...ofModel }, ['path'])),
  some({ path: uri, ...ofName, ...ofModel }, ['path', 'name']),
);

const route = some({ path: fc.constantFrom('/', '/v1/score'), port: fc.integer({ min: 1, max: 65_535 }) }, [
  'path',
  'port',
]);
const ofEnvironment = {
  inference_config: some({ liveness_route: route, readiness_route: route, scoring_route: route }, [
    'liveness_route',
    'readiness_route',
    'scoring_route',
  ]),
  os_type: fc.constantFrom('linux', 'windows', 'Linux'),
  ...described,
};
const conda = fc.constantFrom<unknown>('conda.yml', './conda.yml', { name: 'scoring', dependencies: ['python=3.12'] });
const image = fc.constant('mcr.microsoft.com/azureml/minimal-py312-inference:latest');
const build = some(
  { path: fc.constant('context'), dockerfile_path: fc.constantFrom('Dockerfile', 'other.Dockerfile') },
  ['path'],
);
const environment = fc.oneof(
  named(some({ image, conda_file: conda, ...ofEnvironment }, ['image'])),
  named(some({ build, ...ofEnvironment }, ['build'])),
  fc.constant('file:environment.yml'),
);

const probe = (successes: fc.Arbitrary<number>): fc.Arbitrary<object> =>
  some({
    initial_delay: seconds,
    period: seconds,
    timeout: seconds,
    success_threshold: successes,
    failure_threshold: count,
  });

const dataCollector = some(
  {
    collections: dictionary(
      some(
        {
          enabled: fc.constantFrom('true', 'false', 'True'),
          data: some({ name: fc.constant('collected'), version, path: fc.constant('azureml://datastores/d/paths/p') }),
          client_id: fc.constant('00000000-0000-0000-0000-000000000001'),
        },
        ['enabled'],
      ),
      fc.constantFrom('request', 'response', 'model_inputs', 'model_outputs'),
    ),
    sampling_rate: fc.constantFrom(0.1, 0.5, 1),
    rolling_rate: fc.constantFrom('minute', 'hour', 'day', 'Hour'),
    request_logging: some({ capture_headers: fc.array(fc.constantFrom('x-a', 'x-b'), { maxLength: 2 }) }),
  },
  ['collections'],
);

const ofBoth = {
  $schema: fc.constant('https://azuremlschemas.azureedge.net/latest/managedOnlineDeployment.schema.json'),
  description: text,
  tags,
  properties: labels,
  model_mount_path: fc.constant('/var/models'),
  code_configuration: fc.constantFrom(
    { code: 'src', scoring_script: 'score.py' },
    { code: './src/', scoring_script: 'nested/entry.py' },
    { code: 'azureml:code:1', scoring_script: 'score.py' },
    { code: `${WORKSPACE}/codes/code/versions/1`, scoring_script: 'score.py' },
  ),
  environment_variables: dictionary(
    fc.oneof(label, fc.constant('${{azureml://connections/vault/credentials/key}}')),
    variable,
  ),
  app_insights_enabled: fc.boolean(),
  instance_count: count,
  request_settings: some({
    request_timeout_ms: milliseconds,
    max_concurrent_requests_per_instance: count,
    max_queue_wait_ms: milliseconds,
  }),
  liveness_probe: probe(fc.constant(1)),
  readiness_probe: probe(count),
};

const NAMED = ['name', 'endpoint_name', 'instance_type'];
const identity = {
  name: fc.constantFrom('blue', 'Blue-2'),
  endpoint_name: fc.constant('iris'),
};

const anyManaged = some(
  {
    ...identity,
    ...ofBoth,
    type: fc.constantFrom('managed', 'Managed'),
    model: fc.oneof(reference('models'), ofRegistry('models'), model),
    environment: fc.oneof(
      reference('environments'),
      ofRegistry('environments'),
      fc.constant('azureml:AzureML-sklearn-1.0:1'),
      environment,
    ),
    instance_type: fc.constantFrom('Standard_DS3_v2', 'STANDARD_NC4AS_T4_V3'),
    scale_settings: fc.constant({ type: 'default' }),
    egress_public_network_access: fc.constantFrom('enabled', 'disabled', 'Disabled'),
    private_network_connection: fc.boolean(),
    data_collector: dataCollector,
  },
  NAMED,
);

const amounts = some({
  cpu: fc.constantFrom('0.5', '500m', '2'),
  memory: fc.constantFrom('0.5Gi', '512Mi'),
  'nvidia.com/gpu': fc.constantFrom('1', '2'),
});

const anyKubernetes = some(
  {
    ...identity,
    ...ofBoth,
    $schema: fc.constant('https://azuremlschemas.azureedge.net/latest/kubernetesOnlineDeployment.schema.json'),
    type: fc.constant('kubernetes'),
    model: fc.oneof(reference('models'), model),
    environment: fc.oneof(reference('environments'), environment),
    instance_type: fc.constantFrom('defaultinstancetype', 'gpu-small'),
    scale_settings: fc.oneof(
      fc.constant({ type: 'default' }),
      some(
        {
          type: fc.constantFrom('target_utilization', 'TargetUtilization'),
          min_instances: fc.integer({ min: 1, max: 3 }),
          max_instances: fc.integer({ min: 3, max: 9 }),
          polling_interval: seconds,
          target_utilization_percentage: fc.integer({ min: 1, max: 100 }),
        },
        ['type'],
      ),
    ),
    resources: some({ requests: amounts, limits: amounts }),
    data_collector: dataCollector,
  },
  ['name', 'endpoint_name', 'type'],
);

const kinds = [anyManaged, anyKubernetes] as fc.Arbitrary<DeploymentYaml>[];

/** Whatever a file may say of a deployment that both this action and azure-ai-ml take. */
export const anyDeployment: fc.Arbitrary<DeploymentYaml> = fc.oneof(...kinds).map((content) => {
  // To remove a tag by `null` is this action's own.
  const { tags: named } = content as { tags?: object };
  const kept = Object.entries(named ?? {}).filter(([, value]) => value !== null);
  return named ? { ...content, tags: Object.fromEntries(kept) } : content;
});

/** Two files for one deployment, one after the other: it stays of its kind. The second may remove tags of the first. */
export const anyTwoDeployments: fc.Arbitrary<[DeploymentYaml, DeploymentYaml]> = fc.oneof(
  ...kinds.map((kind) => fc.tuple(kind, kind)),
);
