import { describe, expect, test } from '@jest/globals';
import { faultLine } from '../../../../src/failure.ts';
import type { EndpointCapacity, RegionCapacity } from '../../../../src/plan/deployment/capacity.ts';
import type { VmSize } from '../../../../src/plan/deployment/cores.ts';
import { growing, quotaVerdict } from '../../../../src/plan/deployment/quota.ts';
import type { EndpointSpec } from '../../../../src/spec/model.ts';
import { iris, machine, named, region, wanted } from './capacity.ts';

const DS3 = 'Standard_DS3_v2';
const FAMILY = 'standardDSv2Family';

function faultsOf(capacity: RegionCapacity, ...endpoints: readonly EndpointCapacity[]): string[] {
  return quotaVerdict(capacity, endpoints).faults.map(faultLine);
}

describe('a new deployment', () => {
  const blue = iris([wanted('blue', machine(DS3, 1))]);

  test('that does not fit is a fault with the numbers, at its instance type', () => {
    expect(faultsOf(region({ [FAMILY]: [0, 6] }), blue)).toEqual([
      'blue.yml:5:16: blue needs 8 cores of standardDSv2Family (ceil(1.2 × 1) × 4 for Standard_DS3_v2), 6 are free of 6 ' +
        'in westeurope; take fewer instances or another size, or have the quota of standardDSv2Family raised',
    ]);
  });

  test.each<[number, number, number]>([
    [0, 8, 0],
    [1, 8, 1],
    [92, 100, 0],
    [93, 100, 1],
    [120, 100, 1],
  ])('with %i used of %i: %i faults', (used, limit, faults) => {
    expect(faultsOf(region({ [FAMILY]: [used, limit] }), blue)).toHaveLength(faults);
  });

  test('has one instance when nothing says how many', () => {
    expect(faultsOf(region({ [FAMILY]: [0, 7] }), iris([wanted('blue', machine(DS3))]))).toHaveLength(1);
    expect(faultsOf(region({ [FAMILY]: [0, 8] }), iris([wanted('blue', machine(DS3))]))).toEqual([]);
  });

  test('of an exempt size needs no reservation', () => {
    const gpu = iris([wanted('blue', machine('standard_nc24ads_a100_v4', 1))]);
    expect(faultsOf(region({ standardNCADSA100v4Family: [0, 24] }), gpu)).toEqual([]);
    expect(faultsOf(region({ standardNCADSA100v4Family: [0, 23] }), gpu)[0]).toContain(
      'blue needs 24 cores of standardNCADSA100v4Family (1 × 24 for Standard_NC24ads_A100_v4), 23 are free',
    );
  });

  test('adds up with others of its family and no other', () => {
    const two = iris([wanted('blue', machine(DS3, 1)), wanted('green', machine('Standard_DS2_v2', 2))]);
    const plenty = { standardFSv2Family: [0, 100] } as const;
    expect(faultsOf(region({ [FAMILY]: [0, 14], ...plenty }), two)).toEqual([]);
    expect(faultsOf(region({ [FAMILY]: [0, 13], ...plenty }), two)).toEqual([
      expect.stringContaining(
        'blue, green need 14 cores of standardDSv2Family (blue: ceil(1.2 × 1) × 4 for Standard_DS3_v2; ' +
          'green: ceil(1.2 × 2) × 2 for Standard_DS2_v2), 13 are free of 13',
      ),
    ]);
    const other = iris([wanted('blue', machine(DS3, 1)), wanted('green', machine('Standard_F16s_v2', 1))]);
    expect(faultsOf(region({ [FAMILY]: [0, 8], ...plenty }), other)).toEqual([]);
  });

  test('adds up over endpoints', () => {
    const wine = { ...iris([wanted('green', machine(DS3, 1))]), name: 'wine' };
    expect(faultsOf(region({ [FAMILY]: [0, 15] }), blue, wine)).toHaveLength(1);
    expect(faultsOf(region({ [FAMILY]: [0, 16] }), blue, wine)).toEqual([]);
  });

  test('never shows what came from a placeholder', () => {
    const placeholders = new Map([
      ['instance_type', '${{ env.SIZE }}'],
      ['instance_count', '${{ env.COUNT }}'],
    ]);
    const secretive = iris([wanted('blue', machine(DS3, 1), undefined, { placeholders })]);
    const [fault] = faultsOf(region({ [FAMILY]: [0, 6] }), secretive);
    expect(fault).toContain('(ceil(1.2 × ${{ env.COUNT }}) × 4 for ${{ env.SIZE }})');
    expect(fault).not.toContain(DS3);
  });
});

