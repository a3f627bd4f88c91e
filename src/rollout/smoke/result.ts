import type { Probe } from '../minutes.ts';
import type { Smoke } from '../model.ts';
import { addUp, compareAnswers, type Difference } from './compare.ts';
import type { Answer } from './answer.ts';
import { unmetExpectations } from './expect.ts';

/** The longest that a managed endpoint takes for an answer. Source: Microsoft Learn, "Manage quotas", online endpoints. */
export const LONGEST_WARM_UP = 180_000;

/** One request that counts, as a deployment answered it. */
export interface Call {
  readonly status: number;
  /** Milliseconds until the whole answer was there. */
  readonly took: number;
  readonly answer: Answer;
  /** Why the status is not the expected one, in the words of the service. */
  readonly refusal?: string;
}

/** How one deployment did. */
export interface SmokeReport {
  readonly deployment: string;
  readonly isNew: boolean;
  readonly calls: readonly Call[];
  /** What is wrong, without repetitions. Faults of an old deployment are told and held against nobody. */
  readonly faults: readonly string[];
  /** From the old deployment; absent where nothing was compared. */
  readonly difference?: Difference;
}

export interface SmokeResult {
  readonly passed: boolean;
  /** One line: why it failed, or what was seen. */
  readonly reason: string;
  readonly reports: readonly SmokeReport[];
  /** All that was sent, those that warmed up too: they are no evidence. */
  readonly probes: readonly Probe[];
}

/** Judges what the deployments answered. The new ones have to be well; an old one is what they are compared with. */
export function judgeSmoke(
  smoke: Smoke,
  fresh: ReadonlyMap<string, readonly Call[]>,
  old: { readonly deployment: string; readonly calls: readonly Call[] } | undefined,
  probes: readonly Probe[],
): SmokeResult {
  const before = old && reportOf(old.deployment, false, old.calls, smoke);
  const reports = [...fresh].map(([deployment, calls]) => {
    const report = reportOf(deployment, true, calls, smoke);
    return before ? withDifference(report, before, smoke) : report;
  });
  const faulty = reports.find(({ faults }) => faults.length > 0);
  const reason = faulty ? `smoke: ${faulty.deployment}: ${faulty.faults.join('; ')}` : praise(reports, before);
  return { passed: !faulty, reason, reports: [...reports, ...(before ? [before] : [])], probes };
}

function reportOf(deployment: string, isNew: boolean, calls: readonly Call[], smoke: Smoke): SmokeReport {
  const faults = calls.flatMap((call) => faultsOf(call, smoke));
  return { deployment, isNew, calls, faults: [...new Set(faults)] };
}

function faultsOf({ status, took, answer, refusal }: Call, smoke: Smoke): string[] {
  if (status !== smoke.expectStatus) return [refusal ?? `answered ${status}, not ${smoke.expectStatus}`];
  const slow = took > smoke.maxTime ? [`took ${Math.round(took)} ms, more than ${smoke.maxTime} ms`] : [];
  return [...slow, ...unmetExpectations(answer, smoke)];
}

function withDifference(report: SmokeReport, before: SmokeReport, smoke: Smoke): SmokeReport {
  const { compare, expectStatus } = smoke;
  const pairs = report.calls.flatMap((after, index) => {
    const old = before.calls[index];
    return old?.status === expectStatus && after.status === expectStatus ? [{ after, old }] : [];
  });
  if (!compare || pairs.length === 0) return report;
  const difference = addUp(pairs.map(({ after, old }) => compareAnswers(old.answer, after.answer, compare.tolerance)));
  const share = shareOf(difference);
  if (share <= compare.maxDifference) return { ...report, difference };
  const where = [...difference.shape, ...difference.examples][0];
  const words =
    `${percent(share)} of its values differ from those of ${before.deployment}, more than ` +
    `${percent(compare.maxDifference)}${where ? ` (${where})` : ''}`;
  return { ...report, difference, faults: [...report.faults, words] };
}

/** From 0 to 1. */
export function shareOf({ values, differing }: Difference): number {
  return values > 0 ? differing / values : 0;
}

export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function praise(reports: readonly SmokeReport[], before: SmokeReport | undefined): string {
  const each = reports.map(({ deployment, calls, difference }) => {
    const compared = difference ? `, ${percent(shareOf(difference))} of its values differ` : '';
    return `${deployment} answered ${calls.length} of ${calls.length}${compared}`;
  });
  const old =
    before && before.faults.length > 0 ? [`${before.deployment} is not well itself: ${before.faults[0]}`] : [];
  return `smoke: ${[...each, ...old].join('; ')}`;
}
