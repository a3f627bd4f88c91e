import type { Progress } from '../walk/ports.ts';

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
    until: new Date(now).toISOString(),
    smoke: smoke ? { passed: smoke.passed, reason: smoke.reason } : null,
    stages: stages.map(({ kind, step, from, to, verdict }) => ({
      kind,
      percent: step?.percent ?? null,
      split: step?.split ?? null,
      from: new Date(from).toISOString(),
      to: to === undefined ? null : new Date(to).toISOString(),
      verdict: verdict ? { kind: verdict.kind, reason: verdict.reason, ...verdict.figures } : null,
    })),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
