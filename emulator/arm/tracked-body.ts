import { isObject, parseJson } from '../http.ts';
import type { JsonObject } from '../http.ts';
import { BodyFault } from './body-fault.ts';
import type { Context } from './context.ts';
import { knownTo } from './versions.ts';

/** The body of a tracked resource as far as Resource Manager itself looks into it. */
export interface TrackedBody {
  readonly raw: JsonObject;
  readonly location: string;
  /** Without what the api-version does not know. */
  readonly properties: JsonObject;
}

export function parseTracked({ request, workspace, version }: Context): TrackedBody {
  const raw = parseContent(request.text);
  const location = raw['location'];
  if (typeof location !== 'string' || location === '') {
    throw new BodyFault('The location property is required for this definition.', 'LocationRequired');
  }
  if (normal(location) !== normal(workspace.location)) {
    throw new BodyFault(`Location '${location}' is not the workspace's, '${workspace.location}'`);
  }
  const properties = raw['properties'];
  if (!isObject(properties)) throw new BodyFault('properties is required');
  return { raw, location: workspace.location, properties: knownTo(version, properties) };
}

/** The JSON object that a body must be. */
export function parseContent(text: string): JsonObject {
  const value = parseJson(text);
  if (isObject(value)) return value;
  throw new BodyFault(
    "The request content was invalid and could not be deserialized: 'A JSON object is expected.'.",
    'InvalidRequestContent',
  );
}

function normal(location: string): string {
  return location.replaceAll(' ', '').toLowerCase();
}
