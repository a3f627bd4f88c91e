import { isObject, type JsonObject, objectAt } from '../../json.ts';
import type { LiveDeployment } from '../live.ts';

/**
 * A live deployment without the environment variables that Azure itself has set from model and code: a body that carried
 * them would hold on to the folder of the model before, and to compare them would be to find what nobody wrote. Azure
 * sets them anew with each write [U].
 * @param named the variables that the YAML names, which are not Azure's whatever their value
 * Source: the recorded answer in azure.azcollection, `azure_rm_ml_online_deployment_info.py`.
 */
export function withoutServiceVariables(live: LiveDeployment, named: JsonObject): LiveDeployment {
  const properties = objectAt(live, 'properties');
  const variables = properties['environmentVariables'];
  if (!isObject(variables)) return live;
  const script = objectAt(properties, 'codeConfiguration')['scoringScript'];
  const own = Object.entries(variables).filter(
    ([name, value]) => Object.hasOwn(named, name) || !isAzures(name, value, script),
  );
  return { ...live, properties: { ...properties, environmentVariables: Object.fromEntries(own) } };
}

/** A user may set these names too: only a value as Azure makes it is Azure's. */
function isAzures(name: string, value: unknown, script: JsonObject[string]): boolean {
  if (name === 'AZUREML_ENTRY_SCRIPT') return value === script;
  const isFolder = name === 'AML_APP_ROOT' || name === 'AZUREML_MODEL_DIR';
  return isFolder && typeof value === 'string' && value.startsWith('/var/azureml-app/');
}
