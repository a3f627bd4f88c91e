import { expect, test } from '@jest/globals';
import { problemWords } from '../../../src/http/error-words.ts';

test.each<[unknown, ReturnType<typeof problemWords>]>([
  [{ error: { code: 'X', message: 'no\n no', details: [{ message: 'why' }] } }, { code: 'X', message: 'no no · why' }],
  [
    { error: 'invalid_client', error_description: 'no' },
    { code: 'invalid_client', message: 'no' },
  ],
  [
    { code: 'X', message: 'no' },
    { code: 'X', message: 'no' },
  ],
  [{ message: 'no' }, { code: undefined, message: 'no' }],
  [
    { title: 'Invalid.', errors: { name: ['too long'] } },
    { code: undefined, message: 'Invalid. · name: too long' },
  ],
  [{ error: { code: 'X', message: 'no', errors: [{ message: 'a' }, 'b'] } }, { code: 'X', message: 'no · a · b' }],
  ['upstream   gone', { code: undefined, message: 'upstream gone' }],
  ['x'.repeat(400), { code: undefined, message: `${'x'.repeat(300)}…` }],
  ['<html>sign in</html>', undefined],
  [{ value: [] }, undefined],
  [[], undefined],
  [undefined, undefined],
])('the words of %j', (body, words) => {
  expect(problemWords(body)).toEqual(words);
});
