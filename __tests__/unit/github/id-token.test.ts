import { describe, expect, test } from '@jest/globals';
import type { HttpRequest, HttpResponse } from '../../../src/http/http.ts';
import { idTokenClaims, idTokenSource } from '../../../src/github/id-token.ts';

const ENV = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github/token?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'ask',
};
const { signal } = new AbortController();

function source(env: Record<string, string>, ...bodies: string[]) {
  const sent: HttpRequest[] = [];
  const masked: string[] = [];
  const http = async (request: HttpRequest): Promise<HttpResponse> => {
    sent.push(request);
    return { status: 200, text: bodies[sent.length - 1]!, header: () => undefined };
  };
  return { sent, masked, ask: idTokenSource(env, http, (secret) => masked.push(secret)) };
}

describe('an ID token', () => {
  test('is asked for afresh each time, for its audience, and masked', async () => {
    const { ask, sent, masked } = source(ENV, '{"value":"one"}', '{"value":"two"}');
    expect([await ask!('api://a b', signal), await ask!('api://c', signal)]).toEqual(['one', 'two']);
    expect(sent.map(({ url }) => url)).toEqual([
      'https://github/token?api-version=2.0&audience=api%3A%2F%2Fa%20b',
      'https://github/token?api-version=2.0&audience=api%3A%2F%2Fc',
    ]);
    expect(sent[0]!.headers).toMatchObject({ authorization: 'Bearer ask' });
    expect(masked).toEqual(['ask', 'one', 'two']);
  });

  test.each([{}, { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }, { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }])(
    'cannot be asked for with %j',
    (env) => {
      expect(source(env).ask).toBeUndefined();
    },
  );

  test.each(['{}', '[]', '{"value":""}', '{"value":7}'])('is not in %s', async (body) => {
    await expect(source(ENV, body).ask!('a', signal)).rejects.toThrow('the answer holds no token');
  });
});

describe('the claims of an ID token', () => {
  const token = (payload: string) => `header.${Buffer.from(payload).toString('base64url')}.signature`;

  test('are what a federated credential is matched against', () => {
    const claims = idTokenClaims(token('{"iss":"i","sub":"s","aud":"a","jti":"secret"}'));
    expect(claims).toBe('issuer i, subject s, audience a');
  });

  test.each([token('[]'), token('not JSON'), 'nonsense', ''])('are not in %s', (text) => {
    expect(idTokenClaims(text)).toBeUndefined();
  });
});
