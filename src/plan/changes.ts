import type { EndpointSpec } from '../spec/model.ts';
import { createBody, mergedBody, type Surroundings } from './desired.ts';
import { fields, sameValue } from './fields.ts';
import type { Json, JsonObject } from '../json.ts';
import { isSettled, type LiveEndpoint, provisioningState } from './live.ts';

/** One field that a write would change, under its name in the YAML. */
export interface Change {
  /** `traffic.blue`, `tags.owner`, `auth_mode`; a name that came from a placeholder is that placeholder. */
  readonly path: string;
  /** Absent when Azure has no such value yet. */
  readonly from?: Json;
  /** Absent when the value goes away. */
  readonly to?: Json;
  /** The YAML's placeholder: shown in place of both values, since either may be a secret. */
  readonly placeholder?: string;
}

/** What would happen to one endpoint, or to one deployment. */
export interface ResourcePlan {
  readonly name: string;
  readonly action: 'create' | 'update' | 'delete' | 'none';
  readonly changes: readonly Change[];
  /** The body that makes Azure equal to the YAML. */
  readonly body: JsonObject;
}

export interface EndpointPlan extends ResourcePlan {
  /** Of the deployments that the run looked at; absent where it looked at none. */
  readonly deployments?: readonly ResourcePlan[];
}

/**
 * Compares an endpoint's YAML with what is live, field by field.
 * @param live what Azure has, or `undefined` when the endpoint is not there
 */
export function planEndpoint(spec: EndpointSpec, live: LiveEndpoint | undefined, around: Surroundings): EndpointPlan {
  const body = live ? mergedBody(spec, live, around) : createBody(spec, around);
  const before = live ? fields(live) : new Map<string, Json>();
  const differing = [...fieldChanges(before, fields(body), sameValue), ...stateChange(live)];
  const changes = publicly(differing, spec, fieldOf);
  const action = !live ? 'create' : changes.length > 0 ? 'update' : 'none';
  return { name: spec.name, action, changes, body };
}

/** What Azure gave up on needs another write even where every field is as the YAML wants it. */
export function stateChange(live: JsonObject | undefined): Change[] {
  const state = live && provisioningState(live);
  if (!state || !isSettled(state) || state.toLowerCase() === 'succeeded') return [];
  return [{ path: 'provisioning_state', from: state, to: 'Succeeded' }];
}

type Fields = ReadonlyMap<string, Json>;

/** The fields that are not the same before and after. */
export function fieldChanges(before: Fields, after: Fields, same: typeof sameValue): Change[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])];
  return paths.flatMap((path) => {
    const from = before.get(path);
    const to = after.get(path);
    if (same(path, from, to)) return [];
    return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  });
}

/**
 * The same changes without what came from placeholders.
 * @param fieldOf the field, in lower case, to which a path of the YAML belongs
 */
export function publicly(
  changes: readonly Change[],
  { placeholders, names }: Pick<EndpointSpec, 'placeholders'> & Partial<Pick<EndpointSpec, 'names'>>,
  fieldOf: (path: string) => string,
): Change[] {
  const shown = new Map([...placeholders].map(([path, text]) => [fieldOf(path), text]));
  return changes.map((change) => {
    const placeholder = shown.get(change.path.toLowerCase());
    const path = names?.get(change.path) ?? change.path;
    return { ...change, path, ...(placeholder === undefined ? {} : { placeholder }) };
  });
}

/** The list of identities is one field. */
function fieldOf(path: string): string {
  return path.toLowerCase().replace(/^(identity\.user_assigned_identities)\[.*$/s, '$1');
}
