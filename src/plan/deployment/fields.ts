import type { Json, JsonObject } from '../../json.ts';
import { deploymentFields } from '../../spec/deployment/fields.ts';
import { isReservedTag } from '../../spec/names.ts';

/** Compared by what they stand for (`assets.ts`), not by their spelling. */
const ASSETS = /^(model|environment|code_configuration\.code|data_collector\.collections\..+\.data)$/s;
/** Azure may spell it in another case than it was sent. */
const CASELESS = 'instance_type';

/** Source: Kubernetes, "Resource Management for Pods and Containers". */
const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The comparable fields of a deployment's body but for its assets, by their path in the YAML and in the YAML's own words. */
export function fields(deployment: JsonObject): Map<string, Json> {
  const found = [...deploymentFields(deployment)];
  return new Map(found.filter(([path, value]) => !ASSETS.test(path) && !isOurs(path) && !isNothing(path, value)));
}

/** Whether two values of a field mean the same. */
export function sameValue(path: string, a: Json | undefined, b: Json | undefined): boolean {
  const spelled = (value: Json | undefined): string => {
    if (value === undefined) return '';
    const text = JSON.stringify(path.startsWith('resources.') ? amount(value) : value);
    return path === CASELESS ? text.toLowerCase() : text;
  };
  return spelled(a) === spelled(b);
}

function isOurs(path: string): boolean {
  return path.startsWith('tags.') && isReservedTag(path.slice('tags.'.length));
}

/** Azure shows no description and an empty one alike. */
function isNothing(path: string, value: Json): boolean {
  return path === 'description' && value === '';
}

/** Kubernetes has several spellings for one amount, and Azure shows `0.500Gi` where `0.5Gi` was meant. */
function amount(value: Json): Json {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(JSON.stringify(value).replaceAll('"', '')) ?? [];
  const factor = UNITS[unit];
  if (digits === undefined || factor === undefined) return value;
  return Number((Number(digits) * factor).toPrecision(12));
}
