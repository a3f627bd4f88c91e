import type { ErrorGate } from '../model.ts';
import { type Count, rateOf } from './count.ts';
import { timesWorse } from './errors.ts';
import { ENOUGH } from './evidence.ts';
import type { CountsAtFailure } from './finding.ts';
import { upperBound } from './interval.ts';
import { evidenceWords, percent, some, times, whole } from './words.ts';

/** `errors 4.1 % against 0.4 % (10.2 times, E = 3.1e4, 41 of 1,003)`; how many times is left out where the old side has none. */
export function worseErrors({ canary, base }: CountsAtFailure, evidence: number): string {
  const how = base.errors > 0 ? `${times(timesWorse(canary, base))}, ` : '';
  const rates = `errors ${percent(rateOf(canary))} against ${percent(rateOf(base))}`;
  return `${rates} (${how}E = ${evidenceWords(evidence)}, ${whole(canary.errors)} of ${whole(canary.requests)})`;
}

export function tooManyErrors({ canary }: CountsAtFailure, evidence: number, rate: number): string {
  const counts = `E = ${evidenceWords(evidence)}, ${whole(canary.errors)} of ${whole(canary.requests)}`;
  return `errors ${percent(rateOf(canary))} where at most ${percent(rate)} are allowed (${counts})`;
}

export function catastropheWords(latest: Count): string {
  return `${whole(latest.errors)} of the latest ${some(latest.requests, 'request')} failed`;
}

export function tooFewRequests(canary: Count, { minRequests }: Pick<ErrorGate, 'minRequests'>): string {
  if (canary.requests === 0) return `no requests yet, of ${whole(minRequests)} required`;
  const sofar = `${some(canary.errors, 'error')} in ${some(canary.requests, 'request')}`;
  return `${sofar}, of ${whole(minRequests)} required: at most ${percent(upperBound(canary))} (95 %)`;
}

/** What the requests prove, and no more: `0 errors in 312 requests: at most 1.0 % (95 %)`. */
export function goodErrors(canary: Count, base: Count, evidence: number): string {
  const counts = `${some(canary.errors, 'error')} in ${some(canary.requests, 'request')}`;
  const rates =
    canary.errors > 0 && base.requests > 0 ? `, ${percent(rateOf(canary))} against ${percent(rateOf(base))}` : '';
  const small =
    evidence >= ENOUGH ? `; worse than the old side for sure (E = ${evidenceWords(evidence)}), but by too little` : '';
  return `${counts}${rates}: at most ${percent(upperBound(canary))} (95 %)${small}`;
}
