import { describe, expect, test } from '@jest/globals';
import { createHttpHeaders, type PipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { ConnectionError, ServiceError } from '../../../src/http/errors.ts';
import {
  type HttpResponse,
  httpThrough,
  requestId,
  retryAfterMilliseconds,
  successBody,
} from '../../../src/http/http.ts';

const answer = (status: number, text = '', headers: Record<string, string> = {}): HttpResponse => ({
  status,
  text,
  header: (name) => headers[name],
});

test.each<[Record<string, string>, number | undefined]>([
  [{}, undefined],
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '-3' }, 0],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, 0],
])('Retry-After %j', (headers, milliseconds) => {
  expect(retryAfterMilliseconds(answer(429, '', headers))).toBe(milliseconds);
});

test('Retry-After as a date to come', () => {
  const date = new Date(Date.now() + 60_000).toUTCString();
  const pause = retryAfterMilliseconds(answer(429, '', { 'retry-after': date }))!;
  expect(pause).toBeGreaterThan(57_000);
  expect(pause).toBeLessThanOrEqual(60_000);
});

describe('the body of a success', () => {
  test.each([
    ['{"a":1}', { a: 1 }],
    ['null', null],
    ['', undefined],
    ['  ', undefined],
  ])('%j', (text, body) => {
    expect(successBody(answer(200, text), 'GET x')).toEqual(body);
  });

  test.each(['<html>', '{"a":', 'ok'])('%j is not the JSON that was promised', (text) => {
    expect(() => successBody(answer(200, text), 'GET x')).toThrow(ConnectionError);
  });

  test.each([199, 302, 400, 503])('%d is no success', (status) => {
    const body = '{"error":{"code":"A","message":"b"}}';
    const headers = { 'x-ms-request-id': 'id', 'retry-after': '2' };
    const error = (() => {
      try {
        return successBody(answer(status, body, headers), 'GET x');
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ status, code: 'A', serviceMessage: 'b', requestId: 'id', retryAfter: 2_000 });
  });
});

test.each([
  [{ 'x-ms-correlation-request-id': 'a', 'x-ms-request-id': 'b', 'x-request-id': 'c' }, 'a'],
  [{ 'x-ms-request-id': 'b', 'x-request-id': 'c' }, 'b'],
  [{ 'x-request-id': 'c' }, 'c'],
  [{}, undefined],
])('the id of a request in %j', (headers, id) => {
  expect(requestId(answer(200, '', headers as Record<string, string>))).toBe(id);
});

describe('one request', () => {
  const request = { method: 'GET', url: 'https://x/', label: 'GET x' } as const;
  const { signal } = new AbortController();
  const failing = (error: unknown) =>
    httpThrough(async () => {
      throw error;
    })(request, signal).catch((thrown: unknown) => thrown);

  test('never throws for a status', async () => {
    const http = httpThrough(async (sent: PipelineRequest) => ({
      request: sent,
      status: 503,
      headers: createHttpHeaders({ 'X-Request-Id': 'id' }),
      bodyAsText: 'no',
    }));
    const response = await http(request, signal);
    expect([response.status, response.text, response.header('x-request-id')]).toEqual([503, 'no', 'id']);
  });

  test.each([
    [new RestError('x', { code: 'ENOTFOUND' }), 'ENOTFOUND'],
    [new RestError('no code'), 'ECONNRESET'],
    [Object.assign(new Error('x'), { code: 'EPIPE' }), 'EPIPE'],
    [new Error('socket hang up'), 'ECONNRESET'],
    [new Error('Premature close'), 'ECONNRESET'],
  ])('%s is the lack of an answer', async (error, code) => {
    const thrown = await failing(error);
    expect(thrown).toBeInstanceOf(ConnectionError);
    expect(thrown).toMatchObject({ code, request: 'GET x' });
  });

  test('that is a fault of ours stays what it is', async () => {
    const error = new Error('a fault of ours');
    expect(await failing(error)).toBe(error);
  });

  test('that is silent for too long is given up', async () => {
    const http = httpThrough(
      (sent) =>
        new Promise((_, reject) => sent.abortSignal!.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    await expect(http({ ...request, timeout: 20 }, signal)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  test('ends with the reason of the cancelled job', async () => {
    const reason = new Error('cancelled');
    const thrown = httpThrough(async () => {
      throw new Error('aborted');
    })(request, AbortSignal.abort(reason));
    await expect(thrown).rejects.toBe(reason);
  });
});
