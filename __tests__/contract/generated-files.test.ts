import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { actionYaml, withExamples, withTables } from '../../scripts/faces.ts';
import { withPolicyTables } from '../../scripts/policy-table.ts';
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

/** Prettier aligns the columns; what stands in them is what counts. */
function cellsOf(markdown: string): string[] {
  return markdown
    .split('\n')
    .map((line) => (line.startsWith('|') ? line.replace(/-+/g, '-').replace(/ +/g, ' ') : line));
}
