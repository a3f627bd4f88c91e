import { bearer, json } from './http.ts';
import type { Reply, Request } from './http.ts';
import type { State } from './state.ts';
import { issueToken } from './tokens.ts';

/** GitHub's issuer and the subject of a job on the main branch (docs.github.com, "OpenID Connect reference"). */
export const issuer = 'https://token.actions.githubusercontent.com';
export const subject = 'repo:octo-org/octo-repo:ref:refs/heads/main';

/** Where a job asks for ID tokens. It carries a query, as GitHub's own does: a client appends `&audience=…`. */
export const idTokenPath = '/_github/idtoken';
export const idTokenQuery = 'api-version=2.0';

/** Answers a job that asks for an ID token. A fresh one each time. */
export function handleGitHub(state: State, request: Request, now: number): Reply | undefined {
  if (request.path !== idTokenPath) return undefined;
  if (request.method !== 'GET') return json(405, { message: 'Method Not Allowed' });
  if (bearer(request) !== state.identity.idTokenRequestToken) return json(401, { message: 'Bad credentials' });
  const aud = request.query.get('audience') ?? 'https://github.com/octo-org';
  const claims = {
    iss: issuer,
    sub: subject,
    aud,
    repository: 'octo-org/octo-repo',
    repository_owner: 'octo-org',
    ref: 'refs/heads/main',
  };
  const value = issueToken(state, claims, now, state.behaviour.idTokenLifetime);
  return json(200, { count: value.length, value });
}
