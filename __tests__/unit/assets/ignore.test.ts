import { describe, expect, test } from '@jest/globals';
import { ignoreRules } from '../../../src/assets/ignore.ts';

const excludes = (text: string, path: string): boolean => ignoreRules(text).excludes(path);

/** What `GitWildMatchPattern` of azure-ai-ml 1.35.2 says, taken from its Python. */
describe('rules', () => {
  test.each([
    ['*.pyc', 'a/b/x.pyc', true],
    ['*.pyc', 'x.pyc/inner', true],
    ['*.pyc', 'x.py', false],
    ['logs', 'logs', true],
    ['logs', 'a/logs/b', true],
    ['logs/', 'logs', false],
    ['logs/', 'logs/a', true],
    ['/data', 'data/x', true],
    ['/data', 'a/data', false],
    ['a/b', 'a/b/c', true],
    ['a/b', 'x/a/b', false],
    ['a/**', 'a', false],
    ['a/**', 'a/b/c', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['**/z', 'z', true],
    ['**', 'anything/at all', true],
    ['**/', 'top', false],
    ['**/', 'folder/x', true],
    ['?', '😀', true],
    ['?', 'ab', false],
    ['[ab]*', 'b1', true],
    ['[!ab]', 'a', false],
    ['[!ab]', 'c', true],
    ['[]x]', ']', true],
    ['[x', '[x', true],
    ['\\#x', '#x', true],
    ['\\!x', '!x', true],
    ['# x', '# x', false],
    ['/', 'a', false],
    ['', 'a', false],
    ['  *.log  ', 'a.log', true],
    ['A', 'a', false],
    ['a.b', 'axb', false],
  ])('%j on %j: %j', (line, path, expected) => {
    expect(excludes(line, path)).toBe(expected);
  });

  test('the last that matches decides', () => {
    expect(excludes('*.py\n!score.py\n', 'score.py')).toBe(false);
    expect(excludes('!score.py\n*.py\n', 'score.py')).toBe(true);
  });

  test('files of Windows and with a byte order mark', () => {
    expect(excludes('\uFEFF*.py\r\n*.log\r\n', 'a.py')).toBe(true);
    expect(excludes('\uFEFF*.py\r\n*.log\r\n', 'a.log')).toBe(true);
  });

  test('only a rule with an exclamation mark takes back', () => {
    expect(ignoreRules('*.py\n').takesBack).toBe(false);
    expect(ignoreRules('*.py\n!a.py\n').takesBack).toBe(true);
  });

  test.each(['\\', '[z-a]', 'a/\\'])('%j, of which no expression can be made, throws nothing', (line) => {
    expect(excludes(line, 'a')).toBe(false);
  });
});
