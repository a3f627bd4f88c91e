import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { binomial, chanceOf, share } from '../../emulator/traffic/chance.ts';
import { countsOf } from '../../emulator/traffic/counts.ts';
import type { Endpoint, Split } from '../../emulator/state.ts';

const MINUTE = 60_000;

describe('emulated chance', () => {
  test('gives each of many what is due to them', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.integer({ min: 0, max: 5_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (...[words, count, probability]) => {
          const happened = binomial(count, probability, chanceOf(words));
          expect(happened).toBeGreaterThanOrEqual(0);
          expect(happened).toBeLessThanOrEqual(count);
          // Six standard deviations: never, in as many cases as these.
          const spread = 6 * Math.sqrt(count * probability * (1 - probability)) + 6;
          expect(Math.abs(happened - count * probability)).toBeLessThan(spread);
        },
      ),
    );
  });

  test('shares out all there is', () => {
    const weights = fc.dictionary(fc.string({ minLength: 1 }), fc.integer({ min: 0, max: 100 }), { minKeys: 1 });
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 5_000 }), weights, (words, count, given) => {
        const shares = share(count, given, chanceOf(words));
        const total = Object.values(shares).reduce((sum, each) => sum + each, 0);
        expect(total).toBe(Object.values(given).some((weight) => weight > 0) ? count : 0);
        for (const [name, got] of Object.entries(shares)) if (given[name] === 0) expect(got).toBe(0);
      }),
    );
  });
});

describe('emulated traffic', () => {
  const weights = fc.integer({ min: 0, max: 100 }).map((green) => ({ blue: 100 - green, green }));
  const anySplits = fc
    .uniqueArray(fc.integer({ min: 0, max: 5 * MINUTE }), { maxLength: 5 })
    .chain((times) =>
      fc.tuple(...[0, ...times.sort((a, b) => a - b)].map((time) => fc.tuple(fc.constant(time), weights))),
    );

  test('loses nothing, however often the split changes, and is the same at every look', () => {
    fc.assert(
      fc.property(
        anySplits,
        fc.integer({ min: 0, max: 3_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (moves, rpm, errorRate) => {
          const splits: Split[] = moves.map(([time, traffic]) => ({ time, traffic, mirrorTraffic: {} }));
          const endpoint = { name: 'iris', splits, calls: [] } as unknown as Endpoint;
          const loads = [{ endpoint: 'iris', rpm, since: 0, deployments: { green: { errorRate } } }];
          for (let start = 0; start < 6 * MINUTE; start += MINUTE) {
            const look = () => countsOf(endpoint, loads, { minute: MINUTE, origin: 0 }, start);
            const counts = [...look().values()].flatMap(({ requests }) => Object.values(requests));
            expect(counts.reduce((sum, each) => sum + each, 0)).toBe(rpm);
            expect([...look()]).toEqual([...look()]);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});
