import { MINUTE } from '../../duration.ts';
import { Failure } from '../../failure.ts';
import { isError, minutesOf, type Probe, settledWindow, type Sides, type Told } from '../../rollout/minutes.ts';
import type { Minute, Percentile, Sample } from '../../rollout/model.ts';
import type { Workspace } from '../connect.ts';
import { endpointPath } from '../endpoints.ts';
import { ServiceError } from '../../http/errors.ts';
import { lookAhead } from '../look-ahead.ts';
import { isMetrics, type Series, seriesOf } from './series.ts';
import { missingPermission } from '../permissions.ts';

/** The one that answers are recorded of, and that every cloud has; 2024-02-01 has nothing that is needed here. */
const API_VERSION = '2018-01-01';
/** Of series, which is ten unless told. Source: azure-rest-api-specs, Microsoft.Insights `2018-01-01/metrics_API.json`. */
const MOST_SERIES = 100;
/** What lies further back says little about now, and one series of a day has 1,440 points. */
const LONGEST_WINDOW = 24 * 60 * MINUTE;

/** What is wanted of Azure Monitor. Times in milliseconds since 1970, by the clock of the rollout. */
export interface EvidenceRequest {
  readonly endpoint: string;
  readonly sides: Sides;
  /** When the present split was written. The minute in which it was is left out. */
  readonly since: number;
  readonly now: number;
  /** Statuses that are errors: `424`, `5xx`. */
  readonly codes: readonly string[];
  /** Requests of ours, taken out again. */
  readonly probes?: readonly Probe[];
}

/**
 * The minutes that are settled, all of them read again: Azure goes on adding to them. A day at most, the newest.
 * @throws Failure that names the role when the metrics may not be read, and as `Workspace.send` does within half a minute
 */
export async function readMinutes(workspace: Workspace, wanted: EvidenceRequest): Promise<Minute[]> {
  const { start, end } = settledWindow(wanted.since, wanted.now);
  if (end <= start) return [];
  const window = { start: Math.max(start, end - LONGEST_WINDOW), end };
  const names = [...new Set([...wanted.sides.canary, ...wanted.sides.base])];
  const told = await readDeployments(workspace, wanted.endpoint, names, window);
  return minutesOf(told, wanted.sides, window, wanted.codes, wanted.probes);
}

/** What an endpoint has to do of late. */
export interface RecentLoad {
  /** Of the last settled hour, idle minutes included. */
  readonly requestsPerMinute: number;
  /** From 0 to 1; absent without requests. */
  readonly errorRate: number | undefined;
}

/**
 * The load of the last hour over these deployments.
 * @param now in milliseconds since 1970, by the clock of the rollout
 * @throws as `readMinutes` does
 */
export async function recentLoad(
  workspace: Workspace,
  endpoint: string,
  deployments: readonly string[],
  now: number,
  codes: readonly string[],
): Promise<RecentLoad> {
  const { end } = settledWindow(now, now);
  const window = { start: end - 60 * MINUTE, end };
  const requests = await Promise.all(deployments.map((name) => readRequests(workspace, endpoint, name, window)));
  const inWindow = ([time]: readonly [number, unknown]): boolean => window.start <= time && time < window.end;
  const counts = requests.flatMap((minutes) => [...minutes].filter(inWindow).flatMap(([, each]) => [...each]));
  let [all, errors] = [0, 0];
  for (const [status, count] of counts) {
    all += count;
    if (isError(status, codes)) errors += count;
  }
  return { requestsPerMinute: all / 60, errorRate: all > 0 ? errors / all : undefined };
}

interface Window {
  readonly start: number;
  readonly end: number;
}

async function readDeployments(
  workspace: Workspace,
  endpoint: string,
  names: readonly string[],
  window: Window,
): Promise<Map<string, Told>> {
  const [latency, ...requests] = await Promise.all([
    readLatency(workspace, endpoint, window),
    ...names.map((name) => readRequests(workspace, endpoint, name, window)),
  ]);
  return new Map(
    names.map((name, index) => [
      name,
      { requests: requests[index] ?? new Map(), latency: latency.get(name.toLowerCase()) ?? new Map() },
    ]),
  );
}

