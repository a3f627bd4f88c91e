import { expect, test } from '@jest/globals';
import { sparkline } from '../../../../src/rollout/show/sparkline.ts';

test.each([
  ['the lowest is nothing, the highest the highest', [0, 1, 2, 3, 4, 5, 6, 7], 7, '▁▃▄▅▆▇██'],
  ['a little is more than nothing', [0, 0.001], 100, '▁▂'],
  ['more than the highest is the highest', [500], 100, '█'],
  ['what is not known is a gap', [1, undefined, 1], 1, '█ █'],
  ['without a highest everything counts from one', [0, 1], 0, '▁█'],
  ['what is no number is nothing', [NaN, -1], 1, '▁▁'],
  ['nothing', [], 1, ''],
] as const)('%s', (_, values, highest, bars) => {
  expect(sparkline(values, highest)).toBe(bars);
});
