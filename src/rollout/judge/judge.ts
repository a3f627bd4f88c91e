import type { ErrorGate, Figures, LatencyGate, Minute, Policy, Verdict } from '../model.ts';
import { MOST_BAKES } from '../policy/presets.ts';
import { catastrophe } from './catastrophe.ts';
import { ceiling, ceilingAlone } from './ceiling.ts';
import { countOf, inOrder } from './count.ts';
import { catastropheWords, goodErrors, tooFewRequests, tooManyErrors, worseErrors } from './error-words.ts';
import { shareOfErrors } from './errors.ts';
import { ENOUGH, ENOUGH_OF_A_STEP } from './evidence.ts';
import { upperBound } from './interval.ts';
import { compareLatency, isAlone, isTooThin, type LatencyFinding } from './latency.ts';
import { goodLatency, slower, tooFewMinutes, tooSlow, tooThin } from './latency-words.ts';

export interface Look {
  /** Latency is compared at the end of a bake and of each extension, not in between. */
  readonly atEndOfBake: boolean;
  /** How often this bake has been extended: 0 at its own end. */
  readonly extension: number;
  /** How many times its length this bake lasts at most; absent: as often as a policy has it that does not say. */
  readonly mostBakes?: number;
  /** Milliseconds since 1970 from which requests and latency count for this step. Errors count from the first minute on, and for this step besides. */
  readonly since?: number;
  /** What the old side did before any traffic moved; for minutes in which it serves nothing, as when all has moved. */
  readonly before?: readonly Minute[];
}

/** A gate's own word, one part of the verdict. */
interface Opinion {
  readonly kind: Verdict['kind'];
  readonly reason: string;
}

/**
 * What the minutes prove. All minutes since the rollout began may be given, each time anew: the evidence of errors may be
 * looked at after each minute without more false alarms, and what has failed once fails at every later look too. Any order
 * of minutes, none, or figures that are none, give a verdict.
 */
export function judge(minutes: readonly Minute[], policy: Pick<Policy, 'errors' | 'latency'>, look: Look): Verdict {
  const all = inOrder(minutes);
  const step = all.filter(({ time }) => time >= (look.since ?? -Infinity));
  const before = inOrder(look.before ?? []);
  const errors = policy.errors && judgeErrors(all, step, policy.errors, before);
  const latency = policy.latency && latencyOf(all, step, policy.latency, look.extension, before);
  const opinions = [
    ...(errors ? [errors.opinion] : []),
    ...(policy.latency && latency ? [judgeLatency(latency, policy, policy.latency, look)] : []),
  ];
  const { kind, reason } = foremost(opinions);
  const canary = countOf(all.map((minute) => minute.canary));
  const base = countOf(all.map((minute) => minute.base));
  const figures: Figures = {
    canary,
    base,
    evidence: errors?.evidence ?? 1,
    ...(latency?.base !== undefined && {
      latency: { metric: latency.metric, canary: latency.canary, base: latency.base },
    }),
    upperBound: upperBound(canary),
  };
  return { kind, reason, figures };
}

function judgeErrors(
  all: readonly Minute[],
  step: readonly Minute[],
  gate: ErrorGate,
  before: readonly Minute[],
): { readonly opinion: Opinion; readonly evidence: number } {
  const alone = ceilingAlone(countOf(before.map(({ base }) => base)), gate);
  const latest = catastrophe(all);
  const whole = tested(all, gate, alone, ENOUGH);
  const failed = whole.reason === undefined ? tested(step, gate, alone, ENOUGH_OF_A_STEP) : whole;
  if (latest) return { opinion: { kind: 'fail', reason: catastropheWords(latest) }, evidence: whole.evidence };
  if (failed.reason !== undefined)
    return { opinion: { kind: 'fail', reason: failed.reason }, evidence: failed.evidence };
  const canary = countOf(step.map((minute) => minute.canary));
  const base = countOf(step.map((minute) => minute.base));
  const isEnough = canary.requests >= gate.minRequests && canary.requests > 0;
  const opinion: Opinion = isEnough
    ? { kind: 'pass', reason: goodErrors(canary, base, whole.evidence) }
    : { kind: 'inconclusive', reason: tooFewRequests(canary, gate) };
  return { opinion, evidence: whole.evidence };
}

/** Against the old side, and against the ceiling. @returns with a reason when these minutes fail */
function tested(
  minutes: readonly Minute[],
  gate: ErrorGate,
  alone: number,
  enough: number,
): { readonly evidence: number; readonly reason?: string } {
  const share = shareOfErrors(minutes, gate, enough);
  if (share.failed) return { evidence: share.evidence, reason: worseErrors(share.failed, share.evidence) };
  const absolute = ceiling(minutes, gate.maxRate, alone, enough);
  if (!absolute.failed) return { evidence: share.evidence };
  const rate = absolute.failed.base.requests > 0 ? gate.maxRate : alone;
  return { evidence: absolute.evidence, reason: tooManyErrors(absolute.failed, absolute.evidence, rate) };
}

/** The step by itself; where it is too short for that, as the bakes of a fast rollout are, with the steps before. */
function latencyOf(
  all: readonly Minute[],
  step: readonly Minute[],
  gate: LatencyGate,
  extension: number,
  before: readonly Minute[],
): LatencyFinding {
  const finding = compareLatency(step, gate, extension, before);
  if (finding.minutes >= finding.needed || step.length === all.length || isAlone(step)) return finding;
  const whole = compareLatency(all, gate, extension);
  return whole.minutes >= whole.needed ? whole : finding;
}

function judgeLatency(
  finding: LatencyFinding,
  { errors }: Pick<Policy, 'errors'>,
  gate: LatencyGate,
  { atEndOfBake, mostBakes = MOST_BAKES }: Look,
): Opinion {
  if (!atEndOfBake) return { kind: 'inconclusive', reason: 'latency is compared when the bake ends' };
  // Waiting gives no more requests a minute, a larger share does: where errors prove something, latency is left to a later step.
  if (isTooThin(finding, mostBakes)) return { kind: errors ? 'pass' : 'inconclusive', reason: tooThin(finding) };
  if (finding.minutes < finding.needed) return { kind: 'inconclusive', reason: tooFewMinutes(finding) };
  if (finding.p < finding.alpha) return { kind: 'fail', reason: slower(finding, gate) };
  if (finding.pLimit < finding.alpha) return { kind: 'fail', reason: tooSlow(finding, gate) };
  return { kind: 'pass', reason: goodLatency(finding, gate) };
}

/** The worst opinion wins, with the reasons of those that share it. */
function foremost(opinions: readonly Opinion[]): Opinion {
  if (opinions.length === 0) return { kind: 'pass', reason: 'neither errors nor latency are looked at' };
  const kind = (['fail', 'inconclusive', 'pass'] as const).find((one) =>
    opinions.some((opinion) => opinion.kind === one),
  )!;
  return {
    kind,
    reason: opinions
      .filter((opinion) => opinion.kind === kind)
      .map(({ reason }) => reason)
      .join('; '),
  };
}
