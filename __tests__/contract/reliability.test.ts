import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { reliabilityPage } from '../../scripts/reliability.ts';
import { REPOSITORY } from '../support/repository.ts';
import { OPERATIONS } from '../../src/config/operations.ts';
import { COLUMNS } from '../weather/columns.ts';
import { OPERATIONS as COLUMN_NAMES } from '../weather/operations.ts';
import { CELLS, ROWS } from '../weather/table.ts';

test('docs/reliability.md is what the table in __tests__/weather declares', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/reliability.md'), 'utf8');
  expect(linesOf(page)).toEqual(linesOf(reliabilityPage()));
});

test('every cell has a name of its own', () => {
  expect(new Set(CELLS.map(({ name }) => name)).size).toBe(CELLS.length);
});

test('every operation that speaks to Azure meets the weather', () => {
  const met = Object.entries(COLUMNS).map(([column, { inputs }]) => inputs['operation'] ?? column);
  expect(new Set(['validate', ...met])).toEqual(new Set(Object.keys(OPERATIONS)));
});

test('an operation has an ending only where it makes the request', () => {
  for (const { place, endings } of ROWS) {
    for (const operation of COLUMN_NAMES) {
      if (endings[operation])
        expect([operation, COLUMNS[operation].spots[place]]).toEqual([operation, expect.anything()]);
    }
  }
});

/** Prettier aligns the columns; what stands in them is what counts. */
function linesOf(markdown: string): string[] {
  const lines = markdown.trim().split('\n');
  return lines.map((line) => (line.startsWith('|') ? line.replace(/-+/g, '-').replace(/ +/g, ' ') : line));
}