describe('an instance type that the region does not have', () => {
  const fault = (type: string, placeholders = new Map<string, string>()) =>
    faultsOf(region({}), iris([wanted('blue', machine(type, 1), undefined, { placeholders })]));

  test('is a fault with the nearest name', () => {
    expect(fault('Standard_DS3v2')).toEqual([
      'blue.yml:5:16: instance_type Standard_DS3v2 is not a VM size that Azure ML has in westeurope; did you mean Standard_DS3_v2?',
    ]);
    expect(fault('Basic')).toEqual([
      'blue.yml:5:16: instance_type Basic is not a VM size that Azure ML has in westeurope',
    ]);
  });

  test('shows the placeholder, and no guess at its value', () => {
    expect(fault('Standard_DS3v2', new Map([['instance_type', '${{ env.SIZE }}']]))).toEqual([
      'blue.yml:5:16: instance_type ${{ env.SIZE }} is not a VM size that Azure ML has in westeurope',
    ]);
  });

  test('is none in another case, when nobody names it, or when Azure has it already', () => {
    expect(fault('standard_ds3_V2')).toEqual([]);
    const old = machine('Standard_Old', 1);
    const others = iris([wanted('blue', machine(undefined, 1)), wanted('green', machine('Standard_Old', 2), old)]);
    expect(faultsOf(region({}), others)).toEqual([]);
  });
});

describe('a size that Azure does not list for managed online endpoints', () => {
  const size = (name: string, cores: number, serves?: boolean) => ({
    name,
    family: FAMILY,
    cores,
    ...(serves === undefined ? {} : { serves }),
  });
  const doubts = (sizes: readonly VmSize[], of = wanted('blue', machine('standard_ds1_v2', 1))) => {
    const verdict = quotaVerdict({ region: 'westeurope', sizes }, [iris([of])]);
    expect(verdict.faults).toEqual([]);
    return verdict.doubts.map(faultLine);
  };
  const SMALL = size('Standard_DS1_v2', 1, false);

  test('is a doubt at its line, and no fault, with one that is listed', () => {
    const listed = [size('Standard_DS4_v2', 8, true), size('Standard_DS3_v2', 4, true)];
    const text =
      'blue.yml:5:16: instance_type Standard_DS1_v2 is a VM size that Azure ML does not list for managed online endpoints in westeurope, and may refuse';
    expect(doubts([SMALL, ...listed])).toEqual([`${text}; Standard_DS3_v2 is listed`]);
    expect(doubts([SMALL, { ...listed[0]!, family: 'other' }])).toEqual([text]);
    const more = { placeholders: new Map([['instance_type', '${{ env.SIZE }}']]) };
    expect(doubts([SMALL, ...listed], wanted('blue', machine('Standard_DS1_v2', 1), undefined, more))).toEqual([
      expect.stringContaining('instance_type ${{ env.SIZE }} is a VM size'),
    ]);
  });

  test('is none when the list says it of none, says nothing, or a live deployment has it', () => {
    expect(doubts([SMALL, size('Standard_DS3_v2', 4, false)])).toEqual([]);
    expect(doubts([size('Standard_DS1_v2', 1), size('Standard_DS3_v2', 4, true)])).toEqual([]);
    expect(doubts([size('Standard_DS1_v2', 1, true)])).toEqual([]);
    const grown = wanted('blue', machine('Standard_DS1_v2', 2), machine('Standard_DS1_v2', 1));
    expect(doubts([SMALL, size('Standard_DS3_v2', 4, true)], grown)).toEqual([]);
    const cluster = wanted('blue', machine('Standard_DS1_v2', 1), undefined, { kind: 'kubernetes' });
    expect(doubts([SMALL, size('Standard_DS3_v2', 4, true)], cluster)).toEqual([]);
  });
});

