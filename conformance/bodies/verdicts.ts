import type { DeploymentYaml } from '../../__tests__/support/deployment-yaml.ts';
import { type Case, caseOf } from './cases.ts';

const MANAGED = { name: 'blue', endpoint_name: 'iris', instance_type: 'Standard_DS3_v2', instance_count: 1 };
const KUBERNETES = { name: 'blue', endpoint_name: 'iris', type: 'kubernetes' };
const IMAGE = 'mcr.microsoft.com/azureml/minimal-py312-inference:latest';
const ID =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws';

const managed = (named: DeploymentYaml): DeploymentYaml => ({ ...MANAGED, ...named });
const kubernetes = (named: DeploymentYaml): DeploymentYaml => ({ ...KUBERNETES, ...named });
const without = (key: keyof typeof MANAGED): DeploymentYaml =>
  Object.fromEntries(Object.entries(MANAGED).filter(([other]) => other !== key));
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

/** What we take and the SDK does not. */
export const TAKEN: readonly Case[] = cases({
  'an ARM id of a model without the prefix azureml:': managed({ model: `${ID}/models/iris/versions/1` }),
  'properties of an environment': managed({ environment: { image: IMAGE, properties: { a: 'b' } } }),
  'a model without a name at a URI': managed({ model: { path: 'azureml://datastores/d/paths/iris' } }),
  'a startup probe': managed({ startup_probe: { period: 5 } }),
  'enabled: true of a collection, without quotes': collecting({ collections: { request: { enabled: true } } }),
});

/** What we refuse and the SDK takes: Azure would refuse it minutes later, or do something else than the file says. */
export const STRICTER: readonly Case[] = cases({
  'a duration of 0, which the SDK drops': managed({ liveness_probe: { period: 0 } }),
  'a time limit of 0, which the SDK drops': managed({ request_settings: { request_timeout_ms: 0 } }),
  'no instances': managed({ instance_count: 0 }),
  'a request of more than three minutes': managed({ request_settings: { request_timeout_ms: 200_000 } }),
  'a liveness that needs two successes': managed({ liveness_probe: { success_threshold: 2 } }),
  'packages without an image': managed({ environment: { conda_file: 'conda.yml' } }),
  'an image and a build': managed({ environment: { image: IMAGE, build: { path: 'context' } } }),
  'a reference without a version': managed({ model: 'azureml:iris' }),
});

function cases(contents: Readonly<Record<string, DeploymentYaml | string>>): Case[] {
  return Object.entries(contents).map(([name, content]) => caseOf(name, content));
}
