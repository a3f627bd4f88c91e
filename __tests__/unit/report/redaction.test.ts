import { describe, expect, test } from '@jest/globals';
import { redaction } from '../../../src/report/redaction.ts';
import { markdownText } from '../../../src/table.ts';

describe('redaction', () => {
  test('replaces every occurrence of every secret', () => {
    const { add, apply } = redaction();
    add('first-secret');
    add('second-secret');
    expect(apply('first-secret, second-secret and first-secret')).toBe('***, *** and ***');
  });

  test('also replaces the lines of a secret of several lines', () => {
    const { add, apply } = redaction();
    add('-----BEGIN KEY-----\nabcdefgh\n-----END KEY-----');
    expect(apply('the log shows abcdefgh alone')).toBe('the log shows *** alone');
  });

  test('finds a secret as JSON and as Markdown write it', () => {
    const { add, apply } = redaction();
    add('a"secret_value');
    expect(apply(JSON.stringify({ echoed: 'a"secret_value' }))).toBe('{"echoed":"***"}');
    expect(apply(markdownText('echoed: a"secret_value'))).toBe('echoed: ***');
  });

  test.each(['', ' ', 'true', '1'])('leaves words alone that are no secret: %j', (word) => {
    const { add, apply } = redaction();
    add(word);
    expect(apply('1 is true')).toBe('1 is true');
  });
});
