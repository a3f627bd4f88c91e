import { describe, expect, test } from '@jest/globals';
import { markdownTable, markdownText, textTable } from '../../src/table.ts';

describe('textTable', () => {
  test('makes each column as wide as its widest cell', () => {
    const table = textTable(
      ['endpoint', 'state'],
      [
        ['iris', 'Succeeded'],
        ['a-longer-name', 'Failed'],
      ],
    );
    expect(table.split('\n')).toEqual(['endpoint       state', 'iris           Succeeded', 'a-longer-name  Failed']);
  });
});

describe('markdown', () => {
  test.each([
    ['<img src=x onerror=alert(1)>', /[<>]/],
    ['| a | b |', /\|/],
    ['[link](https://example.org)', /[[\]()]/],
    ['**bold** `code` # title', /[*`]|(?<!&)#/],
    ['@octocat', /@/],
    ['two\nlines', /\n/],
    ['\x1b[31mred\u202eder\u2069', /[\p{Cc}\u202e\u2069]/u],
  ])('shows %j as it is', (text, active) => {
    expect(markdownText(text)).not.toMatch(active);
  });

  test('replaces each character once', () => {
    expect(markdownText('"#1"')).toBe('&#34;&#35;1&#34;');
  });

  test('leaves what people read untouched', () => {
    expect(markdownText('traffic.blue 100 → 90')).toBe('traffic.blue 100 → 90');
  });

  test('is a table that GitHub renders', () => {
    expect(markdownTable(['field', 'value'], [['traffic', 'blue=90']])).toBe(
      '| field | value |\n| --- | --- |\n| traffic | blue=90 |',
    );
  });
});
