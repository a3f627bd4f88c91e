import type { ContainerLog } from './container-log.ts';
import { FAILURE_RULES, type FailureKind, type FailureRule } from './rules.ts';

/** What is known about a deployment that failed. */
export interface Evidence {
  /** All codes that Azure gave. */
  readonly codes: readonly string[];
  /** Azure's words. */
  readonly message: string;
  /** The VM size that was asked for, where it is known. */
  readonly size?: string;
  /** Log of the container that serves. */
  readonly server: ContainerLog;
  /** Log of the container that downloads model and code before the other one starts. */
  readonly storage: ContainerLog;
}

export interface Classified {
  readonly kind: FailureKind;
  /** One thing to do; absent where nothing is known. */
  readonly nextStep?: string;
  /** What the logs name as the cause. */
  readonly culprit?: string;
  /** Keys of the YAML that it is about, the likeliest first. */
  readonly keys: readonly string[];
}

/** The class of a failed deployment: the first rule of the table that holds. */
export function classify(evidence: Evidence): Classified {
  const codes = allCodes(evidence);
  const rule = FAILURE_RULES.find((each) => holds(each, codes, evidence));
  if (!rule) return { kind: 'unknown', keys: [], ...culpritOf(evidence, 'server') };
  const { kind, step, keys = [], log = 'server' } = rule;
  return {
    kind,
    nextStep: typeof step === 'string' ? step : step(evidence),
    keys,
    ...(log === 'none' ? {} : culpritOf(evidence, log)),
  };
}

function holds(
  { codes = [], words, when, unless }: FailureRule,
  given: ReadonlySet<string>,
  evidence: Evidence,
): boolean {
  if (unless?.(evidence)) return false;
  return (
    codes.some((code) => given.has(code.toLowerCase())) ||
    words?.test(evidence.message) === true ||
    when?.(evidence) === true
  );
}

/**
 * Azure often leaves the code empty and puts it into the words: as `ResourceNotReady: User container has crashed…`
 * (mlops-v2 issue 120), or in the address of its guide, `https://aka.ms/oe-tsg#error-outofquota`.
 */
function allCodes({ codes, message }: Evidence): Set<string> {
  const prefixes = [...message.matchAll(/(?:^|[\s"(])([A-Z][A-Za-z]{6,}):\s/g)].map(([, code]) => code!);
  const anchors = [...message.matchAll(/oe-tsg#error-([a-z]+)/gi)].map(([, code]) => code!);
  return new Set([...codes, ...prefixes, ...anchors].map((code) => code.toLowerCase()));
}

function culpritOf(evidence: Evidence, log: 'server' | 'storage'): { culprit?: string } {
  const culprit = evidence[log].exception?.words;
  return culprit === undefined ? {} : { culprit };
}
