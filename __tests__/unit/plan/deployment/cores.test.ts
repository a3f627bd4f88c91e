import { describe, expect, test } from '@jest/globals';
import { coresInWords, familyKey, neededCores, sizeNamed } from '../../../../src/plan/deployment/cores.ts';
import { SIZES } from './capacity.ts';

const size = (name: string, cores: number) => ({ name, family: 'f', cores });

describe('the cores that Azure wants to be free', () => {
  test.each([
    // What Azure asked for in recorded refusals: "Additional needed: 8", "Additional needed: 32", "requested is 72".
    ['Standard_DS3_v2', 4, 1, 8],
    ['Standard_F16s_v2', 16, 1, 32],
    ['Standard_NV36ads_A10_v5', 36, 1, 72],
    // The example of Microsoft Learn.
    ['Standard_DS3_v2', 4, 10, 48],
    ['Standard_DS3_v2', 4, 2, 12],
    ['Standard_DS3_v2', 4, 5, 24],
    ['Standard_DS3_v2', 4, 6, 32],
    // Whole in tenths, a little more in binary fractions.
    ['Standard_DS2_v2', 2, 35, 84],
  ])('%s with %i cores, %i instances: %i', (name, cores, instances, needed) => {
    expect(neededCores(size(name, cores), instances)).toBe(needed);
  });

  test.each([
    'STANDARD_NC24ADS_A100_V4',
    'STANDARD_NC48ADS_A100_V4',
    'STANDARD_NC96ADS_A100_V4',
    'STANDARD_NC40ADS_H100_V5',
    'STANDARD_NC80ADIS_H100_V5',
    'STANDARD_ND96AMSR_A100_V4',
    'STANDARD_ND96ASR_V4',
    'STANDARD_ND40RS_V2',
    'STANDARD_ND96IS_H100_V5',
    'STANDARD_ND96ISR_H100_V5',
    'Standard_ND96isr_H200_v5',
  ])('%s is exempt from the reservation', (name) => {
    expect(neededCores(size(name, 24), 3)).toBe(72);
  });

  test.each([
    'STANDARD_NC4AS_T4_V3',
    'STANDARD_NC64AS_T4_V3',
    'STANDARD_NC6S_V2',
    'STANDARD_NC24S_V3',
    'STANDARD_NV6ADS_A10_V5',
    'STANDARD_NV36ADMS_A10_V5',
    'STANDARD_D2AS_V4',
    'STANDARD_FX4MDS',
    'STANDARD_L80S_V3',
  ])('%s is not', (name) => {
    expect(neededCores(size(name, 4), 3)).toBe(16);
  });

  test('are told as arithmetic', () => {
    expect(coresInWords(size('Standard_DS3_v2', 4), '1')).toBe('ceil(1.2 × 1) × 4');
    expect(coresInWords(size('Standard_NC24ads_A100_v4', 24), '2')).toBe('2 × 24');
  });
});

test.each([
  ['standard NCASv3_T4 Family', 'standardNCASv3_T4Family'],
  ['standardDSv2Family', 'Standard DSv2 Family'],
])('%s and %s are one family', (a, b) => {
  expect(familyKey(a)).toBe(familyKey(b));
});

test('sizes are found without case', () => {
  expect(sizeNamed(SIZES, 'STANDARD_DS3_V2')?.cores).toBe(4);
  expect(sizeNamed(SIZES, 'Standard_DS3')).toBeUndefined();
});
