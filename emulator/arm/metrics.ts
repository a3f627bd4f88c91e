import { json } from '../http.ts';
import type { JsonObject, Reply } from '../http.ts';
import type { Endpoint } from '../state.ts';
import { countsOf } from '../traffic/counts.ts';
import type { Count } from '../traffic/counts.ts';
import { loadAt } from '../traffic/load.ts';
import { percentiles } from '../traffic/order.ts';
import { emulatedTime, minute, minuteOf } from '../traffic/time.ts';
import { BodyFault } from './body-fault.ts';
import type { Context } from './context.ts';
import { findEndpoint } from './endpoints.ts';
import { unverified } from './errors.ts';
import { parseFilter, passes } from './metrics-filter.ts';
import type { Clause } from './metrics-filter.ts';
import { endpointNotFound } from './not-found.ts';
import { metrics, provider, scopeOf } from './path.ts';

/** One class of requests of one minute. */
interface Row {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly time: number;
  /** What weighs it when rows are put together. */
  readonly requests: number;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly unit: string;
  readonly dimensions: readonly string[];
  /** Counts are added up, latencies averaged by requests. */
  readonly isCount: boolean;
  rows(deployment: string, count: Count, time: number): Row[];
}

const latencies: readonly Metric[] = percentiles.map((percentile) => ({
  name: `RequestLatency_${percentile.toUpperCase()}`,
  unit: 'MilliSeconds',
  dimensions: ['deployment'],
  isCount: false,
  rows: (deployment, { requests, latency }, time) => {
    const all = Object.values(requests).reduce((sum, each) => sum + each, 0);
    return [{ dimensions: { deployment }, time, requests: all, value: latency[percentile] }];
  },
}));

/** Those of the docs that anything here asks for (monitor-azure-machine-learning-reference, onlineEndpoints). */
const known: readonly Metric[] = [
  {
    name: 'RequestsPerMinute',
    unit: 'Count',
    dimensions: ['deployment', 'statusCode', 'statusCodeClass', 'modelStatusCode'],
    isCount: true,
    rows: (deployment, { requests }, time) =>
      Object.entries(requests).map(([statusCode, count]) => ({
        // What stands for the model's own status when it gave none is [U].
        dimensions: {
          deployment,
          statusCode,
          statusCodeClass: `${statusCode[0]}xx`,
          modelStatusCode: statusCode === '424' ? '500' : statusCode,
        },
        time,
        requests: count,
        value: count,
      })),
  },
  ...latencies,
];

/** `GET {endpoint}/providers/Microsoft.Insights/metrics`. The shape is of recorded answers; words of errors are [U]. */
export function getMetrics(context: Context): Reply {
  const endpoint = findEndpoint(context);
  if (!endpoint) return endpointNotFound(context);
  try {
    return json(200, answer(context, endpoint));
  } catch (error) {
    if (error instanceof BodyFault) return json(400, { code: 'BadRequest', message: unverified(error.message) });
    throw error;
  }
}

function answer(context: Context, endpoint: Endpoint): JsonObject {
  const { query } = context.request;
  const wanted = (query.get('metricnames') ?? '').split(',').map(findMetric);
  const interval = query.get('interval') ?? 'PT1M';
  if (interval !== 'PT1M') throw new BodyFault(`Detected invalid time grain input ${interval}, supported ones: PT1M`);
  const timespan = readTimespan(query.get('timespan') ?? '');
  const clauses = parseFilter(query.get('$filter') ?? '');
  const isAverage = /^average$/i.test(query.get('aggregation') ?? 'Average');
  const top = Number(query.get('top') ?? 10);
  return {
    cost: (timespan.end - timespan.start) / minute,
    timespan: `${stamp(timespan.start)}/${stamp(timespan.end)}`,
    interval,
    value: wanted.map((metric) => ({
      id: `${scopeOf(context.path)}/providers/${metrics}/${metric.name}`,
      type: metrics,
      name: { value: metric.name, localizedValue: metric.name },
      displayDescription: metric.name,
      unit: metric.unit,
      timeseries: timeseries(context, endpoint, metric, clauses, timespan, isAverage).slice(
        0,
        clauses.length > 0 ? top : 1,
      ),
      errorCode: 'Success',
    })),
    namespace: `${provider}/workspaces/onlineEndpoints`,
    resourceregion: context.workspace.location,
  };
}