describe('an update', () => {
  const update = (to: [string, number], from: [string, number], state?: string) =>
    iris([wanted('blue', machine(...to), machine(...from, state))]);

  test('needs only what it adds', () => {
    const grown = update([DS3, 3], [DS3, 2]);
    expect(faultsOf(region({ [FAMILY]: [12, 16] }), grown)).toEqual([]);
    expect(faultsOf(region({ [FAMILY]: [12, 15] }), grown)[0]).toContain(
      'blue.yml:6:17: blue needs 4 more cores of standardDSv2Family (ceil(1.2 × 3) × 4 for Standard_DS3_v2 instead of ceil(1.2 × 2) × 4), ' +
        '3 are free of 15 in westeurope',
    );
  });

  test('to another size of the family needs the difference, and of another family the whole', () => {
    const bigger = update([DS3, 1], ['Standard_DS2_v2', 1]);
    expect(faultsOf(region({ [FAMILY]: [4, 8] }), bigger)).toEqual([]);
    expect(faultsOf(region({ [FAMILY]: [4, 7] }), bigger)).toHaveLength(1);
    const moved = update(['Standard_F16s_v2', 1], [DS3, 9]);
    expect(faultsOf(region({ standardFSv2Family: [0, 32] }), moved)).toEqual([]);
    expect(faultsOf(region({ standardFSv2Family: [0, 31] }), moved)[0]).toContain('blue needs 32 cores');
  });

  test('that neither grows nor changes the size asks for nothing', () => {
    const full = region({ [FAMILY]: [100, 100] });
    for (const quiet of [
      update([DS3, 2], [DS3, 2]),
      update([DS3, 1], [DS3, 2]),
      update(['standard_ds3_v2', 2], [DS3, 2]),
    ]) {
      expect(growing([quiet])).toEqual([]);
      expect(faultsOf(full, quiet)).toEqual([]);
    }
  });

  test('from a size that the region no longer tells of is left to Azure', () => {
    expect(faultsOf(region({ [FAMILY]: [0, 1] }), update([DS3, 1], ['Standard_Old', 1]))).toEqual([]);
  });

  test('leaves to another deployment what it gives back', () => {
    const swap = iris([wanted('blue', machine(DS3, 1), machine(DS3, 4)), wanted('green', machine(DS3, 2))]);
    expect(faultsOf(region({ [FAMILY]: [20, 20] }), swap)).toEqual([]);
    expect(faultsOf(region({ [FAMILY]: [21, 20] }), swap)).toHaveLength(1);
  });

  test('of a failed deployment counts for what it may hold, but no more than is used', () => {
    const again = update([DS3, 1], [DS3, 1], 'Failed');
    expect(faultsOf(region({ [FAMILY]: [0, 6] }), again)[0]).toContain('blue needs 8 cores');
    expect(faultsOf(region({ [FAMILY]: [8, 8] }), again)).toEqual([]);
    expect(faultsOf(region({ [FAMILY]: [0, 8] }), again)).toEqual([]);
  });
});

