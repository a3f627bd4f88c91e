import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { growing, hasWay, sameSplit, shrinking, stepSplit } from '../../../../src/rollout/schedule/split.ts';
import type { Traffic } from '../../../../src/spec/model.ts';
import { trafficTotal, weightOf } from '../../../../src/spec/traffic.ts';
import { anySplit } from '../splits.ts';

const percent = fc.integer({ min: 0, max: 100 });

function names(...splits: Traffic[]): string[] {
  return [...new Set(splits.flatMap((split) => Object.keys(split)))];
}

/** Largest remainder as textbooks have it, ties by name. */
function largestRemainder(base: Traffic, target: Traffic, share: number): Traffic {
  const exact = names(base, target)
    .sort()
    .map((name) => ({ name, hundredths: weightOf(base, name) * (100 - share) + weightOf(target, name) * share }));
  const split = Object.fromEntries(exact.map(({ name, hundredths }) => [name, Math.floor(hundredths / 100)]));
  const byRemainder = exact.toSorted((a, b) => (b.hundredths % 100) - (a.hundredths % 100));
  for (const { name } of byRemainder.slice(0, 100 - trafficTotal(split))) split[name]! += 1;
  return split;
}

describe('stepSplit', () => {
  test.each<[Traffic, Traffic, number, Traffic]>([
    [{ blue: 100 }, { green: 100 }, 5, { blue: 95, green: 5 }],
    [{ blue: 100 }, { green: 100 }, 0, { blue: 100 }],
    [{ blue: 100 }, { green: 100 }, 100, { green: 100 }],
    [{ a12: 70, b12: 30 }, { green: 100 }, 25, { a12: 53, b12: 22, green: 25 }],
    [{ Blue: 90, green: 10 }, { blue: 50, green: 50 }, 50, { blue: 70, green: 30 }],
    [{ blue: 50, green: 50 }, { blue: 50, red: 50 }, 10, { blue: 50, green: 45, red: 5 }],
    [{ blue: 51, green: 49 }, { blue: 49, green: 51 }, 10, { blue: 51, green: 49 }],
    [{}, { green: 100 }, 1, { green: 100 }],
    [{}, { green: 100 }, 0, {}],
    [{ blue: 100 }, {}, 1, {}],
    [{ blue: 60 }, { green: 100 }, 50, { green: 100 }],
  ])('%j to %j at %i %%: %j', (base, target, share, split) => {
    expect(stepSplit(base, target, share)).toEqual(split);
  });

  test('always adds to 100, and names no other deployment', () => {
    fc.assert(
      fc.property(anySplit, anySplit, percent, (base, target, share) => {
        const split = stepSplit(base, target, share);
        expect(trafficTotal(split)).toBe(100);
        expect(Object.values(split).every((weight) => Number.isInteger(weight) && weight > 0)).toBe(true);
        expect(names(base, target)).toEqual(expect.arrayContaining(Object.keys(split)));
      }),
    );
  });

  test('never takes a deployment away from its end', () => {
    fc.assert(
      fc.property(anySplit, anySplit, percent, percent, (base, target, one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const [before, after] = [stepSplit(base, target, early), stepSplit(base, target, late)];
        for (const name of names(base, target)) {
          const rise = weightOf(target, name) - weightOf(base, name);
          expect(Math.sign(weightOf(after, name) - weightOf(before, name)) * Math.sign(rise)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('is the largest remainder between two deployments, and within two points of the exact split between more', () => {
    fc.assert(
      fc.property(anySplit, anySplit, percent, (base, target, share) => {
        const split = stepSplit(base, target, share);
        const all = names(base, target);
        if (all.length === 2) expect(sameSplit(split, largestRemainder(base, target, share))).toBe(true);
        for (const name of all) {
          const exact = (weightOf(base, name) * (100 - share) + weightOf(target, name) * share) / 100;
          expect(Math.abs(weightOf(split, name) - exact)).toBeLessThan(2);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('keeps a point that the largest remainder alone would take back', () => {
    const [base, target] = [{ blue: 100 }, { amber: 7, green: 26, red: 67 }];
    expect(largestRemainder(base, target, 5)).toMatchObject({ amber: 1 });
    expect(largestRemainder(base, target, 6)).toMatchObject({ amber: 0 });
    expect(stepSplit(base, target, 5)).toEqual({ amber: 1, blue: 95, green: 1, red: 3 });
    expect(stepSplit(base, target, 6)).toEqual({ amber: 1, blue: 94, green: 1, red: 4 });
  });
});

test('who grows, who shrinks, and who does neither', () => {
  const [base, target] = [
    { blue: 60, green: 20, red: 20 },
    { amber: 30, blue: 10, green: 40, red: 20 },
  ];
  expect([growing(base, target), shrinking(base, target)]).toEqual([['amber', 'green'], ['blue']]);
});

test.each<[Traffic, Traffic, boolean]>([
  [{ blue: 100 }, { green: 100 }, true],
  [{}, { green: 100 }, false],
  [{ blue: 100 }, {}, false],
  [{ blue: 50.5, red: 49.5 }, { green: 100 }, false],
  [{ blue: -1, red: 101 }, { green: 100 }, false],
])('traffic can move in steps from %j to %j: %j', (base, target, way) => {
  expect(hasWay(base, target)).toBe(way);
});
