import { MINUTE } from '../../duration.ts';
import { type JsonObject, objectAt, textAt } from '../../json.ts';
import type { LiveDeployment } from '../live.ts';
import { assetName } from './assets.ts';

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** VM size, or the instance type of a cluster. */
export function instanceType(live: LiveDeployment): string | undefined {
  return textAt(objectAt(live, 'properties'), 'instanceType');
}

/** Absent where the deployment scales by itself (recorded: test_online_endpoint_k8s_deployment_cpu.yaml). */
export function instanceCount(live: LiveDeployment): number | undefined {
  const capacity = objectAt(live, 'sku')['capacity'];
  return typeof capacity === 'number' ? capacity : undefined;
}

/** `iris:7`; absent for a deployment without a model of its own, as a custom container may be. */
export function modelName(live: LiveDeployment): string | undefined {
  return shownAsset(live, 'model');
}

/** `sklearn-1.5:12`; absent where Azure chose it, as for an MLflow model. */
export function environmentName(live: LiveDeployment): string | undefined {
  return shownAsset(live, 'environmentId');
}

/** How long ago the deployment was made, for people: `5 min`, `3 h`, `12 d`. @param now milliseconds since 1970 */
export function ageOf(live: LiveDeployment, now: number): string | undefined {
  const made = textAt(objectAt(live, 'systemData'), 'createdAt') ?? textAt(bag(live), 'createdAt');
  const since = made === undefined ? NaN : now - Date.parse(made);
  if (Number.isNaN(since)) return undefined;
  if (since < HOUR) return `${Math.max(0, Math.floor(since / MINUTE))} min`;
  return since < 2 * DAY ? `${Math.floor(since / HOUR)} h` : `${Math.floor(since / DAY)} d`;
}

function shownAsset(live: LiveDeployment, key: string): string | undefined {
  const id = textAt(objectAt(live, 'properties'), key);
  return id === undefined ? undefined : assetName(id);
}

/** azure-ai-ml copies what it knows of the creation into the properties of the user. */
function bag(live: LiveDeployment): JsonObject {
  return objectAt(objectAt(live, 'properties'), 'properties');
}
