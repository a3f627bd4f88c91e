import type { DeploymentYaml } from '../../__tests__/support/deployment-yaml.ts';
import { type Case, caseOf } from './cases.ts';

const MANAGED = { name: 'blue', endpoint_name: 'iris', instance_type: 'Standard_DS3_v2', instance_count: 1 };
const KUBERNETES = { name: 'blue', endpoint_name: 'iris', type: 'kubernetes' };
const IMAGE = 'mcr.microsoft.com/azureml/minimal-py312-inference:latest';
const ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws';

const IDENTITY =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer';

const managed = (named: DeploymentYaml): DeploymentYaml => ({ ...MANAGED, ...named });
const kubernetes = (named: DeploymentYaml): DeploymentYaml => ({ ...KUBERNETES, ...named });
const without = (key: keyof typeof MANAGED): DeploymentYaml =>
  Object.fromEntries(Object.entries(MANAGED).filter(([other]) => other !== key));
const ofModel = (named: DeploymentYaml): DeploymentYaml =>
  managed({ model: { path: 'model', name: 'iris', version: '1', ...named } });
const collecting = (named: DeploymentYaml): DeploymentYaml =>
  managed({ data_collector: { collections: { request: { enabled: 'true' } }, ...named } });

/** What both refuse. */
export const REFUSED: readonly Case[] = cases({
  'a file that is no YAML': 'name: blue\n  endpoint_name: iris\n',
  'no name': without('name'),
  'no instance type': without('instance_type'),
  'a name with a blank': managed({ name: 'blue one' }),
  'a name that starts with a digit': managed({ name: '9blue' }),
  'a name with a placeholder of nobody': managed({ name: '{{NAME}}' }),
  'an unknown key': managed({ instance_typo: 'x' }),
  'an unknown key of a probe': managed({ liveness_probe: { perriod: 5 } }),
  'an unknown key of request settings': managed({ request_settings: { timeout: 5 } }),
  'an unknown key of resources': kubernetes({ resources: { requests: { disk: '1' } } }),
  'an unknown type': managed({ type: 'serverless' }),
  'a count that is a word': managed({ instance_count: 'many' }),
  'a switch that is a word': managed({ app_insights_enabled: 'perhaps' }),
  'an access that is a word': managed({ egress_public_network_access: 'sometimes' }),
  'a probe that is a number': managed({ liveness_probe: 5 }),
  'a period that is a word': managed({ readiness_probe: { period: 'often' } }),
  'a time limit that is a word': managed({ request_settings: { request_timeout_ms: 'long' } }),
  'tags that are a word': managed({ tags: 'ml' }),
  'variables that are a list': managed({ environment_variables: ['A=1'] }),
  'target utilization of a managed deployment': managed({ scale_settings: { type: 'target_utilization' } }),
  'an unknown way to scale': kubernetes({ scale_settings: { type: 'manual' } }),
  'scale settings without a type': kubernetes({ scale_settings: { min_instances: 1 } }),
  'a limit of a default scale': managed({ scale_settings: { type: 'default', min_instances: 1 } }),
  'resources of a managed deployment': managed({ resources: { requests: { cpu: '1' } } }),
  'egress of a Kubernetes deployment': kubernetes({ egress_public_network_access: 'enabled' }),
  'a private connection of a Kubernetes deployment': kubernetes({ private_network_connection: true }),
  'a model of a registry on Kubernetes': kubernetes({ model: 'azureml://registries/azureml/models/iris/versions/1' }),
  'an environment of a registry on Kubernetes': kubernetes({
    environment: 'azureml://registries/azureml/environments/iris/versions/1',
  }),
  'a sampling rate of 2': collecting({ sampling_rate: 2 }),
  'a rolling rate of a week': collecting({ rolling_rate: 'week' }),
  'a rolling rate of a year': collecting({ rolling_rate: 'year' }),
  'a collection that does not say whether it is on': collecting({ collections: { request: { client_id: 'c' } } }),
  'a collection that is perhaps on': collecting({ collections: { request: { enabled: 'perhaps' } } }),
  'no collections to collect': managed({ data_collector: { rolling_rate: 'hour' } }),
  'a destination of the data collector': collecting({ destination: 'here' }),
  'a model without prefix': managed({ model: 'iris:1' }),
  'a model that is a list': managed({ model: ['azureml:iris:1'] }),
  'a model that is not there': managed({ model: { path: 'no-such-model' } }),
  'a model of an unknown type': managed({ model: { path: 'model', type: 'onnx' } }),
  'an unknown key of a model': managed({ model: { path: 'model', format: 'custom' } }),
  'an environment without prefix': managed({ environment: 'sklearn:1' }),
  'an environment with an unknown key': managed({ environment: { image: IMAGE, packages: [] } }),
  'packages that are not there': managed({ environment: { image: IMAGE, conda_file: 'none.yml' } }),
  'a build that is not there': managed({ environment: { build: { path: 'none' } } }),
  'routes without one to score': managed({
    environment: {
      image: IMAGE,
      inference_config: { liveness_route: { path: '/', port: 1 }, readiness_route: { path: '/', port: 1 } },
    },
  }),
  'an environment that is a conda file': managed({ environment: { dependencies: ['python'] } }),
  'code without a script': managed({ code_configuration: { code: 'src' } }),
});

