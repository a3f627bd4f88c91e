import type { ErrorGate } from '../model.ts';
import { type Detection, detection, type LiveTraffic, type Stage } from './power.ts';
import { percent, some } from './words.ts';

/** Jumps of the errors that a person has a feeling for. */
const FOLDS = [2, 3, 5, 10, 20, 50] as const;
/** The same where there are no errors that could multiply. */
const RATES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5] as const;

/**
 * What the rollout can find before all traffic has moved, and what it cannot:
 * `42 requests a minute, 0.4 % errors: a 10-fold error jump is caught in about 9 min, at 10 %; a 5-fold one is not detectable before promotion`.
 */
export function detectionLine(
  traffic: LiveTraffic,
  stages: readonly Stage[],
  gate: Pick<ErrorGate, 'worseThan'>,
): string {
  if (!(traffic.perMinute > 0 && Number.isFinite(traffic.perMinute))) {
    return 'no requests now: nothing is detectable before promotion';
  }
  const jumps = jumpsFrom(traffic.errorRate).map(({ name, rate }) => ({
    name,
    found: detection(traffic, stages, rate, gate),
  }));
  const start = `${pace(traffic.perMinute)} a minute, ${percent(traffic.errorRate)} errors`;
  const first = jumps.findIndex(({ found }) => found);
  const smallest = jumps[first];
  if (!smallest?.found) return `${start}: not even a total outage is detectable before promotion`;
  const missed = jumps[first - 1];
  const outage = jumps.at(-1);
  const caught = `${smallest.name} is caught in ${when(smallest.found)}`;
  const also = outage?.found && outage !== smallest ? `, ${outage.name} in ${when(outage.found)}` : '';
  return `${start}: ${caught}${also}${missed ? `; ${missed.name} is not detectable before promotion` : ''}`;
}

/** From the smallest on; the last is that every request fails. */
function jumpsFrom(errorRate: number): { readonly name: string; readonly rate: number }[] {
  const outage = { name: 'a total outage', rate: 1 };
  if (errorRate <= 0) return [...RATES.map((rate) => ({ name: `an error rate of ${rate * 100} %`, rate })), outage];
  const folds = FOLDS.map((fold) => ({ name: `a ${fold}-fold error jump`, rate: fold * errorRate }));
  return [...folds.filter(({ rate }) => rate < 1), outage];
}

function when({ minutes, share }: Detection): string {
  return `about ${minutes} min, at ${percent(share).replace('.0 %', ' %')}`;
}

function pace(perMinute: number): string {
  if (perMinute >= 10) return some(perMinute, 'request');
  return `${Number(perMinute.toPrecision(2))} request${perMinute === 1 ? '' : 's'}`;
}