/**
 * Requests by minute and status. Azure's only aggregation of them is the average, which is the count of that minute: in
 * recorded answers a whole number, 2750, 4020. Whether more than one gateway would split it is [U].
 */
async function readRequests(
  workspace: Workspace,
  endpoint: string,
  deployment: string,
  window: Window,
): Promise<Map<number, Map<string, number>>> {
  const filter = `deployment eq '${deployment}' and statusCode eq '*'`;
  const series = await query(workspace, endpoint, ['RequestsPerMinute'], filter, window);
  const minutes = new Map<number, Map<string, number>>();
  for (const { dimensions, points } of series.get('requestsperminute') ?? []) {
    const status = dimensions['statuscode'] ?? '';
    for (const [time, count] of points) {
      const counts = minutes.get(time) ?? new Map<string, number>();
      minutes.set(time, counts.set(status, (counts.get(status) ?? 0) + count));
    }
  }
  return minutes;
}

const PERCENTILES: readonly Percentile[] = ['p50', 'p90', 'p95', 'p99'];

/** By deployment in lower case, then by minute. Recorded P90s are visibly means over instances: good to compare, no more. */
async function readLatency(
  workspace: Workspace,
  endpoint: string,
  window: Window,
): Promise<Map<string, Map<number, Sample['latency']>>> {
  const metrics = PERCENTILES.map((percentile) => `RequestLatency_${percentile.toUpperCase()}`);
  const series = await query(workspace, endpoint, metrics, "deployment eq '*'", window);
  const latency = new Map<string, Map<number, Sample['latency']>>();
  for (const percentile of PERCENTILES) {
    for (const { dimensions, points } of series.get(`requestlatency_${percentile}`) ?? []) {
      const name = (dimensions['deployment'] ?? '').toLowerCase();
      const minutes = latency.get(name) ?? new Map<number, Sample['latency']>();
      latency.set(name, minutes);
      for (const [time, value] of points) minutes.set(time, { ...minutes.get(time), [percentile]: value });
    }
  }
  return latency;
}

/**
 * Reads through Resource Manager: the client of `@azure/monitor-query-metrics` speaks only to the batch host, which wants
 * rights on the whole subscription. A poll must not hold up the next one, so it is given up after half a minute.
 */
async function query(
  workspace: Workspace,
  endpoint: string,
  metrics: readonly string[],
  filter: string,
  { start, end }: Window,
): Promise<Map<string, Series[]>> {
  const parameters = new URLSearchParams({
    'api-version': API_VERSION,
    metricnames: metrics.join(','),
    aggregation: 'Average',
    interval: 'PT1M',
    timespan: `${new Date(start).toISOString()}/${new Date(end).toISOString()}`,
    $filter: filter,
    top: String(MOST_SERIES),
  });
  const resource = `${workspace.id}${endpointPath(endpoint)}`;
  const path = `${resource}/providers/Microsoft.Insights/metrics?${parameters.toString().replaceAll('+', '%20')}`;
  try {
    return seriesOf(await lookAhead(workspace).send({ method: 'GET', path, repeat: 'always', expects: isMetrics }));
  } catch (error) {
    throw error instanceof ServiceError && error.status === 403 ? forbidden(error, endpoint, resource) : error;
  }
}

function forbidden(error: ServiceError, endpoint: string, resource: string): Failure {
  const missing = missingPermission(error.serviceMessage);
  return new Failure(`the signed-in identity may not read the metrics of ${endpoint}: ${error.serviceMessage}`, {
    code: error.code,
    request: error.request,
    requestId: error.requestId,
    nextStep:
      `Grant it the role "${missing?.role ?? 'Monitoring Reader'}" on ${missing?.scope ?? resource}, then wait a few ` +
      'minutes for it to take effect.',
    cause: error,
  });
}
