import type { Count } from './count.ts';

/** What a test of the errors found. */
export interface Finding {
  /** The evidence in the end, or, when it failed, at that moment: what fails once, fails for good. */
  readonly evidence: number;
  readonly failed?: CountsAtFailure;
}

/** What both sides had done when the test failed. */
export interface CountsAtFailure {
  readonly canary: Count;
  readonly base: Count;
}
