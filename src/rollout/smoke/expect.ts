import type { Smoke } from '../model.ts';
import type { Answer } from './answer.ts';
import { isClose, shown } from './compare.ts';
import { valueAt } from './pointer.ts';

/** What an answer has to be and is not: `/predictions/0 is 0.7, not 1`. Empty when all is well. */
export function unmetExpectations(answer: Answer, { expect, compare }: Pick<Smoke, 'expect' | 'compare'>): string[] {
  const wanted = Object.entries(expect);
  if (answer.kind !== 'json') return wanted.length > 0 ? ['the answer is not JSON'] : [];
  return wanted.flatMap(([pointer, value]) => {
    const found = valueAt(answer.value, pointer);
    if (found !== undefined && isClose(found, value, compare?.tolerance ?? 0)) return [];
    return [`${pointer || 'the answer'} is ${shown(found)}, not ${shown(value)}`];
  });
}
