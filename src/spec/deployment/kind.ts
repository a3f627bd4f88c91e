import type { Fault } from '../../failure.ts';
import { chosen, type Kind, ONLY_IN_DEPLOYMENTS } from '../schema.ts';
import { faultAt, type MapNode, type Node, shownValue, valueAt } from '../tree.ts';
import { DEPLOYMENT_TYPES } from './schema.ts';

const SCHEMAS = ['managedonlinedeployment', 'kubernetesonlinedeployment'];
const ALLOWED = 'managedOnlineDeployment.schema.json or kubernetesOnlineDeployment.schema.json';

/** Keys that make a file something else where no key of a deployment tells otherwise. */
const OF_ENDPOINTS = ['auth_mode', 'traffic', 'mirror_traffic', 'public_network_access'];
const OF_BATCH = ['mini_batch_size', 'max_concurrency_per_instance', 'output_action', 'error_threshold', 'settings'];
const OF_MODELS = ['path', 'stage', 'flavors'];
const OF_ENVIRONMENTS = ['image', 'conda_file', 'build', 'inference_config', 'dependencies'];

const AN_ENDPOINT = 'this file is an endpoint, not a deployment; it goes directly into the folder of the endpoints';
const BATCH = 'this file is a batch deployment; only online deployments are made here';

/** `type` alone decides, as in azure-ai-ml. */
export function kindOf(root: MapNode): Kind {
  const type = valueAt(root, 'type');
  const isKubernetes = type?.kind === 'scalar' && chosen(DEPLOYMENT_TYPES, type.text) === 'Kubernetes';
  return isKubernetes ? 'kubernetes' : 'managed';
}

/** The fault of a file that describes something else than an online deployment. */
export function otherFileFault(root: Node): Fault | undefined {
  if (root.kind !== 'map') return undefined;
  const schema = valueAt(root, '$schema');
  const name = schemaName(schema);
  if (schema && name !== undefined) {
    const message = bySchema(name, schema);
    return message === undefined ? undefined : faultAt(schema.place, message);
  }
  const message = byKeys(root.entries.map(({ key }) => key));
  return message === undefined ? undefined : faultAt(root.place, message);
}

function bySchema(name: string, schema: Node): string | undefined {
  if (SCHEMAS.includes(name)) return undefined;
  if (/batch|pipelinecomponent/.test(name))
    return name.endsWith('endpoint') ? 'this file is a batch endpoint; only online deployments are made here' : BATCH;
  if (name.endsWith('endpoint')) return AN_ENDPOINT;
  const isAzures = schema.kind === 'scalar' && /\/\/azureml/i.test(schema.text);
  return isAzures ? `$schema must name ${ALLOWED}, not ${shownValue(schema)}` : undefined;
}

function byKeys(keys: readonly string[]): string | undefined {
  if (keys.some((key) => ONLY_IN_DEPLOYMENTS.includes(key) && key !== 'type' && key !== 'endpoint_name')) {
    return keys.some((key) => OF_BATCH.includes(key)) ? BATCH : undefined;
  }
  const has = (some: readonly string[]): boolean => keys.some((key) => some.includes(key));
  if (has(OF_ENDPOINTS)) return AN_ENDPOINT;
  if (has(OF_BATCH)) return BATCH;
  if (has(OF_ENVIRONMENTS)) return 'this file is an environment; a deployment names it by environment: file:<path>';
  if (has(OF_MODELS)) return 'this file is a model; a deployment has its content under the key model';
  return undefined;
}

/** azure-ai-ml takes such a file for a managed deployment, which no Kubernetes endpoint has a place for. */
export function schemaFaults(root: MapNode): Fault[] {
  const schema = valueAt(root, '$schema');
  const isOne = schemaName(schema) === 'kubernetesonlinedeployment';
  if (!schema || !isOne || kindOf(root) === 'kubernetes') return [];
  const type = valueAt(root, 'type');
  // A type that is neither has a fault of its own.
  if (type && (type.kind !== 'scalar' || chosen(DEPLOYMENT_TYPES, type.text) === undefined)) return [];
  const message = '$schema is for Kubernetes deployments, but the deployment is managed; write type: kubernetes';
  return [faultAt(type?.place ?? schema.place, message)];
}

/** `managedonlinedeployment` of `…/latest/managedOnlineDeployment.schema.json`. */
function schemaName(schema: Node | undefined): string | undefined {
  const text = schema?.kind === 'scalar' ? schema.text : '';
  return /([^/]+)\.schema\.json$/i.exec(text)?.[1]?.toLowerCase();
}
