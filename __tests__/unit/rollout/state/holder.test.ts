import { expect, test } from '@jest/globals';
import { holderLink, holderName, isOver, isRerun } from '../../../../src/rollout/state/holder.ts';

const run = { GITHUB_RUN_ID: '17', GITHUB_RUN_ATTEMPT: '2' };

test.each([
  [run, 0, '17.2.000000'],
  [run, 0.999999999999, '17.2.zzzzzz'],
  [{}, 0.5, 'i00000'],
  [{ GITHUB_RUN_ID: '17' }, 0.5, 'i00000'],
  [{ GITHUB_RUN_ID: '1;st=done', GITHUB_RUN_ATTEMPT: '1' }, 0.5, 'i00000'],
])('the name of a process in %j', (env, random, name) => {
  expect(holderName(env, () => random)).toBe(name);
});

test('a link needs a run and a repository', () => {
  const env = { GITHUB_SERVER_URL: 'https://ghe.example', GITHUB_REPOSITORY: 'a/b' };
  expect(holderLink('17.1', env)).toBe('https://ghe.example/a/b/actions/runs/17');
  expect([holderLink('17.1', {}), holderLink('abcdef', env)]).toEqual([undefined, undefined]);
});

test.each([
  ['17.1.aaaaaa', '17.2.bbbbbb', true],
  ['17.9', '17.10', true],
  ['17.2.aaaaaa', '17.2.bbbbbb', false],
  ['17.3.aaaaaa', '17.2.bbbbbb', false],
  ['16.1.aaaaaa', '17.2.bbbbbb', false],
  ['abcdef', '17.2.bbbbbb', false],
  ['abcdef', 'ghijkl', false],
])('that %s is over because %s runs: %j', (holder, me, over) => {
  expect(isOver(holder, me)).toBe(over);
});

test.each([
  ['17.2.aaaaaa', '17.1.bbbbbb', true],
  ['17.2.aaaaaa', '16.1.bbbbbb', true],
  ['17.1.aaaaaa', '16.1.bbbbbb', false],
  ['17.2.aaaaaa', '17.2.aaaaaa', false],
  ['17.2.aaaaaa', '17.2.bbbbbb', false],
  ['abcdef', '17.1.bbbbbb', false],
])('that %s, after %s, was asked for by hand: %j', (me, holder, rerun) => {
  expect(isRerun(me, holder)).toBe(rerun);
});
