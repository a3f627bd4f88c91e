import type { Fault } from '../failure.ts';
import { AUTH_MODES, chosen, ENDPOINT_KEYS, type Kind } from './schema.ts';
import { entryOf, faultAt, type MapNode, type Node, shownValue, valueAt } from './tree.ts';

const OF_ENDPOINTS = ['managedonlineendpoint', 'kubernetesonlineendpoint'];

/** A compute, or a `$schema` of Kubernetes endpoints, makes an endpoint a Kubernetes one, as in azure-ai-ml. */
export function kindOf(root: MapNode): Kind {
  const isKubernetes = entryOf(root, 'compute') || schemaName(root) === 'kubernetesonlineendpoint';
  return isKubernetes ? 'kubernetes' : 'managed';
}

/** The fault of a file whose `$schema` says that it describes something else than an online endpoint. */
export function otherSchemaFault(root: Node): Fault | undefined {
  if (root.kind !== 'map') return undefined;
  const value = valueAt(root, '$schema');
  const name = schemaName(root);
  if (!value || name === undefined || OF_ENDPOINTS.includes(name)) return undefined;
  if (name.endsWith('deployment')) {
    return faultAt(value.place, 'this file is a deployment, not an endpoint; move it out of this folder');
  }
  const isAzures = value.kind === 'scalar' && /\/\/azureml/i.test(value.text);
  const allowed = 'managedOnlineEndpoint.schema.json or kubernetesOnlineEndpoint.schema.json';
  return isAzures ? faultAt(value.place, `$schema must name ${allowed}, not ${shownValue(value)}`) : undefined;
}

/** Keys and values that the endpoint's kind does not have, and the compute that a Kubernetes endpoint lacks. */
export function kindFaults(root: MapNode): Fault[] {
  if (kindOf(root) === 'managed') return [];
  const compute = entryOf(root, 'compute');
  const because = `managed endpoints only, and ${compute ? 'compute' : '$schema'} makes this a Kubernetes one`;
  const faults = root.entries
    .filter(({ key }) => Object.hasOwn(ENDPOINT_KEYS, key) && ENDPOINT_KEYS[key]?.only === 'managed')
    .map(({ key, keyPlace }) => faultAt(keyPlace, `${key} is for ${because}`));
  const mode = valueAt(root, 'auth_mode');
  if (mode?.kind === 'scalar' && chosen(AUTH_MODES, mode.text) === 'AADToken') {
    faults.push(faultAt(mode.place, `auth_mode ${shownValue(mode)} is for ${because}; write key or aml_token`));
  }
  const schema = entryOf(root, '$schema');
  if (schema && !compute && !root.incomplete) {
    faults.push(faultAt(schema.keyPlace, 'a Kubernetes endpoint needs a compute; write compute: azureml:<name>'));
  }
  return faults;
}

/** `managedonlineendpoint` of `…/latest/managedOnlineEndpoint.schema.json`. */
function schemaName(root: MapNode): string | undefined {
  const value = valueAt(root, '$schema');
  const text = value?.kind === 'scalar' ? value.text : '';
  return /([^/]+)\.schema\.json$/i.exec(text)?.[1]?.toLowerCase();
}
