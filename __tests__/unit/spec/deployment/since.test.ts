import { describe, expect, test } from '@jest/globals';
import { faultLine } from '../../../../src/failure.ts';
import { newerKeyFaults } from '../../../../src/spec/deployment/since.ts';

const at = (line: number) => ({ file: 'blue.yml', line, column: 1 });
const positions = new Map([
  ['name', at(1)],
  ['data_collector', at(4)],
  ['data_collector.collections', at(5)],
  ['startup_probe', at(7)],
]);

describe('a key that an API version does not know', () => {
  test.each([
    ['2022-10-01-preview', ['startup_probe', 'data_collector']],
    ['2023-04-01', ['startup_probe']],
    ['2023-04-01-preview', ['startup_probe']],
    ['2024-10-01', []],
    ['2025-12-01', []],
  ])('%s', (version, keys) => {
    expect(newerKeyFaults({ positions }, version).map(({ message }) => message.split(' ')[0])).toEqual(keys);
  });

  test('stands at its line, with the version to take', () => {
    expect(newerKeyFaults({ positions }, '2023-10-01').map(faultLine)).toEqual([
      'blue.yml:7:1: startup_probe is in Azure since API version 2024-10-01, and api-version 2023-10-01 would drop it without a word; take api-version 2024-10-01 or later',
    ]);
  });

  test('that the file does not have is no fault', () => {
    expect(newerKeyFaults({ positions: new Map([['name', at(1)]]) }, '2022-10-01-preview')).toEqual([]);
  });
});
