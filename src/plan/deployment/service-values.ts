import { isObject, type Json, type JsonObject, objectAt, textAt } from '../../json.ts';
import { durationIn } from '../../spec/deployment/duration.ts';
import type { LiveDeployment } from '../live.ts';

/**
 * A live deployment without what Azure itself has put where a YAML has its values: a body must not carry it, and to compare
 * it would be to find what nobody wrote.
 *
 * - Environment variables that follow from model and code, which would hold on to the folder of the model before. Azure sets
 *   them anew with each write [U]. Source: the recorded answer in azure.azcollection, `azure_rm_ml_online_deployment_info.py`.
 * - A time limit of 0 for requests, which Azure shows where none was named and before a deployment's first success
 *   (recorded: test_online_endpoint_invoke.yaml). Sent back it would be a limit that no request can keep.
 * @param named the variables that the YAML names, which are not Azure's whatever their value
 */
export function withoutServiceValues(live: LiveDeployment, named: JsonObject): LiveDeployment {
  const properties = objectAt(live, 'properties');
  const variables = properties['environmentVariables'];
  const settings = properties['requestSettings'];
  return {
    ...live,
    properties: {
      ...properties,
      ...(isObject(variables) ? { environmentVariables: ownVariables(variables, properties, named) } : {}),
      ...(isObject(settings) ? { requestSettings: realLimits(settings) } : {}),
    },
  };
}

function ownVariables(variables: JsonObject, properties: JsonObject, named: JsonObject): JsonObject {
  const script = objectAt(properties, 'codeConfiguration')['scoringScript'];
  const own = Object.entries(variables).filter(
    ([name, value]) => Object.hasOwn(named, name) || !isAzures(name, value, script),
  );
  return Object.fromEntries(own);
}

/** A user may set these names too: only a value as Azure makes it is Azure's. */
function isAzures(name: string, value: Json | undefined, script: Json | undefined): boolean {
  if (name === 'AZUREML_ENTRY_SCRIPT') return value === script;
  const isFolder = name === 'AML_APP_ROOT' || name === 'AZUREML_MODEL_DIR';
  return isFolder && typeof value === 'string' && value.startsWith('/var/azureml-app/');
}

function realLimits({ requestTimeout, ...others }: JsonObject): JsonObject {
  const limit = textAt({ requestTimeout }, 'requestTimeout');
  const isNone = limit !== undefined && durationIn('milliseconds', limit) === 0;
  return isNone || requestTimeout === undefined ? others : { requestTimeout, ...others };
}
