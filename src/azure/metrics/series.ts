import { Failure } from '../../failure.ts';
import { isObject, type JsonObject, objectAt, textAt } from '../../json.ts';
import type { ArmResponse } from '../connect.ts';

/** One line of a chart: its dimensions, named in lower case, and its values by the start of each minute. */
export interface Series {
  readonly dimensions: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 to what Azure told; minutes without a value are absent. */
  readonly points: ReadonlyMap<number, number>;
}

/** Whether this is what Azure Monitor answers. */
export function isMetrics(body: unknown): boolean {
  return isObject(body) && Array.isArray(body['value']) && body['value'].every((metric) => isObject(metric));
}

/**
 * The series of each metric, by its name in lower case.
 * Names of dimensions come back in lower case, whatever they were asked as; a class without requests has no series.
 * Source: answers that users recorded; azure-rest-api-specs, Microsoft.Insights `2018-01-01/metrics_API.json`.
 * @throws Failure when Azure tells within a success that it could not read one
 */
export function seriesOf(response: ArmResponse): Map<string, Series[]> {
  const body = isObject(response.body) ? response.body : {};
  return new Map(
    objectsAt(body, 'value').map((metric) => {
      const name = textAt(objectAt(metric, 'name'), 'value') ?? '';
      refuseError(metric, name, response);
      return [name.toLowerCase(), objectsAt(metric, 'timeseries').map(readSeries)];
    }),
  );
}

function refuseError(metric: JsonObject, name: string, response: ArmResponse): void {
  const code = textAt(metric, 'errorCode') ?? 'Success';
  if (code === 'Success') return;
  const words = textAt(metric, 'errorMessage');
  throw new Failure(`Azure Monitor could not read ${name}${words ? `: ${words}` : ''}`, {
    code,
    request: response.request,
    requestId: response.requestId,
    nextStep: 'Look at the metrics of the endpoint in the portal; Azure may tell more in a minute.',
  });
}

function readSeries(series: JsonObject): Series {
  const dimensions: Record<string, string> = {};
  for (const entry of objectsAt(series, 'metadatavalues')) {
    const name = textAt(objectAt(entry, 'name'), 'value');
    if (name) dimensions[name.toLowerCase()] = textAt(entry, 'value') ?? '';
  }
  const points = new Map<number, number>();
  for (const point of objectsAt(series, 'data')) {
    const [time, value] = [Date.parse(textAt(point, 'timeStamp') ?? ''), point['average']];
    if (!Number.isNaN(time) && typeof value === 'number') points.set(time, value);
  }
  return { dimensions, points };
}

function objectsAt(parent: JsonObject, key: string): JsonObject[] {
  const list = parent[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
}
