import { expect, test } from '@jest/globals';
import type { AccessToken } from '@azure/core-auth';
import type { Wanted } from '../../../../src/azure/sign-in/ask.ts';
import { keepTokens } from '../../../../src/azure/sign-in/tokens.ts';
import type { Limits } from '../../../../src/deps.ts';
import { Failure } from '../../../../src/failure.ts';
import { fakeDeps } from '../../../support/fake-deps.ts';
import { hastyHttp } from '../../../support/hasty-http.ts';

const ARM = { scope: 'arm' };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EXPIRED = new Failure('sign-in failed: AADSTS7000222');

interface Asked {
  readonly wanted: Wanted;
  readonly limits: Limits;
  give(lifetime?: number): void;
  refuse(error: Error): void;
}

/** A sign-in that answers when it is told to. */
function scene() {
  const deps = fakeDeps();
  const asked: Asked[] = [];
  const ask = (wanted: Wanted, limits: Limits): Promise<AccessToken> =>
    new Promise((resolve, reject) => {
      const token = `token ${asked.length + 1}`;
      const give = (lifetime = HOUR) => resolve({ token, expiresOnTimestamp: Date.now() + lifetime });
      asked.push({ wanted, limits, give, refuse: reject });
    });
  const limits = { signal: deps.signal, deadline: deps.clock.now() + HOUR };
  return { ...keepTokens(ask, deps), deps, clock: deps.clock, asked, limits };
}

/** The same with a token at hand. */
async function signedIn(lifetime = HOUR) {
  const all = scene();
  const first = all.get(ARM, all.limits);
  all.asked[0]!.give(lifetime);
  expect(await first).toMatchObject({ token: 'token 1' });
  return all;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('many who ask at once share one exchange, and the token serves until its last minutes', async () => {
  const { get, asked, limits, clock } = scene();
  const all = Promise.all([get(ARM, limits), get(ARM, limits), get(ARM, limits)]);
  asked[0]!.give();
  expect((await all).map(({ token }) => token)).toEqual(['token 1', 'token 1', 'token 1']);
  clock.advance(HOUR - 5 * MINUTE);
  expect(await get(ARM, limits)).toMatchObject({ token: 'token 1' });
  expect(asked).toHaveLength(1);
});

test('each scope has a token of its own', async () => {
  const { get, asked, limits } = await signedIn();
  const other = get({ scope: 'storage' }, limits);
  asked[1]!.give();
  expect(await other).toMatchObject({ token: 'token 2' });
  expect(await get(ARM, limits)).toMatchObject({ token: 'token 1' });
});

test('a token in its last minutes is renewed by who needs one, not behind its back', async () => {
  const { get, asked, limits, clock } = await signedIn();
  clock.advance(HOUR - 3 * MINUTE);
  await settled();
  expect(asked).toHaveLength(1);
  const next = get(ARM, limits);
  asked[1]!.give();
  expect(await next).toMatchObject({ token: 'token 2' });
});

test('an early renewal that fails costs nothing while the token is good', async () => {
  const { get, asked, limits, clock, deps } = await signedIn();
  clock.advance(HOUR - 3 * MINUTE);
  const all = Promise.all([get(ARM, limits), get(ARM, limits)]);
  asked[1]!.refuse(EXPIRED);
  expect((await all).map(({ token }) => token)).toEqual(['token 1', 'token 1']);
  expect(deps.report.texts()).toEqual([
    expect.stringMatching(/^sign-in failed: AADSTS7000222; the present token is good for another 2 min 5\d s$/),
  ]);
  expect(await get(ARM, limits)).toMatchObject({ token: 'token 1' });
  expect(asked).toHaveLength(2);
  clock.advance(MINUTE);
  const later = get(ARM, limits);
  asked[2]!.give();
  expect(await later).toMatchObject({ token: 'token 3' });
});

test('who has a good token waits a moment only for the next one', async () => {
  const { get, asked, limits, clock, deps } = await signedIn();
  clock.advance(HOUR - 3 * MINUTE);
  const hasty = hastyHttp(1);
  expect(await get(ARM, limits)).toMatchObject({ token: 'token 1' });
  hasty.mockRestore();
  expect(deps.report.texts()[0]).toMatch(/^no new token within 30 s; the present token is good for another 2 min/);
  expect(asked[1]!.limits.signal.aborted).toBe(true);
});

test('only who needs a token when none is good hears why', async () => {
  const { get, asked, limits, clock } = await signedIn();
  clock.advance(HOUR);
  await settled();
  const needed = get(ARM, limits);
  asked[1]!.refuse(EXPIRED);
  await expect(needed).rejects.toBe(EXPIRED);
  const again = get(ARM, limits);
  asked[2]!.give();
  expect(await again).toMatchObject({ token: 'token 3' });
});

test('a token that runs out while its renewal fails is asked for once more', async () => {
  const { get, asked, limits, clock } = await signedIn();
  clock.advance(HOUR - MINUTE);
  const needed = get(ARM, limits);
  clock.advance(MINUTE);
  asked[1]!.refuse(EXPIRED);
  await settled();
  asked[2]!.give();
  expect(await needed).toMatchObject({ token: 'token 3' });
});

test('a refused token is renewed once, however many were refused with it', async () => {
  const { renew, get, asked, limits } = await signedIn();
  const all = Promise.all([renew('token 1', ARM, limits), renew('token 1', ARM, limits)]);
  asked[1]!.give();
  expect((await all).map(({ token }) => token)).toEqual(['token 2', 'token 2']);
  expect(await renew('token 1', ARM, limits)).toMatchObject({ token: 'token 2' });
  expect(await get(ARM, limits)).toMatchObject({ token: 'token 2' });
  expect(asked).toHaveLength(2);
});

test('what Azure wants the next token to say is asked for', async () => {
  const { renew, asked, limits } = await signedIn();
  const claims = { ...ARM, enableCae: true, claims: '{}' };
  const next = renew('token 1', claims, limits);
  expect(asked[1]!.wanted).toEqual(claims);
  asked[1]!.give();
  await next;
});

test('who is cancelled leaves the exchange to the others', async () => {
  const { get, asked, limits } = scene();
  const cancel = new AbortController();
  const one = get(ARM, { ...limits, signal: cancel.signal });
  const other = get(ARM, limits);
  cancel.abort(new Error('cancelled'));
  await expect(one).rejects.toThrow('cancelled');
  expect(asked[0]!.limits.signal.aborted).toBe(false);
  asked[0]!.give();
  expect(await other).toMatchObject({ token: 'token 1' });
});

test('an exchange ends with the last who waits, unseen; who asks afterwards begins anew', async () => {
  const { get, asked, limits, deps } = scene();
  const all = [get(ARM, limits), get(ARM, limits)];
  deps.cancel();
  for (const each of all) await expect(each).rejects.toThrow('cancelled by a test');
  expect(asked[0]!.limits.signal.aborted).toBe(true);
  const after = get(ARM, { ...limits, signal: new AbortController().signal });
  asked[0]!.refuse(new Error('aborted'));
  asked[1]!.give();
  expect(await after).toMatchObject({ token: 'token 2' });
  await expect(get(ARM, limits)).rejects.toThrow('cancelled by a test');
});

test('the deadline of an exchange is the latest of those who wait for it', async () => {
  const { get, asked, limits } = scene();
  const all = Promise.all([get(ARM, { ...limits, deadline: 1 }), get(ARM, { ...limits, deadline: 2 })]);
  expect(asked[0]!.limits.deadline).toBe(2);
  asked[0]!.give();
  await all;
});
