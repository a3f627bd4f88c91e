import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { actionYaml, withExamples, withTables } from '../../scripts/faces.ts';
import { withPolicyTables } from '../../scripts/policy-table.ts';
import { withSimulation } from '../../scripts/simulate/page.ts';
import { rollOut } from '../../scripts/simulate/rollouts.ts';
import { SCENARIOS } from '../../scripts/simulate/scenarios.ts';
import { type Results, scenarioCells } from '../../scripts/simulate/table.ts';
import { GUARDS } from '../../scripts/simulate/without.ts';
import { REPOSITORY } from '../support/repository.ts';

const read = (file: string): string => readFileSync(join(REPOSITORY, file), 'utf8');

test('action.yml is what src/config says', () => {
  expect(read('action.yml')).toBe(actionYaml());
});

test('the tables of the README are what action.yml says', () => {
  const readme = read('README.md');
  expect(cellsOf(withTables(readme, read('action.yml')))).toEqual(cellsOf(readme));
});

test('the workflows of the README are those of examples/', () => {
  const readme = read('README.md');
  expect(readme.match(/<!-- example:/g)).toHaveLength(6);
  expect(withExamples(readme, (name) => read(`examples/${name}.yml`))).toBe(readme);
});

test('the tables of docs/rollout.md are what src/rollout says', () => {
  const page = read('docs/rollout.md');
  expect(cellsOf(withPolicyTables(page))).toEqual(cellsOf(page));
});

describe('the figures of docs/rollout.md', () => {
  const results = JSON.parse(read('scripts/simulate/results.json')) as Results;

  test('are those that `npm run simulate` found', () => {
    const page = read('docs/rollout.md');
    expect(cellsOf(withSimulation(page, results))).toEqual(cellsOf(page));
    expect(results.scenarios.map(([name]) => name)).toEqual(SCENARIOS.map(({ name }) => name));
    expect(results.scenarios.flat().filter((cell) => cell.startsWith('MISSED'))).toEqual([]);
  });

  test('are those that it would find now, as far as that is seen in a moment', () => {
    const quick = SCENARIOS.map((scenario, row) => ({ scenario, row })).filter(({ scenario }) => scenario.minutes <= 5);
    expect(quick).toHaveLength(5);
    for (const { scenario, row } of quick) {
      expect(scenarioCells(scenario, rollOut(scenario))).toEqual(results.scenarios[row]);
    }
  });

  test('can be found again without the guards of the judge', () => {
    for (const { file, code } of Object.values(GUARDS)) expect(read(file).split(code)).toHaveLength(2);
  });
});

/** Prettier aligns the columns; what stands in them is what counts. */
function cellsOf(markdown: string): string[] {
  return markdown
    .split('\n')
    .map((line) => (line.startsWith('|') ? line.replace(/-+/g, '-').replace(/ +/g, ' ') : line));
}
