import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EndpointCapacity } from '../../src/plan/deployment/capacity.ts';
import { neededCores, sizeNamed } from '../../src/plan/deployment/cores.ts';
import { growing, quotaVerdict } from '../../src/plan/deployment/quota.ts';
import { iris, machine, named, region, SIZES, wanted } from '../unit/plan/deployment/capacity.ts';

const instances = fc.integer({ min: 1, max: 50 });
const anyMachine = fc.tuple(fc.constantFrom(...SIZES.map(({ name }) => name)), instances);
type Machine = readonly [string, number];
/** What is live, if anything, and what is wanted. */
const anyMove = fc.tuple(fc.option(anyMachine), anyMachine);
const anyMoves = fc.array(anyMove, { minLength: 1, maxLength: 5 });

const families = [...new Set(SIZES.map(({ family }) => family))];

function endpoint(
  moves: readonly (readonly [Machine | null, Machine])[],
  idle: readonly Machine[] = [],
): EndpointCapacity {
  const deployments = moves.map(([from, to], index) =>
    wanted(`d${index}`, machine(...to), from ? machine(...from) : undefined),
  );
  return iris(deployments, { present: idle.map((each, index) => named(`idle${index}`, machine(...each))) });
}

/** Cores of a family that these machines take once they stand. */
function coresIn(family: string, machines: readonly (Machine | null)[]): number {
  const cores = machines.map((each) => {
    const size = each ? sizeNamed(SIZES, each[0]) : undefined;
    return each && size?.family === family ? neededCores(size, each[1]) : 0;
  });
  return cores.reduce((total, one) => total + one, 0);
}

function faultsAt(used: (family: string) => number, limit: (family: string) => number, of: EndpointCapacity) {
  const quotas = Object.fromEntries(families.map((family) => [family, [used(family), limit(family)] as const]));
  return quotaVerdict(region(quotas), [of]).faults;
}

describe('cores', () => {
  test('are at least those of the instances, and less than one instance beyond a fifth more', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIZES), fc.integer({ min: 1, max: 10_000 }), (size, count) => {
        const cores = neededCores(size, count);
        expect(cores % size.cores).toBe(0);
        expect(cores).toBeGreaterThanOrEqual(count * size.cores);
        expect(5 * cores).toBeLessThan((6 * count + 5) * size.cores);
        expect(neededCores(size, count + 1)).toBeGreaterThan(cores);
      }),
    );
  });
});

describe('quota', () => {
  test('that holds all deployments after the run is no fault, whatever is live before', () => {
    fc.assert(
      fc.property(anyMoves, fc.nat(500), (moves, others) => {
        const before = (family: string) =>
          others +
          coresIn(
            family,
            moves.map(([from]) => from),
          );
        const after = (family: string) =>
          others +
          coresIn(
            family,
            moves.map(([, to]) => to),
          );
        expect(faultsAt(before, after, endpoint(moves))).toEqual([]);
      }),
    );
  });

  test('that is one core too little for a family is one fault, if anything in it grows', () => {
    fc.assert(
      fc.property(anyMoves, fc.nat(500), fc.constantFrom(...families), (moves, others, tight) => {
        const before = (family: string) =>
          others +
          coresIn(
            family,
            moves.map(([from]) => from),
          );
        const after = (family: string) =>
          others +
          coresIn(
            family,
            moves.map(([, to]) => to),
          );
        const limit = (family: string) => after(family) - (family === tight ? 1 : 0);
        const grows = growing([endpoint(moves)]).some(({ plan }) => {
          const { instanceType } = plan.body['properties'] as { instanceType: string };
          return sizeNamed(SIZES, instanceType)?.family === tight;
        });
        const faults = faultsAt(before, limit, endpoint(moves));
        expect(faults.map(({ message }) => message.includes(` cores of ${tight} `))).toEqual(grows ? [true] : []);
      }),
    );
  });

  test('names only as many idle deployments as free enough', () => {
    fc.assert(
      fc.property(anyMachine, fc.array(anyMachine, { maxLength: 6 }), fc.nat(100), (to, idle, free) => {
        const { family } = sizeNamed(SIZES, to[0])!;
        const short = coresIn(family, [to]) - free;
        const [fault] = faultsAt(
          () => 1_000,
          () => 1_000 + free,
          endpoint([[null, to]], idle),
        );
        const holds = Number(/and holds? (\d+), or take/.exec(fault?.message ?? '')?.[1] ?? NaN);
        const possible = coresIn(family, idle) >= short;
        if (short <= 0) expect(fault).toBeUndefined();
        else if (possible) expect(holds).toBeGreaterThanOrEqual(short);
        else expect(holds).toBeNaN();
      }),
    );
  });
});
