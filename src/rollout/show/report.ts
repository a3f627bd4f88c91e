import { inOrder } from '../judge/count.ts';
import type { Figures, Minute } from '../model.ts';
import type { SmokeResult } from '../smoke/result.ts';
import { shareOf } from '../smoke/result.ts';
import type { Progress, Stage } from '../walk/ports.ts';
import { seenMinutes } from './timeline.ts';
import { isoTime } from './words.ts';

/** The rollout for machines. Its keys are documented in docs/rollout.md; a new meaning gets a new `version`. */
export function reportJson({ endpoint, schedule, stages, smoke, ending, wanted, now }: Progress): string {
  const report = {
    version: 1,
    endpoint,
    status: ending?.status ?? 'running',
    reason: ending?.reason ?? null,
    nextStep: ending?.nextStep ?? null,
    commit: wanted.commit,
    policy: wanted.policy.source,
    before: schedule.base,
    target: schedule.target,
    newSide: schedule.canary,
    oldSide: schedule.compared,
    time: isoTime(now) ?? null,
    smoke: smoke ? smokeReport(smoke) : null,
    stages: stages.map(stageReport),
    evidence: evidenceReport(stages.findLast(({ verdict }) => verdict)?.verdict?.figures),
    minutes: inOrder(seenMinutes(stages)).map(minuteReport),
    conflict: ending?.table ?? null,
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function stageReport({ kind, step, from, to, verdict }: Stage) {
  return {
    kind,
    percent: step?.percent ?? null,
    split: step?.split ?? null,
    from: isoTime(from) ?? null,
    to: to === undefined ? null : (isoTime(to) ?? null),
    verdict: verdict ? { kind: verdict.kind, reason: verdict.reason, ...evidenceReport(verdict.figures) } : null,
  };
}

function evidenceReport(figures: Figures | undefined) {
  if (!figures) return null;
  const { canary, base, evidence, latency, upperBound } = figures;
  return { new: canary, old: base, evidence, upperBound, latency: latency ? latencyReport(latency) : null };
}

function latencyReport({ metric, canary, base }: NonNullable<Figures['latency']>) {
  return { metric, new: canary, old: base };
}

function smokeReport({ passed, reason, reports }: SmokeResult) {
  const deployments = reports.map(({ deployment, isNew, calls, faults, difference }) => ({
    deployment,
    isNew,
    statuses: calls.map(({ status }) => status),
    slowestMs: Math.round(Math.max(0, ...calls.map(({ took }) => took))),
    faults,
    difference: difference ? { ...difference, share: shareOf(difference) } : null,
  }));
  return { passed, reason, deployments };
}

function minuteReport({ time, canary, base }: Minute) {
  return { time: isoTime(time) ?? null, new: canary, old: base };
}