describe('what has no quota to check', () => {
  const none = region({ [FAMILY]: [0, 0] });

  test('Kubernetes deployments, and those without a change', () => {
    const cluster = wanted('blue', machine('gpu-small', 9), undefined, { kind: 'kubernetes' });
    const same = {
      ...wanted('green', machine(DS3, 1), machine(DS3, 1, 'Failed')),
      plan: { action: 'none', body: {} },
    } as const;
    expect(growing([iris([cluster, same])])).toEqual([]);
    expect(faultsOf(none, iris([cluster, same]))).toEqual([]);
  });

  test('endpoints and deployments on the shared quota of Azure', () => {
    const shared = { properties: { properties: { SharedComputeCapacityEnabled: 'true' } } };
    const blue = wanted('blue', machine(DS3, 1));
    expect(faultsOf(none, iris([blue], { live: shared }))).toEqual([]);
    const spec = { properties: { sharedComputeCapacityEnabled: 'True' } } as unknown as EndpointSpec;
    expect(faultsOf(none, iris([blue], { spec }))).toEqual([]);
    expect(faultsOf(none, iris([wanted('blue', { ...shared, ...machine(DS3, 1) })]))).toHaveLength(1);
    const body = { properties: { ...shared.properties, instanceType: DS3 } };
    expect(faultsOf(none, iris([wanted('blue', body)]))).toEqual([]);
    const off = { properties: { properties: { SharedComputeCapacityEnabled: 'false' } } };
    expect(faultsOf(none, iris([blue], { live: off }))).toHaveLength(1);
  });

  test('what Azure does not tell', () => {
    const blue = iris([wanted('blue', machine(DS3, 1))]);
    expect(quotaVerdict({ region: 'westeurope' }, [blue])).toEqual({ faults: [], doubts: [], unknown: [] });
    const { sizes } = none;
    expect(quotaVerdict({ region: 'westeurope', ...(sizes ? { sizes } : {}) }, [blue])).toEqual({
      faults: [],
      doubts: [],
      unknown: [],
    });
    expect(quotaVerdict(region({}), [blue])).toEqual({ faults: [], doubts: [], unknown: [FAMILY] });
  });

  test('a family without a limit', () => {
    expect(faultsOf(region({ [FAMILY]: [500, Infinity] }), iris([wanted('blue', machine(DS3, 50))]))).toEqual([]);
  });
});

describe('deployments whose end would free enough', () => {
  const blue = wanted('blue', machine(DS3, 1));
  const live = { properties: { traffic: { old: 100, red: 0 }, mirrorTraffic: { pink: 10 } } };
  const step = (endpoint: Partial<EndpointCapacity>, used = 100, ...others: readonly EndpointCapacity[]) => {
    const [fault] = faultsOf(region({ [FAMILY]: [used, 100] }), iris([blue], { live, ...endpoint }), ...others);
    return /delete (.*?), or take/.exec(fault ?? '')?.[1];
  };

  test('are named when they have neither live nor mirrored traffic', () => {
    const present = ['old', 'red', 'pink'].map((name) => named(name, machine(DS3, 1)));
    expect(step({ present })).toBe('red, which has no traffic and holds 8');
  });

  test('are the fewest, and the smallest that suffices', () => {
    const present = [
      named('large', machine(DS3, 10)),
      named('right', machine(DS3, 1)),
      named('small', machine('Standard_DS2_v2', 1)),
    ];
    expect(step({ present })).toBe('right, which has no traffic and holds 8');
    expect(step({ present }, 94)).toBe('small, which has no traffic and holds 4');
    const smaller = ['a', 'b', 'c'].map((name) => named(name, machine('Standard_DS2_v2', 1)));
    expect(step({ present: smaller })).toBe('a and b, which have no traffic and hold 8');
  });

  test('are not named when all together are too little', () => {
    expect(step({ present: [named('small', machine('Standard_DS2_v2', 1))] })).toBeUndefined();
  });

  test.each([
    ['written in this run', named('blue', machine(DS3, 1))],
    ['of another family', named('red', machine('Standard_F16s_v2', 9))],
    ['failed', named('red', machine(DS3, 1, 'Failed'))],
    ['on their way out', named('red', machine(DS3, 1, 'Deleting'))],
    ['of an unknown size', named('red', machine('Standard_Old', 1))],
  ])('are not those that are %s', (_, other) => {
    expect(step({ present: [other] })).toBeUndefined();
  });

  test('are not those that the YAML gives traffic to', () => {
    const present = [named('red', machine(DS3, 1))];
    expect(step({ present, spec: { traffic: { red: 100 } } as unknown as EndpointSpec })).toBeUndefined();
    expect(step({ present, spec: { mirrorTraffic: { red: 10 } } as unknown as EndpointSpec })).toBeUndefined();
  });

  test('are named with their endpoints where there are several', () => {
    const wine = { name: 'wine', live: undefined, wanted: [], present: [named('red', machine(DS3, 1))] };
    expect(step({}, 100, wine)).toBe('red of endpoint wine, which has no traffic and holds 8');
  });
});
