import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { reliabilityPage } from '../../scripts/reliability.ts';
import { REPOSITORY } from '../support/repository.ts';
import { OPERATIONS } from '../../src/config/operations.ts';
import { COLUMNS } from '../weather/columns.ts';
import { OPERATIONS as COLUMN_NAMES } from '../weather/operations.ts';
import { inPart, partFrom } from '../weather/part.ts';
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

describe('the parts of the table', () => {
  const commits = Array.from({ length: 60 }, (_, index) =>
    ((index * 0x9e3779b1) >>> 0).toString(16).padStart(8, '0').padEnd(40, '0'),
  );

  test.each([1, 2, 6, 7])('are together all of it, none twice: %i', (of) => {
    const parts = Array.from({ length: of }, (_, index) => inPart(CELLS, { part: index + 1, of }));
    expect(new Set(parts.flat())).toEqual(new Set(CELLS));
    expect(parts.flat()).toHaveLength(CELLS.length);
  });

  test('have their turns: with the commits, and without git with the days', () => {
    const env = { WEATHER_SHARE: '6' };
    const all = new Set([1, 2, 3, 4, 5, 6]);
    expect(new Set(commits.map((commit) => partFrom(env, commit, 0).part))).toEqual(all);
    const days = Array.from({ length: 6 }, (_, day) => partFrom(env, undefined, (day + 20_000) * 86_400_000).part);
    expect(new Set(days)).toEqual(all);
  });

  test('are chosen again by the same commit, whatever the day', () => {
    const env = { WEATHER_SHARE: '6' };
    expect(partFrom(env, commits[7], 0)).toEqual(partFrom(env, commits[7], Date.now()));
  });

  test('are all of it where no share is asked for', () => {
    expect(partFrom({}, commits[1], 0)).toMatchObject({ part: 1, of: 1 });
  });

  test('can be named, and only those that there are', () => {
    const named = (WEATHER_PART: string) => partFrom({ WEATHER_SHARE: '6', WEATHER_PART }, commits[1], 0);
    expect(['1', '6'].map((part) => named(part).part)).toEqual([1, 6]);
    for (const part of ['0', '7', '-1', '1.5', 'two']) expect(() => named(part)).toThrow(/WEATHER_PART=/);
  });
});

/** Prettier aligns the columns; what stands in them is what counts. */
function linesOf(markdown: string): string[] {
  const lines = markdown.trim().split('\n');
  return lines.map((line) => (line.startsWith('|') ? line.replace(/-+/g, '-').replace(/ +/g, ' ') : line));
}
