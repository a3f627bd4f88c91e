import fc from 'fast-check';
import type { Traffic } from '../../../src/spec/model.ts';
import { canonicalTraffic } from '../../../src/spec/traffic.ts';

const NAMES = [
  'blue',
  'green',
  'red',
  'amber',
  'teal',
  'plum',
  'a12',
  'constructor',
  'z-0123456789-0123456789-01234567',
];

/** A split of 100 percent over up to nine deployments, some with none. */
export const anySplit: fc.Arbitrary<Traffic> = fc
  .tuple(
    fc.subarray(NAMES, { minLength: 1 }),
    fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 9, maxLength: 9 }),
  )
  .map(([names, cuts]) => {
    const edges = [0, ...cuts.slice(0, names.length - 1).sort((a, b) => a - b), 100];
    return canonicalTraffic(Object.fromEntries(names.map((name, index) => [name, edges[index + 1]! - edges[index]!])));
  });