/** What we take and the SDK does not. docs/conformance.md has the same list. */
export const TAKEN: readonly Case[] = [
  ...cases({
    'an ARM id of a model without `azureml:` before it': managed({ model: `${ID}/models/iris/versions/1` }),
    '`properties` of an environment': managed({ environment: { image: IMAGE, properties: { a: 'b' } } }),
    'a model without a name at a URI': managed({ model: { path: 'azureml://datastores/d/paths/iris' } }),
    '`startup_probe`': managed({ startup_probe: { period: 5 } }),
    '`enabled: true` of a collection, without quotes': collecting({ collections: { request: { enabled: true } } }),
    'words with `-` or nothing in place of `_`, such as `custom-model`': managed({
      model: { path: 'model', type: 'custom-model' },
    }),
    'a scoring script that Python cannot parse, since there is no Python here': managed({
      code_configuration: { code: 'src', scoring_script: 'broken.py' },
    }),
  }),
  ...endpoints({
    'an identity as text, as Microsoft documents it': {
      identity: { type: 'user_assigned', user_assigned_identities: [IDENTITY] },
    },
    'both kinds of identity': {
      identity: { type: 'system_assigned,user_assigned', user_assigned_identities: [{ resource_id: IDENTITY }] },
    },
    '`auth_mode` with `-`, and in any case': { auth_mode: 'Aml-Token' },
  }),
];

/**
 * What we refuse and the SDK takes: Azure would refuse it minutes later, do something else than the file says, or read it in
 * more than one way. docs/conformance.md has the same list.
 */
export const STRICTER: readonly Case[] = [
  ...cases({
    'a duration of 0, which the SDK drops': managed({ liveness_probe: { period: 0 } }),
    'a time limit of 0, which the SDK drops': managed({ request_settings: { request_timeout_ms: 0 } }),
    '`instance_count: 0`': managed({ instance_count: 0 }),
    'a request of more than three minutes': managed({ request_settings: { request_timeout_ms: 200_000 } }),
    'a liveness probe that needs two successes': managed({ liveness_probe: { success_threshold: 2 } }),
    'an environment with `conda_file` and no image': managed({ environment: { conda_file: 'conda.yml' } }),
    'an environment with both image and build': managed({ environment: { image: IMAGE, build: { path: 'context' } } }),
    'a reference without a version': managed({ model: 'azureml:iris' }),
    // A small one: the SDK reads all that is there.
    'a model outside of the working directory': managed({ model: { path: '/etc/hosts' } }),
    '`stage` of a model': ofModel({ stage: 'Production' }),
    '`flavors` of a model': ofModel({ flavors: { sklearn: { version: '1' } } }),
    '`datastore` of a model': ofModel({ datastore: 'workspaceblobstore' }),
    '`system_metadata` of a model': ofModel({ system_metadata: { a: 'b' } }),
    '`default_deployment_template` of a model': ofModel({ default_deployment_template: { asset_id: 'template' } }),
    '`allowed_deployment_templates` of a model': ofModel({ allowed_deployment_templates: [{ asset_id: 'template' }] }),
    '`datastore` of an environment': managed({ environment: { image: IMAGE, datastore: 'workspaceblobstore' } }),
    '`auto_delete_setting` of an environment': managed({
      environment: { image: IMAGE, auto_delete_setting: { condition: 'created_greater_than', value: '30d' } },
    }),
    'an integer in quotes: `period: "5"`': managed({ liveness_probe: { period: '5' } }),
    'a number in quotes: `sampling_rate: "0.5"`': collecting({ sampling_rate: '0.5' }),
    'an integer with a fraction of 0: `instance_count: 2.0`': JSON.stringify(MANAGED).replace(
      '"instance_count":1',
      '"instance_count": 2.0',
    ),
    'a boolean in quotes: `app_insights_enabled: "true"`': managed({ app_insights_enabled: 'true' }),
    'a boolean of YAML 1.1: `app_insights_enabled: yes`': `${JSON.stringify(MANAGED).slice(0, -1)}, "app_insights_enabled": yes}`,
    'a variable without a value': managed({ environment_variables: { A: null } }),
    'a variable that is a map': managed({ environment_variables: { A: { b: 'c' } } }),
    'a property of a deployment without a value': managed({ properties: { a: null } }),
    'a tag that is a list': managed({ tags: { a: ['b'] } }),
    'the name of an endpoint that Azure refuses': managed({ endpoint_name: 'i!' }),
  }),
  ...endpoints({
    'a percentage in quotes: `blue: "100"`': { traffic: { blue: '100' } },
    'traffic that adds up to neither 100 nor 0': { traffic: { blue: 50 } },
    'traffic of a deployment that no deployment can be called': { traffic: { 'b!': 100 } },
    'a mirror of more than 50 percent': { mirror_traffic: { green: 60 } },
    'a mirror to two deployments': { mirror_traffic: { green: 10, red: 10 } },
    'a mirror to a deployment with live traffic': { traffic: { blue: 100 }, mirror_traffic: { blue: 10 } },
    'a mirror of a Kubernetes endpoint': { compute: 'azureml:aks', mirror_traffic: { green: 10 } },
    '`aad_token` of a Kubernetes endpoint': { compute: 'azureml:aks', auth_mode: 'aad_token' },
    'a property of an endpoint without a value': { properties: { a: null } },
    'tags that are reserved for the state of rollouts': { tags: { 'aml-rollout': 'x' } },
    '`user_assigned` without an identity': { identity: { type: 'user_assigned' } },
    'an identity that is no ARM id of one': {
      identity: { type: 'user_assigned', user_assigned_identities: [{ resource_id: 'scorer' }] },
    },
  }),
];

function cases(contents: Readonly<Record<string, DeploymentYaml | string>>): Case[] {
  return Object.entries(contents).map(([name, content]) => caseOf(name, content));
}

function endpoints(contents: Readonly<Record<string, DeploymentYaml>>): Case[] {
  return Object.entries(contents).map(([name, content]) => caseOf(name, { name: 'iris', ...content }, 'endpoint'));
}
