import { type Http, strangeAnswer, successBody } from '../http/http.ts';
import type { Env } from '../deps.ts';
import { isObject, textAt } from '../json.ts';

/** Asks GitHub for a fresh ID token with the given audience. */
export type IdTokenSource = (audience: string, signal: AbortSignal) => Promise<string>;

/**
 * The toolkit's `getIDToken` writes its mask to standard output, which belongs to the result of the command line, and does
 * not ask again after a dropped connection; so the one GET that it makes is made here.
 * Source of the protocol: docs.github.com, "OpenID Connect reference", and `@actions/core` `oidc-utils`.
 * @returns `undefined` where the job cannot ask for a token: it is no GitHub job, or lacks `permissions: id-token: write`
 */
export function idTokenSource(env: Env, http: Http, mask: (secret: string) => void): IdTokenSource | undefined {
  const url = env['ACTIONS_ID_TOKEN_REQUEST_URL'];
  const requestToken = env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
  if (!url || !requestToken) return undefined;
  mask(requestToken);
  const label = 'GET GitHub ID token';
  return async (audience, signal) => {
    const response = await http(
      {
        method: 'GET',
        url: `${url}&audience=${encodeURIComponent(audience)}`,
        headers: { authorization: `Bearer ${requestToken}`, accept: 'application/json' },
        label,
        timeout: 20_000,
      },
      signal,
    );
    const body = successBody(response, label);
    const token = isObject(body) ? textAt(body, 'value') : undefined;
    if (!token) throw strangeAnswer(label, 'the answer holds no token');
    mask(token);
    return token;
  };
}

/** What a federated credential is matched against. None of it is secret. */
export function idTokenClaims(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    if (!isObject(payload)) return undefined;
    const claim = (name: string): string => textAt(payload, name) ?? 'unknown';
    return `issuer ${claim('iss')}, subject ${claim('sub')}, audience ${claim('aud')}`;
  } catch {
    return undefined;
  }
}
