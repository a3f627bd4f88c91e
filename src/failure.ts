import type { Position } from './deps.ts';

/** 0 done · 1 failed · 2 faulty input or YAML, nothing sent · 3 differences under `fail-on-drift` · 130 cancelled. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** One thing that is wrong with an input or a file, said so that its author can mend it without looking anything up. */
export interface Fault extends Partial<Position> {
  /** What is wrong, and what would be allowed. One line, no final stop. */
  readonly message: string;
}

/** Inputs or files that cannot be worked with. All faults are collected before it is thrown; nothing was sent. */
export class InputFaults extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(faultLine).join('\n'));
    this.name = 'InputFaults';
    this.faults = faults;
  }
}

/**
 * What an operation could not do. Every error of ours says what failed, where, Azure's own code and words, the request id,
 * and one next step.
 */
export interface FailureDetails {
  /** The service's own code, such as `AuthorizationFailed`. */
  readonly code?: string | undefined;
  /** All codes that the service gave, the outermost first. */
  readonly codes?: readonly string[];
  /** Where: a position in a file, or the request (`PUT …/onlineEndpoints/iris`). */
  readonly at?: Partial<Position> | undefined;
  readonly request?: string | undefined;
  readonly requestId?: string | undefined;
  /** One thing to do next. A sentence. */
  readonly nextStep?: string | undefined;
  readonly exitCode?: ExitCode | undefined;
  readonly diagnosis?: Diagnosis;
  readonly cause?: unknown;
}

/** Why a deployment failed, as far as Azure's words and the logs of its containers tell. */
export interface Diagnosis {
  /** `quota`, `image build`, `start-up`, … */
  readonly kind: string;
  /** What the log names: `ModuleNotFoundError: No module named 'xgboost'`. */
  readonly culprit?: string;
  /** Where in the user's code. */
  readonly culpritAt?: Partial<Position> | undefined;
  /** The ends of its logs, under titles. Text of strangers. */
  readonly logs: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** An operation that failed after the input was found good. */
export class Failure extends Error {
  readonly details: FailureDetails;

  constructor(message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'Failure';
    this.details = details;
  }
}

/** `file:line:column: message`, as compilers write it, so that editors and terminals link it. */
export function faultLine(fault: Fault): string {
  const place = [fault.file, fault.line, fault.column].filter((part) => part !== undefined).join(':');
  return place ? `${place}: ${fault.message}` : fault.message;
}
