import { isObject } from '../http.ts';
import type { JsonObject } from '../http.ts';

/** What clients send to an endpoint and how its deployments take it, from the minute of the order on. */
export interface TrafficOrder {
  readonly endpoint: string;
  /** Requests a minute, shared out at random by the split that is live in that minute. None unless told. */
  readonly rpm?: number;
  /** Any words. The same order with the same words gives the same numbers, minute by minute. */
  readonly seed?: string;
  /** How many minutes after its end Azure Monitor knows all of a minute. 2 unless told. */
  readonly lag?: number;
  /** By name; one that is not here answers quickly and without errors. The first phase that covers a minute decides. */
  readonly deployments?: Readonly<Record<string, Phase | readonly Phase[]>>;
}

/** How a deployment does for a time. Minutes count from that of the order, and may be negative. */
export interface Phase {
  /** From 0 to 1. */
  readonly errorRate?: number;
  /** Of the errors. 424, the model's own, unless told. */
  readonly statusCode?: number;
  readonly latencyMs?: Readonly<Partial<Record<Percentile, number>>>;
  readonly from?: number;
  /** Not included. */
  readonly until?: number;
  /** What the scoring URL answers; without it an echo with the name of the deployment. */
  readonly answer?: Answer;
}

export interface Answer {
  readonly status?: number;
  /** Sent as it is when it is a text and `contentType` is told, else as JSON. */
  readonly body?: unknown;
  readonly contentType?: string;
}

export type Percentile = 'p50' | 'p90' | 'p95' | 'p99';

export const percentiles: readonly Percentile[] = ['p50', 'p90', 'p95', 'p99'];

/** The orders that a client posts: one, or a list. Throws with what is wrong, and what would be allowed. */
export function parseOrders(value: unknown): TrafficOrder[] {
  return (Array.isArray(value) ? value : [value]).map(parseOrder);
}

function parseOrder(value: unknown): TrafficOrder {
  const order = onlyKeys(value, 'traffic', ['endpoint', 'rpm', 'seed', 'lag', 'deployments']);
  const { endpoint, rpm = 0, seed = '', lag = 2, deployments = {} } = order;
  expect(typeof endpoint === 'string', 'traffic needs the name of its endpoint');
  expect(isNumber(rpm, 0, 100_000), 'rpm must be a number from 0 to 100000');
  expect(typeof seed === 'string', 'seed must be a text');
  expect(isNumber(lag, 0, 60), 'lag must be a number of minutes from 0 to 60');
  if (!isObject(deployments)) throw new Error('deployments must be an object');
  for (const [name, phases] of Object.entries(deployments)) {
    for (const phase of Array.isArray(phases) ? phases : [phases]) checkPhase(phase, `deployments.${name}`);
  }
  return value as TrafficOrder;
}

function checkPhase(value: unknown, name: string): void {
  const phase = onlyKeys(value, name, ['errorRate', 'statusCode', 'latencyMs', 'from', 'until', 'answer']);
  const { errorRate = 0, statusCode = 424, latencyMs = {}, from = 0, until = 0, answer = {} } = phase;
  expect(isNumber(errorRate, 0, 1), `${name}.errorRate must be a number from 0 to 1`);
  expect(isNumber(statusCode, 100, 599), `${name}.statusCode must be an HTTP status`);
  expect(isNumber(from) && isNumber(until), `${name}.from and .until must be numbers of minutes`);
  for (const [percentile, value] of Object.entries(onlyKeys(latencyMs, `${name}.latencyMs`, percentiles))) {
    expect(isNumber(value, 0), `${name}.latencyMs.${percentile} must be a number of milliseconds`);
  }
  const { status = 200, contentType = '' } = onlyKeys(answer, `${name}.answer`, ['status', 'body', 'contentType']);
  expect(isNumber(status, 100, 599), `${name}.answer.status must be an HTTP status`);
  expect(typeof contentType === 'string', `${name}.answer.contentType must be a text`);
}

function onlyKeys(value: unknown, name: string, allowed: readonly string[]): JsonObject {
  if (!isObject(value)) throw new Error(`${name} must be an object`);
  const unknown = Object.keys(value).find((key) => !allowed.includes(key));
  expect(unknown === undefined, `${name} has no '${unknown}'; it has ${allowed.join(', ')}`);
  return value;
}

function isNumber(value: unknown, least = -Infinity, most = Infinity): boolean {
  return typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most;
}

function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
