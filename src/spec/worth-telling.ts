import type { Fault } from '../failure.ts';
import { byPlace } from './order.ts';

const MOST_FAULTS = 50;

/** The faults of one file in their order. An anchor's fault shows up again in each alias; and beyond some number, faults are noise. */
export function worthTelling(faults: readonly Fault[]): Fault[] {
  const distinct = [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()].sort(byPlace);
  const next = distinct[MOST_FAULTS];
  if (!next) return distinct;
  return [
    ...distinct.slice(0, MOST_FAULTS),
    { ...next, message: `${distinct.length - MOST_FAULTS} more faults from here on` },
  ];
}
