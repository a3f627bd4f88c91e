import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEndpoint } from '../../src/spec/endpoint.ts';

/** Lines that are right wherever they stand; each key comes once. */
const right = ['auth_mode: key', 'description: words', 'tags: {a: b}', 'properties: {c: d}', '# a comment', ''];

/** Lines with one fault each, and the column where it is. */
const wrong = [
  ['identiti: {}', 1],
  ['public_network_access: maybe', 24],
  ['identity: {type: nobody}', 18],
  ['identity: text', 11],
  ['traffic: {blue: 110}', 17],
  ['traffic: {blue: 60}', 1],
  ['traffic:', 1],
  ['mirror_traffic: {blue: 51}', 24],
  ['instance_count: 1', 1],
  ['compute: "${{ env.NOT_SET }}"', 11],
] as const;

const anyFaultyFile = fc
  .tuple(
    fc.shuffledSubarray(right),
    fc.constantFrom(...wrong),
    fc.nat({ max: right.length }),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([lines, [line, column], wish, end]) => {
    const at = Math.min(wish, lines.length);
    const text = ['name: iris', ...lines.toSpliced(at, 0, line)].join(end);
    return { text, place: { file: 'iris.yml', line: at + 2, column } };
  });

test('wherever a fault stands, it is told with its line and column, and alone', () => {
  fc.assert(
    fc.property(anyFaultyFile, ({ text, place }) => {
      expect(readEndpoint(text, 'iris.yml').faults).toEqual([{ ...place, message: expect.any(String) }]);
    }),
    { numRuns: 500 },
  );
});
