import { describe, expect, test } from '@jest/globals';
import { ConnectionError, ServiceError } from '../../../src/http/errors.ts';
import { withRetries } from '../../../src/http/retry.ts';
import { fakeDeps } from '../../support/fake-deps.ts';

const refused = (status: number, retryAfter?: number) =>
  new ServiceError({ status, body: undefined, request: 'PUT x', retryAfter });
const cut = new ConnectionError('PUT x', 'ECONNRESET', 'cut');
const unreachable = new ConnectionError('PUT x', 'ECONNREFUSED', 'nobody there');

function setting(timeout = 3_600_000) {
  const deps = fakeDeps();
  const context = { ...deps, limits: { signal: deps.signal, deadline: deps.clock.now() + timeout } };
  let tries = 0;
  return {
    deps,
    context,
    tries: () => tries,
    failing: (error: unknown, times: number) => async () => {
      tries += 1;
      if (tries <= times) throw error;
      return 'done';
    },
  };
}

describe('what is tried again', () => {
  test.each([
    ['408', refused(408), 2, 1],
    ['429', refused(429), 2, 2],
    ['500', refused(500), 2, 1],
    ['503', refused(503), 2, 1],
    ['a cut connection', cut, 2, 1],
    ['nobody there', unreachable, 2, 2],
    ['no host name', new ConnectionError('x', 'ENOTFOUND', ''), 2, 2],
    ['400', refused(400), 1, 1],
    ['401', refused(401), 1, 1],
    ['404', refused(404), 1, 1],
    ['409', refused(409), 1, 1],
    ['a bad certificate', new ConnectionError('x', 'SELF_SIGNED_CERT_IN_CHAIN', ''), 1, 1],
    ['anything else', new Error('a fault of ours'), 1, 1],
  ])('%s', async (_, error, always, untouched) => {
    for (const [repeat, expected] of [
      ['always', always],
      ['if-untouched', untouched],
    ] as const) {
      const { context, failing, tries } = setting();
      await withRetries(repeat, context, failing(error, 1)).catch(() => undefined);
      expect(tries()).toBe(expected);
    }
  });

  test('six times at most, and the last error comes out', async () => {
    const { context, failing, tries } = setting();
    await expect(withRetries('always', context, failing(cut, 99))).rejects.toBe(cut);
    expect(tries()).toBe(6);
  });

  test('three times where nobody answers at all: each costs its whole time limit', async () => {
    const { context, failing, tries } = setting();
    const silence = new ConnectionError('GET x', 'ETIMEDOUT', 'timed out waiting for a response');
    await expect(withRetries('always', context, failing(silence, 99))).rejects.toBe(silence);
    expect(tries()).toBe(3);
  });
});

describe('the pauses between', () => {
  test('double from a second, with jitter', async () => {
    const { context, deps, failing } = setting();
    await withRetries('always', context, failing(cut, 5));
    expect(deps.clock.slept.reduce((sum, pause) => sum + pause, 0)).toBeCloseTo(31_000 * 0.75, -2);
    expect(deps.report.texts().filter((text) => text.includes('retrying'))).toEqual([
      'PUT x: cut; retrying in 1 s',
      'PUT x: cut; retrying in 2 s',
      'PUT x: cut; retrying in 3 s',
      'PUT x: cut; retrying in 6 s',
      'PUT x: cut; retrying in 12 s',
    ]);
  });

  test.each([
    [0.0, 500],
    [0.999, 1000],
  ])('are between a half and the whole: random %d', async (random, pause) => {
    const { context, deps, failing } = setting();
    await withRetries('always', { ...context, clock: { ...context.clock, random: () => random } }, failing(cut, 1));
    expect(deps.clock.slept[0]).toBeCloseTo(pause, -1);
  });

  test('are those that the service asks for, with a heartbeat when they are long', async () => {
    const { context, deps, failing } = setting();
    const begin = deps.clock.now();
    await withRetries('always', context, failing(refused(429, 40_000), 1));
    expect(deps.clock.now() - begin).toBeGreaterThanOrEqual(40_000);
    expect(deps.report.texts()).toEqual([
      'PUT x answered 429 HTTP 429; retrying in 40 s',
      'PUT x answered 429 HTTP 429: waiting to retry (15 s)',
      'PUT x answered 429 HTTP 429: waiting to retry (30 s)',
    ]);
  });

  test('may be none at all', async () => {
    const { context, failing, tries } = setting();
    await withRetries('always', context, failing(refused(429, 0), 1));
    expect(tries()).toBe(2);
  });

  test('do not go beyond the deadline', async () => {
    const { context, deps, failing, tries } = setting(30_000);
    await expect(withRetries('always', context, failing(refused(429, 60_000), 9))).rejects.toThrow('HTTP 429');
    expect(tries()).toBe(1);
    expect(deps.clock.slept).toEqual([]);
  });

  test('end when the job is cancelled', async () => {
    const { context, deps, failing, tries } = setting();
    deps.clock.onSleep = deps.cancel;
    await expect(withRetries('always', context, failing(cut, 9))).rejects.toThrow('cancelled by a test');
    expect(tries()).toBe(1);
  });
});
