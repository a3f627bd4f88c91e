import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { reliabilityPage } from '../../scripts/reliability.ts';
import { REPOSITORY } from '../support/repository.ts';
import { CELLS } from '../weather/table.ts';

test('docs/reliability.md is what the table in __tests__/weather declares', () => {
  const page = readFileSync(join(REPOSITORY, 'docs/reliability.md'), 'utf8');
  expect(linesOf(page)).toEqual(linesOf(reliabilityPage()));
});

test('every cell has a name of its own', () => {
  expect(new Set(CELLS.map(({ name }) => name)).size).toBe(CELLS.length);
});

/** Prettier aligns the columns; what stands in them is what counts. */
function linesOf(markdown: string): string[] {
  const lines = markdown.trim().split('\n');
  return lines.map((line) => (line.startsWith('|') ? line.replace(/-+/g, '-').replace(/ +/g, ' ') : line));
}
