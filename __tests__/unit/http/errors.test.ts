import { describe, expect, test } from '@jest/globals';
import {
  ConnectionError,
  errorWords,
  isBusy,
  isTransient,
  isUntouched,
  mayHaveWorked,
  ServiceError,
} from '../../../src/http/errors.ts';

describe('the words of an error body', () => {
  test.each<[unknown, { code: string; message: string } | undefined]>([
    [{ error: { code: 'A', message: 'b' } }, { code: 'A', message: 'b' }],
    [
      { code: 'A', message: 'b' },
      { code: 'A', message: 'b' },
    ],
    [{ error: { code: 'A' } }, { code: 'A', message: '' }],
    [
      { error: { code: 'A', message: ' two\n\tlines ', details: [{ message: 'more' }, 7, { code: 'x' }] } },
      { code: 'A', message: 'two lines · more' },
    ],
    [{ error: { code: 'A', message: 'same', details: [{ message: 'same' }] } }, { code: 'A', message: 'same' }],
    [
      { error: 'invalid_client', error_description: 'AADSTS1: no' },
      { code: 'invalid_client', message: 'AADSTS1: no' },
    ],
    [{ error: 'invalid_client' }, { code: 'invalid_client', message: '' }],
    [{ error: { message: 'no code' } }, undefined],
    [{}, undefined],
    [undefined, undefined],
    ['<html>', undefined],
    [[{ code: 'A' }], undefined],
  ])('%j', (body, words) => {
    expect(errorWords(body)).toEqual(words);
  });

  test('an answer without words still names the request and the status', () => {
    const error = new ServiceError({ status: 502, body: '<html>', request: 'GET onlineEndpoints/iris' });
    expect(error.message).toBe('GET onlineEndpoints/iris: HTTP 502');
  });
});

const service = (status: number, message = '') =>
  new ServiceError({ status, body: { error: { code: 'X', message } }, request: 'PUT x' });
const silence = (code: string) => new ConnectionError('PUT x', code, 'words');

/** Whether it passes, whether Azure surely did nothing, whether it may have done it, whether it is busy. */
test.each<[string, unknown, boolean, boolean, boolean, boolean]>([
  ['400', service(400), false, false, false, false],
  ['400 busy', service(400, 'because it is in Updating provisioning state'), false, false, false, true],
  ['403', service(403), false, false, false, false],
  ['404', service(404), false, false, false, false],
  ['408', service(408), true, false, true, false],
  ['409', service(409), false, false, false, true],
  ['429', service(429), true, true, false, false],
  ['500', service(500), true, false, true, false],
  ['504', service(504), true, false, true, false],
  ['reset', silence('ECONNRESET'), true, false, true, false],
  ['time', silence('ETIMEDOUT'), true, false, true, false],
  ['half an answer', silence('INCOMPLETE'), true, false, true, false],
  ['refused', silence('ECONNREFUSED'), true, true, false, false],
  ['no name', silence('ENOTFOUND'), true, true, false, false],
  ['certificate', silence('DEPTH_ZERO_SELF_SIGNED_CERT'), false, true, false, false],
  ['expired', silence('CERT_HAS_EXPIRED'), false, true, false, false],
  ['protocol', silence('EPROTO'), false, false, true, false],
  ['another error', new Error('x'), false, false, false, false],
])('%s', (_, error, transient, untouched, worked, busy) => {
  expect([isTransient(error), isUntouched(error), mayHaveWorked(error), isBusy(error)]).toEqual([
    transient,
    untouched,
    worked,
    busy,
  ]);
});
