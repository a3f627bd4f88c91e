import type { LatencyGate } from '../model.ts';
import { type LatencyFinding, REQUESTS_FOR } from './latency.ts';
import { milliseconds, some, times } from './words.ts';

/** `p50 52 ms against 38 ms (1.4 times where 1.3 are allowed, p = 0.003, 10 minutes)`. */
export function slower(finding: LatencyFinding, gate: LatencyGate): string {
  const how = `${times(finding.ratio ?? 0)} where ${Number(gate.worseThan.toFixed(2))} are allowed`;
  return `${comparison(finding)} (${how}, ${chance(finding.p)}, ${some(finding.minutes, 'minute')})${downgrade(finding, gate)}`;
}

export function tooSlow(finding: LatencyFinding, gate: LatencyGate): string {
  const limit = milliseconds(gate.maxTime ?? 0);
  const basis = `${chance(finding.pLimit)}, ${some(finding.minutes, 'minute')}`;
  return `${finding.metric} ${milliseconds(finding.canary)} where ${limit} are allowed (${basis})${downgrade(finding, gate)}`;
}

export function tooFewMinutes({ metric, minutes, needed }: LatencyFinding): string {
  const each = `each needs ${some(REQUESTS_FOR[metric], 'request')} on both sides`;
  return `latency: ${minutes} of the ${needed} required minutes can be compared (${each})`;
}

export function tooThin({ metric, minutes, served }: LatencyFinding): string {
  const each = `the required ${some(REQUESTS_FOR[metric], 'request')} on both sides`;
  return `latency cannot be compared: ${minutes} of ${some(served, 'minute')} have ${each}`;
}

export function goodLatency(finding: LatencyFinding, gate: LatencyGate): string {
  if (finding.base !== undefined) return `${comparison(finding)}${downgrade(finding, gate)}`;
  const alone = gate.maxTime === undefined ? ', with nothing left to compare with' : '';
  return `${finding.metric} ${milliseconds(finding.canary)}${alone}${downgrade(finding, gate)}`;
}

function comparison({ metric, canary, base = 0 }: LatencyFinding): string {
  return `${metric} ${milliseconds(canary)} against ${milliseconds(base)}`;
}

function downgrade({ metric }: LatencyFinding, gate: LatencyGate): string {
  if (metric === gate.metric) return '';
  return `; ${metric} instead of ${gate.metric}, which needs ${REQUESTS_FOR[gate.metric]} requests a minute on both sides`;
}

function chance(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(1))}`;
}
