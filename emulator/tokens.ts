import { createHmac } from 'node:crypto';
import { isObject, parseJson } from './http.ts';
import type { JsonObject } from './http.ts';
import { draw } from './randomness.ts';
import type { State } from './state.ts';

/** The claims that the emulator sets and reads. Times are in seconds since 1970, as RFC 7519 has them. */
export interface Claims extends JsonObject {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
}

/** A signed token; `lifetime` in milliseconds. Its text is remembered as a secret. */
export function issueToken(
  state: State,
  claims: JsonObject & { readonly iss: string; readonly sub: string; readonly aud: string },
  now: number,
  lifetime: number,
): string {
  const iat = Math.floor(now / 1000);
  const exp = Math.ceil((now + lifetime) / 1000);
  const payload: Claims = { ...claims, iat, nbf: iat, exp, expiresAtMs: now + lifetime, jti: draw(state.randomness) };
  const content = `${encode({ typ: 'JWT', alg: 'RS256', kid: 'emulator' })}.${encode(payload)}`;
  const token = `${content}.${signature(state, content)}`;
  state.secrets.push(token);
  return token;
}

/** The claims of a token, or `undefined` when this emulator did not issue it. */
export function readToken(state: State, token: string): Claims | undefined {
  const [header, payload, signed, ...rest] = token.split('.');
  if (!header || !payload || !signed || rest.length > 0) return undefined;
  if (signature(state, `${header}.${payload}`) !== signed) return undefined;
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'));
  return isObject(claims) ? (claims as Claims) : undefined;
}

/** Whole seconds are too coarse for a test with a life of milliseconds, so the exact end travels along. */
export function hasExpired(claims: Claims, now: number): boolean {
  const end = claims['expiresAtMs'];
  return now >= (typeof end === 'number' ? end : claims.exp * 1000);
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

// No client checks these signatures (Entra's access tokens are opaque to them), so a keyed hash stands in for RS256.
function signature(state: State, content: string): string {
  return createHmac('sha256', state.randomness.entropy).update(content).digest('base64url');
}