interface Timespan {
  readonly start: number;
  readonly end: number;
}

/** A class without requests has no series, and one that has any is filled up with zeros, the newest minutes too. */
function timeseries(
  context: Context,
  endpoint: Endpoint,
  metric: Metric,
  clauses: readonly Clause[],
  timespan: Timespan,
  isAverage: boolean,
): JsonObject[] {
  for (const { dimension } of clauses) dimensionOf(metric, dimension);
  const groups = new Map<string, { values: readonly string[]; rows: Map<number, Row[]> }>();
  for (const row of visibleRows(context, endpoint, metric, timespan)) {
    const values = clauses.map(({ dimension }) => row.dimensions[dimensionOf(metric, dimension)] ?? '');
    if (!clauses.every((clause, index) => passes(clause, values[index] ?? ''))) continue;
    const key = JSON.stringify(values);
    const group = groups.get(key) ?? { values, rows: new Map<number, Row[]>() };
    group.rows.set(row.time, [...(group.rows.get(row.time) ?? []), row]);
    groups.set(key, group);
  }
  const last = Math.min(timespan.end, emulatedTime(context.state.behaviour.pace, context.now));
  return [...groups.values()].map(({ values, rows }) => ({
    metadatavalues: clauses.map(({ dimension }, index) => ({
      name: { value: dimension.toLowerCase(), localizedValue: dimension.toLowerCase() },
      value: values[index],
    })),
    data: minutesIn({ ...timespan, end: last }).map((time) => ({
      timeStamp: stamp(time),
      ...(isAverage ? { average: combine(metric, rows.get(time) ?? []) } : {}),
    })),
  }));
}

function visibleRows(context: Context, endpoint: Endpoint, metric: Metric, timespan: Timespan): Row[] {
  const { state, now } = context;
  const { pace } = state.behaviour;
  return minutesIn(timespan).flatMap((time) => {
    const lag = loadAt(state.traffic, endpoint.name, time)?.lag ?? 2;
    const age = (emulatedTime(pace, now) - time - minute) / minute;
    // Late data: nothing of the newest minutes, then a part, and only then all.
    const part = age >= lag ? 1 : age >= lag / 2 ? 0.5 : 0;
    if (part === 0 || age < 0) return [];
    return [...countsOf(endpoint, state.traffic, pace, time)].flatMap(([deployment, count]) =>
      metric.rows(deployment, count, time).flatMap((row) => {
        const requests = Math.floor(row.requests * part);
        return requests > 0 ? [{ ...row, requests, value: metric.isCount ? requests : row.value }] : [];
      }),
    );
  });
}

function combine({ isCount }: Metric, rows: readonly Row[]): number {
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  if (isCount || requests === 0) return requests;
  return rows.reduce((sum, row) => sum + row.requests * row.value, 0) / requests;
}

function minutesIn({ start, end }: Timespan): number[] {
  const count = Math.max(0, Math.ceil((end - start) / minute));
  return Array.from({ length: count }, (_, index) => start + index * minute);
}

function findMetric(name: string): Metric {
  const metric = known.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (metric) return metric;
  const names = known.map((candidate) => candidate.name).join(',');
  throw new BodyFault(`Failed to find metric configuration for metric: ${name}. Valid metrics: ${names}`);
}

function dimensionOf({ name, dimensions }: Metric, wanted: string): string {
  const dimension = dimensions.find((candidate) => candidate.toLowerCase() === wanted.toLowerCase());
  if (dimension !== undefined) return dimension;
  throw new BodyFault(`Metric: ${name} does not support requested dimension combination: ${wanted}`);
}

function readTimespan(text: string): Timespan {
  const [start = NaN, end = NaN] = text.split('/').map((part) => Date.parse(part));
  if (!(start < end)) throw new BodyFault(`The timespan '${text}' is not two times with a slash between them`);
  return { start: minuteOf(start), end };
}

function stamp(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
