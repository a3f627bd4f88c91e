import { expect, test } from '@jest/globals';
import { startReading } from '../../../../src/azure/storage/progress.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';

const GIGABYTE = 1e9;

function reading(bytes: number) {
  const { clock, report, signal } = fakeDeps();
  const limits = { signal, deadline: clock.now() + 60_000 };
  const work = { path: 'model.bin', bytes, why: 'which is named by its content' };
  return { clock, report, onRead: startReading({ clock, report, limits }, work) };
}

test('the reading of local files tells how far it is, every 15 seconds', () => {
  const { clock, report, onRead } = reading(40 * GIGABYTE);
  for (let pieces = 0; pieces < 4; pieces += 1) {
    clock.advance(8_000);
    onRead(5 * GIGABYTE);
  }
  expect(report.texts()).toEqual([
    'reading model.bin (40.0 GB), which is named by its content',
    'reading model.bin: 10.0 GB of 40.0 GB',
    'reading model.bin: 20.0 GB of 40.0 GB',
  ]);
});

test('what is read in no time is not told of', () => {
  const { report, onRead } = reading(GIGABYTE - 1);
  onRead(GIGABYTE - 1);
  expect(report.texts()).toEqual([]);
});

test('reading ends with its time, unless it is at its end', () => {
  const { clock, onRead } = reading(1_000);
  clock.advance(60_001);
  expect(() => onRead(999)).toThrow('reading model.bin: not finished in time, with 999 bytes of 1.0 kB read');
  expect(() => onRead(1)).not.toThrow();
});
