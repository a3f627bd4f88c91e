import { ALL, AZURE, DEPLOYING, DESIRED, ON_YAML, ROLLING, WRITING } from './operation-groups.ts';
import type { Operation } from './operations.ts';

/** One input of the action, which is also a `--flag` of the command line. */
export interface InputDefinition {
  /** One or two sentences; `action.yml`, README and `--help` all show this text. */
  readonly description: string;
  readonly default?: string;
  /** An expression that only the runner can fill in; `action.yml` has it as the default. */
  readonly expression?: string;
  /** What to write after the flag, as `--help` shows it. */
  readonly placeholder: string;
  /** The environment variable that stands in for a missing value. */
  readonly variable?: string;
  /** What stands between several values; the flag may then be repeated. */
  readonly separator?: string;
  /** Which operations read it. */
  readonly operations: readonly Operation[];
}

/** The one table of inputs. A contract test holds `action.yml`, the README and `--help` to it. */
export const INPUTS = {
  operation: {
    description:
      'What to do: `validate`, `plan`, `create`, `update`, `apply`, `deploy`, `rollout`, `promote`, `rollback`, `show`, `list`, `url`, `token`, `invoke`, `logs`, `regenerate-keys` or `delete`. Required.',
    placeholder: 'OPERATION',
    operations: ALL,
  },
  endpoint: {
    description:
      'Name of the endpoint. Where an operation takes several: names separated by commas or lines, globs such as `iris-*`, or `*` for all. Required, except for `validate`, `plan` and `list`, which then take all.',
    placeholder: 'NAME',
    separator: ',',
    operations: ALL,
  },
  'endpoints-dir': {
    description: 'Folder with one YAML file per endpoint, relative to the workspace.',
    default: 'endpoints',
    placeholder: 'FOLDER',
    operations: ON_YAML,
  },
  deployment: {
    description:
      'Name of a deployment. For `invoke` the one to call, bypassing the traffic split; for `deploy` the only one to work on; for `logs` the one whose log to show, needed where the endpoint has several; for `delete` the one to delete, instead of the endpoint with all of them. An empty value, as of a variable that is not set, counts as none: `delete` then means the whole endpoint.',
    placeholder: 'NAME',
    operations: ['invoke', 'deploy', 'logs', 'delete'],
  },
  traffic: {
    description:
      'Live traffic in percent, such as `blue=90 green=10`. Stands in for `traffic` of the YAML of one endpoint.',
    placeholder: 'SPLIT',
    operations: DESIRED,
  },
  deployments: {
    description:
      'Files of deployments, as paths or globs from the workspace, one a line or separated by commas. Without it: the files in `<endpoints-dir>/<endpoint>/deployments/`.',
    placeholder: 'FILES',
    separator: '\n',
    operations: DEPLOYING,
  },
  'mirror-traffic': {
    description:
      'Mirrored traffic in percent, such as `green=10`. Stands in for `mirror_traffic` of the YAML of one endpoint.',
    placeholder: 'SPLIT',
    operations: DESIRED,
  },
  set: {
    description:
      'Values that stand in for those of the YAML of one endpoint, one `path=value` a line, such as `tags.owner=ml`.',
    placeholder: 'PATH=VALUE',
    separator: '\n',
    operations: DESIRED,
  },
  'subscription-id': {
    description: 'Azure subscription of the workspace.',
    placeholder: 'ID',
    variable: 'AZURE_SUBSCRIPTION_ID',
    operations: AZURE,
  },
  'resource-group': {
    description: 'Resource group of the workspace.',
    placeholder: 'NAME',
    variable: 'AZURE_RESOURCE_GROUP',
    operations: AZURE,
  },
  'workspace-name': {
    description: 'Azure Machine Learning workspace.',
    placeholder: 'NAME',
    variable: 'AZURE_ML_WORKSPACE',
    operations: AZURE,
  },
  'tenant-id': {
    description:
      'Microsoft Entra tenant to sign in to. With `client-id`: sign in with a GitHub ID token, or with `AZURE_CLIENT_SECRET` when that is set.',
    placeholder: 'ID',
    variable: 'AZURE_TENANT_ID',
    operations: AZURE,
  },
  'client-id': {
    description:
      'Application (client) ID to sign in as, with `tenant-id`. Without both, the login of `azure/login` or `az` is used, else a workload or managed identity; alone it names a user-assigned managed identity.',
    placeholder: 'ID',
    variable: 'AZURE_CLIENT_ID',
    operations: AZURE,
  },
  cloud: {
    description: '`AzureCloud`, `AzureUSGovernment` or `AzureChinaCloud`.',
    default: 'AzureCloud',
    placeholder: 'CLOUD',
    operations: AZURE,
  },
  'resource-manager-endpoint': {
    description: 'URL of Azure Resource Manager where it is not the one of the cloud. Must be `https`.',
    placeholder: 'URL',
    variable: 'AZURE_RESOURCE_MANAGER_ENDPOINT',
    operations: AZURE,
  },
  'api-version': {
    description:
      'Version of the Azure Machine Learning API. Versions that lose `mirror_traffic` (`2022-05-01`, `2022-10-01`) are refused.',
    default: '2024-10-01',
    placeholder: 'VERSION',
    operations: AZURE,
  },
  'request-file': {
    description: 'File to send as the body of the request; JSON unless its name says otherwise. Required for `invoke`.',
    placeholder: 'FILE',
    operations: ['invoke'],
  },
  path: {
    description:
      'Path that a custom container serves, such as `/v1/models/iris:predict`, with a query or without. It takes the place of the `/score` at the end of the scoring URL. Without it: `/score`.',
    placeholder: 'PATH',
    operations: ['invoke'],
  },
  'expect-status': {
    description: 'HTTP status that the endpoint has to answer with.',
    default: '200',
    placeholder: 'STATUS',
    operations: ['invoke'],
  },
  container: {
    description:
      'Container to show the log of: `inference-server`, `storage-initializer` (which downloads model and code) or `model-data-collector`.',
    default: 'inference-server',
    placeholder: 'CONTAINER',
    operations: ['logs'],
  },
  tail: {
    description: 'How many lines of the log to show, from its end.',
    default: '100',
    placeholder: 'LINES',
    operations: ['logs'],
  },
  key: {
    description: 'Which key of an endpoint with key authentication: `primary` or `secondary`.',
    default: 'primary',
    placeholder: 'KEY',
    operations: ['token', 'invoke', 'regenerate-keys'],
  },
  confirm: {
    description:
      'Name of the endpoint, to confirm that all its live traffic may go: needed to delete an endpoint with live traffic, to set its traffic to nothing, and to roll back to nothing.',
    placeholder: 'NAME',
    operations: ['update', 'apply', 'rollback', 'delete'],
  },
  timeout: {
    description:
      'How long to wait for Azure, for an endpoint and for each of its deployments from when its turn comes: `90s`, `30m`, `2h`. In a rollout: for each single write; the whole pauses at `max-duration`.',
    default: '60m',
    placeholder: 'DURATION',
    operations: [...WRITING, 'invoke'],
  },
  'max-concurrency': {
    description: 'How many endpoints, and how many deployments of them, are worked on at the same time.',
    default: '4',
    placeholder: 'COUNT',
    operations: ['update', 'apply', 'deploy', 'rollout'],
  },
  'keep-capacity': {
    description: 'Leaves the `instance_count` of live deployments to whatever scales them: `true` or `false`.',
    default: 'false',
    placeholder: 'BOOLEAN',
    operations: ['plan', 'apply', 'deploy'],
  },
  prune: {
    description:
      'Deletes the deployments of an endpoint that none of its files describes: `true` or `false`. Never one with live or mirrored traffic, and nothing where an endpoint has no file of a deployment. Does not go with `deployments`.',
    default: 'false',
    placeholder: 'BOOLEAN',
    operations: ['plan', 'apply'],
  },
  'delete-failed': {
    description:
      'Deletes a deployment that this run made and that failed, once its logs are shown: `true` or `false`. One that was there before stays. What stays is written again by the next run.',
    default: 'false',
    placeholder: 'BOOLEAN',
    operations: ['apply', 'deploy'],
  },
  policy: {
    description:
      'How traffic moves: `fast`, `standard`, `careful`, `blue-green`, the path of a policy, a policy itself, or `none` (at once). Without it: the file `<endpoints-dir>/<endpoint>/rollout.yml`, where there is one.',
    placeholder: 'POLICY',
    operations: ['validate', ...ROLLING],
  },
  until: {
    description:
      'Percent of the way at which a rollout pauses, so that a person can decide; running again without it resumes the rollout.',
    placeholder: 'PERCENT',
    operations: ROLLING,
  },
  'max-duration': {
    description:
      'How long a rollout may take before it pauses: less than `timeout-minutes` of the job, which is six hours at most on machines of GitHub.',
    default: '330m',
    placeholder: 'DURATION',
    operations: ROLLING,
  },
  repair: {
    description: '`rollback` makes `show` restore the traffic of an abandoned rollout. Without it, `show` only warns.',
    placeholder: 'HOW',
    operations: ['show'],
  },
  'fail-on-drift': {
    description: 'Makes `plan` fail (exit code 3) when Azure differs from the YAML: `true` or `false`.',
    default: 'false',
    placeholder: 'BOOLEAN',
    operations: ['plan'],
  },
  comment: {
    description:
      'Whether `plan` writes its changes into the pull request that started the job: `auto` where it can, `true` or an error, `false` never.',
    default: 'auto',
    placeholder: 'WHEN',
    operations: ['plan'],
  },
  'github-token': {
    description: 'Token to write that comment with. The job needs `permissions: pull-requests: write`.',
    expression: '${{ github.token }}',
    placeholder: 'TOKEN',
    operations: ['plan'],
  },
} as const satisfies Record<string, InputDefinition>;

export type InputName = keyof typeof INPUTS;

export const INPUT_NAMES = Object.keys(INPUTS) as InputName[];

export function inputDefinition(name: InputName): InputDefinition {
  return INPUTS[name];
}

export function isInputName(name: string): name is InputName {
  return Object.hasOwn(INPUTS, name);
}
